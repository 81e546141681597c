"""Which pages everybody may see. Most sites close none of theirs, and then it costs no query of its own to know."""

from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.pages.models import BasePage


def with_closed_mark(pages: PageQuerySet) -> PageQuerySet:
    """Marks every page with ``any_page_closed``: whether the site closes any page at all to anybody."""
    return pages.annotate(any_page_closed=Exists(PageViewRestriction.objects.all()))


def open_pages(pages: PageQuerySet) -> tuple[list[Any], bool]:
    """Those that everybody may see, and whether the site closes none: 1 query where it closes none, else 3."""
    found: list[Any] = list(with_closed_mark(pages))
    if found and found[0].any_page_closed:
        return list(pages.public()), False
    return found, bool(found)


def is_open_to(request: HttpRequest, page: Page) -> bool:
    """Whether no restriction of the page, or of one above it, keeps this visitor out: 1 query."""
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def for_everybody(pages: PageQuerySet, *, shown_on: BasePage) -> PageQuerySet:
    """Those that everybody may see: 1 query, none where the page knows that the site closes none to anybody."""
    return pages if shown_on.all_open else pages.public()
