"""Decisions of the library: who may open a file, how a publication is cited."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from media.rules import duration_for_machines

PUBLIC = "public"
SIGNED_IN = "signed_in"
"""Who may open a file: everybody, whoever is signed in, or a group, written as its kind and id ("course:…")."""


def group_access(kind: str, group: str) -> str:
    """The group as a file keeps it."""
    return f"{kind}:{group}"


def group_of(access: str) -> tuple[str, str] | None:
    """Kind and id of the group that a file is for; None where it is for everybody or for the signed-in."""
    kind, colon, group = access.partition(":")
    return (kind, group) if colon else None


class Refusal(StrEnum):
    """Why a file does not open now."""

    NOT_YET = "not_yet"
    SIGN_IN = "sign_in"
    NOT_YOURS = "not_yours"


def refusal(access: str, *, opens_on: date | None, today: date, admitted: Collection[str]) -> Refusal | None:
    """Why this reader, whom the accesses in ``admitted`` let in, may not open the file today; None where it opens.

    The date is told first: whoever signs in for a file that opens later would have done so for nothing.
    """
    if opens_on is not None and today < opens_on:
        return Refusal.NOT_YET
    if access == PUBLIC or access in admitted:
        return None
    return Refusal.SIGN_IN if access == SIGNED_IN else Refusal.NOT_YOURS


# --- What is made from an edition --------------------------------------------------------------------------------

LAYOUTS = {"pdf": 2, "epub": 2}
"""The form of each made file. Raised when it changes, so that what was made before is made anew."""


# --- Numbers of publications -------------------------------------------------------------------------------------


def is_isbn(text: str) -> bool:
    """Whether it is an ISBN-10 or ISBN-13, hyphens and blanks apart, whose check digit is right (ISO 2108)."""
    bare = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"97[89]\d{10}", bare):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(bare)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", bare):
        values = [10 if digit == "X" else int(digit) for digit in bare]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return False


def doi_name(text: str) -> str | None:
    """The bare DOI name, such as 10.1000/182, also from an address that holds it; None where it is none."""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.I)
    return bare if re.fullmatch(r"10\.\d{4,9}/\S+", bare) else None


# --- Citations ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """What a citation needs of a publication. ``authors`` as "Surname, Given name" or the name of a body."""

    key: str
    title: str
    year: int
    address: str
    authors: Sequence[str] = ()
    institution: str = ""
    place: str = ""
    isbn: str = ""
    doi: str = ""
    language: str = "pl"


def as_text(record: Record) -> str:
    """The citation as text: "Kowal J., Nowak A., „Title”, Institution, Place 2026, ISBN …"."""
    left, right = ("„", "”") if record.language == "pl" else ("“", "”")
    people = ", ".join(_short_name(author) for author in record.authors)
    parts = [people, f"{left}{record.title}{right}"]
    if record.institution and record.institution not in record.authors:
        parts.append(record.institution)
    parts.append(f"{record.place} {record.year}".strip())
    if record.isbn:
        parts.append(f"ISBN {record.isbn}")
    if record.doi:
        parts.append(f"DOI {record.doi}")
    # At the end and without a full stop, which would be taken for a part of the address.
    words = ", ".join(part for part in parts if part)
    return f"{words}, {record.address}" if record.address else f"{words}."


def as_bibtex(record: Record) -> str:
    """The citation as a BibTeX entry. Names of bodies stand in braces of their own, so that none is torn apart."""
    names = " and ".join(_tex(author) if "," in author else f"{{{_tex(author)}}}" for author in record.authors)
    values = {
        "author": names,
        "title": f"{{{_tex(record.title)}}}",
        "year": str(record.year),
        "publisher": _tex(record.institution),
        "address": _tex(record.place),
        "isbn": record.isbn,
        "doi": record.doi,
        "url": record.address,
        "language": {"pl": "polish", "en": "english"}.get(record.language, record.language),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in values.items() if value)
    return f"@book{{{record.key},\n{lines}\n}}\n"


def as_ris(record: Record) -> str:
    """The citation in RIS, one tag a line, ended by CR LF as the format asks."""
    rows = [
        ("TY", "BOOK"),
        *(("AU", author) for author in record.authors),
        ("TI", record.title),
        ("PY", str(record.year)),
        ("PB", record.institution),
        ("CY", record.place),
        ("SN", record.isbn),
        ("DO", record.doi),
        ("UR", record.address),
        ("LA", record.language),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _short_name(author: str) -> str:
    surname, comma, given = author.partition(",")
    return f"{surname.strip()} {' '.join(f'{name[0]}.' for name in given.split())}" if comma else author


def _tex(text: str) -> str:
    """Text for a value in braces: what TeX would take for orders is marked."""
    marked = re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\^~]", "", text))
    return " ".join(marked.split())


LICENCE_ADDRESSES = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-nc-nd-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}
"""Where a licence is written down, by its name in a record."""


def as_author(name: str) -> dict[str, str]:
    """An author in the words of schema.org: “Surname, Given name” is a person, any other name an institution."""
    return {"@type": "Person" if "," in name else "Organization", "name": name}


def as_video(title: str, summary: str, language: str, seconds: float | None) -> dict[str, str]:
    """A film within an edition in the words of schema.org."""
    told = {"name": title, "description": summary, "inLanguage": language, "duration": duration_for_machines(seconds)}
    return {"@type": "VideoObject"} | {name: value for name, value in told.items() if value}
