"""Rules of certificates: numbers, states, codes and names as people type them, limits. Pure: no Django, no clock."""

import hmac
import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    The whole address of a certificate is taken for the code in it.
    """
    address = re.search(r"/c/([^/?#]+)", typed)
    kept = "".join(sign for sign in (address[1] if address else typed).upper() if sign.isalnum())
    return kept.translate(_READ_AS)


_AS_DIGIT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IN_ONE = re.compile(r"([A-Z0-9]{0,7}?[A-Z])(2[0O][0-9OIL]{2})([0-9OIL]{1,9})")


def normalise_number(typed: str) -> str:
    """A number as people type it: ``aw 2026 1``, ``AW202600001`` and ``AW/2O26/OOOO1`` are ``AW/2026/00001``.

    In year and sequence O is read as 0, I and L as 1. Empty when it cannot be a number.
    """
    parts = "".join(sign if sign.isalnum() else " " for sign in typed.upper()).split()
    if len(parts) < 3 and (in_one := _IN_ONE.fullmatch("".join(parts))):
        parts = list(in_one.groups())
    if len(parts) != 3 or len(parts[0]) > 8:
        return ""
    series, year, sequence = parts[0], *(part.translate(_AS_DIGIT) for part in parts[1:])
    if not (year.isdecimal() and sequence.isdecimal()) or len(year) != 4 or len(sequence) > 9:
        return ""
    return full_number(series, int(year), int(sequence))


def masked_name(name: str) -> str:
    """The holder as a stranger sees them: the first letter of each word and an ellipsis, „Ż… G…-Ś…”.

    Nothing tells how long the name is.
    """
    words = ("-".join(_masked(part) for part in word.split("-") if part) for word in name.split())
    return " ".join(word for word in words if word)


def _masked(part: str) -> str:
    first = next((sign for sign in part if sign.isalpha()), part[0])
    return f"{first}…"


def surname_matches(folded_holder: str, folded_typed: str, *, surname_words: int = 1) -> bool:
    """Whether the words typed are the last words of the holder's name, or the first part of a double surname.

    Both are folded; ``surname_words`` is of how many words the surname consists, two in „Gołębiowska-Śliwińska”. All
    is compared in constant time.
    """
    holder, typed = folded_holder.split(), folded_typed.split()
    if not typed or len(typed) > len(holder):
        return False
    tail, head = holder[-len(typed) :], holder[-surname_words:][: len(typed)]
    said = " ".join(typed).encode()
    whole, first = (hmac.compare_digest(" ".join(words).encode(), said) for words in (tail, head))
    return whole or first


NAME_WAIT = timedelta(days=3)
"""So long after the completion a certificate waits for the learner to confirm the name, and no longer."""


def name_is_settled(*, name: str, confirmed: str, can_be_asked: bool, completed_at: datetime, now: datetime) -> bool:
    """Whether a certificate may carry ``name``.

    The learner has confirmed this very name, or has no account and cannot be asked, or has not answered in time.
    """
    return bool(name) and (confirmed == name or not can_be_asked or now >= completed_at + NAME_WAIT)


HOLDER_KEPT_YEARS = 10


def first_year_kept(this_year: int) -> int:
    """Of certificates issued before this year the holder's name is no longer kept: ten years from the year of issue."""
    return this_year - HOLDER_KEPT_YEARS


def opens_again(*, was_active: bool, is_active: bool, day_given: bool) -> bool:
    """Whether an award that is switched on starts to count from now.

    It does not reach back to those who completed while it was off, unless somebody set the day on purpose.
    """
    return is_active and not was_active and not day_given


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` of something in a window of ``seconds``; windows stand at fixed times."""

    name: str
    count: int
    seconds: int

    def window(self, at: float) -> int:
        """The number of the window in which the moment lies (seconds since 1970)."""
        return int(at) // self.seconds

    def wait(self, at: float) -> int:
        """In how many seconds the next window begins; at least one."""
        return self.seconds - int(at) % self.seconds


LOOKUPS = Limit("lookup", 60, 60)
SURNAMES_OF_VISITOR = Limit("surname-visitor", 10, 600)
SURNAMES_OF_CERTIFICATE = Limit("surname-certificate", 10, 600)


def visitor_address(remote: str, forwarded: str, trusted_proxies: int) -> str:
    """The address to count by: as many entries from the end of X-Forwarded-For as there are proxies of our own.

    Whatever a visitor wrote into the header himself stands before those and is not believed. Of an IPv6 address the
    first 64 bits count, since one household has all of the rest.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    behind = hops[-trusted_proxies] if len(hops) >= trusted_proxies > 0 else ""
    for shown in (behind, remote):
        try:
            address = ipaddress.ip_address(shown)
        except ValueError:
            continue
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return "unknown"
