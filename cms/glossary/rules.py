"""Decisions of the glossary: the order of the alphabet, which words are forms of a term, where a text uses one first.

Polish words bend. Two words are taken for forms of one when they share a stem and differ by endings of the declension
alone; whatever bends more than that (a lost vowel, another word) is declared with the term.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from anyascii import anyascii

# --- Order -------------------------------------------------------------------------------------------------------

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_PLACE = {letter: f"{place:02}" for place, letter in enumerate(ALPHABET, start=1)}


def sort_key(title: str) -> str:
    """The key by which titles stand in the order of the Polish alphabet: two digits for each letter, none for signs.

    Digits sort alike in every database; letters with diacritics do not.
    """
    plain = unicodedata.normalize("NFC", title).casefold()
    words = [
        "".join(_PLACE.get(sign) or _PLACE.get(anyascii(sign)[:1].casefold(), "") for sign in word)
        for word in re.split(r"[\W_]+", plain)
    ]
    return "00".join(word for word in words if word)[:250]


def letter_of(title: str) -> str:
    """The letter under which a title stands: „Ś” for „środki”, “#” for one that begins with none."""
    first = unicodedata.normalize("NFC", title).strip()[:1].casefold()
    if first in _PLACE:
        return first.upper()
    plain = anyascii(first)[:1].casefold()
    return plain.upper() if plain in _PLACE else "#"


def letters_of(language: str) -> frozenset[str]:
    """The letters that begin words of a language often enough to stand in its alphabet always."""
    polish = frozenset(ALPHABET.upper()) - frozenset("ĄĆĘŃÓQVXYŹ")
    return polish if language == "pl" else frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def fold(text: str) -> str:
    """Small letters without diacritics, for the search."""
    return " ".join(anyascii(unicodedata.normalize("NFC", text)).casefold().split())


# --- Forms of words ----------------------------------------------------------------------------------------------

_ENDINGS = frozenset(
    {"", "a", "u", "ą", "ę", "e", "y", "i", "o", "om", "ów", "ami", "ach", "em", "ie", "ia", "iu", "ią", "ię", "io"}
    | {"iem", "iom", "iami", "iach", "iów", "owi", "iowi", "owie", "ego", "emu", "ej", "ym", "ymi", "ych", "im", "imi"}
    | {"ich", "iego", "iemu", "iej", "ii", "mi"}
)
# What the last sound of a stem becomes before some endings: grant – grancie, uczestnik – uczestnicy.
_SOFT = {
    "t": ("cie", "ci"), "d": ("dzie", "dzi"), "r": ("rze", "rzy"), "ł": ("le", "li"), "k": ("ce", "cy"),
    "g": ("dze", "dzy"), "ch": ("sze", "si"), "st": ("ście", "ści"),
}  # fmt: skip
_HARD = str.maketrans("ńćśź", "ncsz")
SHORTEST = 4
"""Shorter words, such as „do” and „pod”, are the same only when they are spelt alike."""


def same_word(form: str, word: str, language: str) -> bool:
    """Whether ``form`` is ``word`` or one of its inflected forms. Both in small letters."""
    if form == word:
        return True
    if min(len(form), len(word)) < SHORTEST:
        return False
    return _same_in_polish(form, word) if language == "pl" else _same_in_english(form, word)


def _same_in_polish(form: str, word: str) -> bool:
    # A soft last letter belongs to the stem: zamówień – zamówienie.
    form, word = (one[:-1] + one[-1].translate(_HARD) for one in (form, word))
    pairs = enumerate(zip(form, word, strict=False))
    shared = next((at for at, (bent, own) in pairs if bent != own), min(len(form), len(word)))
    for end in range(shared, max(2, shared - 5), -1):
        bent, own = form[end:], word[end:]
        if bent in _ENDINGS and own in _ENDINGS:
            return True
        for hard, soft in _SOFT.items():
            if own.startswith(hard) and own[len(hard) :] in _ENDINGS and bent in soft:
                return True
    return False


def _same_in_english(form: str, word: str) -> bool:
    shorter, longer = sorted((form, word), key=len)
    if longer in {f"{shorter}{end}" for end in ("s", "es", "'s", "’s")}:
        return True
    return shorter.endswith("y") and longer == f"{shorter[:-1]}ies"


# --- Terms in a text ---------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+(?:[\u2060'’-]+[^\W_]+)*")
_GAP = re.compile(r"[\s\u2060]+")
_SUFFIX = re.compile(r"(?:-[a-ząćęłńóśźż]{1,4}|['’]?s)?")
JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One of the names of a term as its words; an abbreviation is compared letter by letter: „OWES”, „OWES-u”."""

    term: str
    words: tuple[str, ...]
    is_abbreviation: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of all terms of a language, by the first two letters of their first word."""

    language: str
    by_beginning: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)


def phrases_of(term: str, names: Iterable[str], abbreviations: Iterable[str]) -> Iterator[Phrase]:
    """The names of a term as phrases. What is written in capitals is an abbreviation, wherever it stands."""
    for name in [*names, *abbreviations]:
        words = tuple(_WORD.findall(name))
        if not words:
            continue
        if len(words) == 1 and words[0].isupper() and len(words[0]) > 1:
            yield Phrase(term, words, is_abbreviation=True)
        else:
            yield Phrase(term, tuple(word.casefold() for word in words))


def vocabulary(phrases: Iterable[Phrase], language: str) -> Vocabulary:
    """These phrases, ready to be looked for: of two that begin alike the longer one comes first."""
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=lambda one: -len(one.words)):
        found.setdefault(phrase.words[0][:2].casefold(), []).append(phrase)
    return Vocabulary(language, {start: tuple(those) for start, those in found.items()})


@dataclass(frozen=True, slots=True)
class Use:
    """Where in a text a term stands."""

    term: str
    start: int
    end: int


def first_uses(text: str, known: Vocabulary, seen: Collection[str] = ()) -> list[Use]:
    """The first use of each term in a text, in order; of those in ``seen`` none. Uses do not overlap.

    A longer name hides a shorter one inside it: „podmiot ekonomii społecznej” is no use of „ekonomia społeczna”.
    """
    words = list(_WORD.finditer(text))
    done = set(seen)
    uses: list[Use] = []
    place = 0
    while place < len(words):
        phrase = _phrase_at(text, words, place, known)
        if phrase is None:
            place += 1
            continue
        last = place + len(phrase.words) - 1
        if phrase.term not in done:
            done.add(phrase.term)
            uses.append(Use(phrase.term, words[place].start(), words[last].end()))
        place = last + 1
    return uses


def _phrase_at(text: str, words: list[re.Match[str]], place: int, known: Vocabulary) -> Phrase | None:
    written = words[place][0].replace(JOINER, "")
    for phrase in known.by_beginning.get(written[:2].casefold(), ()):
        if phrase.is_abbreviation:
            own = phrase.words[0]
            if written.startswith(own) and _SUFFIX.fullmatch(written[len(own) :]):
                return phrase
        elif _stands_here(text, words, place, phrase, known.language):
            return phrase
    return None


def _stands_here(text: str, words: list[re.Match[str]], place: int, phrase: Phrase, language: str) -> bool:
    if place + len(phrase.words) > len(words):
        return False
    for step, word in enumerate(phrase.words):
        here = words[place + step]
        if step and not _GAP.fullmatch(text, words[place + step - 1].end(), here.start()):
            return False
        if not same_word(here[0].replace(JOINER, "").casefold(), word, language):
            return False
    return True
