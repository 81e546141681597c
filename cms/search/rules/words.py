"""Words of a text as the index knows them: folded to plain letters, and cut to the part that endings leave alone."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

LONGEST = 40
"""Letters of a word that are kept; whatever is longer is no word that anybody types."""

_RUN = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u2013][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_DIGITS = 9
"""A number of so many digits in three or more pieces is one number: an ISBN, a telephone number."""
_PREFIX = 2
"""“e-mail”, “co-op”: what begins with so few letters is written in one word, too."""

_EMPTY_PL = """
    a aby ale albo ani az bardzo bez beda bedzie bo by byc byl byla bylo byly choc co czego czy czyli dla do gdy
    gdzie go i ich ile im inne inny ja jak jaka jakie jakich jaki jako je jednak jego jej jest jesli jestem jezeli
    juz kiedy kim kto ktora ktore ktory ktorych ktorym lub ma maja mam mi mial miec mnie moge moj moja moje moze
    mozna mozemy my na nad nam nas nasz nasza nie nich nim niz o od on ona one oni oraz po pod przed przez
    przy sa sie skad ta tak takie tam te tego tej tez ten to tu tych tylko tym u w we wiec wszystko z za zas ze
    zeby
"""
_EMPTY_EN = """
    a about an and any are as at be been but by can did do does for from had has have how i if in into is it its
    me my not of on or our shall she so than that the their them then there these they this to was we were what
    when where which who whom why will with would you your
"""
EMPTY = {"pl": frozenset(_EMPTY_PL.split()), "en": frozenset(_EMPTY_EN.split())}
"""Words that say nothing of what a text is about; they stand in no index."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands: ``position`` counts words, ``start`` and ``end`` letters of the text."""

    folded: str
    shown: str
    position: int
    start: int
    end: int


def clean(text: str) -> str:
    """Composed letters, without signs that nobody sees."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


@lru_cache(maxsize=32768)
def fold(word: str) -> str:
    """„Spółdzielnię” → “spoldzielnie”. Letters of any script become plain ones; a sign without any becomes nothing."""
    plain = word if word.isascii() else anyascii(word)
    return _NOT_PLAIN.sub("", plain.lower())[:LONGEST]


def tokens(text: str) -> Iterator[Token]:
    """The words of a cleaned text in order.

    What is written with hyphens is there in its parts and, where it is a number or begins with very few letters, joined
    as well, at the place of its first part.
    """
    position = 0
    for run in _RUN.finditer(text):
        if joined := _joined(run[0]):
            yield Token(joined, run[0], position, run.start(), run.end())
        for piece in _PIECE.finditer(run[0]):
            folded = fold(piece[0])
            if folded:
                start = run.start() + piece.start()
                yield Token(folded, piece[0], position, start, start + len(piece[0]))
                position += 1


def _joined(run: str) -> str:
    """The parts as one word where they are one; else empty."""
    parts = [fold(part) for part in _PIECE.findall(run)]
    if len(parts) < 2:
        return ""
    whole = "".join(parts)
    number = whole.isdigit() and len(whole) >= _DIGITS and len(parts) > 2
    return whole[:LONGEST] if number or (len(parts) == 2 and len(parts[0]) <= _PREFIX and parts[1].isalpha()) else ""


def is_empty(folded: str, language: str | None = None) -> bool:
    """Whether a word says nothing, in this language or, without one, in any."""
    languages = [language] if language in EMPTY else list(EMPTY)
    return any(folded in EMPTY[name] for name in languages)


# The longest first. Folded, so that „ą” and „a” are one ending.
_ENDINGS = """
    iami iach iemu iego ami ach emu ego ymi imi ych ich iom iow owie iem iej om ow em ej ym im ia ie iu io ii ja je ji
    a e i o u y
"""
_ENDINGS_PL = sorted(_ENDINGS.split(), key=len, reverse=True)
_J_ENDINGS = {"ja": "j", "je": "j", "ji": "j"}
_SHORTEST = 3


@lru_cache(maxsize=32768)
def light(folded: str, language: str) -> str:
    """What a word keeps in most of its forms. Short words and numbers stay as they are."""
    if len(folded) <= _SHORTEST or not folded.isalpha():
        return folded
    return _light_en(folded) if language == "en" else _light_pl(folded)


def _light_pl(word: str) -> str:
    for ending in _ENDINGS_PL:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)] + _J_ENDINGS.get(ending, "")
            break
    # „urzędu”, „urząd”; „wniosek”, „wnioski”; „mieszkaniec”, „mieszkańcy”.
    for old, new in (("zed", "zad"), ("iek", "k"), ("ek", "k"), ("iec", "c")):
        if word.endswith(old) and len(word) - len(old) >= 2:
            return word[: -len(old)] + new
    return word


_VOWEL = re.compile(r"[aeiouy]")


def _light_en(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST and _VOWEL.search(stem):
            word = stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > _SHORTEST else word


def same_root(lemma: str, folded: str) -> bool:
    """Whether a dictionary form may be believed: it begins as the word does."""
    return len(lemma) >= _SHORTEST and lemma[:_SHORTEST] == folded[:_SHORTEST]


def bones(folded: str) -> str:
    """The consonants, each once in a row: what most slips of the pen leave."""
    out = ""
    for letter in folded:
        if letter not in "aeiouy" and not out.endswith(letter):
            out += letter
    return out[:12]
