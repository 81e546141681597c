"""Writes the demonstration's films, pictures and documents, through the actions that editors use. Safe to repeat."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.core.files import File
from django.core.files.base import ContentFile

from media.actions import publish_film, set_source, set_track
from media.checks import check_document_file, check_drawing_file
from media.models import CaptionTrack, CustomDocument, CustomImage, Film, Transcript
from media.queries import clean_transcript

HERE = Path(__file__).parent
# The film of the course first: it is what a lesson shows.
FILMS = ("zapotrzebowanie", "trzy_drogi", "dzien_w_spoldzielni", "zamowienie_zastrzezone")


def build() -> Iterator[str]:
    """All films; a room above finds those that it needs by asking for them again."""
    for name in FILMS:
        film = build_film(name)
        yield f"Film: {film.title} ({film.language})"


def build_film(name: str = FILMS[0]) -> Film:
    """The film of this name, published with its poster, captions, chapters and transcripts.

    When it is there already, it is left as it is, edited words included; only a new version of its file replaces all.
    """
    folder = HERE / name
    facts = yaml.safe_load((folder / "film.yaml").read_text(encoding="utf-8"))
    film = Film.objects.filter(title=facts["title"], language=facts["language"], is_sample=True).first()
    content = (folder / "film.mp4").read_bytes()
    if film and film.live and _digest(film.source) == hashlib.sha1(content, usedforsecurity=False).hexdigest():
        return film
    film = film or Film(title=facts["title"], language=facts["language"], is_sample=True)
    film.summary, film.narration = facts["summary"].strip(), facts["narration"]
    film.poster = build_image(folder / "poster.png", title=f"{facts['title']} – plakat filmu", description="")
    set_source(film=film, file=ContentFile(content), name="film.mp4")
    for path in sorted(folder.glob("*.vtt")):
        kind, language, _ending = path.name.split(".")
        if kind == CaptionTrack.Kind.CAPTIONS and language != film.language:
            kind = CaptionTrack.Kind.SUBTITLES
        set_track(film=film, language=language, kind=kind, file=ContentFile(path.read_bytes()))
    for path in sorted(folder.glob("transcript.*.html")):
        language = path.name.split(".")[1]
        transcript = next((t for t in film.transcripts.all() if t.language == language), Transcript(language=language))
        transcript.text = clean_transcript(path.read_text(encoding="utf-8").replace("\n", ""))
        film.transcripts.add(transcript)
    return publish_film(film=film)


def build_image(path: Path, *, title: str, description: str) -> CustomImage:
    """The picture in this file; one without description is decorative. A file that is there is not added again."""
    content = path.read_bytes()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    found = CustomImage.objects.filter(file_hash=digest).order_by("pk").first()
    if found:
        return found
    if path.suffix == ".svg":
        check_drawing_file(ContentFile(content))
    image = CustomImage(title=title, description=description, is_decorative=not description)
    image.file = ContentFile(content, name=path.name)
    image.file_size, image.file_hash = len(content), digest
    image.save()
    return image


def build_document(path: Path, *, title: str, language: str) -> CustomDocument:
    """The document in this file. A new version of the file takes the place of the old one under the same title."""
    content = path.read_bytes()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    document = CustomDocument.objects.filter(title=title, language=language).order_by("pk").first()
    if document and document.file_hash == digest:
        return document
    check_document_file(ContentFile(content), path.name)
    document = document or CustomDocument(title=title, language=language, accessible=True)
    old = document.file.name
    document.file.save(path.name, ContentFile(content), save=False)
    document.file_size, document.file_hash = len(content), digest
    document.save()
    if old:
        document.file.storage.delete(old)
    return document


def _digest(file: File) -> str:
    try:
        with file.open("rb") as stored:
            return hashlib.file_digest(stored, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
    except (OSError, ValueError):
        return ""
