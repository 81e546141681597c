"""The list of news with its archive, an item, and the newest on the home page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.accounts.rules import Role
from cms.news.models import NewsPage
from tests.factories.accounts import staff
from tests.factories.catalogue import make_home
from tests.factories.media import ImageFactory
from tests.factories.news import make_news, make_news_index
from tests.factories.search import index_everything, titles
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def queries_of(client: Client, address: str) -> int:
    """What the first visitor after a publication costs."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# --- The list ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("news-1")
def test_an_empty_list_says_so(client: Client) -> None:
    answer = client.get(make_news_index().get_url())
    assert "Nie ma tu jeszcze aktualności." in words_of(answer)
    assert "Archiwum" not in words_of(answer)


@pytest.mark.rule("news-1")
def test_the_newest_comes_first_and_of_one_day_the_later_one(client: Client) -> None:
    for title, day in (("Stara", 1), ("Nowa", 9), ("Nowsza", 9)):
        make_news(title=title, date=date(2026, 3, day))
    words = words_of(client.get(make_news_index().get_url()))
    assert words.index(">Nowsza<") < words.index(">Nowa<") < words.index(">Stara<")
    assert "9 marca 2026 r." in words


@pytest.mark.rule("news-2")
def test_the_archive_leads_to_a_year_and_to_a_month(client: Client) -> None:
    make_news(title="Dawna", date=date(2014, 12, 8))
    make_news(title="Wiosenna", date=date(2026, 3, 1))
    make_news(title="Jesienna", date=date(2026, 11, 1))
    where = make_news_index().get_url()
    whole = words_of(client.get(where))
    assert 'href="?year=2014"' in whole
    assert 'href="?year=2026&amp;month=11"' in whole
    year = words_of(client.get(where, {"year": "2026"}))
    assert "Dawna" not in year
    assert "<title>Rok 2026 – Aktualności" in year
    month = words_of(client.get(where, {"year": "2026", "month": "11"}))
    assert "Jesienna" in month
    assert "Wiosenna" not in month
    assert "<title>Listopad 2026 r. – Aktualności" in month
    assert 'aria-current="true">listopad' in month


@pytest.mark.rule("news-2")
@pytest.mark.parametrize(
    "query",
    ["year=1999", "year=%00", "month=3", "year=2026&month=13", "page=10000000000000000000", "page=-1", "year='--"],
)
def test_a_senseless_address_shows_what_there_is(client: Client, query: str) -> None:
    make_news(title="Jedyna")
    answer = client.get(f"{make_news_index().get_url()}?{query}")
    assert answer.status_code == 200
    assert "Jedyna" in words_of(answer)


@pytest.mark.rule("news-3")
@pytest.mark.parametrize("address", ["", "?year=2026", "?year=2026&month=3&page=2"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(client: Client, address: str) -> None:
    where = make_news_index().get_url() + address
    asked = []
    for total in (1, 3, 60):
        while NewsPage.objects.count() < total:
            make_news()
        asked.append(queries_of(client, where))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 12


@pytest.mark.rule("news-3")
def test_a_long_list_has_pages(client: Client) -> None:
    for number in range(21):
        make_news(title=f"Numer {number}", date=date(2026, 3, 1) + timedelta(days=number))
    where = make_news_index().get_url()
    first = words_of(client.get(where, {"year": "2026", "month": "3"}))
    assert "21 aktualności" in first
    assert 'href="?year=2026&amp;month=3&amp;page=2"' in first
    assert ">Numer 0<" not in first
    second = words_of(client.get(where, {"year": "2026", "month": "3", "page": "2"}))
    assert ">Numer 0<" in second
    assert ">Numer 1<" not in second


@pytest.mark.rule("news-1")
def test_drafts_and_closed_items_are_not_listed_nor_counted(client: Client) -> None:
    make_news(title="Szkic", live=False)
    closed = make_news(title="Zamknięta")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_news(title="Otwarta")
    cache.clear()
    words = words_of(client.get(make_news_index().get_url()))
    assert "Otwarta" in words
    assert "1 aktualność" in words
    assert "Szkic" not in words
    assert "Zamknięta" not in words
    cache.clear()
    home = words_of(client.get(make_home().get_url()))
    assert "Otwarta" in home
    assert "Zamknięta" not in home


# --- An item -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("news-4")
def test_an_item_tells_its_day_in_words_and_leads_to_its_neighbours(client: Client) -> None:
    older = make_news(title="Wcześniejsza", date=date(2014, 12, 8))
    same_day = make_news(title="Tego samego dnia", date=date(2026, 3, 1))
    page = make_news(title="Środkowa", date=date(2026, 3, 1), is_sample=True, body=[("text", "<p>Treść.</p>")])
    newer = make_news(title="Późniejsza", date=date(2026, 4, 1))
    words = words_of(client.get(page.get_url()))
    assert '<time datetime="2026-03-01">1 marca 2026 r.</time>' in words
    assert f'rel="prev" href="{same_day.get_url()}"' in words
    assert f'rel="next" href="{newer.get_url()}"' in words
    assert "Treść przykładowa" in words
    assert f'value="{page.full_url}"' in words
    first = words_of(client.get(older.get_url()))
    assert 'rel="prev"' not in first
    assert f'rel="next" href="{same_day.get_url()}"' in first


@pytest.mark.rule("news-4")
def test_an_item_costs_as_many_queries_alone_as_among_others(client: Client) -> None:
    page = make_news()
    alone = queries_of(client, page.get_url())
    for number in range(30):
        make_news(date=date(2026, 3, 1) + timedelta(days=number - 15))
    assert queries_of(client, page.get_url()) == alone
    assert alone <= 9


@pytest.mark.rule("news-4")
def test_a_picture_takes_the_place_of_the_cover(client: Client) -> None:
    picture = ImageFactory()
    picture.contextual_alt_text = "Sala konferencyjna"
    page = make_news(picture=[("image", {"image": picture, "caption": "Rysunek"})])
    words = words_of(client.get(page.get_url()))
    assert 'alt="Sala konferencyjna"' in words
    assert "cover--news" not in words
    assert "cover--news" in words_of(client.get(make_news().get_url()))


@pytest.mark.rule("news-5")
def test_an_item_with_a_set_time_appears_then_and_not_before(
    client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    where = make_news_index().get_url()
    page = make_news(title="Na jutro", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert "Na jutro" not in words_of(client.get(where))
    tomorrow = time_machine.travel(timezone.now() + timedelta(days=2))
    with tomorrow, django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")
    assert "Na jutro" in words_of(client.get(where))


@pytest.mark.rule("news-4")
def test_a_draft_is_previewed(client: Client) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    page = make_news(live=False, title="Szkic wiadomości")
    page.save_revision()
    shown = words_of(client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))
    assert "<h1>Szkic wiadomości</h1>" in shown


@pytest.mark.rule("news-7")
def test_search_finds_an_item_with_its_day(client: Client) -> None:
    make_news(title="Biblioteka", date=date(2014, 12, 8), body=[("text", "<p>Nowe poradniki.</p>")])
    make_news(title="Szkic", body=[("text", "<p>Nowe poradniki.</p>")], live=False)
    index_everything()
    assert titles(client, "poradnik") == ["Biblioteka"]
    assert "8 grudnia 2014 r., z akademii" in words_of(client.get("/pl/szukaj/", {"q": "poradnik"}))
    assert titles(client, "aktualności") == ["Aktualności"]


# --- The home page -----------------------------------------------------------------------------------------------


@pytest.mark.rule("news-6")
def test_the_home_page_shows_the_newest_and_costs_one_query_for_them(client: Client) -> None:
    where = make_home().get_url()
    make_news_index()
    without = queries_of(client, where)
    for number in range(5):
        make_news(title=f"Numer {number}", date=date(2026, 3, 1) + timedelta(days=number))
    assert queries_of(client, where) == without
    words = words_of(client.get(where))
    assert "Numer 4" in words
    assert "Numer 1" not in words
    assert f'href="{make_news_index().get_url()}"' in words
    assert "marca 2026 r." in words


@pytest.mark.rule("news-6")
def test_the_home_page_says_nothing_of_news_where_there_is_none(client: Client) -> None:
    assert "Wszystkie aktualności" not in words_of(client.get(make_home().get_url()))
