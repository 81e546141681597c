"""A filled example of every block, in the form in which it is stored: whatever a stream can hold, tests can hold."""

import itertools
import uuid
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from tests.factories.catalogue import make_home
from tests.factories.media import DocumentFactory, FilmFactory, ImageFactory

_numbers = itertools.count(1)


def _text() -> str:
    return f"Słowo {next(_numbers)} & <znak>"


def _rich_text() -> str:
    page, document, number = make_home().pk, DocumentFactory().pk, next(_numbers)
    return (
        f'<p>Zdanie {number} <b>ważne</b>, z <a id="{page}" linktype="page">odnośnikiem</a>.</p>'
        f'<p>Jest <a id="{document}" linktype="document">plik</a> i <a href="https://example.org/a?b=1&amp;c=2">adres</a>.'
        "</p><ul><li>Raz</li><li>Dwa</li></ul>"
    )


def sample_of(block: blocks.Block) -> Any:
    """A stored value of this kind of block, with every part of it filled."""
    if isinstance(block, TypedTableBlock):
        kind = next(iter(block.child_blocks))
        columns = [{"type": kind, "heading": _text()} for _column in range(2)]
        rows = [{"values": [_text(), ""]}, {"values": ["", _text()]}]
        return {"columns": columns, "rows": rows, "caption": ""}
    if isinstance(block, ImageBlock):
        return {"image": ImageFactory().pk, "decorative": False, "alt_text": _text()}
    if isinstance(block, blocks.StructBlock):
        return {name: sample_of(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [{"type": "item", "id": str(uuid.uuid4()), "value": sample_of(block.child_block)} for _item in range(2)]
    if isinstance(block, blocks.StreamBlock):
        return [stream_child(name, child) for name, child in block.child_blocks.items()]
    return _sample_of_field(block)


def _sample_of_field(block: blocks.Block) -> Any:
    if isinstance(block, ImageChooserBlock):
        return ImageFactory().pk
    if isinstance(block, DocumentChooserBlock):
        return DocumentFactory().pk
    if isinstance(block, SnippetChooserBlock):
        return FilmFactory().pk
    if isinstance(block, blocks.PageChooserBlock):
        return make_home().pk
    if isinstance(block, blocks.RichTextBlock):
        return _rich_text()
    if isinstance(block, blocks.ChoiceBlock):
        return block.field.choices[-1][0]
    if isinstance(block, blocks.BooleanBlock):
        return True
    if isinstance(block, blocks.DateBlock):
        return "2026-10-01"
    if isinstance(block, blocks.URLBlock):
        return "https://example.org/a"
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        return _text()
    raise TypeError(f"No example of {type(block).__name__} yet")


def stream_child(name: str, block: blocks.Block) -> dict[str, Any]:
    """A block of a stream in its stored form."""
    return {"type": name, "id": str(uuid.uuid4()), "value": sample_of(block)}
