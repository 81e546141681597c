"""Topics, the list of publications, a publication with its files, and how often each file was taken."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, Revision
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from cms.discovery.rules import without_blanks
from cms.library import rules
from cms.library.blocks import ChapterBlock
from cms.library.fields import AccessField
from cms.library.topic_models import Topic, topics_in
from cms.pages.base_models import twin_in
from cms.pages.fields import BlockField
from cms.pages.models import BasePage, CoveredPage
from media.models import LANGUAGES, CustomDocument, Film
from media.storage import private_storage


class MadeFilesPanel(HelpPanel):
    """What was made from the edition of the publication that is being edited, and what went wrong."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            context["made_files"] = self.instance.made_files.all() if self.instance.pk else []
            return context

    def __init__(self, **kwargs: Any) -> None:
        own = {"heading": _("Files made from the edition"), "template": "cms/library/made_files_panel.html"}
        super().__init__(**own | kwargs)


class LibraryPage(BasePage):
    """The list of publications, one per language."""

    frame_role = "publications"

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_library.PublicationPage"]
    max_count_per_parent = 1
    template = "cms/library/library_page.html"

    class Meta:
        verbose_name = _("list of publications")


class PublicationPage(CoveredPage):
    """A publication: its record, its files, and what replaces it."""

    class Kind(models.TextChoices):
        GUIDE = "guide", _("guide")
        CHEAT_SHEET = "cheat_sheet", _("cheat sheet")
        QUESTIONS = "questions", _("questions and answers")
        TEMPLATE = "template", _("template")
        REPORT = "report", _("report")

    class Phase(models.TextChoices):
        PREPARATION = "preparation", _("preparation and diagnosis")
        TESTING = "testing", _("testing")
        FINAL = "final", _("final products")
        AFTER = "after", _("after the project")

        __empty__ = _("not from the project")

    class Licence(models.TextChoices):
        CC_BY = "cc-by-4.0", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
        CC_BY_NC_ND = "cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0"
        ALL_RIGHTS = "all-rights", _("all rights reserved")

    summary = models.CharField(_("one sentence"), max_length=250, help_text=_("Stands in lists."))
    abstract = models.TextField(_("abstract"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.GUIDE)
    authors = models.TextField(
        _("authors"), blank=True, help_text=_("One per line: “Surname, Given name”, or the name of an institution.")
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1900), MaxValueValidator(2100)])
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True, help_text=_("For example: 10.1000/182."))
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="publications")
    for_pes = models.BooleanField(_("for social economy entities"), default=False)
    for_administration = models.BooleanField(_("for the administration"), default=False)
    for_trainers = models.BooleanField(_("for trainers"), default=False)
    phase = models.CharField(_("phase of the project"), max_length=20, choices=Phase.choices, blank=True)
    funding_notice = models.TextField(_("funding notice"), blank=True)
    chapters = BlockField([("chapter", ChapterBlock())], verbose_name=_("edition on the site"), blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The older publication then shows a banner that leads here."),
    )
    makes_files = models.BooleanField(
        _("PDF and EPUB from the edition"),
        default=True,
        help_text=_("Made after each publication from the edition on the site, and offered beside your own files."),
    )
    cover_from_file = models.BooleanField(
        _("cover from the file"),
        default=False,
        help_text=_(
            "The first page of the first PDF among the files that is open to everybody. Without it the cover is drawn "
            "from the title."
        ),
    )
    legal_note = models.CharField(
        _("note on the law"),
        max_length=200,
        blank=True,
        help_text=_("For old publications, shown above them. For example: Law as of 2014. It has changed since then."),
    )
    is_sample = models.BooleanField(_("sample content"), default=False)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("abstract"), FieldPanel("kind")], _("What it is")),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldPanel("institution"),
                FieldPanel("place"),
                FieldPanel("year"),
                FieldPanel("isbn"),
                FieldPanel("doi"),
                FieldPanel("licence"),
                FieldPanel("language"),
            ],
            _("Record"),
        ),
        FieldPanel("chapters"),
        FieldPanel("makes_files"),
        MadeFilesPanel(),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        FieldPanel("cover_from_file"),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("for_pes"),
                FieldPanel("for_administration"),
                FieldPanel("for_trainers"),
                FieldPanel("phase"),
                FieldPanel("funding_notice"),
            ],
            _("Where it belongs"),
        ),
        FieldPanel("replaces"),
        FieldPanel("legal_note"),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["cms_library.LibraryPage"]
    subpage_types: list[str] = []
    template = "cms/library/publication_page.html"
    states_law_itself = True
    read_aloud = True
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("abstract")]
    override_translatable_fields = [
        *(SynchronizedField(name) for name in ("authors", "institution", "place", "isbn", "doi", "topics")),
        # A translation begins with its own language; a later change of the original says nothing about it.
        BaseTranslatableField("language"),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.topics = topics_in(self.locale_id, self.topics.all())
        self.replaces = twin_in(self.replaces, self.locale_id) or self.replaces
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        faults: dict[str, Any] = {}
        if self.isbn and not rules.is_isbn(self.isbn):
            faults["isbn"] = ValidationError(_("This is not an ISBN: check its digits."), code="isbn")
        if self.doi:
            name = rules.doi_name(self.doi)
            if name is None:
                faults["doi"] = ValidationError(_("This is not a DOI. It looks like 10.1000/182."), code="doi")
            else:
                self.doi = name
        if self.replaces_id and self.pk and self.replaces_id == self.pk:
            faults["replaces"] = ValidationError(_("A publication does not replace itself."), code="itself")
        if faults:
            raise ValidationError(faults)

    def structured_data(self) -> dict[str, Any]:
        return without_blanks(
            {
                "@type": "Report" if self.kind == self.Kind.REPORT else "Book",
                "inLanguage": self.language,
                "author": [rules.as_author(name) for name in self.author_names()],
                "publisher": {"@type": "Organization", "name": self.institution} if self.institution else None,
                "datePublished": str(self.year),
                "isbn": self.isbn,
                "sameAs": f"https://doi.org/{self.doi}" if self.doi else "",
                "license": rules.LICENCE_ADDRESSES.get(self.licence, ""),
                "isAccessibleForFree": True,
                "video": [
                    rules.as_video(film.title, film.summary, film.language, film.duration_seconds)
                    for film in self.films()
                    if film.live
                ],
            }
        )

    def films(self) -> list[Film]:
        """The films that its edition shows, in their order; read with the edition itself."""
        bodies = [chapter.value["body"] for chapter in self.chapters]
        blocks = [block for body in bodies for block in body if block.block_type == "film"]
        return [block.value["film"] for block in blocks if block.value["film"]]

    def author_names(self) -> list[str]:
        return [line.strip() for line in self.authors.splitlines() if line.strip()]


class PublicationFile(Orderable):
    """A file of a publication. ``key`` makes its address, which stays the same in every copy and revision."""

    publication = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="files")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    document = models.ForeignKey(
        CustomDocument, verbose_name=_("document"), on_delete=models.PROTECT, related_name="publication_files"
    )
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    alternative = models.CharField(
        _("accessible alternative"),
        max_length=200,
        blank=True,
        help_text=_("Where the file is not accessible: what to use instead, or whom to ask."),
    )
    access = AccessField(_("who may open it"), max_length=80, default=rules.PUBLIC)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)

    panels = [
        FieldPanel("document"),
        FieldPanel("pages"),
        FieldPanel("alternative"),
        FieldPanel("access"),
        FieldPanel("opens_on"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.document.title


class EditionFilm(models.Model):
    """A film that the edition of a publication shows, as last published.

    Kept beside the chapters, because whoever plays a film asks for each part of its file whether they may have it.
    """

    publication = models.ForeignKey(PublicationPage, on_delete=models.CASCADE, related_name="edition_films")
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("film in an edition")
        verbose_name_plural = _("films in editions")
        constraints = [
            models.UniqueConstraint(fields=["publication", "film"], name="cms_library_editionfilm_once_per_edition")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.film_id}"


def made_path(instance: "MadeFile", filename: str) -> str:
    """Where a made file lies in the private storage. The name is new for each, so that no reader mixes two versions."""
    return f"publications/{uuid.uuid4().hex}.{instance.format}"


class MadeFile(models.Model):
    """A file that the library makes from the edition of a publication, as it was last published.

    ``revision`` and ``layout`` say of what and by which release it was made; ``tried`` and ``tried_layout`` what the
    last try was about, ``fault`` how it failed. ``key`` makes the address, which every version keeps.
    """

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        EPUB = "epub", "EPUB"

    publication = models.ForeignKey(PublicationPage, on_delete=models.CASCADE, related_name="made_files")
    format = models.CharField(max_length=4, choices=Format.choices)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=made_path, storage=private_storage, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(null=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    layout = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    tried = models.PositiveBigIntegerField(default=0)
    tried_layout = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("file made from an edition")
        verbose_name_plural = _("files made from editions")
        ordering = ["publication", "-format"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "format"], name="cms_library_madefile_one_per_format")
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}.{self.format}"

    def fault_in_words(self) -> str:
        """Why it could not be made, for editors."""
        characters = self.fault.removeprefix("glyph: ")
        if characters == self.fault:
            return self.fault
        return gettext("The fonts of the PDF do not have “%(characters)s”. Replace it in the edition.") % {
            "characters": characters
        }


def cover_path(instance: "Cover", filename: str) -> str:
    """Where a rendered cover lies in the private storage."""
    return f"covers/{uuid.uuid4().hex}.webp"


class Cover(models.Model):
    """The first page of a document as a picture. ``file`` names the stored file that it shows; small and large."""

    document = models.OneToOneField(CustomDocument, on_delete=models.CASCADE, related_name="first_page")
    file = models.CharField(max_length=200)
    small = models.FileField(upload_to=cover_path, storage=private_storage, blank=True)
    large = models.FileField(upload_to=cover_path, storage=private_storage, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("rendered cover")
        verbose_name_plural = _("rendered covers")

    def __str__(self) -> str:
        return f"{self.document_id}: {self.width} x {self.height}"


class DownloadCount(models.Model):
    """How often a file was taken on a day. Nothing of who took it."""

    key = models.UUIDField(_("file"))
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads by day")
        constraints = [
            models.UniqueConstraint(fields=["key", "day"], name="cms_library_downloadcount_one_per_file_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.day}: {self.count}"
