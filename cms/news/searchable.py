"""What search finds of the news: each item, and the list as a page like others."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.news.models import NewsIndexPage, NewsPage
from cms.pages.passages import passages_of
from cms.pages.searchable import live_page, page_entry, page_marks
from cms.pages.typography import date_in_words


def read_item(pk: int) -> list[dict[str, Any]]:
    """An item with its day."""
    page = live_page(NewsPage, pk)
    if page is None:
        return []
    language = page.locale.language_code
    with translation.override(language):
        kind = str(page.get_kind_display())
    about = f"{date_in_words(page.date, language)}, {kind}"
    return [page_entry(page, about=about, summary=page.lead, passages=passages_of(page.body))]


def read_list(pk: int) -> list[dict[str, Any]]:
    """The list itself."""
    page = live_page(NewsIndexPage, pk)
    return [page_entry(page, summary=page.lead)] if page else []


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "cms_news.item",
        "kind": "news",
        "one": _("item of news"),
        "many": _("News"),
        "order": 40,
        "marks": page_marks(NewsPage),
        "read": read_item,
        "models": [NewsPage._meta.label],
    },
    {
        "name": "cms_news.list",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(NewsIndexPage),
        "read": read_list,
        "models": [NewsIndexPage._meta.label],
    },
]
