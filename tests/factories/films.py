"""Films in public for tests."""

from itertools import count
from typing import Any

from cms.films.models import FilmListPage, FilmPage
from cms.library.models import Topic
from media.models import Film
from tests.factories.catalogue import make_list, publish
from tests.factories.media import FilmFactory

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
