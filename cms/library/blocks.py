"""What an edition of a publication on the site is made of: chapters, and the blocks of which each is built."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks import (
    AccordionBlock,
    CalloutBlock,
    ComparisonBlock,
    DefinitionBlock,
    FilmBlock,
    ForeignPlayerBlock,
    PictureBlock,
    QuotationBlock,
    TableBlock,
)


class EditionBlock(blocks.StreamBlock):
    """What a chapter may contain. Its own headings begin below that of the chapter."""

    text = blocks.RichTextBlock(
        features=["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"],
        label=_("text"),
        template="components/blocks/text.html",
        icon="pilcrow",
    )
    image = PictureBlock()
    film = FilmBlock()
    foreign_player = ForeignPlayerBlock()
    definition = DefinitionBlock()
    callout = CalloutBlock()
    table = TableBlock()
    quotation = QuotationBlock()
    comparison = ComparisonBlock()
    accordion = AccordionBlock()


class ChapterBlock(blocks.StructBlock):
    """A chapter with its title, which the table of contents lists."""

    title = blocks.CharBlock(max_length=200, label=_("title"))
    body = EditionBlock(label=_("content"))

    class Meta:
        icon = "doc-full"
        label = _("chapter")
        headings = {"title": 2}
        lowers = 1
