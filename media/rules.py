"""Rules of films: which stretches were played, what may be published, what a caption file must look like. Pure."""

import html
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

Intervals = list[list[float]]

# A gap or a remainder shorter than this is not shown to anybody as missing: players report in steps.
SHORTEST_GAP = 1.0


# --- What was played ---------------------------------------------------------------------------------------------


def merge_intervals(intervals: Iterable[Sequence[float]]) -> Intervals:
    """The union of stretches of a film, in order. Empty, reversed, endless ones and what lies before 0 add nothing."""
    merged: Intervals = []
    for start, end in sorted(_usable(intervals)):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def _usable(intervals: Iterable[Sequence[float]]) -> Iterator[tuple[float, float]]:
    for interval in intervals:
        start, end = max(float(interval[0]), 0.0), float(interval[1])
        if math.isfinite(start) and math.isfinite(end) and start < end:
            yield start, end


def clip_intervals(intervals: Iterable[Sequence[float]], duration: float) -> Intervals:
    """The union, cut at the end of the film."""
    return merge_intervals([start, min(end, duration)] for start, end in merge_intervals(intervals))


def covered_seconds(intervals: Iterable[Sequence[float]]) -> float:
    """How long the union of these stretches is: playing the same stretch twice adds nothing."""
    return math.fsum(end - start for start, end in merge_intervals(intervals))


def missing_intervals(
    covered: Iterable[Sequence[float]], duration: float, *, shortest: float = SHORTEST_GAP
) -> Intervals:
    """The stretches of a film that were not played, leaving out those shorter than ``shortest`` seconds."""
    missing: Intervals = []
    reached = 0.0
    for start, end in [*clip_intervals(covered, duration), [duration, duration]]:
        if start - reached >= shortest and start > reached:
            missing.append([reached, start])
        reached = end
    return missing


def coverage_percent(covered: Iterable[Sequence[float]], duration: float | None) -> int:
    """Whole percent of a film that were really played, rounded down; a film of unknown length has none."""
    if not duration or duration <= 0:
        return 0
    seconds = covered_seconds(clip_intervals(covered, duration))
    # A millionth more, so that 90 of 100 seconds, added up from parts, are not 89 %.
    return max(0, min(100, math.floor(100 * seconds / duration + 1e-6)))


def duration_for_machines(seconds: float | None) -> str:
    """270 → PT4M30S (ISO 8601); empty where the length is not known."""
    if not seconds:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"PT{minutes}M{rest}S" if minutes else f"PT{rest}S"


def clock(seconds: float) -> str:
    """A point in a film as people write it: 1:05, or 1:02:05 from an hour on."""
    whole = max(0, math.floor(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


# --- Sizes of files ----------------------------------------------------------------------------------------------

SIZE_UNITS = ("kB", "MB", "GB")


def size_in_words(size: float, language: str | None = "pl") -> str:
    """„62 kB”, „3,9 MB”: in thousands, as Polish and English writers count; below a megabyte without a fraction."""
    value, unit = max(size, 0) / 1000, 0
    # What rounds up to a thousand is one of the next unit.
    while unit < len(SIZE_UNITS) - 1 and round(value, 1 if unit else 0) >= 1000:
        value, unit = value / 1000, unit + 1
    if not unit:
        return f"{max(round(value), 1 if size else 0)}\u00a0{SIZE_UNITS[0]}"
    digits = f"{value:.1f}".removesuffix(".0")
    polish = (language or "pl").lower().startswith("pl")
    return f"{digits.replace('.', ',') if polish else digits}\u00a0{SIZE_UNITS[unit]}"


# --- Ranges of bytes ---------------------------------------------------------------------------------------------


class RangeNotSatisfiable(ValueError):
    """The range asked for lies behind the end of the file."""


_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})", re.IGNORECASE | re.ASCII)


def byte_range(header: str, size: int, *, longest: int) -> tuple[int, int] | None:
    """First and last byte to send for a ``Range`` header, at most ``longest`` of them, or None for the whole file.

    Only one range is served; a header with several, of another unit or malformed is ignored, as HTTP allows
    (RFC 9110, 14.2). A sender may answer with less than was asked for: a player asks again for the rest, and no
    reader holds a worker for a whole film.
    """
    match = _RANGE.fullmatch(header.strip())
    if not match or match.group(1) == match.group(2) == "":
        return None
    if match.group(1) == "":
        start, end = max(0, size - int(match.group(2))), size - 1
    else:
        start = int(match.group(1))
        end = min(int(match.group(2)), size - 1) if match.group(2) else size - 1
        if match.group(2) and int(match.group(2)) < start:
            return None
    if start >= size:
        raise RangeNotSatisfiable
    return start, min(end, start + longest - 1)


# --- What may be published ---------------------------------------------------------------------------------------


class FilmProblem(StrEnum):
    """Why a film cannot be published."""

    NO_SOURCE = "film_without_source"
    NO_CAPTIONS = "film_without_captions"
    NO_TRANSCRIPT = "film_without_transcript"
    NO_SOUND = "film_without_sound"


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """A film as an editor left it; languages of its captions (not of subtitles) and of transcripts that have text."""

    language: str
    has_source: bool
    caption_languages: frozenset[str]
    transcript_languages: frozenset[str]
    has_sound: bool = True
    silence_explained: bool = False


def publishable(film: FilmFacts) -> list[FilmProblem]:
    """Nothing is published that a deaf or a blind person could not follow: the file, captions and a transcript in the
    language that is spoken (WCAG 1.2.1 to 1.2.3). A film without sound needs no captions, but the reason for its
    silence, and its transcript tells what it shows. Empty when the film may be published.
    """
    problems = []
    if not film.has_source:
        problems.append(FilmProblem.NO_SOURCE)
    if not film.has_sound and not film.silence_explained:
        problems.append(FilmProblem.NO_SOUND)
    if film.has_sound and film.language not in film.caption_languages:
        problems.append(FilmProblem.NO_CAPTIONS)
    if film.language not in film.transcript_languages:
        problems.append(FilmProblem.NO_TRANSCRIPT)
    return problems


# --- Captions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption or one chapter: when it stands, what it says as plain words, and who says it, where that is told."""

    start: float
    end: float
    text: str
    voice: str = ""


class VttProblem(StrEnum):
    """What is wrong with a WebVTT file."""

    BINARY = "vtt_binary"
    NO_HEADER = "vtt_no_header"
    BAD_TIME = "vtt_bad_time"
    COMMA_IN_TIME = "vtt_comma_in_time"
    ENDS_BEFORE_START = "vtt_ends_before_start"
    OUT_OF_ORDER = "vtt_out_of_order"
    NO_BLANK_LINE = "vtt_no_blank_line"
    STRAY_TEXT = "vtt_stray_text"
    NO_TEXT = "vtt_no_text"
    NO_CUES = "vtt_no_cues"


@dataclass(frozen=True, slots=True)
class VttFault:
    """The first thing that is wrong with a WebVTT file, and its line, counted from 1."""

    problem: VttProblem
    line: int


_TIME = r"((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?", re.ASCII)
_NOT_A_CUE = re.compile(r"(NOTE|STYLE|REGION)(?:[ \t].*)?")


def vtt_fault(text: str) -> VttFault | None:
    """The first fault of a WebVTT file, or None. Stricter than a browser, which drops broken captions in silence:
    every caption needs a well-formed time, words, and an empty line before the next; starts never go back.
    """
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    for number, line in enumerate(lines, start=1):
        if "\0" in line:
            return VttFault(VttProblem.BINARY, number)
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return VttFault(VttProblem.NO_HEADER, 1)
    last_start = -1.0
    for position, (number, block) in enumerate(_blocks(lines)):
        arrow = next((i for i, line in enumerate(block) if "-->" in line), None)
        if position == 0 or _NOT_A_CUE.fullmatch(block[0]):
            if arrow is not None:
                return VttFault(VttProblem.NO_BLANK_LINE, number + arrow)
            continue
        if arrow is None:
            return VttFault(VttProblem.STRAY_TEXT, number)
        if arrow > 1:
            return VttFault(VttProblem.NO_BLANK_LINE, number + arrow)
        problem = _cue_problem(block[arrow], block[arrow + 1 :], last_start)
        if problem is VttProblem.NO_BLANK_LINE:
            later = next(i for i, line in enumerate(block) if i > arrow and "-->" in line)
            return VttFault(problem, number + later)
        if problem:
            return VttFault(problem, number + arrow)
        last_start = _times(block[arrow])[0]
    return VttFault(VttProblem.NO_CUES, len(lines)) if last_start < 0 else None


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue_problem(timing: str, words: Sequence[str], last_start: float) -> VttProblem | None:
    if not _TIMING.fullmatch(timing):
        return VttProblem.COMMA_IN_TIME if _TIMING.fullmatch(timing.replace(",", ".")) else VttProblem.BAD_TIME
    start, end = _times(timing)
    if any("-->" in line for line in words):
        return VttProblem.NO_BLANK_LINE
    if end <= start:
        return VttProblem.ENDS_BEFORE_START
    if start < last_start:
        return VttProblem.OUT_OF_ORDER
    if not cue_text("\n".join(words)):
        return VttProblem.NO_TEXT
    return None


def _times(timing: str) -> tuple[float, float]:
    match = _TIMING.fullmatch(timing)
    assert match is not None  # noqa: S101 - only called with what has matched
    start, end = (sum(float(part) * 60**i for i, part in enumerate(reversed(t.split(":")))) for t in match.groups())
    return start, end


_TAG = re.compile(r"<[^>]*>?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")


def cue_text(payload: str) -> str:
    """The words of a caption without any mark-up: tags go, references become signs, runs of blanks become one.

    The outcome is plain text and may hold ``<``; whoever puts it into HTML escapes it.
    """
    return " ".join(html.unescape(_TAG.sub("", payload)).replace("\0", "").split())


def cue_voice(payload: str) -> str:
    """Who speaks in a caption, if its mark-up tells."""
    match = _VOICE.search(payload)
    return cue_text(match.group(1)) if match else ""


# --- Transcripts -------------------------------------------------------------------------------------------------

PARAGRAPH_WORDS = 30
PARAGRAPH_PAUSE = 2.0
_SENTENCE_END = (".", "!", "?", "…", ".”", "!”", "?”", '."', '!"', '?"', ".)", "?)")


def transcript_html(captions: Sequence[Cue], chapters: Sequence[Cue]) -> str:
    """The captions as readable text: a heading for each chapter, a new paragraph where somebody else speaks, after a
    pause, and at the end of a sentence once a paragraph has thirty words. Everything is escaped.
    """
    parts = []
    shown: Cue | None = None
    for chapter, cues in _by_chapter(captions, chapters):
        if chapter and chapter is not shown:
            parts.append(f"<h3>{html.escape(chapter.text)}</h3>")
            shown = chapter
        for voice, words in _paragraphs(cues):
            name = f"<b>{html.escape(voice)}:</b> " if voice else ""
            parts.append(f"<p>{name}{html.escape(words)}</p>")
    return "".join(parts)


def _by_chapter(captions: Sequence[Cue], chapters: Sequence[Cue]) -> Iterator[tuple[Cue | None, list[Cue]]]:
    """Captions in runs of one chapter. The middle of a caption decides: it may begin a breath before its chapter."""

    def chapter_of(cue: Cue) -> Cue | None:
        middle = (cue.start + cue.end) / 2
        return next((c for c in sorted(chapters, key=lambda c: -c.start) if c.start <= middle), None)

    for chapter, run in itertools.groupby(captions, key=chapter_of):
        yield chapter, list(run)


def _paragraphs(cues: Sequence[Cue]) -> Iterator[tuple[str, str]]:
    words: list[str] = []
    before = cues[0]
    for cue in cues:
        if words and (
            cue.voice != before.voice
            or cue.start - before.end >= PARAGRAPH_PAUSE
            or (len(words) >= PARAGRAPH_WORDS and words[-1].endswith(_SENTENCE_END))
        ):
            yield before.voice, " ".join(words)
            words = []
        words += cue.text.split()
        before = cue
    yield before.voice, " ".join(words)


_PROBES = ((5, None), (3, 150), (2, 60), (1, 12))


def paragraph_times(paragraphs: Sequence[str], captions: Sequence[Cue]) -> list[float | None]:
    """When each paragraph of an edited transcript begins in the film: the caption in which its first words stand.

    Paragraphs come in the order of the film; one whose words are in no caption (what the picture shows, written in by
    an editor) has no time. The fewer words there are to go by, the nearer they must be to the paragraph before.
    """
    spoken = [(word, cue.start) for cue in captions for word in _words(cue.text)]
    times: list[float | None] = []
    position = 0
    for paragraph in paragraphs:
        found = _find(_words(paragraph), [word for word, _start in spoken], position)
        times.append(None if found is None else spoken[found][1])
        position = position if found is None else found + 1
    return times


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _find(words: Sequence[str], spoken: Sequence[str], position: int) -> int | None:
    for length, reach in _PROBES:
        # A speaker's name may stand before the words.
        for skipped in range(3):
            probe = list(words[skipped : skipped + length])
            # One or two words say something only where there are no more.
            if len(probe) < length or (length < 3 and len(words) > length):
                continue
            last = len(spoken) - length if reach is None else min(len(spoken) - length, position + reach)
            for start in range(position, last + 1):
                if spoken[start : start + length] == probe:
                    return start
    return None
