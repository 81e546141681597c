"""Blocks of the site's own pages: the story of a page, the figures and partners of the home page."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.pages.by_language import SameInEachLanguageBlock, TableOfWordsBlock
from cms.pages.players import LONGEST as LONGEST_ADDRESS
from cms.pages.players import ForeignFilm, foreign_film
from media.pictures import ReadyImageBlock, ReadyImageChooserBlock

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT = ["bold", "italic", "link", "ol", "ul"]


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
    text = blocks.RichTextBlock(features=SHORT_TEXT, label=_("text"))

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
                ("text", blocks.RichTextBlock(features=SHORT_TEXT, label=_("text"))),
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


class DefinitionBlock(blocks.StructBlock):
    """A term and what it means."""

    term = blocks.CharBlock(max_length=120, label=_("term"))
    text = blocks.RichTextBlock(features=SHORT_TEXT, label=_("meaning"))

    class Meta:
        icon = "info-circle"
        label = _("definition")
        template = "components/blocks/definition.html"


class TableBlock(blocks.StructBlock):
    """A table of words: a caption, a header row, and the first column as the header of each row."""

    caption = blocks.CharBlock(max_length=200, label=_("caption"))
    table = TableOfWordsBlock([("text", blocks.CharBlock(required=False, label=_("text")))], label=_("table"))

    class Meta:
        icon = "table"
        label = _("table")
        template = "components/blocks/table.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:  # A draft may be unfinished.
            return cleaned
        table = cleaned["table"]
        if not any(str(cell.value).strip() for row in table.rows for cell in row):
            raise blocks.StructBlockValidationError(
                {"table": ValidationError(_("The table is empty. Fill it in or remove the block."))}
            )
        if not all(column["heading"].strip() for column in table.columns):
            raise blocks.StructBlockValidationError({"table": ValidationError(_("Give each column a heading."))})
        return cleaned


class ComparisonBlock(blocks.StructBlock):
    """Two ways side by side."""

    title = blocks.CharBlock(max_length=200, required=False, label=_("title"))
    left_title = blocks.CharBlock(max_length=80, label=_("title on the left"))
    left = blocks.RichTextBlock(features=SHORT_TEXT, label=_("on the left"))
    right_title = blocks.CharBlock(max_length=80, label=_("title on the right"))
    right = blocks.RichTextBlock(features=SHORT_TEXT, label=_("on the right"))

    class Meta:
        icon = "grid"
        label = _("comparison")
        template = "components/blocks/comparison.html"
        headings = {"title": 2, "left_title": 3, "right_title": 3}


class FilmBlock(blocks.StructBlock):
    """A film of our own within a text. In a lesson it counts only where it is a step of its own."""

    film = SnippetChooserBlock("media.Film", label=_("film"))

    class Meta:
        icon = "media"
        label = _("film")
        template = "components/blocks/film.html"


class ForeignPlayerBlock(blocks.StructBlock):
    """A film on a site of others. Its player is fetched only after the visitor has read what that sends to whom."""

    address = SameInEachLanguageBlock(
        max_length=LONGEST_ADDRESS,
        label=_("address of the film"),
        help_text=_("As you copy it from YouTube, Vimeo or PeerTube."),
    )
    title = blocks.CharBlock(max_length=200, label=_("title"))

    class Meta:
        icon = "media"
        label = _("film on another site")
        template = "components/blocks/foreign_player.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and foreign_film_at(cleaned["address"]) is None:
            raise blocks.StructBlockValidationError(
                {
                    "address": ValidationError(
                        _(
                            "This is no address of a film on YouTube, on Vimeo or on one of the PeerTube hosts that "
                            "the settings of foreign players name."
                        ),
                        code="foreign_film",
                    )
                }
            )
        return cleaned

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"foreign": foreign_film_at(value["address"])}


def foreign_film_at(address: str) -> ForeignFilm | None:
    """The film at the address; the list of PeerTube hosts is asked for only where it is needed."""
    return foreign_film(address) or foreign_film(address, import_string(settings.PEERTUBE_HOSTS)())


class SourceBlock(blocks.StructBlock):
    """Where a statement comes from: an act of law, a book, a site."""

    text = blocks.CharBlock(
        max_length=300, label=_("source"), help_text=_("For example: UDPP, art. 5a; DzU 2024 poz. 1491.")
    )
    address = blocks.URLBlock(required=False, label=_("address"))

    class Meta:
        icon = "link"
        label = _("source")


class TimelineBlock(blocks.StructBlock):
    """Facts in order, each with its time and its source."""

    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("when", blocks.CharBlock(max_length=60, required=False, label=_("when"))),
                ("text", blocks.RichTextBlock(features=SHORT_TEXT, label=_("what"))),
                ("source", blocks.CharBlock(max_length=300, label=_("source"))),
                ("address", blocks.URLBlock(required=False, label=_("address of the source"))),
            ],
            label=_("fact"),
        ),
        label=_("facts"),
    )

    class Meta:
        icon = "date"
        label = _("facts with sources")
        template = "components/blocks/timeline.html"


class StoryBlock(blocks.StreamBlock):
    """What an ordinary page may contain."""

    text = blocks.RichTextBlock(
        features=RICH_TEXT_FEATURES, label=_("text"), template="components/blocks/text.html", icon="pilcrow"
    )
    image = PictureBlock()
    callout = CalloutBlock()
    quotation = QuotationBlock()
    accordion = AccordionBlock()
    foreign_player = ForeignPlayerBlock()

    timeline = TimelineBlock()


class SectionStoryBlock(blocks.StreamBlock):
    """What a titled section may contain. Its own headings begin below that of the section."""

    text = blocks.RichTextBlock(
        features=["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"],
        label=_("text"),
        template="components/blocks/text.html",
        icon="pilcrow",
    )
    callout = CalloutBlock()
    accordion = AccordionBlock()
    table = TableBlock()


class SectionBlock(blocks.StructBlock):
    """A section with its title, which the page's table of contents lists."""

    title = blocks.CharBlock(max_length=120, label=_("title"))
    content = SectionStoryBlock(label=_("content"))

    class Meta:
        icon = "doc-full"
        label = _("section")
        headings = {"title": 2}
        lowers = 1


class FigureBlock(blocks.StructBlock):
    """A number with what it counts and where it comes from."""

    value = blocks.CharBlock(max_length=20, label=_("figure"))
    text = blocks.CharBlock(max_length=200, label=_("what it counts"))
    source = blocks.CharBlock(max_length=200, label=_("source"))


class PartnerBlock(blocks.StructBlock):
    """A partner of the project and its role."""

    name = blocks.CharBlock(max_length=200, label=_("name"))
    role = blocks.CharBlock(max_length=100, label=_("role"))


class PlaceBlock(blocks.StructBlock):
    """A place that the menu leads to: a page of the site, or any address, with its words."""

    page = blocks.PageChooserBlock(
        required=False, label=_("page"), help_text=_("In any language: each language leads to its own.")
    )
    address = blocks.CharBlock(
        max_length=300,
        required=False,
        label=_("or address"),
        help_text=_("Of this site, for example /pl/szukaj/, or of another one, beginning with https://."),
    )
    label_pl = blocks.CharBlock(
        max_length=40, required=False, label=_("label (Polish)"), help_text=_("Empty: the page's title.")
    )
    label_en = blocks.CharBlock(
        max_length=40, required=False, label=_("label (English)"), help_text=_("Empty: the page's title.")
    )

    class Meta:
        icon = "link"
        label = _("entry")
        label_format = "{label_pl} {page}"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        faults: dict[str, ValidationError] = {}
        address = cleaned["address"]
        if bool(cleaned["page"]) == bool(address):
            faults["page"] = ValidationError(_("Choose a page or type an address: one of the two."))
        elif address:
            # Two slashes at the beginning would name another host.
            if not address.startswith("https://") and (not address.startswith("/") or address.startswith("//")):
                faults["address"] = ValidationError(_("Begin with / for this site, or with https:// for another one."))
            for name in ("label_pl", "label_en"):
                if not cleaned[name]:
                    faults[name] = ValidationError(_("An address has no title: give it a label."))
        if faults:
            raise blocks.StructBlockValidationError(faults)
        return cleaned


class FooterGroupBlock(blocks.StructBlock):
    """A column of the footer: its heading and its entries."""

    title_pl = blocks.CharBlock(max_length=40, label=_("heading (Polish)"))
    title_en = blocks.CharBlock(max_length=40, label=_("heading (English)"))
    entries = blocks.ListBlock(PlaceBlock(), max_num=8, label=_("entries"))

    class Meta:
        icon = "list-ul"
        label = _("group")
        label_format = "{title_pl}"


class LogoBlock(blocks.StructBlock):
    """A sign of who paid, with the words for those who do not see it."""

    image = ReadyImageChooserBlock(label=_("image"))
    alt_pl = blocks.CharBlock(max_length=200, label=_("alternative text (Polish)"))
    alt_en = blocks.CharBlock(max_length=200, label=_("alternative text (English)"))

    class Meta:
        icon = "image"
        label = _("sign")
        label_format = "{alt_pl}"
