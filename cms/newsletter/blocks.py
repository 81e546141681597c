"""Blocks of an issue of the newsletter: what a letter can hold without pictures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks import SHORT_TEXT


class ChosenPageBlock(blocks.StructBlock):
    """A page of the site with its title and one sentence; both can be worded otherwise for the issue."""

    page = blocks.PageChooserBlock(label=_("page"))
    title = blocks.CharBlock(
        max_length=200, required=False, label=_("title"), help_text=_("Empty: the title of the page.")
    )
    text = blocks.TextBlock(
        max_length=500, required=False, label=_("text"), help_text=_("Empty: the summary of the page.")
    )

    class Meta:
        icon = "doc-full"
        label = _("page")


class IssueBlock(blocks.StreamBlock):
    """What an issue may contain, in any order."""

    heading = blocks.CharBlock(max_length=120, label=_("heading"), icon="title")
    text = blocks.RichTextBlock(features=SHORT_TEXT, label=_("text"), icon="pilcrow")
    page = ChosenPageBlock()

    class Meta:
        block_counts: dict[str, Any] = {}
