"""Rules of certificates: numbers, states, codes and names as people type them. Pure: no Django, no clock."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CODE_LENGTH = 26
_READ_AS = str.maketrans({"1": "L", "I": "L", "O": "Q", "0": "Q"})


class State(StrEnum):
    """What a certificate is worth on the day it is checked."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Validity:
    """A state, and since when it holds where it is not valid any more."""

    state: State
    since: datetime | None = None


def validity(*, replaced_at: datetime | None, revoked_at: datetime | None) -> Validity:
    """Revoked counts before replaced, replaced before valid."""
    if revoked_at is not None:
        return Validity(State.REVOKED, revoked_at)
    if replaced_at is not None:
        return Validity(State.REPLACED, replaced_at)
    return Validity(State.VALID)


def full_number(series: str, year: int, sequence: int) -> str:
    """The number as printed: series, year and five digits or more (``AW/2026/00001``)."""
    return f"{series}/{year}/{sequence:05d}"


def normalise_code(typed: str) -> str:
    """A code as people type it: blanks and dashes are passed over, small letters are large, 1 and I are read as L.

    The alphabet of codes has no 0, 1, I and O; what looks like one of them is read as the letter that it resembles.
    """
    kept = "".join(sign for sign in typed.upper() if sign.isalnum())
    return kept.translate(_READ_AS)


def normalise_number(typed: str) -> str:
    """A number as people type it: ``aw 2026 1`` and ``AW/2026/00001`` are the same. Empty when it cannot be one."""
    parts = [part for part in "".join(s if s.isalnum() else " " for s in typed.upper()).split() if part]
    if (
        len(parts) != 3
        or not (parts[1].isdecimal() and parts[2].isdecimal())
        or len(parts[2]) > 9
        or len(parts[1]) != 4
    ):
        return ""
    return full_number(parts[0][:8], int(parts[1]), int(parts[2]))


def masked_name(name: str) -> str:
    """The holder as a stranger sees them: the first letter of each word and an ellipsis.

    Nothing tells how long the name is.
    """
    return " ".join(f"{word[0]}…" for word in name.split())


def surname_matches(folded_holder: str, folded_typed: str) -> bool:
    """Whether the words typed are the last words of the holder's name; both folded, compared in constant time."""
    holder, typed = folded_holder.split(), folded_typed.split()
    if not typed or len(typed) > len(holder):
        return False
    tail = " ".join(holder[-len(typed) :])
    return hmac.compare_digest(tail.encode(), " ".join(typed).encode())
