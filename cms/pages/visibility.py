"""Which pages everybody may see. Most sites close none of theirs, and then it costs no query of its own to know."""

from typing import Any

from django.db.models import Exists
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def with_closed_mark(pages: PageQuerySet) -> PageQuerySet:
    """Marks every page with ``any_page_closed``: whether the site closes any page at all to anybody."""
    return pages.annotate(any_page_closed=Exists(PageViewRestriction.objects.all()))


def open_pages(pages: PageQuerySet) -> list[Any]:
    """Those that everybody may see: 1 query where no page of the site is closed to anybody, else 3."""
    found: list[Page] = list(with_closed_mark(pages))
    return list(pages.public()) if found and found[0].any_page_closed else found
