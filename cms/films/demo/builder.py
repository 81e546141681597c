"""Builds the lists of films and a page for each published film of the demonstration. Safe to repeat.

The words stand in ``films.yaml``, by the title of the film; a film without words there gets a page with its own. A page
that a person has edited since, or unpublished, is left as it is.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from anyascii import anyascii
from django.utils.text import slugify

from cms.films.models import FilmListPage, FilmPage
from cms.library.models import Topic
from cms.pages.demo.publishing import publish_if_changed
from cms.pages.models import HomePage
from media.actions import publish_film
from media.models import Film
from media.renditions import request_renditions

WORDS = Path(__file__).parent / "films.yaml"
LISTS = {
    "pl": {
        "title": "Filmy",
        "slug": "filmy",
        "lead": "Krótkie filmy z napisami i transkrypcją. Możesz je obejrzeć, przeczytać albo wysłuchać.",
    },
    "en": {
        "title": "Films",
        "slug": "films",
        "lead": "Short films with captions and transcripts. Watch them, read them or listen to them.",
    },
}


def build() -> Iterator[str]:
    """Make both lists and the pages; ask for the files of every film, which the worker makes."""
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    films = list(Film.objects.filter(live=True, is_sample=True).order_by("created_at", "pk"))
    for language, own in LISTS.items():
        listing = _list(HomePage.objects.get(locale__language_code=language), own)
        for film in films:
            spec = words.get(film.title, {})
            _declare(film, spec.get("description"))
            if language == "pl" or "en" in spec:
                _page(listing, film, spec)
    asked = sum(len(request_renditions(film=film)) for film in films)
    if asked:
        yield f"{asked} files of films are made by the worker"


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/films/{name}")


def _list(home: HomePage, words: dict[str, str]) -> FilmListPage:
    listing = FilmListPage.objects.child_of(home).first()
    if listing is None:
        listing = FilmListPage(
            locale=home.locale, translation_key=_key("list"), show_in_menus=True, live=False, **words
        )
        home.add_child(instance=listing)
        publish_if_changed(listing)
    return listing


def _declare(film: Film, spec: dict[str, Any] | None) -> None:
    """Say of a film why it needs no audio description, unless somebody has decided that already."""
    newest = film.latest_revision
    if not spec or film.description_kind or (newest is not None and newest.user_id is not None):
        return
    film.description_kind = Film.DescriptionKind.NOT_NEEDED
    film.description_reason, film.description_declared_by = spec["reason"], spec["by"]
    film.description_declared_on = spec["on"]
    publish_film(film=film)


def _page(listing: FilmListPage, film: Film, spec: dict[str, Any]) -> None:
    language = listing.locale.language_code
    words = spec.get(language, {"title": film.title, "summary": film.summary[:250]})
    key = _key(f"{film.language}/{film.title}")
    page = FilmPage.objects.filter(translation_key=key, locale=listing.locale).first()
    is_new = page is None
    page = page or FilmPage(
        translation_key=key,
        locale=listing.locale,
        slug=slugify(anyascii(words["title"]))[:80].strip("-"),
        live=False,
    )
    page.film, page.title, page.summary, page.is_sample = film, words["title"], words["summary"], True
    audience = spec.get("audience", [])
    page.for_pes = "pes" in audience
    page.for_administration = "administration" in audience
    page.for_trainers = "trainers" in audience
    page.legal_as_of = spec.get("legal_as_of")
    page.topics = list(Topic.objects.filter(locale=listing.locale, slug__in=spec.get("topics", [])))
    if is_new:
        listing.add_child(instance=page)
    publish_if_changed(page)
