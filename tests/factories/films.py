"""Films in public for tests."""

from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from cms.films.models import FilmListPage, FilmPage
from cms.library.models import Topic
from media.models import Film, FilmRendition
from tests.factories.catalogue import make_list, publish
from tests.factories.media import FilmFactory, six_seconds

_numbers = count(1)


def make_film_list(language: str = "pl") -> FilmListPage:
    """The list of films of a language."""
    return make_list(FilmListPage, language, title="Filmy", slug="filmy")


def make_film_page(
    language: str = "pl", *, film: Film | None = None, topics: tuple[Topic, ...] = (), live: bool = True, **fields: Any
) -> FilmPage:
    """A published page of a film of six seconds."""
    number = next(_numbers)
    fields = {"title": f"Film w serwisie {number}", "summary": "Jedno zdanie.", "slug": f"film-{number}"} | fields
    page = FilmPage(film=film or FilmFactory(), **fields, live=False)
    page.topics = list(topics)
    make_film_list(language).add_child(instance=page)
    if live:
        publish(page)
        page.refresh_from_db()
    return page


def make_films() -> None:
    """In each language a film with all versions and files, one of ten minutes, and one with a player of others."""
    whole = FilmFactory(
        title="Zakupy",
        sign_file=six_seconds(),
        description_kind="track",
        description_file=six_seconds("six-seconds.webm"),
    )
    silent = FilmFactory(has_sound=False, silence_reason="Film pokazuje same rysunki.", description_kind="not_needed")
    silent.description_reason, silent.description_declared_by = "Nie ma czego opisywać.", "Redakcja"
    silent.save()
    for kind, name in (("small", "made.mp4"), ("audio", "made.m4a")):
        FilmRendition.objects.create(
            film=whole,
            kind=kind,
            source_name=whole.source.name,
            state=FilmRendition.State.DONE,
            file=ContentFile(six_seconds().read(), name=name),
            size=1_000_000,
        )
    foreign = [("foreign_player", {"address": "https://vimeo.com/76979871", "title": "Film obcy"})]
    for language in ("pl", "en"):
        make_film_page(language, film=whole, title="Zakupy w filmie", slug="zakupy", for_pes=True, is_sample=True)
        make_film_page(language, film=FilmFactory(duration_seconds=600.0), for_administration=True)
        make_film_page(
            language,
            film=silent,
            title="Obcy",
            slug="obcy",
            body=foreign,
        )
