"""Writes: a film's transcript and publication, the text of documents, and tidying the files that nobody needs."""

import json
import logging
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from media import isolated, text_of_files
from media.captions import read_cues
from media.checks import check_caption_file, check_film_file
from media.events import document_read
from media.jobs import queue_on_commit
from media.models import CaptionTrack, CustomDocument, DocumentPage, DocumentReading, Film, Transcript
from media.queries import files_in_use, film_facts, has_words
from media.rules import Cue, FilmProblem, publishable, transcript_html
from media.storage import private_storage

logger = logging.getLogger(__name__)

PROBLEM_WORDS = {
    FilmProblem.NO_SOURCE: _("Add the film file before you publish."),
    FilmProblem.NO_CAPTIONS: _(
        "Add captions in the language of the film (%(language)s) before you publish: without them who cannot hear "
        "does not learn what is said."
    ),
    FilmProblem.NO_TRANSCRIPT: _(
        "Add a transcript in the language of the film (%(language)s) before you publish. It is made from the captions "
        "when you leave it empty."
    ),
    FilmProblem.NO_SOUND: _(
        "The film has no sound. Say why, and where one finds what it says; or choose a file with sound."
    ),
}

FOLDERS = ("films", "captions")
KEPT_UNUSED = timedelta(days=1)
READING_SECONDS = text_of_files.SECONDS + 60
MOST_READINGS = 5
"""After so many beginnings without an end the file counts as broken."""


def refusals(film: Film, problems: list[FilmProblem]) -> list[ValidationError]:
    """Why a film cannot be published, in words and with their codes."""
    params = {"language": film.get_language_display()}
    return [ValidationError(PROBLEM_WORDS[problem], code=problem.value, params=params) for problem in problems]


def set_source(*, film: Film, file: File, name: str) -> Film:
    """Give a film its file, in memory: the caller saves. Refuses what is not a film; reads how long it runs."""
    found = check_film_file(file, name)
    film.duration_seconds, film.has_sound = found.duration, bool(found.audio)
    film.source.save(name, file, save=False)
    return film


def set_track(*, film: Film, language: str, kind: str, file: File) -> CaptionTrack:
    """Put a WebVTT file in the place of this language and kind, in memory: the caller saves the film.

    Refuses a broken file in words that name the line.
    """
    check_caption_file(file, duration=film.duration_seconds)
    track = next((t for t in film.tracks.all() if (t.language, t.kind) == (language, kind)), None)
    track = track or CaptionTrack(language=language, kind=kind)
    track.file.save(f"{kind}.{language}.vtt", file, save=False)
    film.tracks.add(track)
    return track


def build_transcript(*, film: Film, language: str) -> Transcript | None:
    """Make the transcript in ``language`` anew from the captions (or subtitles) in that language, by chapters.

    In memory: the caller saves the film. What stood in it before is replaced. None when there are no captions in this
    language, or none that can be read. Safe to repeat.
    """
    words = _track(film, language, CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
    if words is None:
        return None
    chapters = _track(film, language, CaptionTrack.Kind.CHAPTERS)
    try:
        text = transcript_html(_cues(words), _cues(chapters) if chapters else [])
    except (ValidationError, OSError):
        logger.exception("no transcript of film %s in %s: its captions cannot be read", film.pk, language)
        return None
    transcript = next((t for t in film.transcripts.all() if t.language == language), None)
    transcript = transcript or Transcript(language=language)
    transcript.text = text
    film.transcripts.add(transcript)
    return transcript


def fill_empty_transcripts(*, film: Film) -> list[str]:
    """Make each transcript that has no words yet and whose language has captions; tells the languages.

    In memory: the caller saves the film. What somebody has written is left alone. Safe to repeat.
    """
    written = {t.language for t in film.transcripts.all() if has_words(t.text)}
    spoken = (CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
    wanted = dict.fromkeys(t.language for t in film.tracks.all() if t.kind in spoken and t.file)
    return [lang for lang in wanted if lang not in written and build_transcript(film=film, language=lang)]


def publish_film(*, film: Film, by: AbstractBaseUser | None = None) -> Film:
    """Save a film with its tracks and transcripts, and publish it as it is. Empty transcripts are made first.

    Refuses a film without file, captions or transcript in the language it speaks, with all reasons at once; nothing is
    saved then. Safe to repeat; each call adds a version to the film's history.
    """
    fill_empty_transcripts(film=film)
    problems = publishable(film_facts(film))
    if problems:
        raise ValidationError(refusals(film, problems))
    with transaction.atomic():
        if film.pk:
            Film.objects.select_for_update(no_key=True, of=("self",)).get(pk=film.pk)
        film.save()
        film.save_revision(user=by).publish(user=by)
    film.refresh_from_db()
    return film


def expect_reading(*, document: CustomDocument) -> None:
    """Have the text of a document read after commit, where its file is new. Safe to repeat."""
    if not DocumentReading.objects.filter(document=document.pk, file=document.file.name).exists():
        queue_on_commit("media.tasks.read_document", document.pk)


def read_document(*, document_id: int, now: datetime) -> DocumentReading | None:
    """Read the text of a document's file and put it in the place of what was known before.

    None when there is no such document, or its file was read already. Whatever the file holds, the state says it; a
    storage that cannot be reached raises ``OSError``. Sends ``document_read``. Safe to repeat, also at the same time.
    """
    document = CustomDocument.objects.filter(pk=document_id).first()
    reading = _begin_reading(document) if document else None
    if document is None or reading is None:
        return None
    try:
        found = _text_of(document, tries=reading.tries)
    except OSError:
        # The storage is away, which says nothing about the file.
        DocumentReading.objects.filter(pk=reading.pk, tries__gt=0).update(tries=F("tries") - 1)
        raise
    with transaction.atomic():
        current = CustomDocument.objects.select_for_update(no_key=True, of=("self",)).filter(pk=document_id).first()
        if current is None or current.file.name != reading.file:
            # Deleted or replaced meanwhile: the job of the new file tells about that one.
            return None
        document.text_pages.all().delete()
        DocumentPage.objects.bulk_create(
            [
                DocumentPage(document=document, number=number, heading=heading, text=text)
                for number, heading, text in found["parts"]
            ],
            batch_size=100,
        )
        reading.state, reading.pages, reading.tagged = found["state"], found["pages"], found["tagged"]
        reading.read_at = now
        reading.save()
        transaction.on_commit(partial(document_read.send, sender=DocumentReading, document_id=document_id))
    return reading


def _begin_reading(document: CustomDocument) -> DocumentReading | None:
    """Note, before anything is read, that the file is being read once more; None when it was read to its end."""
    with transaction.atomic():
        CustomDocument.objects.select_for_update(no_key=True, of=("self",)).filter(pk=document.pk).first()
        reading, _new = DocumentReading.objects.get_or_create(document=document)
        if reading.file != document.file.name:
            reading.file, reading.tries = document.file.name or "", 0
        elif reading.state != DocumentReading.State.WAITING:
            return None
        reading.state, reading.pages, reading.tagged, reading.read_at = DocumentReading.State.WAITING, None, None, None
        reading.tries += 1
        reading.save()
    return reading


def _text_of(document: CustomDocument, *, tries: int) -> dict[str, Any]:
    """State, pages, whether tagged, and ``parts`` [number, heading, text] of a document's file."""
    without: dict[str, Any] = {"pages": None, "tagged": None, "parts": []}
    name = document.file.name or ""
    kind = PurePosixPath(name).suffix.lower().lstrip(".")
    if kind not in text_of_files.KINDS:
        return {"state": DocumentReading.State.OTHER, **without}
    if tries > MOST_READINGS:
        return {"state": DocumentReading.State.BROKEN, **without}
    try:
        with (
            isolated.as_path(document.file.storage, name) as path,
            isolated.run("media.text_of_files", str(path), kind, seconds=READING_SECONDS) as written,
        ):
            about, *parts = [json.loads(line) for line in written]
    except isolated.IsolatedError as error:
        logger.warning("the text of document %s cannot be read: %s", document.pk, error)
        return {"state": DocumentReading.State.BROKEN, **without}
    except FileNotFoundError:
        logger.exception("the file of document %s is gone", document.pk)
        return {"state": DocumentReading.State.BROKEN, **without}
    return {**about, "parts": parts}


def remove_unused_files(*, now: datetime, storage: Storage | None = None) -> list[str]:
    """Remove films and captions that nothing points at: broken uploads, deleted films; tells their names.

    A file younger than a day is left alone, since its row may be about to be written. Safe to repeat.
    """
    storage = storage or private_storage()
    removed = []
    used = files_in_use()
    for folder in FOLDERS:
        try:
            names = storage.listdir(folder)[1]
        except FileNotFoundError:
            continue
        for name in (f"{folder}/{name}" for name in names):
            if name not in used and storage.get_modified_time(name) < now - KEPT_UNUSED:
                storage.delete(name)
                removed.append(name)
    if removed:
        logger.info("removed %s files that nothing points at", len(removed))
    return removed


def _track(film: Film, language: str, *kinds: str) -> CaptionTrack | None:
    """The file of the first of these kinds in this language."""
    rows = [t for t in film.tracks.all() if t.language == language and t.kind in kinds and t.file]
    return min(rows, key=lambda t: kinds.index(t.kind), default=None)


def _cues(track: CaptionTrack) -> list[Cue]:
    with track.file.open("rb") as file:
        return read_cues(file.read())
