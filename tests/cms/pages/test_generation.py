"""What is kept for everybody until the next publication, one by one."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cms.pages.generation import kept_each, start_generation
from cms.pages.models import BasePage
from tests.factories.films import make_film_list, make_film_page
from tests.factories.library import make_library, make_publication
from tests.factories.news import make_news, make_news_index
from tests.reading import words_of

pytestmark = pytest.mark.django_db


class Maker:
    """Remembers what it was asked to make."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, keys: list[int]) -> dict[int, str]:
        self.asked.append(keys)
        return {key: f"row {key}" for key in keys if key != 9}


def ask(**marks: bool) -> HttpRequest:
    """A new request, of a preview where it is marked so."""
    request = RequestFactory().get("/pl/")
    request.__dict__.update(marks)
    return request


@pytest.mark.rule("speed-12")
def test_only_what_is_not_kept_is_made_and_all_comes_in_the_order_asked_for(on_commit: Callable) -> None:
    make = Maker()
    assert kept_each(ask(), "rows", [1, 2], make) == ["row 1", "row 2"]
    assert kept_each(ask(), "rows", [3, 2, 9, 1], make) == ["row 3", "row 2", "row 1"]
    assert kept_each(ask(), "rows", [], make) == []
    assert kept_each(ask(), "others", [1], make) == ["row 1"]
    assert make.asked == [[1, 2], [3, 9], [1]]
    with on_commit():
        start_generation()
    assert kept_each(ask(), "rows", [1], make) == ["row 1"]
    assert make.asked[-1] == [1]
    assert len(make.asked) == 4


@pytest.mark.rule("speed-12")
def test_a_preview_keeps_nothing_and_is_given_nothing_kept() -> None:
    make = Maker()
    for _time in range(2):
        assert kept_each(ask(is_preview=True), "rows", [2, 1], make) == ["row 2", "row 1"]
    assert make.asked == [[2, 1], [2, 1]]


LISTS: dict[str, tuple[Callable[[], BasePage], Callable[..., BasePage]]] = {
    "publications": (make_library, make_publication),
    "films": (make_film_list, make_film_page),
    "news": (make_news_index, make_news),
}


@pytest.mark.rule("speed-12")
@pytest.mark.parametrize("what", LISTS)
def test_a_further_page_costs_nothing_for_the_list_once_its_rows_were_drawn(
    client: Client, on_commit: Callable, what: str
) -> None:
    listing, make = LISTS[what]
    where = listing().get_url()
    pages = [make(title=f"Numer {number:02}") for number in range(21)]
    cache.clear()
    client.get(where, {"page": "2"})
    for address in (f"{where}?page=2", f"{where}?sort=title&page=2&year=nothing"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            shown = words_of(client.get(address))
        assert len(queries) <= 1, [query["sql"][:200] for query in queries]
        assert "Numer" in shown
    page = pages[0]
    page.title = "Nowy tytuł"
    with on_commit():
        page.save_revision().publish()
    assert any("Nowy tytuł" in words_of(client.get(where, {"page": number})) for number in "12")
