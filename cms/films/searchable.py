"""What search finds of films: each film page, with its transcript passage by passage and the second of each."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.films.models import FilmListPage, FilmPage
from cms.films.queries import film_of
from cms.pages.passages import parted, passages_of, plain
from cms.pages.searchable import live_page, page_entry, page_marks
from media.models import Film
from media.queries import player_facts


def marks(ids: Collection[int] | None) -> Iterable[tuple[int, str]]:
    """Film pages with the version of their film: 2 queries."""
    films = dict(FilmPage.objects.filter(live=True, film__live=True).values_list("pk", "film__live_revision_id"))
    for pk, mark in page_marks(FilmPage)(ids):
        if pk in films:
            yield pk, f"{mark} {films[pk]}"


def read(pk: int) -> list[dict[str, Any]]:
    """The page with all that is said in its film; nothing while the film is withdrawn."""
    page = live_page(FilmPage, pk)
    if page is None or not page.film.live:
        return []
    language = page.locale.language_code
    with translation.override(language):
        facts = player_facts(film_of(page), language)
        about = str(facts["about"].partition(". ")[0]).rstrip(".")
        return [
            page_entry(
                page,
                about=about,
                summary=page.summary,
                also=" ".join(topic.title for topic in page.topics.all()),
                passages=[*passages_of(page.body.raw_data), *_spoken(facts)],
            )
        ]


def _spoken(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of the transcript. A line leads to its second; without times the transcript is one passage."""
    heading = ""
    passages: list[dict[str, Any]] = []
    for line in facts["cues"]:
        heading = line["chapter"] or heading
        second = int(line["start"])
        passages.append({"text": line["text"], "heading": heading, "second": second, "anchor": f"?t={second}#film"})
    if not passages:
        passages = [{"text": text, "anchor": "#film"} for text in parted(plain(facts["transcript_html"]))]
    return passages


def read_list(pk: int) -> list[dict[str, Any]]:
    """The list itself, which is a page like others."""
    page = live_page(FilmListPage, pk)
    return [page_entry(page, summary=page.lead)] if page else []


def pages_of(film: Film) -> list[int]:
    """The pages that show a film."""
    return list(FilmPage.objects.filter(film=film.pk).values_list("pk", flat=True))


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "cms_films.film",
        "kind": "film",
        "one": _("film"),
        "many": _("Films"),
        "order": 20,
        "marks": marks,
        "read": read,
        "models": {FilmPage._meta.label: lambda page: [page.pk], Film._meta.label: pages_of},
    },
    {
        "name": "cms_films.list",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(FilmListPage),
        "read": read_list,
        "models": [FilmListPage._meta.label],
    },
]
