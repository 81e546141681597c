"""Films, images and documents, and the list of jobs that failed."""

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin
from wagtail.search import index

from media.storage import caption_path, document_name, document_path, film_path, image_path, private_storage

LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]


class CustomImage(AbstractImage):
    """A picture. ``description`` is its alternative text; a decorative one has none and says so."""

    # Not "decorative": Wagtail sets an attribute of that name on each picture for the place where it is used.
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tick when the picture tells nothing that the text does not. Screen readers then pass it over."),
    )
    admin_form_fields = (*Image.admin_form_fields, "is_decorative")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        return image_path(filename)

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """The smaller copy, in memory: Wagtail would leave its temporary file open, also when the picture is gone."""
        if source is None:
            with self.open_file():
                pass
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description or self.title


class CustomRendition(AbstractRendition):
    """A resized copy of a picture; made when first needed."""

    image = models.ForeignKey(CustomImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="media_customrendition_one_per_filter"
            )
        ]


class CustomDocument(AbstractDocument):
    """A file for download, with its language and whether it can be read by assistive technology."""

    file = models.FileField(_("file"), upload_to=document_path)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    accessible = models.BooleanField(
        _("accessible file"),
        default=False,
        help_text=_("Tagged, with headings, reading order and alternative texts."),
    )
    admin_form_fields = (*Document.admin_form_fields, "language", "accessible")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        # Of a file that the form has refused nothing is left that could be refused once more.
        if self.file:
            super().clean()

    @property
    def filename(self) -> str:
        """The name in the address and in the folder of whoever downloads it."""
        return document_name(self.file.name or "")

    @property
    def reading_in_words(self) -> str:
        """What is known of the text of its file, for editors."""
        try:
            reading = self.reading
        except DocumentReading.DoesNotExist:
            return str(DocumentReading.State.WAITING.label)
        return reading.in_words() if reading.file == self.file.name else str(DocumentReading.State.WAITING.label)


class DocumentReading(models.Model):
    """How the text of a document's file was read. It tells of the file it names; of another one nothing is known yet.

    ``tries`` counts the beginnings, so that a file on which the reader dies is given up after a few.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        TOO_LONG = "too_long", _("too long: only its beginning was read")
        WITHOUT_TEXT = "without_text", _("without text: a scan? It is not accessible and needs text recognition (OCR)")
        ENCRYPTED = "encrypted", _("encrypted: its text cannot be read or searched. Upload it without a password")
        BROKEN = "broken", _("damaged: it cannot be read. Export it again")
        OTHER = "other", _("text is not taken from files of this kind")

    document = models.OneToOneField(CustomDocument, on_delete=models.CASCADE, related_name="reading")
    file = models.CharField(max_length=200)
    state = models.CharField(_("text"), max_length=20, choices=State.choices, default=State.WAITING)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    tagged = models.BooleanField(_("tagged"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")

    def __str__(self) -> str:
        return f"{self.document}: {self.get_state_display()}"

    def in_words(self) -> str:
        """State and number of pages, as the lists of editors show it."""
        words = str(self.get_state_display())
        if not self.pages:
            return words
        pages = ngettext("%(number)d page", "%(number)d pages", self.pages) % {"number": self.pages}
        return f"{words} ({pages})"


class DocumentPage(models.Model):
    """The text of a page of a document; of a part with its heading, where the file knows no pages (EPUB, ODT, DOCX)."""

    document = models.ForeignKey(CustomDocument, on_delete=models.CASCADE, related_name="text_pages")
    number = models.PositiveIntegerField(_("number"))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a page")
        verbose_name_plural = _("text of documents")
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="media_documentpage_one_per_number")]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"


class Film(DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """A film with its captions and its transcript, reviewed and published together."""

    class DescriptionKind(models.TextChoices):
        TRACK = "track", _("there is a version with audio description")
        NOT_NEEDED = "not_needed", _("none is needed")

    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("spoken language"), max_length=2, choices=LANGUAGES, default="pl")
    summary = models.TextField(_("summary"), blank=True)
    source = models.FileField(
        _("film file"),
        upload_to=film_path,
        storage=private_storage,
        validators=[FileExtensionValidator(["mp4", "webm"])],
        help_text=_("MP4 (H.264, AAC) or WebM."),
    )
    duration_seconds = models.FloatField(_("duration in seconds"), null=True, editable=False)
    poster = models.ForeignKey(
        CustomImage, verbose_name=_("poster"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    has_sound = models.BooleanField(_("has sound"), null=True, editable=False)
    silence_reason = models.CharField(
        _("why there is no sound"),
        max_length=250,
        blank=True,
        help_text=_("Only for a film without sound: why it has none, and where one finds what it says."),
    )
    narration = models.CharField(
        _("narration"), max_length=100, blank=True, help_text=_("Who or what speaks, for example: synthetic voice.")
    )
    description_kind = models.CharField(
        _("audio description"),
        max_length=10,
        blank=True,
        choices=DescriptionKind.choices,
        help_text=_("Audio description tells people who do not see the picture what it shows."),
    )
    description_file = models.FileField(
        _("audio description file"),
        blank=True,
        upload_to=film_path,
        storage=private_storage,
        validators=[FileExtensionValidator(["mp4", "webm", "m4a", "mp3"])],
        help_text=_("The film with the description in its sound (MP4, WebM), or the sound alone (M4A, MP3)."),
    )
    description_reason = models.CharField(
        _("why none is needed"),
        max_length=250,
        blank=True,
        help_text=_("For example: the narrator says all that the picture shows. Stands on the film's page."),
    )
    description_declared_by = models.CharField(
        _("declared by"),
        max_length=120,
        blank=True,
        help_text=_("The team or person who decided that. Stands on the film's page."),
    )
    description_declared_on = models.DateField(_("declared on"), null=True, blank=True)
    sign_file = models.FileField(
        _("film in Polish Sign Language"),
        blank=True,
        upload_to=film_path,
        storage=private_storage,
        validators=[FileExtensionValidator(["mp4", "webm"])],
        help_text=_("The same film, as long as this one, with an interpreter (PJM). MP4 or WebM."),
    )
    is_sample = models.BooleanField(_("sample content"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def approved_schedule(self) -> bool:
        """Whether its publication is planned; a list has asked for all its films at once."""
        planned: bool | None = getattr(self, "is_planned", None)
        return self.scheduled_revision is not None if planned is None else planned


class CaptionTrack(Orderable):
    """One WebVTT file of a film: captions, subtitles in another language, or chapters."""

    class Kind(models.TextChoices):
        CAPTIONS = "captions", _("captions")
        SUBTITLES = "subtitles", _("subtitles")
        CHAPTERS = "chapters", _("chapters")

    film = ParentalKey(Film, on_delete=models.CASCADE, related_name="tracks")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CAPTIONS)
    file = models.FileField(
        _("WebVTT file"),
        upload_to=caption_path,
        storage=private_storage,
        validators=[FileExtensionValidator(["vtt"])],
    )

    class Meta(Orderable.Meta):
        verbose_name = _("caption track")
        verbose_name_plural = _("caption tracks")
        constraints = [
            models.UniqueConstraint(
                fields=["film", "language", "kind"], name="media_captiontrack_one_per_language_and_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"


class Transcript(Orderable):
    """The text of a film in one language, made from the captions and then edited."""

    film = ParentalKey(Film, on_delete=models.CASCADE, related_name="transcripts")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    text = RichTextField(
        _("text"),
        blank=True,
        features=["h3", "bold", "italic", "ol", "ul"],
        help_text=_("Leave empty: it is then made from the captions and can be edited afterwards."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        constraints = [models.UniqueConstraint(fields=["film", "language"], name="media_transcript_one_per_language")]

    def __str__(self) -> str:
        return f"{self.film} ({self.language})"


class FilmRendition(models.Model):
    """A file that a job makes from a film: a small and a full one, the sound alone, a poster.

    It is not part of the film's versions: it belongs to the one file named in ``source_name``, and is shown only while
    that is still the file of the film.
    """

    class Kind(models.TextChoices):
        SMALL = "small", _("small film (360p)")
        FULL = "full", _("full film (720p)")
        AUDIO = "audio", _("sound alone")
        POSTER = "poster", _("poster")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", pgettext_lazy("file", "ready")
        NOT_NEEDED = "not_needed", _("not needed")
        FAILED = "failed", pgettext_lazy("file", "failed")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="renditions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    source_name = models.CharField(_("made from"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    problem = models.CharField(_("problem"), max_length=20, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    file = models.FileField(_("file"), upload_to=film_path, storage=private_storage, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now)

    class Meta:
        verbose_name = _("file made from a film")
        verbose_name_plural = _("files made from films")
        constraints = [
            models.UniqueConstraint(fields=["film", "kind"], name="media_filmrendition_one_per_film_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.film} ({self.kind})"


class FailedJob(models.Model):
    """A background job that was tried as often as its bound allows and failed each time.

    It stands here until somebody repeats it or dismisses it; the sweeps heal most of them before.
    """

    task_name = models.CharField(_("task"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=list)
    error = models.TextField(_("error"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failed_at = models.DateTimeField(_("failed at"), default=timezone.now)
    repeated_at = models.DateTimeField(_("repeated at"), null=True, blank=True)
    repeated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("repeated by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("failed job")
        verbose_name_plural = _("failed jobs")
        ordering = ["-failed_at", "-id"]

    def __str__(self) -> str:
        return self.task_name


class WorkerBeat(models.Model):
    """When a worker last said that it is alive; one row per worker, written every few seconds."""

    name = models.CharField(max_length=100, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
