"""Reads: a film for whoever asks, and all that its player shows."""

import hashlib
import logging
from html.parser import HTMLParser
from typing import Any, TypedDict

import nh3
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.deletion import Collector, ProtectedError
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Cast
from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError
from wagtail.models import ReferenceIndex, Revision

from media.captions import read_cues
from media.film_files import file_of, part_url
from media.models import (
    CaptionTrack,
    CustomDocument,
    CustomRendition,
    DocumentReading,
    Film,
    FilmRendition,
    Transcript,
)
from media.permissions import AnyUser, can_change_film, can_view_film
from media.rules import Cue, FilmFacts, paragraph_times

logger = logging.getLogger(__name__)

# As wide as the player ever is, and light enough for the first view of a step.
POSTER_FILTER = "width-960|format-webp|webpquality-70"
DRAWN_POSTER_FILTER = "width-960"  # a drawing stays one
CACHE_SECONDS = 7 * 24 * 60 * 60
TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
FILM_FILES = ("source", "description_file", "sign_file")
OWN_NAMES = {"pl": "Polski", "en": "English"}
TRANSCRIPT_TAGS = {"h3", "p", "b", "strong", "i", "em", "ul", "ol", "li", "br"}


def get_film_for(user: AnyUser, pk: int, *, draft: bool = False) -> Film:
    """The film, for whoever may see it; Http404 for everybody else, as for one that does not exist.

    With ``draft`` the newest version that an editor has saved, for editors.
    """
    film = Film.objects.filter(pk=pk).first()
    if film is None or not can_view_film(user, film):
        raise Http404
    if not draft:
        return film
    if not can_change_film(user):
        raise Http404
    newest: Film = film.get_latest_revision_as_object()
    return newest


def get_track_for(user: AnyUser, film_pk: int, track_pk: int) -> CaptionTrack:
    """A caption file of a film, for whoever may see the film."""
    track = CaptionTrack.objects.select_related("film").filter(pk=track_pk, film_id=film_pk).first()
    if track is None or not can_view_film(user, track.film):
        raise Http404
    return track


def for_the_list(films: QuerySet[Film]) -> QuerySet[Film]:
    """Films with what their list tells of each: captions, files made of it, a planned publication."""
    captions = CaptionTrack.objects.filter(
        film=OuterRef("pk"), language=OuterRef("language"), kind=CaptionTrack.Kind.CAPTIONS
    )
    planned = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Film),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return films.annotate(has_captions=Exists(captions), is_planned=Exists(planned)).prefetch_related("renditions")


def film_facts(film: Film) -> FilmFacts:
    """What the rules of publishing ask about a film, drafts of its captions and transcripts included."""
    return FilmFacts(
        language=film.language,
        has_source=bool(film.source),
        caption_languages=frozenset(
            track.language for track in film.tracks.all() if track.kind == CaptionTrack.Kind.CAPTIONS and track.file
        ),
        transcript_languages=frozenset(t.language for t in film.transcripts.all() if has_words(t.text)),
        has_sound=film.has_sound is not False,
        silence_explained=bool(film.silence_reason),
    )


def is_in_use(film: Film) -> bool:
    """Whether anything rests on a film: an outline, somebody's record, or a lesson that shows it."""
    try:
        Collector(using="default", origin=film).collect([film])
    except ProtectedError:
        return True
    return bool(ReferenceIndex.get_references_to(film).exists())


def unread_documents() -> QuerySet[CustomDocument]:
    """Documents whose present file was not read to its end."""
    finished = DocumentReading.objects.filter(document=OuterRef("pk"), file=OuterRef("file")).exclude(
        state=DocumentReading.State.WAITING
    )
    return CustomDocument.objects.filter(~Exists(finished)).order_by("pk")


def files_in_use() -> set[str]:
    """The names of all files that a film, its tracks, what was made of it or any of its stored versions points at."""
    names = {
        *CaptionTrack.objects.values_list("file", flat=True),
        *FilmRendition.objects.values_list("file", flat=True),
    }
    for row in Film.objects.values_list(*FILM_FILES):
        names.update(row)
    versions = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Film))
    for content in versions.values_list("content", flat=True).iterator():
        names.update(content.get(field) for field in FILM_FILES)
        names.update(track.get("file") for track in content.get("tracks", []))
    return {name for name in names if name}


def has_words(html: str) -> bool:
    """Whether rich text says anything; an editor that was emptied leaves an empty paragraph."""
    return bool(nh3.clean(html, tags=set()).strip())


def cues_of(track: CaptionTrack) -> list[Cue]:
    """The cues of a track. A file that is broken or gone gives none, and a line in the log: the film still plays."""
    try:
        return cached_cues(track.file)
    except (ValidationError, OSError, ValueError):
        logger.exception("caption track %s cannot be read", track.pk)
        return []


def cached_cues(file: FieldFile) -> list[Cue]:
    """The cues of a WebVTT file. A stored file never changes under its name, so they are read once."""
    name = file.name or ""
    key = "media-cues:" + hashlib.sha256(name.encode()).hexdigest()
    found: list[Cue] | None = cache.get(key)
    if found is None:
        with file.storage.open(name) as stored:
            found = read_cues(stored.read())
        cache.set(key, found, CACHE_SECONDS)
    return found


class Chapter(TypedDict):
    """A chapter of a film; ``state`` is what the player begins with."""

    start: float
    end: float
    title: str
    state: str


class Line(TypedDict):
    """A line of the transcript with its time; ``chapter`` on the first line of a chapter."""

    start: float
    end: float
    text: str
    chapter: str


def player_facts(film: Film, language: str) -> dict[str, Any]:
    """All that ``components/film.html`` shows of a film, in the reader's ``language``, with at most three queries.

    Where there is no transcript in that language, the one in the spoken language is shown.
    """
    tracks = list(film.tracks.all())
    transcript = _in_language(list(film.transcripts.all()), language, film.language)
    html = clean_transcript(transcript.text) if transcript else mark_safe("")
    chapter_track = _in_language(_of_kind(tracks, CaptionTrack.Kind.CHAPTERS), language, film.language)
    chapters = _chapters(chapter_track, film)
    spoken = _of_kind(tracks, CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
    spoken.sort(key=lambda track: track.language != film.language)
    with translation.override(language):
        about = _about(film, spoken, language)
    return {
        "id": film.pk,
        "title": film.title,
        "language": film.language,
        "src": source_url(film),
        "type": TYPES.get(film_kind(film), ""),
        "poster": _poster_url(film),
        "duration": film.duration_seconds or 0,
        "tracks": [_track_facts(film, track, language) for track in spoken],
        "chapters": chapters,
        "chapters_language": chapter_track.language if chapter_track and chapter_track.language != language else "",
        "cues": _lines(html, transcript, spoken, chapters, film.duration_seconds or 0),
        "transcript_html": html,
        "transcript_language": transcript.language if transcript else "",
        "narration": film.narration,
        "about": about,
    }


def film_on_paper(film: Film, language: str, *, own: str, elsewhere: str) -> dict[str, Any]:
    """``title``, ``language``, ``address``, ``duration``, ``chapters`` [{title, seconds, address}] and the transcript
    (``cues`` or ``transcript_html``, ``transcript_language``) of a film.

    ``own`` is the address of the film's page. Without one it is seen ``elsewhere``, from its beginning.
    """
    facts = player_facts(film, language)
    told = ("title", "language", "duration", "cues", "transcript_html", "transcript_language")
    return {name: facts[name] for name in told} | {
        "address": own or elsewhere,
        "chapters": [
            {
                "title": chapter["title"],
                "seconds": int(chapter["start"]),
                "address": f"{own}?t={int(chapter['start'])}" if own else "",
            }
            for chapter in facts["chapters"]
        ],
    }


def source_url(film: Film) -> str:
    """The address of a film's file. It changes with the file, so that no browser mixes two versions."""
    if not film.source:
        return ""
    return f"{reverse('media:stream-film', args=[film.pk, film_kind(film)])}?v={_version(film.source)}"


def film_kind(film: Film) -> str:
    """What the file of a film is, ``mp4`` or ``webm``; it was checked when it came."""
    return (film.source.name or "").rpartition(".")[2].lower()


def clean_transcript(html: str) -> SafeString:
    """A transcript as it may stand on a page: headings, paragraphs, lists and emphasis, and nothing else."""
    return mark_safe(nh3.clean(html, tags=TRANSCRIPT_TAGS, attributes={}))  # noqa: S308 - cleaned just now


def _version(file: FieldFile) -> str:
    return hashlib.sha256((file.name or "").encode()).hexdigest()[:8]


def _of_kind(tracks: list[CaptionTrack], *kinds: str) -> list[CaptionTrack]:
    return [track for track in tracks if track.kind in kinds and track.file]


def _in_language(rows: list[Any], *languages: str) -> Any:
    """The row in the first of these languages that has one."""
    return next((row for language in languages for row in rows if row.language == language), None)


def _track_facts(film: Film, track: CaptionTrack, language: str) -> dict[str, Any]:
    address = reverse("media:serve-track", args=[film.pk, track.pk])
    return {
        "kind": track.kind,
        "language": track.language,
        "label": OWN_NAMES.get(track.language, track.language),
        "url": f"{address}?v={_version(track.file)}",
        # On from the start only for who does not understand what is said.
        "default": track.language == language != film.language,
    }


def _poster_url(film: Film) -> str:
    if film.poster_id is None:
        made_by_job = file_of(film, "poster")
        return part_url(film, "poster", made_by_job) if made_by_job else ""
    wanted = (POSTER_FILTER, DRAWN_POSTER_FILTER)
    # Whoever shows many films has their posters at hand.
    at_hand = Film.poster.is_cached(film)  # type: ignore[attr-defined]
    rows = film.poster.renditions if at_hand else CustomRendition.objects.filter(image_id=film.poster_id)  # type: ignore[union-attr]
    made = next((row for row in rows.all() if row.filter_spec in wanted and not row.focal_point_key), None)
    try:
        rendition = made or film.poster.get_rendition(wanted[film.poster.is_svg()])  # type: ignore[union-attr]
    except (SourceImageIOError, OSError):
        logger.exception("the poster of film %s cannot be read", film.pk)
        return ""
    return str(rendition.url)


def _chapters(track: CaptionTrack | None, film: Film) -> list[Chapter]:
    cues = cues_of(track) if track else []
    ends = [*(cue.start for cue in cues[1:]), film.duration_seconds or (cues[-1].end if cues else 0.0)]
    return [
        Chapter(start=cue.start, end=end, title=cue.text, state="todo") for cue, end in zip(cues, ends, strict=False)
    ]


def _about(film: Film, spoken: list[CaptionTrack], language: str) -> SafeString:
    """One line: how long it is, in which languages one can read it, who speaks, in the words of the film's language."""
    parts = []
    if film.duration_seconds:
        minutes, seconds = divmod(round(film.duration_seconds), 60)
        shown = [f"{minutes} min"] * bool(minutes) + [f"{seconds} s"] * bool(seconds or not minutes)
        parts.append(f"{' '.join(shown)}.")
    languages = {track.language for track in spoken}
    if languages == {"pl", "en"}:
        parts.append(_("Captions in Polish and English."))
    elif languages == {"pl"}:
        parts.append(_("Captions in Polish."))
    elif languages == {"en"}:
        parts.append(_("Captions in English."))
    if film.narration:
        who = film.narration.rstrip(".")
        if film.language != language:
            who = format_html('<span lang="{}">{}</span>', film.language, who)
        parts.append(format_html(_("Narration: {who}."), who=who))
    return format_html_join(" ", "{}", ((part,) for part in parts))


# --- The transcript line by line ---------------------------------------------------------------------------------


class _Paragraphs(HTMLParser):
    """The headings, paragraphs and list items of a cleaned transcript, in order, as plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in {"h3", "p", "li"}:
            self.found.append((tag, ""))
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if not self.found:
            self.found.append(("p", ""))
        tag, text = self.found[-1]
        self.found[-1] = tag, text + data


def _lines(
    html: str, transcript: Transcript | None, spoken: list[CaptionTrack], chapters: list[Chapter], duration: float
) -> list[Line]:
    """The transcript with times, or nothing where most of it cannot be found in captions of its language.

    A line that is not in the captions stands at the time of the one before it.
    """
    track = _in_language(spoken, transcript.language) if transcript else None
    if track is None:
        return []
    key = "media-lines:" + hashlib.sha256(f"{track.file.name}\n{duration}\n{html}".encode()).hexdigest()
    lines: list[Line] | None = cache.get(key)
    if lines is None:
        lines = _timed(html, cues_of(track), chapters, duration)
        cache.set(key, lines, CACHE_SECONDS)
    return lines


def _timed(html: str, cues: list[Cue], chapters: list[Chapter], duration: float) -> list[Line]:
    reader = _Paragraphs()
    reader.feed(html)
    reader.close()
    blocks = [(tag, " ".join(text.split())) for tag, text in reader.found if text.strip()]
    times = paragraph_times([text for tag, text in blocks if tag != "h3"], cues)
    if not times or times.count(None) > len(times) / 2:
        return []
    lines: list[Line] = []
    chapter, reached, remaining = "", 0.0, iter(times)
    for tag, text in blocks:
        if tag == "h3":
            chapter = text
            # A heading that names a chapter says where its first line is at the earliest.
            reached = max([reached, *(c["start"] for c in chapters if c["title"] == text)])
            continue
        found = next(remaining)
        reached = reached if found is None else found
        lines.append(Line(start=reached, end=reached, text=text, chapter=chapter))
        chapter = ""
    ends = [*(line["start"] for line in lines[1:]), duration]
    for line, end in zip(lines, ends, strict=True):
        line["end"] = max(line["start"], end)
    return lines
