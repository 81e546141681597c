"""Long lists: 2,000 publications, 500 films and 2,000 items of news beside the demonstration's, all of them in search.

What they say is put together from sentences of the demonstration, so that common words stand in most of them and rare
ones in few, as in a real library.
"""

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.utils import timezone
from wagtail.models import Page

from cms.films.models import FilmListPage, FilmPage
from cms.library.models import LibraryPage, PublicationPage, Topic
from cms.news.models import NewsIndexPage, NewsPage
from cms.search.actions import index_target
from cms.search.models import Passage, Target
from cms.search.sources import sources
from media.models import Film

AUDIENCES = ("for_pes", "for_administration", "for_trainers")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@cache
def _sentences() -> list[str]:
    """What the demonstration says in Polish, sentence by sentence, always in the same order."""
    passages = Passage.objects.filter(entry__language="pl", entry__audience="").exclude(
        entry__page__slug__startswith="pomiar-"
    )
    texts = passages.order_by("entry__target__key", "entry__part", "number").values_list("text", flat=True)
    parts = (part.strip() for text in texts for part in _SENTENCE.split(text))
    return sorted({part for part in parts if 30 < len(part) < 240})


def _said(listing: Page, number: int, sentences: int) -> list[str]:
    """So many sentences for the thing with this number in a list; the same in each run."""
    return random.Random(f"{listing.slug} {number}").sample(_sentences(), sentences)


def _title(listing: Page, number: int) -> str:
    return " ".join(_said(listing, number, 1)[0].split()[:6]).strip(".,;:–?!„”")


def _missing(listing: Page, total: int) -> Iterator[int]:
    """The numbers of the pages that the list has to be given."""
    fill_index()
    yield from range(listing.get_children().count(), total)


def many_films(total: int = 500) -> FilmListPage:
    """The list of films, with so many pages; they show the films of the demonstration in turn."""
    listing: FilmListPage = FilmListPage.objects.get(locale__language_code="pl")
    topics, films = list(Topic.objects.filter(locale=listing.locale)), list(Film.objects.filter(live=True))
    for number in _missing(listing, total):
        page = FilmPage(
            title=_title(listing, number),
            slug=f"pomiar-{number}",
            summary=" ".join(_said(listing, number, 2))[:250],
            film=films[number % len(films)],
            locale=listing.locale,
            first_published_at=timezone.now() - timedelta(hours=number),
            **{name: bool(number % (2 + place)) for place, name in enumerate(AUDIENCES)},
        )
        page.topics = topics[: number % (len(topics) + 1)]
        listing.add_child(instance=page)
    return listing


def many_publications(total: int = 2000) -> LibraryPage:
    """The list of publications, with so many of them, each with an edition of a page."""
    listing: LibraryPage = LibraryPage.objects.get(locale__language_code="pl")
    topics = list(Topic.objects.filter(locale=listing.locale))
    for number in _missing(listing, total):
        said = _said(listing, number, 14)
        page = PublicationPage(
            title=_title(listing, number),
            slug=f"pomiar-{number}",
            summary=" ".join(said[:2])[:250],
            year=1990 + number % 37,
            kind=PublicationPage.Kind.values[number % 5],
            locale=listing.locale,
            makes_files=False,
            **{name: bool(number % (2 + place)) for place, name in enumerate(AUDIENCES)},
        )
        body = [{"type": "text", "value": f"<p>{' '.join(said[2:])}</p>"}]
        page.chapters = json.dumps([{"type": "chapter", "value": {"title": said[2][:60], "body": body}}])
        page.topics = topics[: number % (len(topics) + 1)]
        listing.add_child(instance=page)
    return listing


def much_news(total: int = 2000) -> NewsIndexPage:
    """The list of news, with so many items over ten years."""
    listing: NewsIndexPage = NewsIndexPage.objects.get(locale__language_code="pl")
    for number in _missing(listing, total):
        page = NewsPage(
            title=_title(listing, number),
            slug=f"pomiar-{number}",
            lead=" ".join(_said(listing, number, 2))[:250],
            date=date(2026, 9, 1) - timedelta(days=2 * number),
            locale=listing.locale,
        )
        listing.add_child(instance=page)
    return listing


def fill_index() -> None:
    """Read into the index what it has not; the jobs that wait are not done in a measurement."""
    known = set(Target.objects.exclude(indexed_at=None).values_list("key", flat=True))
    there = [source.key(pk) for source in sources().values() for pk, _mark in source.marks(None)]
    for key in there:
        if key not in known:
            index_target(key=key, now=timezone.now())
