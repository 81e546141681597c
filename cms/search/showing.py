"""Hits as a page shows them: flat facts, ten at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.urls import translate_url
from django.utils.translation import get_language, gettext

from cms.pages.typography import timecode
from cms.search.models import Entry, Passage
from cms.search.queries import LANGUAGES, Found, Places, Reader, entries_of, look_closely, passages_at
from cms.search.rules import ranking
from cms.search.rules.excerpts import Part, excerpt, marked
from cms.search.rules.ranking import Hit
from cms.search.sources import kinds

PAGE_SIZE = 10
PLACES_SHOWN = 3
"""To so many places in one thing a hit leads: the best with its words, the others as links."""


@dataclass(frozen=True)
class Narrowing:
    """What the address chooses: a language or all of them, a kind or all, a page of the list."""

    language: str
    kind: str
    page: str


@dataclass(frozen=True)
class Answer:
    """What the screen shows of a question."""

    rows: list[dict[str, Any]]
    page_obj: ListPage
    by_kind: dict[str, int]
    all_kinds: int
    by_language: dict[str, int]

    @property
    def total(self) -> int:
        return int(self.page_obj.paginator.count)


def answer(found: Found, narrowing: Narrowing, reader: Reader) -> Answer:
    """The rows of one page, and how many there are of each kind and in each language: at most 3 queries."""
    in_language = [hit for hit in found.hits if narrowing.language in ("", hit.language)]
    by_kind = Counter(hit.kind for hit in in_language)
    hits = [hit for hit in in_language if narrowing.kind in ("", hit.kind)]
    by_language = Counter(hit.language for hit in found.hits if narrowing.kind in ("", hit.kind))
    page_obj = Paginator(hits, PAGE_SIZE).get_page(narrowing.page)
    places = look_closely(hits, found, reader, list(page_obj.object_list)) if hits else {}
    # The order of the best has changed: what stands on the page is taken anew.
    page_obj = Paginator(hits, PAGE_SIZE).get_page(narrowing.page)
    return Answer(
        rows=_rows(list(page_obj.object_list), places, found, reader),
        page_obj=page_obj,
        by_kind={kind: by_kind[kind] for kind in kinds() if by_kind[kind]},
        all_kinds=len(in_language),
        by_language={language: by_language[language] for language in LANGUAGES if by_language[language]},
    )


def _rows(
    hits: Sequence[Hit], places: Mapping[tuple[int, str], Mapping[int, Places]], found: Found, reader: Reader
) -> list[dict[str, Any]]:
    if not hits:
        return []
    entries: dict[tuple[int, str], list[Entry]] = {}
    for entry in entries_of(hits, reader):
        entries.setdefault((entry.target_id, entry.language), []).append(entry)
    chosen = {
        (hit.target, hit.language): _best_places(places.get((hit.target, hit.language), {}), found) for hit in hits
    }
    # Where only the title or the record has the words, the beginning is shown.
    begin = {(entries[key][0].pk, 0) for key, best in chosen.items() if not best and key in entries}
    passages = passages_at([*{place for best in chosen.values() for place in best}, *begin])
    words = found.marked
    return [
        _row(entries[hit.target, hit.language], chosen[hit.target, hit.language], passages, words, reader)
        for hit in hits
        if (hit.target, hit.language) in entries
    ]


def _best_places(places: Mapping[int, Places], found: Found) -> list[tuple[int, int]]:
    """The places of a hit that say most of the question, as (entry, number of the passage)."""
    scored: list[tuple[float, int, int]] = []
    worth = dict.fromkeys(range(len(found.forms)), 1.0)
    for entry, place in places.items():
        for rank, number in enumerate(ranking.best_passages(place.by_word, worth)[:PLACES_SHOWN]):
            having = sum(1 for by_passage in place.by_word.values() if number in by_passage)
            near = ranking.together(
                {word: {number: by.get(number, [])} for word, by in place.by_word.items()}, len(found.forms)
            )[0]
            scored.append((having + near - rank / 100, entry, number))
    if not scored:
        return []
    scored.sort(key=lambda one: (-one[0], one[1], one[2]))
    best = scored[0][0]
    # Others only where they say as much.
    return [(entry, number) for score, entry, number in scored[:PLACES_SHOWN] if score >= best - 0.6]


def _row(
    entries: Sequence[Entry],
    chosen: Sequence[tuple[int, int]],
    passages: Mapping[tuple[int, int], Passage],
    words: set[str],
    reader: Reader,
) -> dict[str, Any]:
    """One hit: ``title`` and ``excerpt`` as parts, ``url``, ``name`` of its kind, ``kind`` in words, ``about``, the
    ``place`` of the excerpt with its label and address or None, ``more`` places, ``lang`` where it is not the page's.
    """
    main = entries[0]
    by_pk = {entry.pk: entry for entry in entries}
    shown = [(by_pk[entry], passages[entry, number]) for entry, number in chosen if (entry, number) in passages]
    if not shown and (main.pk, 0) in passages:
        shown = [(main, passages[main.pk, 0])]
    links = [_place(entry, passage, reader) for entry, passage in shown]
    parts: list[Part] = []
    if shown:
        parts = excerpt(shown[0][1].text, words)
    one, _many = kinds().get(main.kind, ("", ""))
    return {
        "title": marked(main.title, words),
        "url": _address(main, reader),
        "name": main.kind,
        "kind": one,
        "about": main.about,
        "excerpt": parts,
        "place": links[0] if links and links[0]["label"] else None,
        "more": _others(links),
        "lang": main.language if main.language != (get_language() or "pl")[:2] else "",
    }


def _others(links: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The places after the first, each once: two passages of one chapter stand at one address."""
    seen = {links[0]["url"]} if links else set()
    others = []
    for link in links[1:]:
        if link["label"] and link["url"] not in seen:
            seen.add(link["url"])
            others.append(link)
    return others


def _place(entry: Entry, passage: Passage, reader: Reader) -> dict[str, str]:
    """Where a passage stands, in words, and the address that leads there."""
    address = f"{_address(entry, reader)}{passage.anchor}"
    if passage.second is not None:
        label = timecode(passage.second)
        return {"label": label, "url": address, "hidden": gettext("Watch from")}
    if passage.page_number is not None:
        label = gettext("page %(number)d") % {"number": passage.page_number}
        return {"label": label, "url": address, "hidden": "", "file": f"{entry.title} ({entry.about})"}
    if passage.anchor or entry.part:
        return {"label": passage.heading or entry.title, "url": address, "hidden": ""}
    return {"label": "", "url": address, "hidden": ""}


def _address(entry: Entry, reader: Reader) -> str:
    """Where an entry is read: at the door that the reader holds, at an address of its own, or on its page."""
    if door := reader.doors.get(entry.audience):
        return translate_url(door, entry.language)
    if entry.address:
        return entry.address
    return (entry.page.get_url() or "") if entry.page else ""
