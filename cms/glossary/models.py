"""Terms, the page that lists them, and the pages that do without hints."""

from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.glossary.rules import sort_key
from cms.pages.blocks import SHORT_TEXT
from cms.pages.models import BasePage

TAKEN = frozenset({"main", "site-menu", "letters", "term-search", "live"})
"""Ids that a page has already."""
LETTER = "letter-"


class Term(WorkflowMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """A term with its explanation. ``slug`` is its place on the page of the glossary, the same for as long as it is
    there; ``synonyms`` are shown, ``forms`` only help to recognise the term in a text."""

    title = models.CharField(
        _("term"), max_length=120, help_text=_("In its basic form and in small letters, as it stands in a dictionary.")
    )
    slug = models.SlugField(
        _("in addresses"),
        max_length=100,
        blank=True,
        help_text=_("The place of the term on the glossary's page. Left empty, it follows from the term."),
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True, help_text=_("In capitals: OWES."))
    synonyms = models.TextField(_("other names"), blank=True, help_text=_("One a line. They are shown, too."))
    forms = models.TextField(
        _("other forms"),
        blank=True,
        help_text=_(
            "One a line. Ordinary endings are recognised without them; needed is only what changes inside the word, "
            "such as “wniosku” for “wniosek”."
        ),
    )
    explanation = models.CharField(
        _("short explanation"),
        max_length=350,
        help_text=_("One or two plain sentences. They stand in the hint where a text uses the term first."),
    )
    text = RichTextField(_("more about it"), blank=True, features=SHORT_TEXT)
    source = models.CharField(
        _("source"), max_length=250, blank=True, help_text=_("The act with its date and place of publication.")
    )
    legal_as_of = models.DateField(
        _("law as of"), null=True, blank=True, help_text=_("The day for which the explanation was checked.")
    )
    is_sample = models.BooleanField(_("sample content"), default=False)
    sort_key = models.CharField(max_length=250, editable=False, db_index=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("abbreviation"), FieldPanel("explanation"), FieldPanel("text")],
            _("What it means"),
        ),
        FieldRowPanel([FieldPanel("synonyms"), FieldPanel("forms")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("legal_as_of")]),
        FieldPanel("slug"),
        FieldPanel("is_sample"),
        PublishingPanel(),
    ]
    # The forms help to recognise a word of one language; a translation has its own.
    translatable_fields = [
        *(TranslatableField(name) for name in ("title", "abbreviation", "synonyms", "explanation", "text")),
        *(SynchronizedField(name) for name in ("slug", "source")),
        *(SynchronizedField(name, overridable=False) for name in ("legal_as_of", "is_sample")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="cms_glossary_term_one_per_slug_and_locale")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.abbreviation})" if self.abbreviation else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.title)
        super().save(*args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slugify(anyascii(self.title))[:100].strip("-")
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN or self.slug.startswith(LETTER):
            raise ValidationError(
                {"slug": ValidationError(_("The page itself needs this word. Choose another."), code="taken")}
            )
        if Term.objects.filter(slug=self.slug, locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": ValidationError(_("Another term stands there already."), code="unique")})

    def names(self) -> list[str]:
        """All names by which a text is searched for it."""
        lines = [self.title, *self.synonyms.splitlines(), *self.forms.splitlines()]
        return [line.strip() for line in lines if line.strip()]


class GlossaryPage(BasePage):
    """The page with all terms of a language, from A to Z."""

    frame_role = "glossary"

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/glossary/glossary_page.html"

    class Meta:
        verbose_name = _("glossary")


class PageWithoutHints(models.Model):
    """A page on which terms are not explained, as an editor decided."""

    page = models.OneToOneField(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("page without hints")
        verbose_name_plural = _("pages without hints")

    def __str__(self) -> str:
        return str(self.page)


class TermUse(models.Model):
    """That the words of a term stand on a published page; noted by a job whenever either of them is published."""

    term = models.ForeignKey(Term, verbose_name=_("term"), on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("use of a term")
        verbose_name_plural = _("uses of terms")
        constraints = [
            models.UniqueConstraint(fields=["term", "page"], name="cms_glossary_termuse_one_per_term_and_page")
        ]

    def __str__(self) -> str:
        return f"{self.term} – {self.page}"
