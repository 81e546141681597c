"""Blocks made for teaching, of which a lesson is built."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.pages.blocks import (
    RICH_TEXT_FEATURES,
    SHORT_TEXT,
    AccordionBlock,
    CalloutBlock,
    ComparisonBlock,
    DefinitionBlock,
    FilmBlock,
    ForeignPlayerBlock,
    QuotationBlock,
    TableBlock,
)
from media.pictures import ReadyImageBlock, ReadyImageChooserBlock


class DrawingBlock(blocks.StructBlock):
    """A picture with its alternative text and caption, and a narrower one for phones where it has small letters."""

    image = ReadyImageBlock(label=_("image"))
    narrow = ReadyImageChooserBlock(
        required=False, label=_("image for phones"), help_text=_("Shows the same, drawn narrower.")
    )
    caption = blocks.CharBlock(max_length=300, required=False, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("image")
        template = "components/blocks/drawing.html"


class ProcedureBlock(blocks.StructBlock):
    """What to do, step by step, with pictures of the screen."""

    title = blocks.CharBlock(max_length=200, required=False, label=_("title"))
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.RichTextBlock(features=SHORT_TEXT, label=_("what to do"))),
                ("image", ReadyImageBlock(required=False, label=_("image"))),
                ("narrow", ReadyImageChooserBlock(required=False, label=_("image for phones"))),
                ("caption", blocks.CharBlock(max_length=300, required=False, label=_("caption"))),
            ],
            label=_("step"),
        ),
        label=_("steps"),
    )

    class Meta:
        icon = "list-ol"
        label = _("procedure")
        template = "components/blocks/procedure.html"
        headings = {"title": 2}


class WorkedCaseBlock(blocks.StructBlock):
    """A case worked through: the situation, what was done, what follows from it."""

    title = blocks.CharBlock(max_length=200, label=_("title"))
    situation = blocks.RichTextBlock(features=SHORT_TEXT, label=_("situation"))
    solution = blocks.RichTextBlock(features=SHORT_TEXT, label=_("solution"))
    conclusion = blocks.RichTextBlock(features=SHORT_TEXT, label=_("conclusion"))

    class Meta:
        icon = "user"
        label = _("worked case")
        template = "components/blocks/worked_case.html"
        headings = {"title": 2}


class DownloadBlock(blocks.StructBlock):
    """A file to take along; its kind and size are shown beside the link."""

    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(max_length=200, label=_("title"))

    class Meta:
        icon = "download"
        label = _("download")
        template = "components/blocks/download.html"


class CheckYourselfBlock(blocks.StructBlock):
    """One question without a mark, answered at once with feedback. The feedback is sent only after an answer."""

    question = blocks.CharBlock(max_length=300, label=_("question"))
    options = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.CharBlock(max_length=300, label=_("answer"))),
                ("correct", blocks.BooleanBlock(required=False, label=_("correct"))),
                ("feedback", blocks.CharBlock(max_length=400, label=_("feedback"))),
            ],
            label=_("answer"),
        ),
        min_num=2,
        label=_("answers"),
    )

    class Meta:
        icon = "help"
        label = _("check yourself")
        template = "components/blocks/check_yourself.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and sum(1 for option in cleaned["options"] if option["correct"]) != 1:
            raise blocks.StructBlockValidationError(
                {
                    "options": blocks.ListBlockValidationError(
                        non_block_errors=[_("Mark exactly one answer as correct.")]
                    )
                }
            )
        return cleaned


class LessonBlock(blocks.StreamBlock):
    """What a lesson may contain."""

    text = blocks.RichTextBlock(
        features=RICH_TEXT_FEATURES, label=_("text"), template="components/blocks/text.html", icon="pilcrow"
    )
    image = DrawingBlock()
    film = FilmBlock()
    definition = DefinitionBlock()
    callout = CalloutBlock()
    procedure = ProcedureBlock()
    table = TableBlock()
    quotation = QuotationBlock()
    worked_case = WorkedCaseBlock()
    comparison = ComparisonBlock()
    accordion = AccordionBlock()
    download = DownloadBlock()
    foreign_player = ForeignPlayerBlock()
    check_yourself = CheckYourselfBlock()
