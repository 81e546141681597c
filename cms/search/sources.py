"""What can be found: the ``searchable.py`` of each room, found by file name and read as plain data.

A room lists dictionaries in ``SEARCHABLE``; it imports nothing from here, so that even the lowest house can declare:

* ``name``: the room and the thing, ``cms_library.publication``. With the id of a thing it makes the key of a target.
* ``kind``: under which a hit is listed; ``one`` and ``many`` are its words, ``order`` its place among the filters.
* ``marks(ids)``: pairs of the id and a text that differs whenever what ``read`` gives may differ, of every thing that
  can be found now; with ``ids`` of these alone. As few queries as can be: the sweep asks for all.
* ``read(id)``: the entries of a thing, as dictionaries; an empty list when it is not to be found.
* ``models``: labels of models whose publication, withdrawal or deletion changes the thing with the same id; or a
  mapping from such a label to a function from the instance to ids.
* ``documents(id)``: optional; the ids of the things that are made from the text of a document, too.
* ``doors(user)``: optional; the keys of audiences that this signed-in user holds, each with the address that leads them
  there, or with an empty one where the entry's own does.

An entry has ``title`` and ``language``, and may have ``part``, ``about``, ``page`` (the id of the page on which it
stands: asked at each search whether it is live and open), ``address``, ``audience`` (empty: everybody), ``opens_on``,
``summary``, ``also`` (names, numbers and topics: found, but not shown) and ``passages``: dictionaries with ``text`` and
perhaps ``heading``, ``anchor`` (``#chapter-2``, ``?t=95``), ``page_number``, ``second``.
"""

import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

HOUSES = ("certificates", "courses", "cms", "media")

Marks = Callable[[Collection[int] | None], Iterable[tuple[int, str]]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a room declares about one of its things."""

    name: str
    kind: str
    one: Any
    many: Any
    order: int
    marks: Marks
    read: Callable[[int], list[dict[str, Any]]]
    models: Mapping[str, Callable[[Any], Iterable[int]]]
    documents: Callable[[int], Iterable[int]] | None = None
    doors: Callable[[Any], Mapping[str, str]] | None = None

    def key(self, pk: int) -> str:
        return f"{self.name}:{pk}"


@dataclass(frozen=True, kw_only=True)
class PassageDraft:
    """A stretch of text as a room gives it."""

    text: str
    heading: str = ""
    anchor: str = ""
    page_number: int | None = None
    second: int | None = None


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """An entry as a room gives it. ``passages`` are kept with ``summary`` first."""

    title: str
    language: str
    kind: str = ""
    part: str = ""
    about: str = ""
    page: int | None = None
    address: str = ""
    audience: str = ""
    opens_on: date | None = None
    summary: str = ""
    also: str = ""
    passages: tuple[PassageDraft, ...] = field(default_factory=tuple)


def _own_id(instance: Any) -> list[int]:
    return [instance.pk]


@functools.cache
def sources() -> dict[str, Source]:
    """Every source by its name."""
    found: dict[str, Source] = {}
    for config in apps.get_app_configs():
        if config.name.partition(".")[0] not in HOUSES or config.module is None:
            continue
        if not module_has_submodule(config.module, "searchable"):
            continue
        for entry in import_module(f"{config.name}.searchable").SEARCHABLE:
            models = entry.get("models", ())
            if not isinstance(models, Mapping):
                models = dict.fromkeys(models, _own_id)
            source = Source(**{**entry, "models": models})
            if source.name in found:
                raise ImproperlyConfigured(f"{source.name} is declared twice")
            for label in source.models:
                apps.get_model(label)
            found[source.name] = source
    return found


def kinds() -> dict[str, tuple[Any, Any]]:
    """The kinds in the order of the filters, each with its words for one and for many."""
    ordered = sorted(sources().values(), key=lambda source: (source.order, source.name))
    found: dict[str, tuple[Any, Any]] = {}
    for source in ordered:
        found.setdefault(source.kind, (source.one, source.many))
    return found


def source_of(key: str) -> tuple[Source, int] | None:
    """The source of a target's key and the id of the thing; None for a key that no room knows any longer."""
    name, _colon, pk = key.rpartition(":")
    source = sources().get(name)
    return (source, int(pk)) if source and pk.isdigit() else None


def drafts_of(source: Source, pk: int) -> list[EntryDraft]:
    """What the room tells of a thing."""
    drafts = []
    for entry in source.read(pk):
        passages = tuple(PassageDraft(**passage) for passage in entry.get("passages", ()))
        drafts.append(EntryDraft(**{"kind": source.kind, **entry, "passages": passages}))
    return drafts


def doors_of(user: Any) -> dict[str, str]:
    """The keys of audiences that a user holds, with the addresses that lead them there."""
    held: dict[str, str] = {"": ""}
    if user.is_authenticated:
        held["signed-in"] = ""
        for source in sources().values():
            if source.doors is not None:
                held |= source.doors(user)
    return held
