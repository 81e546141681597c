"""The text of a page cut into passages, for whoever looks for something in it: stretches below their headings.

Read from the stored form of a StreamField, so that no picture is loaded. Only what a reader sees as words is taken:
neither alternative texts nor which answer to a question is right.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

LONGEST = 1200
"""Letters of a passage; a longer stretch is parted between two sentences."""

_PASSED_OVER = frozenset(
    {"id", "type", "kind", "as_of", "image", "narrow", "film", "document", "alt_text", "decorative", "correct"}
    | {"feedback", "options"}
)
_HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.S | re.I)
_BREAK = re.compile(r"<(?:/p|/li|/h\d|br\s*/?|/td|/th)[^>]*>", re.I)
_TAG = re.compile(r"<[^>]+>")
_MARKUP = re.compile(r"<[a-z/][^>]*>", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def passages_of(stream: Any, *, anchor: str = "", heading: str = "") -> list[dict[str, Any]]:
    """The passages of a StreamField or of its stored form; ``heading`` stands over the first."""
    raw = list(getattr(stream, "raw_data", stream) or ())
    found: list[dict[str, Any]] = []
    for current, text in _stretches(raw, heading):
        for part in parted(text):
            found.append({"heading": current, "text": part, "anchor": anchor})
    return found


def plain(markup: str) -> str:
    """Rich text as plain words in one line."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", markup))).split())


def parted(text: str) -> Iterator[str]:
    """A text in parts of a length that one can look over."""
    text = " ".join(text.split())
    part = ""
    for sentence in _SENTENCE.split(text):
        if part and len(part) + len(sentence) > LONGEST:
            yield part
            part = ""
        part = f"{part} {sentence}" if part else sentence
    if part:
        yield part


def _stretches(blocks: list[dict[str, Any]], heading: str) -> Iterator[tuple[str, str]]:
    """What stands below each heading."""
    current, gathered = heading, ""
    for block in blocks:
        for piece in _texts(block.get("value")):
            # The even parts are text, the odd ones headings.
            for index, part in enumerate(_HEADING.split(piece) if _MARKUP.search(piece) else [piece]):
                if index % 2:
                    if gathered:
                        yield current, gathered
                    current, gathered = plain(part), ""
                elif words := plain(part) if _MARKUP.search(part) else " ".join(part.split()):
                    gathered = f"{gathered} {words}" if gathered else words
    if gathered:
        yield current, gathered


def _texts(value: object) -> Iterator[str]:
    """The texts in a stored value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _PASSED_OVER:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
