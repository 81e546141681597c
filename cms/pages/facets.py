"""Lists narrowed by facets: what a choice leaves, what each value would show, and the addresses that say so. Pure."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.paginator import Paginator

MOST_VALUES = 30
"""More values than any facet has; what is asked beyond them is not read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as its list knows it: its id, its place in time for the order, and its values in each facet.

    ``when`` is a year, or any number that is greater for what is newer.
    """

    pk: int
    title: str
    when: int
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)


Choice = dict[str, tuple[str, ...]]
"""For each facet the values chosen: one of them is enough within a facet, all facets together must hold."""

Labels = dict[str, dict[str, str]]
"""For each facet, in the order shown, the values that occur with their words."""


class Query(Protocol):
    """The query of an address, as Django reads it."""

    def getlist(self, key: str) -> list[str]:
        """All values of a name."""

    def get(self, key: str) -> Any:
        """The last value of a name, or None."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A list as it is kept until the next publication: some kilobytes for thousands of rows, read in no time.

    ``newest`` are the ids in the usual order; ``by_title`` the places in it, in the order of the titles. ``having`` has
    for each value of each facet the rows that have it: one bit for each, by its place in ``newest``.
    """

    newest: "array[int]"
    by_title: "array[int]"
    having: dict[str, dict[str, int]]


def catalogue(entries: Iterable[Entry]) -> Catalogue:
    """The rows as a catalogue: the newest first, what is equally new by title."""
    titles = sorted(entries, key=lambda entry: entry.title.casefold())
    places = sorted(range(len(titles)), key=lambda number: -titles[number].when)
    having: dict[str, dict[str, int]] = {}
    by_title = array("I", bytes(4 * len(titles)))
    for place, number in enumerate(places):
        by_title[number] = place
        for facet, values in titles[number].values.items():
            rows = having.setdefault(facet, {})
            for value in values:
                rows[value] = rows.get(value, 0) | 1 << place
    return Catalogue(array("Q", [titles[number].pk for number in places]), by_title, having)


def narrowed(rows: Catalogue, choice: Choice, order: str = "newest") -> list[int]:
    """The ids of the rows that the choice leaves: by title where asked for, else the newest first."""
    places = rows.by_title if order == "title" else range(len(rows.newest))
    if not choice:
        return [rows.newest[place] for place in places]
    left = f"{_left(rows, choice):0{len(rows.newest)}b}"[::-1]
    return [rows.newest[place] for place in places if left[place] == "1"]


def counts(rows: Catalogue, choice: Choice) -> dict[str, dict[str, int]]:
    """For each value of each facet, how many rows it would show beside what the *other* facets leave."""
    found = {}
    for facet, values in rows.having.items():
        left = _left(rows, {name: wanted for name, wanted in choice.items() if name != facet})
        found[facet] = {value: (bits & left).bit_count() for value, bits in values.items()}
    return found


def _left(rows: Catalogue, choice: Choice) -> int:
    left = (1 << len(rows.newest)) - 1
    for facet, wanted in choice.items():
        having = rows.having.get(facet, {})
        left &= reduce(or_, (having.get(value, 0) for value in wanted), 0)
    return left


def occurring(rows: Catalogue, words: Mapping[str, Iterable[tuple[str, str]]]) -> Labels:
    """Of the words of each facet those whose values occur, in the order given."""
    return {
        facet: {value: word for value, word in named if value in rows.having.get(facet, {})}
        for facet, named in words.items()
    }


def chosen(asked: Query, labels: Labels) -> Choice:
    """What the address chooses; values that no row has are passed over."""
    choice = {}
    for facet, known in labels.items():
        values = dict.fromkeys(asked.getlist(facet)[:MOST_VALUES])
        if found := tuple(value for value in values if value in known):
            choice[facet] = found
    return choice


def pairs_of(choice: Choice, order: str) -> list[tuple[str, str]]:
    """The choice as the names and values of an address; the usual order, newest first, is not said."""
    pairs = [(facet, value) for facet, values in choice.items() for value in values]
    return [*pairs, ("sort", order)] if order != "newest" else pairs


def active(choice: Choice, labels: Labels, order: str) -> list[dict[str, str]]:
    """What narrows the list now, each {label, url} with the address of the list without it."""
    pairs = pairs_of(choice, order)
    return [
        {"label": labels[facet][value], "url": f"?{urlencode([pair for pair in pairs if pair != (facet, value)])}"}
        for facet, value in pairs
        if facet != "sort"
    ]


def form_rows(
    found: Mapping[str, Mapping[str, int]], labels: Labels, choice: Choice, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The facets as the form shows them: [{name, label, options [{value, label, count, chosen}]}]."""
    return [
        {
            "name": facet,
            "label": names[facet],
            "options": [
                {
                    "value": value,
                    "label": label,
                    "count": found[facet][value],
                    "chosen": value in choice.get(facet, ()),
                }
                for value, label in labels[facet].items()
            ],
        }
        for facet in labels
        # One value alone narrows nothing.
        if len(labels[facet]) > 1 or facet in choice
    ]


def listing(asked: Query, rows: Catalogue, labels: Labels, names: Mapping[str, str], page_size: int) -> dict[str, Any]:
    """What a list shows for an address: ``total``, ``facets`` as in :func:`form_rows`, ``active`` [{label, url}],
    ``order``, ``page_obj`` of ids, ``query`` (the address without the page), ``other_order_query`` (sorted otherwise).
    """
    choice = chosen(asked, labels)
    order = "title" if asked.get("sort") == "title" else "newest"
    found = narrowed(rows, choice, order)
    return {
        "total": len(found),
        "facets": form_rows(counts(rows, choice), labels, choice, names),
        "active": active(choice, labels, order),
        "order": order,
        "page_obj": Paginator(found, page_size).get_page(asked.get("page")),
        "query": urlencode(pairs_of(choice, order)),
        "other_order_query": urlencode(pairs_of(choice, "newest" if order == "title" else "title")),
    }
