"""What is refused of a file that somebody uploads, in words. Each check leaves the file at its beginning."""

import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from media.captions import MAX_BYTES as CAPTION_MAX_BYTES
from media.captions import read_cues, refusal
from media.containers import Container, NotAFilm, read_film
from media.rules import Cue, clock, size_in_words
from media.svg import MAX_BYTES as DRAWING_MAX_BYTES
from media.svg import UnsafeDrawing, check_drawing

DOCUMENT_MAX_BYTES = 50_000_000
PDF_TAIL = 64 * 1024
"""Some programs write more behind the end of a PDF; so much of it is passed over."""

WORDS = {
    "film_empty": _("The file is empty."),
    "film_extension": _("Choose a film with the ending .mp4 or .webm."),
    "film_too_large": _("The film has %(size)s. At most %(most)s are accepted; make it smaller or split it."),
    "film_unknown": _("This is not an MP4 or WebM film, whatever its name says. Save the film as MP4 (H.264, AAC)."),
    "film_mismatch": _("The file is named .%(named)s, but it is a %(found)s film. Name it .%(found)s."),
    "film_cut_off": _("The film is cut off: a part of it is missing. Copy or export it again."),
    "film_without_picture": _("The file has no picture, only sound or nothing at all."),
    "film_without_length": _("The file does not tell how long the film is. Export it again, not as a live recording."),
    "film_codec": _(
        "The film is encoded as %(codec)s, which common browsers do not play. Use H.264 with AAC, or WebM."
    ),
    "sound_extension": _("Choose a film (.mp4, .webm) or a sound (.m4a, .mp3)."),
    "sound_unknown": _("This is not a sound in M4A or MP3, whatever its name says."),
    "svg_broken": _("The drawing cannot be read: it is not well-formed SVG in UTF-8."),
    "svg_too_large": _("The drawing is larger than %(most)s."),
    "svg_doctype": _("The drawing has a DOCTYPE or ENTITY. Save it as plain SVG, without them."),
    "svg_script": _("The drawing contains a script. Remove it; a drawing must not run anything."),
    "svg_handler": _("The drawing reacts to events (%(detail)s). Remove that; a drawing must not run anything."),
    "svg_foreign": _("The drawing contains foreign content (%(detail)s). Only drawn shapes and text are accepted."),
    "svg_reference": _(
        "The drawing fetches something from elsewhere (%(detail)s). Put everything into the file itself."
    ),
    "svg_style": _("The style of the drawing contains %(detail)s, which is not accepted."),
    "document_empty": _("The file is empty."),
    "document_too_large": _("The file has %(size)s. At most %(most)s are accepted."),
    "document_cut_off": _("The PDF is cut off or damaged: its end is missing. Copy or export it again."),
    "document_mismatch": _("The file is named .%(named)s, but it is not a file of that kind."),
}


def check_film_file(file: File, name: str) -> Container:
    """Refuse what is not a film that browsers play; otherwise tell what it is and how long it runs."""
    named = _ending(name)
    if named not in {"mp4", "webm"}:
        raise _refuse("film_extension")
    if file.size > settings.FILM_MAX_BYTES:
        raise _too_large("film_too_large", file, settings.FILM_MAX_BYTES)
    try:
        film = read_film(file)  # type: ignore[arg-type]
    except NotAFilm as fault:
        raise _refuse(fault.code, codec=fault.detail) from fault
    finally:
        file.seek(0)
    if film.kind != named:
        raise _refuse("film_mismatch", named=named, found=film.kind)
    return film


def check_description_file(file: File, name: str) -> None:
    """Refuse what is neither a film nor a sound that browsers play."""
    named = _ending(name)
    if named in {"mp4", "webm"}:
        check_film_file(file, name)
        return
    if named not in {"m4a", "mp3"}:
        raise _refuse("sound_extension")
    if file.size > settings.FILM_MAX_BYTES:
        raise _too_large("film_too_large", file, settings.FILM_MAX_BYTES)
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    is_mp3 = head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)
    if not (is_mp3 if named == "mp3" else head[4:8] == b"ftyp"):
        raise _refuse("sound_unknown")


def check_caption_file(file: File, *, duration: float | None = None) -> list[Cue]:
    """Refuse a broken WebVTT file, and one that goes on when its film (``duration`` seconds) has ended."""
    file.seek(0)
    cues = read_cues(file.read(CAPTION_MAX_BYTES + 1))
    file.seek(0)
    late = next((cue for cue in cues if duration and cue.start > duration), None)
    if late:
        raise refusal("vtt_after_end", time=clock(late.start))
    return cues


def check_drawing_file(file: File) -> None:
    """Refuse an SVG file that is more than a drawing."""
    file.seek(0)
    content = file.read(DRAWING_MAX_BYTES + 1)
    file.seek(0)
    try:
        check_drawing(content)
    except UnsafeDrawing as fault:
        raise _refuse(fault.code, detail=fault.detail, most=_in_words(DRAWING_MAX_BYTES)) from fault


def check_document_file(file: File, name: str) -> None:
    """Refuse a document whose content is not what its name says."""
    if file.size == 0:
        raise _refuse("document_empty")
    if file.size > DOCUMENT_MAX_BYTES:
        raise _too_large("document_too_large", file, DOCUMENT_MAX_BYTES)
    named = _ending(name)
    file.seek(0)
    matches = _document_matches(file, named)  # type: ignore[arg-type]
    file.seek(0)
    if not matches:
        raise _refuse("document_mismatch", named=named)
    if named == "pdf" and not _has_its_end(file):  # type: ignore[arg-type]
        raise _refuse("document_cut_off")


_IN_ZIP = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "mimetype",
    "ods": "mimetype",
    "odp": "mimetype",
    "epub": "META-INF/container.xml",
}


def _document_matches(file: IO[bytes], named: str) -> bool:
    if named == "pdf":
        return file.read(5) == b"%PDF-"
    if named in {"txt", "csv"}:
        return b"\0" not in file.read(DOCUMENT_MAX_BYTES)
    if named == "zip" or named in _IN_ZIP:
        try:
            with zipfile.ZipFile(file) as archive:
                return named == "zip" or _IN_ZIP[named] in archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
            return False
    return False


def _has_its_end(file: IO[bytes]) -> bool:
    """Whether a PDF tells where its contents are listed, as it does on its last lines."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - PDF_TAIL))
    tail = file.read()
    file.seek(0)
    return b"startxref" in tail


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().lstrip(".")


def _too_large(code: str, file: File, most: int) -> ValidationError:
    return _refuse(code, size=_in_words(file.size), most=_in_words(most))


def _in_words(size: int) -> str:
    return size_in_words(size, get_language())


def _refuse(code: str, **params: object) -> ValidationError:
    return ValidationError(WORDS[code], code=code, params=params)
