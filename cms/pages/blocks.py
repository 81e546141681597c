"""Blocks of the site's own pages: the story of a page, the figures and partners of the home page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from media.pictures import ReadyImageBlock

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class CalloutBlock(blocks.StructBlock):
    """A boxed remark: a note, a warning, or a legal basis with the date on which it was checked."""

    kind = blocks.ChoiceBlock(
        choices=[("note", _("note")), ("warning", _("warning")), ("law", _("legal basis"))],
        default="note",
        label=_("kind"),
    )
    title = blocks.CharBlock(max_length=120, required=False, label=_("title"))
    as_of = blocks.DateBlock(
        required=False,
        label=_("law as of"),
        help_text=_("Needed for a legal basis. Written as 31.12.2025 or 2025-12-31."),
    )
    text = blocks.RichTextBlock(features=["bold", "italic", "link", "ol", "ul"], label=_("text"))

    class Meta:
        icon = "warning"
        label = _("callout")
        template = "components/blocks/callout.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and cleaned["kind"] == "law" and not cleaned["as_of"]:
            raise blocks.StructBlockValidationError(
                {"as_of": ValidationError(_("Give the date on which the law was checked."))}
            )
        return cleaned


class AccordionBlock(blocks.StructBlock):
    """Questions and answers, or details that not everybody needs, each behind its title."""

    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(max_length=200, label=_("title"))),
                ("text", blocks.RichTextBlock(features=["bold", "italic", "link", "ol", "ul"], label=_("text"))),
            ],
            label=_("item"),
        ),
        label=_("items"),
    )

    class Meta:
        icon = "list-ul"
        label = _("accordion")
        template = "components/blocks/accordion.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words, with their source."""

    text = blocks.TextBlock(label=_("text"))
    source = blocks.CharBlock(max_length=250, required=False, label=_("source"))

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "components/blocks/quotation.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; the image block asks for the alternative text or the word that it is decorative."""

    image = ReadyImageBlock(label=_("image"))
    caption = blocks.CharBlock(max_length=300, required=False, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("image")
        template = "components/blocks/picture.html"


class StoryBlock(blocks.StreamBlock):
    """What an ordinary page may contain."""

    text = blocks.RichTextBlock(
        features=RICH_TEXT_FEATURES, label=_("text"), template="components/blocks/text.html", icon="pilcrow"
    )
    image = PictureBlock()
    callout = CalloutBlock()
    quotation = QuotationBlock()
    accordion = AccordionBlock()


class FigureBlock(blocks.StructBlock):
    """A number with what it counts and where it comes from."""

    value = blocks.CharBlock(max_length=20, label=_("figure"))
    text = blocks.CharBlock(max_length=200, label=_("what it counts"))
    source = blocks.CharBlock(max_length=200, label=_("source"))


class PartnerBlock(blocks.StructBlock):
    """A partner of the project and its role."""

    name = blocks.CharBlock(max_length=200, label=_("name"))
    role = blocks.CharBlock(max_length=100, label=_("role"))
