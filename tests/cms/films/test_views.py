"""The list of films, the page of a film, and who may open what it shows."""

from typing import Any

import feedparser
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.accounts.rules import Role
from cms.films.models import FilmPage
from media.models import CaptionTrack, Film, FilmRendition, Transcript
from tests.factories.accounts import staff
from tests.factories.films import make_film_list, make_film_page
from tests.factories.library import make_topic
from tests.factories.media import FilmFactory, TrackFactory, six_seconds
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def _source(film: Film) -> str:
    return reverse("media:stream-film", args=[film.pk, "mp4"])


def _rendition(film: Film, kind: str, name: str = "made.mp4", **fields: Any) -> FilmRendition:
    values = {"state": FilmRendition.State.DONE, "source_name": film.source.name, "size": 1000} | fields
    return FilmRendition.objects.create(film=film, kind=kind, file=ContentFile(b"made", name=name), **values)


# --- The list ----------------------------------------------------------------------------------------------------


def test_an_empty_list_says_so(client: Client) -> None:
    answer = words_of(client.get(make_film_list().get_url()))
    assert "Nie ma tu jeszcze filmów." in answer
    assert 'name="topic"' not in answer


@pytest.mark.rule("film-3")
def test_the_list_is_narrowed_by_its_address(client: Client) -> None:
    topic = make_topic()
    make_film_page(title="Krótki o zakupach", topics=(topic,), for_pes=True)
    long = FilmFactory(duration_seconds=1000.0, description_kind="track", description_file=six_seconds())
    make_film_page(title="Długi o zakupach", topics=(topic,), film=long, for_administration=True)
    make_film_page(title="Angielski", film=FilmFactory(language="en"))
    where = make_film_list().get_url()
    found = words_of(client.get(where, {"topic": "zakupy", "length": "long"}))
    assert "Długi o zakupach" in found
    assert "Krótki o zakupach" not in found
    assert 'href="?topic=zakupy#results"' in found
    assert "1 film" in found
    assert "Długi o zakupach" in words_of(client.get(where, {"access": "described"}))
    assert "Krótki o zakupach" not in words_of(client.get(where, {"access": "described"}))
    assert "Angielski" in words_of(client.get(where, {"language": "en"}))
    nothing = words_of(client.get(where, {"language": "en", "topic": "zakupy"}))
    assert "Żaden film nie pasuje do wszystkich filtrów." in nothing


@pytest.mark.parametrize(
    "query", ["topic=%00", "page=10000000000000000000", "page=-1", "sort=x", "length=" + "a" * 3000]
)
def test_a_senseless_address_shows_the_whole_list(client: Client, query: str) -> None:
    make_film_page(title="Film o zakupach")
    answer = client.get(f"{make_film_list().get_url()}?{query}")
    assert answer.status_code == 200
    assert "Film o zakupach" in words_of(answer)


@pytest.mark.rule("film-3")
@pytest.mark.parametrize("address", ["", "?captions=pl&page=2&sort=title"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(client: Client, address: str) -> None:
    topic, film = make_topic(), FilmFactory()
    where = make_film_list().get_url() + address
    asked = []
    for total in (1, 3, 60):
        while FilmPage.objects.count() < total:
            make_film_page(topics=(topic,), film=film)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 12


@pytest.mark.rule("film-1")
def test_drafts_closed_pages_and_withdrawn_films_are_not_listed(client: Client) -> None:
    make_film_page(title="Szkic", live=False)
    closed = make_film_page(title="Zamknięty")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_film_page(title="Wycofany", film=FilmFactory(live=False))
    make_film_page(title="Otwarty")
    cache.clear()
    text = words_of(client.get(make_film_list().get_url()))
    assert "Otwarty" in text
    for title in ("Szkic", "Zamknięty", "Wycofany"):
        assert title not in text


# --- Who may open a film -----------------------------------------------------------------------------------------


@pytest.mark.rule("film-1")
def test_a_stranger_opens_a_film_only_where_a_page_shows_it_to_everybody(client: Client) -> None:
    page = make_film_page(live=False)
    film = page.film
    track = film.tracks.first()
    row = _rendition(film, "small")
    addresses = [
        _source(film),
        reverse("media:serve-track", args=[film.pk, track.pk]),
        reverse("media:stream-part", args=[film.pk, "small", "mp4"]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    page.save_revision().publish()
    assert {client.get(address).status_code for address in addresses} == {200}
    assert client.get(addresses[2].replace("mp4", "webm")).status_code == 404
    assert client.get(reverse("media:stream-part", args=[film.pk, "audio", "m4a"])).status_code == 404
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert {client.get(address).status_code for address in addresses} == {404}
    restriction.delete()
    # What was made from an older file is not shown any more.
    FilmRendition.objects.filter(pk=row.pk).update(source_name="films/other.mp4")
    assert client.get(addresses[2]).status_code == 404
    Film.objects.filter(pk=film.pk).update(live=False)
    assert client.get(addresses[0]).status_code == 404


@pytest.mark.rule("film-4")
def test_a_page_whose_film_was_withdrawn_says_so(client: Client) -> None:
    page = make_film_page()
    Film.objects.filter(pk=page.film_id).update(live=False)
    cache.clear()
    text = words_of(client.get(page.get_url()))
    assert "Ten film jest teraz niedostępny." in text
    assert "<video" not in text


# --- The page ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("film-2")
def test_the_address_begins_the_film_without_script_and_each_line_has_one(client: Client) -> None:
    page = make_film_page()
    plain = words_of(client.get(page.get_url()))
    assert "autoplay" not in plain
    assert "#t=" not in plain
    assert 'href="?t=3#film"' in plain
    assert 'href="?t=2#film"' in plain
    led = words_of(client.get(page.get_url(), {"t": "4"}))
    assert "#t=4" in led
    assert 'data-position="4"' in led
    assert f'value="{page.full_url}?t=4"' in led
    assert '<meta name="robots" content="noindex">' in led
    assert "#t=" not in words_of(client.get(page.get_url(), {"t": "400"}))


@pytest.mark.rule("film-7")
def test_versions_and_sizes_are_plain_links(client: Client) -> None:
    film = FilmFactory(
        sign_file=six_seconds(), description_kind="track", description_file=six_seconds("six-seconds.webm")
    )
    page = make_film_page(film=film)
    assert "Obraz:" not in words_of(client.get(page.get_url()))
    _rendition(film, "small", height=360, size=2_500_000)
    _rendition(film, "audio", "made.m4a")
    cache.clear()
    text = words_of(client.get(page.get_url()))
    assert '<a href="?version=sign#film">Z językiem migowym</a>' in text
    assert '<a href="?quality=small#film">Mały, mniej danych' in text
    assert "2,5 MB" in text
    assert "<audio controls preload" in text
    signed = words_of(client.get(page.get_url(), {"version": "sign", "t": "2"}))
    assert f"/films/{film.pk}/sign.mp4" in signed
    assert 'href="?version=sign&amp;t=3#film"' in signed
    assert f"/films/{film.pk}/described.webm" in words_of(client.get(page.get_url(), {"version": "described"}))
    assert f"/films/{film.pk}/small.mp4" in words_of(client.get(page.get_url(), {"quality": "small"}))
    part = reverse("media:stream-part", args=[film.pk, "audio", "m4a"])
    assert "attachment" in client.get(part, {"download": "1"})["Content-Disposition"]
    assert client.get(part)["Content-Disposition"] == "inline"


@pytest.mark.rule("film-6")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"description_kind": ""}, "Nie ma jej. To, co słychać, jest w transkrypcji."),
        (
            {
                "description_kind": "not_needed",
                "description_reason": "Lektor mówi wszystko.",
                "description_declared_by": "Redakcja",
            },
            "Nie jest potrzebna. <span>Lektor mówi wszystko.</span>",
        ),
        ({"has_sound": False, "silence_reason": "Film pokazuje same rysunki."}, "Film nie ma dźwięku."),
    ],
)
def test_the_page_says_what_is_there_for_whom(client: Client, fields: dict[str, Any], words: str) -> None:
    text = words_of(client.get(make_film_page(film=FilmFactory(**fields)).get_url()))
    assert words in text
    assert "Nie ma jeszcze wersji w polskim języku migowym." in text


@pytest.mark.rule("film-8")
def test_transcript_and_captions_are_taken_along(client: Client) -> None:
    page = make_film_page(slug="zakupy")
    address = reverse("cms_films:download-transcript", args=[page.pk, "pl"])
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="zakupy-pl.txt"'
    assert "[0:02] Pokażę dwa kroki.\r\n" in answer.content.decode()
    assert address in words_of(client.get(page.get_url()))
    assert client.get(reverse("cms_films:download-transcript", args=[page.pk, "en"])).status_code == 404
    track = page.film.tracks.get(kind=CaptionTrack.Kind.CAPTIONS)
    vtt = client.get(reverse("media:serve-track", args=[page.film_id, track.pk]), {"download": "1"})
    assert "attachment" in vtt["Content-Disposition"]
    page.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.rule("film-11")
def test_captions_with_marks_and_overlaps_are_harmless_and_lose_nothing(client: Client) -> None:
    film = FilmFactory(bare=True)
    vtt = (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n1\n00:00.000 --> 00:03.000 align:start\n"
        "<v Anna><b>Dzień</b> dobry &lt;script&gt;alert(1)&lt;/script&gt;\n\n"
        "2\n00:01.000 --> 00:04.000\n<i>Równocześnie</i> <00:02.000>mówi druga osoba.\n"
    )
    TrackFactory(film=film, content=vtt)
    Transcript.objects.create(
        film=film,
        language="pl",
        text="<p>Anna: Dzień dobry &lt;script&gt;alert(1)&lt;/script&gt;</p><p>Równocześnie mówi druga osoba.</p>",
    )
    text = words_of(client.get(make_film_page(film=film).get_url()))
    assert "<script>alert" not in text
    assert "dobry &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'data-film-cue="1.0"' in text


@pytest.mark.rule("film-4")
def test_a_page_costs_as_many_queries_among_others(client: Client) -> None:
    topic = make_topic()
    asked = []
    for others in (1, 6):
        page = make_film_page(topics=(topic,))
        for _number in range(others):
            make_film_page(topics=(topic,))
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.get_url()).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 24


# --- Editing -----------------------------------------------------------------------------------------------------


def _form(film: Film, **fields: Any) -> dict[str, Any]:
    return nested_form_data(
        {"title": "Nowy film", "slug": "nowy", "summary": "Jedno zdanie.", "film": film.pk, "legal_as_of": ""}
        | {"body": streamfield([])}
        | nothing_beside()
        | fields
    )


@pytest.mark.rule("film-4")
def test_a_page_is_published_only_with_a_published_film(client: Client) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    add = reverse("wagtailadmin_pages:add", args=["cms_films", "filmpage", make_film_list().pk])
    draft = FilmFactory(live=False, title="Szkic filmu")
    refused = client.post(add, _form(draft) | {"action-publish": "1"})
    assert "Film „Szkic filmu” nie jest opublikowany." in words_of(refused)
    assert client.post(add, _form(draft)).status_code == 302
    assert client.post(add, _form(FilmFactory(), slug="drugi") | {"action-publish": "1"}).status_code == 302
    assert FilmPage.objects.filter(live=True).count() == 1


def test_a_page_is_previewed_while_it_is_typed(client: Client) -> None:
    client.force_login(staff(Role.LEAD_EDITORS))
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["cms_films", "filmpage", make_film_list().pk])
    assert client.post(preview, _form(FilmFactory(), topics=[make_topic().pk])).json()["is_valid"]
    shown = words_of(client.get(preview))
    assert "Nowy film" in shown
    assert "<video" in shown


# --- For machines ------------------------------------------------------------------------------------------------


def test_new_films_are_followed_by_a_feed(client: Client) -> None:
    make_film_list()
    make_film_page(title="Otwarty & nowy")
    make_film_page(title="Wycofany", film=FilmFactory(live=False))
    feed = feedparser.parse(client.get(reverse("cms_films:follow-films")).content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Otwarty & nowy"]
    assert reverse("cms_films:follow-films") in words_of(client.get(make_film_list().get_url()))


def test_a_page_says_that_it_is_a_video(client: Client) -> None:
    text = words_of(client.get(make_film_page(film=FilmFactory(sign_file=six_seconds())).get_url()))
    assert '"@type": "VideoObject"' in text or '"@type":"VideoObject"' in text
    assert "PT6S" in text
    assert "signLanguage" in text
