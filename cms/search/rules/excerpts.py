"""The part of a text that shows why it was found."""

from collections.abc import Collection
from dataclasses import dataclass

from cms.search.rules.words import clean, fold, is_empty, tokens

LENGTH = 240


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an excerpt, and whether it is what was looked for."""

    text: str
    marked: bool


def marked(text: str, wanted: Collection[str]) -> list[Part]:
    """The whole text with the words of ``wanted`` (folded) marked."""
    text = clean(text)
    out: list[Part] = []
    behind = 0
    for token in tokens(text):
        if token.folded in wanted and token.start >= behind:
            # Words that are marked one after the other are marked as one.
            if out and out[-1].marked and text[behind : token.start].isspace():
                out[-1] = Part(out[-1].text + text[behind : token.end], True)
            else:
                if token.start > behind:
                    out.append(Part(text[behind : token.start], False))
                out.append(Part(text[token.start : token.end], True))
            behind = token.end
    if behind < len(text):
        out.append(Part(text[behind:], False))
    return out


def excerpt(text: str, wanted: Collection[str], length: int = LENGTH) -> list[Part]:
    """At most about ``length`` signs around the place where most different words of ``wanted`` stand together."""
    text = " ".join(clean(text).split())
    if len(text) <= length:
        return marked(text, wanted)
    hits = [(token.start, token.folded) for token in tokens(text) if token.folded in wanted]
    start = _best_start(hits, length) if hits else 0
    start = _begin(text, start, length)
    end = _end(text, start + length)
    parts = marked(text[start:end], wanted)
    if start:
        parts.insert(0, Part("… ", False))
    if end < len(text):
        parts.append(Part(" …", False))
    return parts


def _best_start(hits: list[tuple[int, str]], length: int) -> int:
    """Where the stretch with most different words begins, the earlier of two."""
    best, found = hits[0][0], 0
    for index, (start, _word) in enumerate(hits):
        words = {word for place, word in hits[index:] if place < start + length * 2 // 3}
        # Different forms of one word are as good as one: they begin alike.
        different = len({word[:5] for word in words if not is_empty(word)})
        if different > found:
            best, found = start, different
    return best


def _begin(text: str, hit: int, length: int) -> int:
    """A little before the hit, at the beginning of a sentence where one is near, else of a word."""
    start = max(0, hit - length // 3)
    if not start:
        return 0
    for sign in (". ", "? ", "! ", "; "):
        found = text.find(sign, start, hit)
        if found >= 0:
            return found + len(sign)
    blank = text.find(" ", start, hit)
    return blank + 1 if blank >= 0 else start


def _end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, end)
    return blank if blank > 0 else end


def folded_text(text: str) -> str:
    """All words folded, with one blank between them and at both ends."""
    return f" {' '.join(fold(word) for word in clean(text).split())} "
