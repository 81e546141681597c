"""What a plain Wagtail project would have instead of ours. Tables are made for the run of a benchmark only."""

from django.conf import settings
from django.db import models
from wagtail import blocks
from wagtail.blocks import StreamBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its caption."""

    image = ImageBlock()
    narrow = ImageChooserBlock(required=False)
    caption = blocks.CharBlock(required=False)

    class Meta:
        template = "plain/picture.html"


class ProcedureBlock(blocks.StructBlock):
    """Steps with pictures."""

    title = blocks.CharBlock(required=False)
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.RichTextBlock()),
                ("image", ImageBlock(required=False)),
                ("narrow", ImageChooserBlock(required=False)),
                ("caption", blocks.CharBlock(required=False)),
            ]
        )
    )

    class Meta:
        template = "plain/procedure.html"


def words(*names: str) -> blocks.StructBlock:
    """A block of texts, which Wagtail prints as a list of names and values."""
    return blocks.StructBlock([(name, blocks.RichTextBlock(required=False)) for name in names])


class PlainBlock(StreamBlock):
    """Every kind of block that our lessons and pages have, as plain as Wagtail has it, to show the same."""

    text = blocks.RichTextBlock()
    image = PictureBlock()
    film = blocks.StructBlock([("film", SnippetChooserBlock("media.Film"))])
    definition = words("term", "text")
    callout = words("kind", "title", "text")
    procedure = ProcedureBlock()
    table = blocks.StructBlock(
        [("caption", blocks.CharBlock()), ("table", TypedTableBlock([("text", blocks.CharBlock())]))]
    )
    quotation = words("text", "source")
    worked_case = words("title", "situation", "solution", "conclusion")
    comparison = words("title", "left_title", "left", "right_title", "right")
    accordion = blocks.StructBlock([("items", blocks.ListBlock(words("title", "text")))])
    download = blocks.StructBlock([("document", DocumentChooserBlock()), ("title", blocks.CharBlock())])
    check_yourself = blocks.StructBlock(
        [("question", blocks.CharBlock()), ("options", blocks.ListBlock(words("text", "feedback")))]
    )


class PlainPage(Page):
    """A page as the first chapter of Wagtail's guide makes it."""

    body = StreamField(PlainBlock(), blank=True)
    template = "plain/page.html"


class PlainListPage(Page):
    """A page that lists those below it, as the guide makes it."""

    template = "plain/list.html"


class PlainNote(models.Model):
    """One row for one person and one thing: the least that saving somebody's progress can be."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.UUIDField()
    state = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="benchmarks_plainnote_one")]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.key}"
