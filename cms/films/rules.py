"""Decisions of films in public: which second an address asks for, how a length is found, which version plays. Pure."""

import re
from collections.abc import Collection, Sequence

from media.rules import clock

VERSIONS = ("sign", "described")
QUALITIES = ("full", "small")
SHORT_SECONDS, MEDIUM_SECONDS = 5 * 60, 15 * 60


def second_of(asked: str | None, duration: float) -> int:
    """The second that ``?t=`` asks for: 95, 95s, 1m35s, 1:35 or 0:01:35; 0 for what says no second of this film."""
    text = (asked or "").strip().lower()[:20]
    if re.fullmatch(r"\d{1,6}(?:\.\d{0,3})?s?", text, re.ASCII):
        second = int(float(text.rstrip("s")))
    elif found := re.fullmatch(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?", text, re.ASCII):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        second = hours * 3600 + minutes * 60 + rest
    elif re.fullmatch(r"\d{1,3}(?::[0-5]?\d){1,2}", text, re.ASCII):
        second = 0
        for part in text.split(":"):
            second = second * 60 + int(part)
    else:
        return 0
    return second if second < duration else 0


def length_of(seconds: float | None) -> tuple[str, ...]:
    """The value of a film's length in its facet; none where it is not known."""
    if not seconds:
        return ()
    return ("short" if seconds <= SHORT_SECONDS else "medium" if seconds <= MEDIUM_SECONDS else "long",)


def version_of(asked: str | None, playable: Collection[str]) -> str:
    """Which version plays: the film itself (empty), or the one asked for where there is one."""
    return asked if asked in VERSIONS and asked in playable else ""


def quality_of(asked: str | None, available: Collection[str]) -> str:
    """Which size of the film itself plays: the full one unless a smaller one is asked for and there."""
    return asked if asked in QUALITIES and asked in available else "full"


def transcript_text(
    title: str, address: str, lines: Sequence[tuple[float, str, str]], *, plain: Sequence[str] = ()
) -> str:
    """A transcript as plain text: title, address, and each line with its time; a chapter stands above its first line.

    ``lines`` are (second, text, chapter); where there are none, the paragraphs of ``plain`` stand without times.
    """
    parts = [title, address, ""]
    for start, text, chapter in lines:
        if chapter:
            parts += ["", chapter.upper(), ""]
        parts.append(f"[{clock(start)}] {text}")
    if not lines:
        for text in plain:
            parts += [text, ""]
    return "\r\n".join(parts).strip() + "\r\n"
