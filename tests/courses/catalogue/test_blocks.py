"""The blocks of a lesson as editors see them."""

import datetime
import re
from typing import Any

import pytest
from wagtail.admin.icons import get_icons
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamBlockValidationError, StructBlock
from wagtail.images.blocks import ImageBlock

from cms.pages.blocks import StoryBlock
from courses.catalogue.blocks import LessonBlock


def below(block: Block) -> list[Block]:
    """The block and every one inside it."""
    inner: list[Block] = []
    if isinstance(block, StreamBlock | StructBlock):
        inner = list(block.child_blocks.values())
    elif isinstance(block, ListBlock):
        inner = [block.child_block]
    return [block, *(found for child in inner for found in below(child))]


@pytest.mark.parametrize("block", [LessonBlock(), StoryBlock()])
def test_every_block_has_an_icon_that_there_is(block: Block) -> None:
    known = set(re.findall(r'id="icon-([\w-]+)"', get_icons()))
    assert len(known) > 100
    assert {child.meta.icon for child in below(block)} - known == set()


@pytest.mark.parametrize("block", [LessonBlock(), StoryBlock()])
def test_a_picture_is_labelled_in_our_words_and_folds_to_what_it_shows(block: Block) -> None:
    pictures = [child for child in below(block) if isinstance(child, ImageBlock)]
    assert pictures
    for picture in pictures:
        assert str(picture.child_blocks["image"].label) == "obraz"
        assert picture.meta.label_format == "{alt_text}"


TEXT_TABLE = {"columns": [{"type": "text", "heading": "Rola"}], "rows": [{"values": [""]}], "caption": ""}


CHECK = {"question": "Co?", "options": [{"text": "A", "feedback": "a"}, {"text": "B", "feedback": "b"}]}


@pytest.mark.rule("catalogue-7")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("callout", {"kind": "law", "title": "", "as_of": None, "text": "<p>Ustawa.</p>"}),
        ("check_yourself", CHECK),
        ("check_yourself", CHECK | {"options": [dict(o, correct=True) for o in CHECK["options"]]}),
        ("image", {"image": None, "caption": ""}),
        ("table", {"caption": "Role", "table": {"columns": [], "rows": [], "caption": ""}}),
        ("table", {"caption": "Role", "table": TEXT_TABLE}),
        ("check_yourself", {"question": "", "options": []}),
    ],
    ids=[
        "law without its day",
        "no right answer",
        "two right answers",
        "no picture",
        "table without columns",
        "table without words",
        "empty question",
    ],
)
def test_blocks_refuse_what_would_mislead_but_keep_it_in_a_draft(kind: str, value: dict[str, Any]) -> None:
    block = LessonBlock()
    entered = block.to_python([{"type": kind, "value": value, "id": "1"}])
    with pytest.raises(StreamBlockValidationError):
        block.clean(entered)
    assert len(block.clean_deferred(entered)) == 1
    with pytest.raises(StreamBlockValidationError):
        block.clean(entered)


@pytest.mark.rule("catalogue-7")
def test_blocks_take_what_is_whole() -> None:
    block = LessonBlock()
    options = [{"text": "A", "feedback": "a", "correct": True}, {"text": "B", "feedback": "b"}]
    day = datetime.date(2026, 11, 24).isoformat()
    law = {"kind": "law", "title": "", "as_of": day, "text": "<p>Ustawa.</p>"}
    stored = [
        {"type": "check_yourself", "value": CHECK | {"options": options}, "id": "1"},
        {"type": "callout", "value": law, "id": "2"},
    ]
    assert len(block.clean(block.to_python(stored))) == 2
