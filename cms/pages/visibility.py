"""Which pages everybody may see. Most sites close none of theirs, and then it costs no query of its own to know."""

from typing import Any

from django.db.models import Exists
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


def with_closed_mark(pages: PageQuerySet) -> PageQuerySet:
    """Marks every page with ``any_page_closed``: whether the site closes any page at all to anybody."""
    return pages.annotate(any_page_closed=Exists(PageViewRestriction.objects.all()))


def open_pages(pages: PageQuerySet) -> tuple[list[Any], bool]:
    """Those that everybody may see, and whether the site closes none: 1 query where it closes none, else 3."""
    found: list[Any] = list(with_closed_mark(pages))
    if found and found[0].any_page_closed:
        return list(pages.public()), False
    return found, bool(found)
