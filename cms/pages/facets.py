"""Lists narrowed by facets: what a choice leaves, what each value would show, and the addresses that say so. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

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


def narrowed(entries: Iterable[Entry], choice: Choice) -> list[Entry]:
    """The rows that the choice leaves, in the order given."""
    return [entry for entry in entries if all(_fits(entry, facet, choice) for facet in choice)]


def counts(entries: Iterable[Entry], choice: Choice, facets: Sequence[str]) -> dict[str, Counter[str]]:
    """For each value of each facet, how many rows it would show beside what the *other* facets leave."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    for entry in entries:
        missed = [facet for facet in facets if not _fits(entry, facet, choice)]
        if len(missed) > 1:
            continue
        for facet in missed or facets:
            found[facet].update(entry.values.get(facet, ()))
    return found


def in_order(entries: Iterable[Entry], order: str) -> list[Entry]:
    """By title where asked for, else the newest first; what is equally new by title."""
    by_title = sorted(entries, key=lambda entry: entry.title.casefold())
    return by_title if order == "title" else sorted(by_title, key=lambda entry: -entry.when)


def _fits(entry: Entry, facet: str, choice: Choice) -> bool:
    wanted = choice.get(facet)
    return not wanted or not set(wanted).isdisjoint(entry.values.get(facet, ()))


def occurring(entries: Iterable[Entry], words: Mapping[str, Iterable[tuple[str, str]]]) -> Labels:
    """Of the words of each facet those whose values occur, in the order given."""
    seen: dict[str, set[str]] = {facet: set() for facet in words}
    for entry in entries:
        for facet, values in entry.values.items():
            seen[facet].update(values)
    return {facet: {value: word for value, word in words[facet] if value in seen[facet]} for facet in words}


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
    found: Mapping[str, Counter[str]], labels: Labels, choice: Choice, names: Mapping[str, str]
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
