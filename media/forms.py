"""Forms of the editors: what is refused of a film, a picture and a document, at the field where it is mended."""

import logging
from typing import Any

import PIL.Image
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.actions import expect_reading, fill_empty_transcripts, refusals
from media.checks import (
    check_caption_file,
    check_description_file,
    check_document_file,
    check_drawing_file,
    check_film_file,
)
from media.film_files import kind_of
from media.models import CaptionTrack, Film
from media.queries import FILM_FILES, film_kind, has_words
from media.refusing import let_pass
from media.rules import FilmFacts, FilmProblem, publishable
from media.staying import refuse_expiry

logger = logging.getLogger(__name__)

FIELD_OF = {FilmProblem.NO_SOURCE: "source", FilmProblem.NO_SOUND: "silence_reason"}
PART_OF = {"description_file": "described", "sign_file": "sign"}
PUBLISHING = ("action-publish", "action-submit", "action-workflow-action")


class StoredFileInput(forms.FileInput):
    """A field for a file that says whether there is one already, with a link to it where it has an address."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field: SafeString = super().render(name, value, attrs, renderer)
        if not isinstance(value, FieldFile) or not value:
            return field
        address = _address(value)
        stored = (
            format_html('<a href="{}">{}</a>', address, _("Show the stored file"))
            if address
            else _("A file is stored.")
        )
        return format_html('<p class="help">{} {}</p>{}', stored, _("Choose another one only to replace it."), field)


def _address(file: FieldFile) -> str:
    owner = file.instance
    if isinstance(owner, Film) and owner.pk:
        part = PART_OF.get(file.field.name)
        if part:
            return reverse("media:stream-part", args=[owner.pk, part, kind_of(file)]) + "?draft=1"
        return reverse("media:stream-film", args=[owner.pk, film_kind(owner)]) + "?draft=1"
    if isinstance(owner, CaptionTrack) and CaptionTrack.objects.filter(pk=owner.pk, file=file.name).exists():
        return reverse("media:serve-track", args=[owner.film_id, owner.pk])
    return ""


def store_now(form: forms.ModelForm, name: str) -> FieldFile | None:
    """Put a new file of a valid form into the storage and tell it; None when there is none, or no way to store it.

    It is done while the form can still say that the disk is full: the error then stands at the field, no half file is
    left, and nothing that was typed is lost.
    """
    file = getattr(form.instance, name, None)
    if not isinstance(file, FieldFile) or not file or file._committed:  # type: ignore[attr-defined]
        return None
    try:
        file.save(file.name or "", file.file, save=False)
    except OSError:
        logger.exception("an uploaded file could not be stored")
        form.add_error(
            name,
            ValidationError(
                _(
                    "The file could not be stored: there is no room or no access. "
                    "Nothing was saved. Tell whoever runs the site, then try again."
                ),
                code="not_stored",
            ),
        )
        return None
    return file


class StoredFileMixin:
    """The form of one file (a picture, a document), stored as soon as the form is known to be valid."""

    def is_valid(self) -> bool:
        if not super().is_valid():  # type: ignore[misc]
            return False
        store_now(self, "file")  # type: ignore[arg-type]
        return not self.errors  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Any:
        """Save, and close the file: Wagtail leaves it open when it has read size and hash from it."""
        saved = super().save(commit=commit)  # type: ignore[misc]
        saved.file.close()
        return saved


class FilmForm(WagtailAdminModelForm):
    """A film with its tracks and transcripts. A draft may be unfinished; what is published everybody can follow."""

    def clean_source(self) -> Any:
        source = self.cleaned_data.get("source")
        if isinstance(source, UploadedFile):
            found = check_film_file(source, source.name or "")
            self.instance.duration_seconds, self.instance.has_sound = found.duration, bool(found.audio)
        return source

    def clean_sign_file(self) -> Any:
        file = self.cleaned_data.get("sign_file")
        if isinstance(file, UploadedFile):
            check_film_file(file, file.name or "")
        return file

    def clean_description_file(self) -> Any:
        file = self.cleaned_data.get("description_file")
        if isinstance(file, UploadedFile):
            check_description_file(file, file.name or "")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if any(name in self.data for name in PUBLISHING):
            refuse_expiry(self)
            self._check_description(cleaned)
        for row in self._kept("tracks"):
            file = row.cleaned_data.get("file")
            if isinstance(file, UploadedFile):
                try:
                    check_caption_file(file, duration=self.instance.duration_seconds)
                except ValidationError as refusal:
                    row.add_error("file", refusal)
        return cleaned

    def _check_description(self, cleaned: dict[str, Any]) -> None:
        """What is said of the audio description holds: the file is there, or the reason and who gives it."""
        kind = cleaned.get("description_kind")
        needed = {
            Film.DescriptionKind.TRACK: {"description_file": _("Add the file with the audio description.")},
            Film.DescriptionKind.NOT_NEEDED: {
                "description_reason": _("Say why no audio description is needed."),
                "description_declared_by": _("Say who decided that."),
            },
        }.get(kind or "", {})
        for field, words in needed.items():
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, ValidationError(words, code="needed"))

    def is_valid(self) -> bool:
        return bool(super().is_valid() and self._may_be_published() and self._stored())

    def save(self, commit: bool = True) -> Film:
        film: Film = super().save(commit=False)
        fill_empty_transcripts(film=film)
        if commit:
            film.save()
            self.save_m2m()
        return film

    def _kept(self, name: str) -> list[Any]:
        """The rows of a formset that shall stay and are filled in rightly so far."""
        formset = self.formsets.get(name)
        if formset is None or not formset.is_bound:
            return []
        formset.is_valid()
        return [
            row
            for row in formset.forms
            if row.is_valid() and row not in formset.deleted_forms and (row.instance.pk or row.has_changed())
        ]

    def _may_be_published(self) -> bool:
        if not any(name in self.data for name in PUBLISHING):
            return True
        tracks = [row.cleaned_data for row in self._kept("tracks")]
        captions = {t["language"] for t in tracks if t["kind"] == CaptionTrack.Kind.CAPTIONS}
        texts = [row.cleaned_data for row in self._kept("transcripts")]
        facts = FilmFacts(
            language=self.cleaned_data["language"],
            has_source=bool(self.cleaned_data.get("source")),
            caption_languages=frozenset(captions),
            # An empty transcript is made from the captions when the film is saved.
            transcript_languages=frozenset({t["language"] for t in texts if has_words(t["text"])} | captions),
            has_sound=self.instance.has_sound is not False,
            silence_explained=bool(self.cleaned_data.get("silence_reason")),
        )
        passed = let_pass(self.instance)
        problems = [problem for problem in publishable(facts) if problem.value not in passed]
        for problem, refusal in zip(problems, refusals(self.instance, problems), strict=True):
            self.add_error(FIELD_OF.get(problem), refusal)
        return not problems

    def _stored(self) -> bool:
        rows = [*((self, name) for name in FILM_FILES), *((row, "file") for row in self._kept("tracks"))]
        stored = [file for form, name in rows if (file := store_now(form, name))]
        if not any(form.errors for form, _name in rows):
            return True
        for file in stored:
            file.storage.delete(file.name or "")
        return False


class PictureField(WagtailImageField):
    """The field of a picture: a drawing must only draw, and a photograph must really be there to its last line."""

    def to_python(self, data: Any) -> Any:
        is_drawing = bool(data) and (data.name or "").lower().endswith(".svg")
        if is_drawing:
            # Before anything else reads it, so that its fault is said in its own words.
            check_drawing_file(data)
        try:
            # Wagtail looks at the beginning alone, and trips over a picture that ends there.
            file = super().to_python(data)
            if file and not is_drawing:
                self._decode(file)
        except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        return file

    def _decode(self, file: Any) -> None:
        """Decode once: a picture cut in half would break every page that it is on."""
        file.seek(0)
        with PIL.Image.open(file) as picture:
            pixels = picture.width * picture.height
            if pixels > self.max_image_pixels:
                params = {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels}
                raise ValidationError(self.error_messages["file_too_many_pixels"] % params, code="file_too_many_pixels")
            picture.load()
        file.seek(0)


class ImageForm(StoredFileMixin, BaseImageForm):
    """A picture: with words for who does not see it, or marked as decorative; a drawing that only draws."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)
        if "description" in self.fields:
            self.fields["description"].label = _("Alternative text")
            self.fields["description"].help_text = _(
                "What the picture shows and why it stands here, in a sentence, for people who do not see it."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {"description", "is_decorative"} <= self.fields.keys()
        if asked and "description" not in self.errors:
            described, decorative = bool((cleaned.get("description") or "").strip()), cleaned.get("is_decorative")
            if not described and not decorative:
                self.add_error(
                    "description",
                    ValidationError(
                        _("Describe the picture for people who do not see it, or mark it as decorative."),
                        code="no_alternative_text",
                    ),
                )
            elif described and decorative:
                self.add_error(
                    "is_decorative",
                    ValidationError(
                        _("A decorative picture has no alternative text. Delete the text or the tick."),
                        code="described_decoration",
                    ),
                )
        return cleaned


class DocumentForm(StoredFileMixin, BaseDocumentForm):
    """A document whose content is what its name says. Its text is read afterwards."""

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            check_document_file(file, file.name or "")
        return file

    def _save_m2m(self) -> None:
        # Called last in each of the ways in which Wagtail saves a document: then it has its id and its file.
        super()._save_m2m()
        expect_reading(document=self.instance)
