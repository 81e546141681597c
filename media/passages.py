"""What is said in a film, cut into passages with their seconds, for whoever looks for something in it."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags

from media.models import CaptionTrack, Film
from media.queries import cues_of
from media.rules import Cue

LONGEST = 25.0
"""Seconds of a passage: short enough that a hit leads to what was looked for."""


def together(cues: Iterable[Cue]) -> list[tuple[int, str]]:
    """Captions joined to passages of some sentences: (second of the first, text)."""
    found: list[tuple[int, str]] = []
    began: float | None = None
    text = ""
    for cue in cues:
        full = began is not None and cue.end - began > LONGEST
        ended = text.rstrip().endswith((".", "?", "!", "…"))
        # A sentence is only parted where it would make the passage twice as long.
        if began is not None and full and (ended or cue.end - began > 2 * LONGEST):
            found.append((int(began), text))
            began, text = None, ""
        if began is None:
            began = cue.start
        text = f"{text} {cue.text}".strip()
    if began is not None and text:
        found.append((int(began), text))
    return found


def film_passages(film: Film) -> dict[str, list[dict[str, Any]]]:
    """The passages of a film by language, from its captions; where there are none, its transcript without times."""
    found: dict[str, list[dict[str, Any]]] = {}
    spoken = (CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
    for track in film.tracks.all():
        if track.kind not in spoken or not track.file or track.language in found:
            continue
        found[track.language] = [
            {"text": text, "second": second, "anchor": f"?t={second}"} for second, text in together(cues_of(track))
        ]
    for transcript in film.transcripts.all():
        if transcript.language not in found and transcript.text:
            found[transcript.language] = [{"text": " ".join(strip_tags(transcript.text.replace(">", "> ")).split())}]
    return found
