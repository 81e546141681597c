"""Names of people: which are accepted, how they are compared and sorted. Roles. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from anyascii import anyascii

NAME_MAX = 200
_MARKS_MAX = 3


class Role(StrEnum):
    """What somebody does for the academy beside learning; the value is the name of the group."""

    EDITORS = "Editors"
    LEAD_EDITORS = "Lead editors"
    TRAINERS = "Trainers"
    COORDINATORS = "Coordinators"
    ADMINISTRATORS = "Administrators"


class NameFault(StrEnum):
    """Why a name cannot stand on a certificate."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    EMOJI = "emoji"
    DIGIT = "digit"
    INVISIBLE = "invisible"
    SIGN = "sign"
    NO_LETTERS = "no_letters"
    STACKED_MARKS = "stacked_marks"


@dataclass(frozen=True)
class NameProblem:
    """A fault and, where one sign is to blame, that sign."""

    fault: NameFault
    sign: str = ""


# What comes in with pasted text and shows nothing: zero-width blanks, soft hyphen, direction marks.
_DROPPED = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c"))
_ONE_FORM = str.maketrans({"‐": "-", "‑": "-", "–": "-", "−": "-", "‘": "’", "`": "’", "´": "’"})
_JOINERS = "\u200c\u200d"
_ALLOWED = " -'’."


def normalise_name(name: str) -> str:
    """The name as it is kept: composed (NFC), one blank between words, no invisible remains of pasting."""
    composed = unicodedata.normalize("NFC", name).translate(_DROPPED).translate(_ONE_FORM)
    return unicodedata.normalize("NFC", " ".join(composed.split()))


def name_problem(name: str) -> NameProblem | None:
    """What keeps a normalised name from a certificate, or None.

    Letters of any script with their marks, blanks, hyphen, apostrophe and dot are accepted, up to 200 signs.
    Everything else has no place in the name of a person, or cannot be set in an accessible document.
    """
    if not name:
        return NameProblem(NameFault.EMPTY)
    if len(name) > NAME_MAX:
        return NameProblem(NameFault.TOO_LONG)
    marks = 0
    for position, sign in enumerate(name):
        category = unicodedata.category(sign)
        marks = marks + 1 if category.startswith("M") else 0
        if marks > _MARKS_MAX or (marks and position == 0):
            return NameProblem(NameFault.STACKED_MARKS)
        if category.startswith("L") or sign in _ALLOWED or (category in ("Mn", "Mc") and not _is_emoji(sign)):
            continue
        if sign in _JOINERS and _joins_letters(name, position):
            continue
        return NameProblem(_fault_of(sign, category), sign)
    if sum(unicodedata.category(sign).startswith("L") for sign in name) < 2:
        return NameProblem(NameFault.NO_LETTERS)
    return None


def _joins_letters(name: str, position: int) -> bool:
    around = name[position - 1 : position] + name[position + 1 : position + 2]
    return len(around) == 2 and all(unicodedata.category(sign)[0] in "LM" for sign in around)


def _is_emoji(sign: str) -> bool:
    """Whether the sign is a picture or shapes one: variation selectors, the keycap, tags, flags."""
    code = ord(sign)
    return 0xFE00 <= code <= 0xFE0F or code == 0x20E3 or 0x1F000 <= code <= 0x1FBFF or 0xE0000 <= code <= 0xE01EF


def _fault_of(sign: str, category: str) -> NameFault:
    if _is_emoji(sign) or category == "So":
        return NameFault.EMOJI
    if category.startswith("N"):
        return NameFault.DIGIT
    if category.startswith(("C", "Z")):
        return NameFault.INVISIBLE
    return NameFault.SIGN


def search_name(name: str) -> str:
    """The name as it is searched for: small letters without diacritics, „Żółć-Ługowska” as ``zolc lugowska``."""
    folded = anyascii(unicodedata.normalize("NFC", name)).casefold()
    return " ".join(re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-_/,.]", " ", folded)).split())[:250]


def fold_organisation(name: str) -> str:
    """The name of an organisation for comparison: one blank between words, small letters."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()[:250]


# A Polish letter with a diacritic is a letter of its own and follows the plain one. Written with letters alone, since
# a database's collation may pass over other signs.
_SORTED = {"ą": "azz", "ć": "czz", "ę": "ezz", "ł": "lzz", "ń": "nzz", "ó": "ozz", "ś": "szz", "ź": "zzz", "ż": "zzzz"}


def sort_name(name: str) -> str:
    """The key by which lists are sorted: surname first, in the order of the Polish alphabet."""
    words = name.split()
    turned = " ".join([*words[-1:], *words[:-1]])
    key = "".join(
        _SORTED.get(sign) or anyascii(sign).casefold() for sign in unicodedata.normalize("NFC", turned).casefold()
    )
    return " ".join(re.sub(r"[^a-z ]", "", key.replace("-", " ")).split())[:250]


_MAIL_HOSTS = (
    "gmail.com", "wp.pl", "o2.pl", "onet.pl", "poczta.onet.pl", "interia.pl", "op.pl", "vp.pl", "tlen.pl", "gazeta.pl",
    "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "proton.me", "um.torun.pl",
)  # fmt: skip


def likely_address(email: str) -> str:
    """The address that was probably meant when the host of ``email`` is one slip away from a well-known one."""
    local, at, host = email.strip().lower().rpartition("@")
    if not at or not local or host in _MAIL_HOSTS:
        return ""
    for known in _MAIL_HOSTS:
        if len(known) > 5 and _one_slip(host, known):
            return f"{local}@{known}"
    return ""


def _one_slip(written: str, meant: str) -> bool:
    """Whether one letter was added, left out, exchanged, or two neighbours swapped."""
    if abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    rest_written, rest_meant = written[start:], meant[start:]
    return (
        rest_written[1:] == rest_meant[1:]
        or rest_written[1:] == rest_meant
        or rest_written == rest_meant[1:]
        or (rest_written[:2] == rest_meant[:2][::-1] and rest_written[2:] == rest_meant[2:])
    )


_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrom", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def device_name(user_agent: str) -> str:
    """What people call the browser and the device that sign themselves so, „Firefox, Windows”; else as they sign."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or user_agent[:80]
