"""The blocks of a lesson as editors see them."""

import re

import pytest
from wagtail.admin.icons import get_icons
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
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
