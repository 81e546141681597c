"""What somebody typed, as the words and phrases that are looked for."""

import re
from dataclasses import dataclass

from cms.search.rules.words import clean, is_empty, tokens

MOST_SIGNS = 200
MOST_WORDS = 12

_BLANKS = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MARKS = '"\u201e\u201c\u201d\u00ab\u00bb'
_QUOTED = re.compile(f"[{_MARKS}]([^{_MARKS}]{{1,200}})[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is looked for: how it was typed, and folded."""

    shown: str
    folded: str


@dataclass(frozen=True, slots=True)
class Question:
    """``words`` without those that say nothing; ``phrases`` are tuples of (word, distance from the first)."""

    text: str
    words: tuple[Word, ...]
    phrases: tuple[tuple[tuple[str, int], ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


def tidied(typed: str) -> str:
    """In one line, without signs that nobody can see."""
    return _BLANKS.sub(" ", _CONTROL.sub(" ", clean(typed))).strip()


def question(typed: str) -> Question:
    """Every text is a question; one without any word asks for nothing."""
    text = tidied(typed)[:MOST_SIGNS]
    found: dict[str, Word] = {}
    for word in _words(text):
        if not is_empty(word.folded):
            found.setdefault(word.folded, word)
    phrases = []
    for quoted in _QUOTED.findall(text):
        kept = [(token.folded, token.position) for token in tokens(quoted) if not is_empty(token.folded)]
        if len(kept) > 1:
            first = kept[0][1]
            phrases.append(tuple((folded, position - first) for folded, position in kept))
    return Question(text=text, words=tuple(found.values())[:MOST_WORDS], phrases=tuple(phrases))


def _words(text: str) -> list[Word]:
    """The words of a question. One that is written with a hyphen and is one word counts as that word alone."""
    found: list[Word] = []
    behind = -1
    for token in tokens(text):
        if token.start < behind:
            continue
        if not token.shown.isalnum():
            behind = token.end
        found.append(Word(shown=token.shown.lower(), folded=token.folded))
    return found


def replaced(asked: Question, corrections: dict[str, str]) -> str:
    """The text of a question with some of its words written otherwise."""
    out, behind = "", 0
    for token in tokens(asked.text):
        if token.start >= behind and token.folded in corrections:
            out += asked.text[behind : token.start] + corrections[token.folded]
            behind = token.end
    return out + asked.text[behind:]
