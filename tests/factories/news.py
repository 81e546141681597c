"""News for tests."""

from datetime import date
from itertools import count
from typing import Any

from cms.news.models import NewsIndexPage, NewsPage
from tests.factories.catalogue import make_list, publish

_numbers = count(1)


def make_news_index(language: str = "pl") -> NewsIndexPage:
    """The list of news of a language."""
    return make_list(NewsIndexPage, language, title="Aktualności", slug="aktualnosci")


def make_news(language: str = "pl", *, live: bool = True, **fields: Any) -> NewsPage:
    """A published item of 1 March 2026."""
    number = next(_numbers)
    fields = {
        "title": f"Wiadomość {number}",
        "slug": f"wiadomosc-{number}",
        "lead": "Jedno zdanie.",
        "date": date(2026, 3, 1),
    } | fields
    page = NewsPage(**fields, live=False)
    make_news_index(language).add_child(instance=page)
    if live:
        publish(page)
        page.refresh_from_db()
    return page


def make_newsroom() -> None:
    """In each language an item with all that a page can show between two others, one of them of 2014."""
    for language in ("pl", "en"):
        make_news(language, title="Konferencja", slug="konferencja", date=date(2014, 12, 8), kind="project")
        make_news(
            language,
            title="Biblioteka",
            slug="biblioteka",
            is_sample=True,
            legal_as_of=date(2026, 3, 1),
            body=[("text", "<p>Karta usługi, a service card.</p><h2>Od czego zacząć</h2><ul><li>mapa</li></ul>")],
        )
        make_news(language, date=date(2026, 4, 1), title="Filmy", slug="filmy")
