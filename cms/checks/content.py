"""Reads a page or film into the parts that the rules look at: its fields, blocks, rich text, and what rooms add.

A room adds by a module ``content_checks.py`` with a function ``parts_of(draft)`` that yields parts for the rows that it
knows and nothing for all others. A block says in its ``Meta`` which of its fields are shown as headings
(``headings = {"title": 2}``) and by how much those below it stand lower (``lowers = 1``).
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.module_loading import module_has_submodule
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from cms.checks.rules import (
    Check,
    FileOffered,
    FilmShown,
    Heading,
    LawStated,
    Link,
    Part,
    Picture,
    Place,
    Table,
    Target,
    parts_of_html,
)
from cms.pages.blocks import CalloutBlock, TableBlock
from media.models import CustomDocument, Film
from media.queries import film_facts
from media.refusing import let_pass
from media.rules import publishable

PartsOf = Callable[["Draft"], Iterable[Part]]


@dataclass(frozen=True)
class Draft:
    """A version of a row as it would be published; ``children`` are the rows of a form that are not saved yet."""

    row: models.Model
    children: dict[str, Sequence[models.Model]] = field(default_factory=dict)

    def rows(self, name: str) -> Sequence[Any]:
        """The rows that belong to it: those of the form where there is one, otherwise those of the version."""
        return self.children[name] if name in self.children else list(getattr(self.row, name).all())


def parts_of(draft: Draft) -> list[Part]:
    """All parts of a draft in the order of its fields, with links looked up: at most two queries for all links."""
    found = list(_parts_of_fields(draft.row))
    for contributed in contributors():
        found += contributed(draft)
    return _looked_up(found)


@functools.cache
def contributors() -> tuple[PartsOf, ...]:
    """What the rooms add, in the order of the apps."""
    modules = [
        import_module(f"{config.name}.content_checks")
        for config in apps.get_app_configs()
        if config.module is not None and module_has_submodule(config.module, "content_checks")
    ]
    return tuple(module.parts_of for module in modules)


def _parts_of_fields(row: models.Model) -> Iterator[Part]:
    for known in row._meta.concrete_fields:
        value = getattr(row, known.name, None) if not known.is_relation else None
        if isinstance(known, StreamField) and value:
            yield from parts_of_block(value.stream_block, value, Place((known.name,)))
        elif isinstance(known, RichTextField) and value:
            yield from parts_of_html(value, Place((known.name,)))
        elif known.is_relation and known.related_model is Film and (film := getattr(row, known.name)):
            yield film_shown(film, Place((known.name,)))


def film_shown(film: Film, place: Place) -> FilmShown:
    """A film as the public has it. What a lead editor let pass there is not held against whoever shows it."""
    lacks = film_lacks(film)
    passed = let_pass(film) if lacks else frozenset()
    open_ones = frozenset(check for check in lacks if check.value not in passed)
    return FilmShown(title=film.title, live=film.live, lacks=open_ones, place=place)


def film_lacks(film: Film) -> frozenset[Check]:
    """What somebody who cannot hear or see this version of a film would miss."""
    found = {Check(problem.value) for problem in publishable(film_facts(film)) if problem.value in set(Check)}
    return frozenset(found if is_described(film) else found | {Check.FILM_WITHOUT_DESCRIPTION})


def is_described(film: Film) -> bool:
    """Whether somebody has decided on audio description: there is a file of it, or a reason why none is needed."""
    if film.description_kind == Film.DescriptionKind.TRACK:
        return bool(film.description_file)
    return film.description_kind == Film.DescriptionKind.NOT_NEEDED and bool(film.description_reason)


def parts_of_block(block: blocks.Block, value: Any, place: Place, lower: int = 0) -> Iterator[Part]:
    """The parts of a block and of all blocks within, at their places."""
    match block:
        case blocks.StreamBlock():
            for position, child in enumerate(value or ()):
                inner = Place((*place.path, position), child.id or place.block)
                yield from parts_of_block(child.block, child.value, inner, lower)
        case blocks.ListBlock():
            for position, child in enumerate(value.bound_blocks if value else ()):
                inner = Place((*place.path, position), child.id or place.block)
                yield from parts_of_block(child.block, child.value, inner, lower)
        case ImageBlock():
            if value:
                yield _picture(value, _below(place, "alt_text"))
        case blocks.StructBlock():
            yield from _parts_of_struct(block, value or {}, place, lower)
        case blocks.RichTextBlock():
            yield from parts_of_html(value.source if value else "", place)
        case DocumentChooserBlock():
            if value:
                yield FileOffered(title=value.title, accessible=value.accessible, place=place)
        case blocks.ChooserBlock() if isinstance(value, Film):
            yield film_shown(value, place)


def _parts_of_struct(block: blocks.StructBlock, value: Any, place: Place, lower: int) -> Iterator[Part]:
    headings = getattr(block.meta, "headings", {})
    if isinstance(block, CalloutBlock) and value.get("kind") == "law":
        title = value.get("title") or ""
        yield LawStated(title=title, dated=bool(value.get("as_of")), place=_below(place, "as_of"))
    if isinstance(block, TableBlock):
        table = value.get("table")
        heads = tuple(column["heading"] or "" for column in table.columns) if isinstance(table, TypedTable) else ()
        yield Table(caption=value.get("caption") or "", headings=heads, place=_below(place, "table"))
    for name, child in block.child_blocks.items():
        if name in headings and value.get(name):
            yield Heading(level=headings[name] + lower, words=str(value[name]), place=_below(place, name))
        for part in parts_of_block(
            child, value.get(name), _below(place, name), lower + getattr(block.meta, "lowers", 0)
        ):
            if isinstance(part, FileOffered) and value.get("alternative"):
                part = replace(part, alternative=str(value["alternative"]))
            yield part


def _picture(image: Any, place: Place) -> Picture:
    return Picture(
        words=getattr(image, "contextual_alt_text", "") or "",
        decorative=bool(getattr(image, "decorative", False)),
        title=image.title,
        place=place,
    )


def _below(place: Place, name: str) -> Place:
    return Place((*place.path, name), place.block)


def _looked_up(parts: list[Part]) -> list[Part]:
    """The same parts, with what is known of the pages and documents to which links lead."""
    keys = {
        kind: {part.key for part in parts if isinstance(part, Link) and part.kind == kind and part.key}
        for kind in ("page", "document")
    }
    pages = (
        {page.pk: page for page in Page.objects.filter(pk__in=keys["page"]).only("pk", "title", "live")}
        if keys["page"]
        else {}
    )
    documents = CustomDocument.objects.in_bulk(keys["document"]) if keys["document"] else {}
    return [_with_target(part, pages, documents) if isinstance(part, Link) else part for part in parts]


def _with_target(link: Link, pages: dict[int, Page], documents: dict[int, CustomDocument]) -> Link:
    if link.key is None:
        return link
    if link.kind == "page":
        page = pages.get(link.key)
        if page is None:
            return replace(link, target=Target.GONE)
        return replace(link, target=Target.FOUND if page.live else Target.DRAFT, title=page.title)
    if link.kind == "document":
        document = documents.get(link.key)
        if document is None:
            return replace(link, target=Target.GONE)
        return replace(link, target=Target.FOUND, accessible=document.accessible, title=document.title)
    return link


def language_of_row(row: Any) -> str:
    """The language in which a row is published."""
    locale = getattr(row, "locale", None)
    code: str = locale.language_code if locale is not None else getattr(row, "language", "pl")
    return code[:2]
