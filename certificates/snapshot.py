"""What stands on a certificate, as plain data, and how its words are set.

A snapshot is a dictionary that survives JSON. It holds every word of the paper, the fixed ones too (``labels``), so a
certificate printed again in ten years says what it said on its first day. Nothing here reads a clock, a file or a
database.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NotRequired, TypedDict

from certificates.labels import default_labels

__all__ = [
    "DocumentError",
    "Part",
    "Snapshot",
    "code_in_groups",
    "code_in_lines",
    "date_in_words",
    "default_labels",
    "facts",
    "paper_words",
    "period_in_words",
]


class DocumentError(Exception):
    """The paper cannot be made from this snapshot.

    ``code`` is for programs: ``snapshot`` (a field is missing or wrong), ``minutes`` (the programme does not add up),
    ``control`` (an invisible control character), ``glyph`` (a character that no font of the paper has, such as an
    emoji), ``overflow`` (more text than page 1 holds), ``typst`` (anything else). ``field`` names the place in the
    snapshot where it is known and ``characters`` the characters that are to blame.
    """

    def __init__(self, code: str, message: str, *, field: str = "", characters: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.characters = characters


class Part(TypedDict):
    code: str
    title: str
    minutes: int


class Outcomes(TypedDict, total=False):
    knowledge: list[str]
    skills: list[str]
    social: list[str]


class Issuer(TypedDict):
    name: str
    address: str
    contact: str


class Signatory(TypedDict):
    name: str
    function: str


class Snapshot(TypedDict):
    """Every word on one certificate. Dates are ISO days; empty strings leave their line out."""

    language: str
    series: str
    number: str
    code: str  # as in the address; printed in groups of four
    verify_url: str
    verify_page: NotRequired[str]  # where a code is typed in; without it, verify_url up to the code
    document_title: str
    holder_name: str
    course_title: str
    course_language: NotRequired[str]  # in which the title is worded, where the course has no other
    course_form: str
    course_form_code: NotRequired[str]  # by which a verification names the form in its own language
    started_on: str
    completed_on: str
    issued_on: str
    issued_place: str
    hours_text: str
    minutes: int
    lesson_hour_minutes: int
    programme: list[Part]
    outcomes: Outcomes
    verification_method: str
    verification_summary: NotRequired[str]  # the method in a few words, for page 1
    result: str
    issuer: Issuer
    signatory: Signatory
    trainer: str
    validator: str
    funding_note: str
    not_note: str
    is_sample: bool
    labels: dict[str, Any]


REQUIRED = (
    "language",
    "number",
    "code",
    "verify_url",
    "document_title",
    "holder_name",
    "course_title",
    "completed_on",
    "issued_on",
    "hours_text",
    "minutes",
    "programme",
    "outcomes",
    "issuer",
    "signatory",
    "labels",
)

# Characters that turn the direction of text or hide it. Joiners (Persian and Urdu names) and marks stay allowed.
FORBIDDEN_FORMATS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb")
FORBIDDEN_CATEGORIES = frozenset(("Cc", "Cs", "Co", "Cn"))

# A longer run of characters without a place to break may be wider than a column of page 2, or than the name's line.
LONGEST_RUN = 24
# What a code of 28 mm holds with modules of at least half a millimetre.
LONGEST_QR_TEXT = 180
# Addresses stand alone in a wider column and should be copied without anything hidden in them.
LONGEST_ADDRESS = 40
RUN = re.compile(r"[^\s\u2010-\u2014\-/]+")
SHORT_WORD = re.compile(r"(?<![^\s(„«\[–])([aiouwzAIOUWZ]) (?=\S)")
ARTICLE = re.compile(r"\b(an?|the|of) (?=\S)", re.IGNORECASE)
BEFORE_YEAR_SIGN = re.compile(r"(?<=\d) (?=(?:r|w|min|godz|zł)\b)")
BEFORE_DASH = re.compile(r" (?=[–—] )")


def checked(snapshot: Mapping[str, Any]) -> None:
    """Refuse a snapshot that cannot become a truthful paper; say which field is to blame."""
    for field in REQUIRED:
        if field not in snapshot or snapshot[field] in ("", None):
            raise DocumentError("snapshot", f"The snapshot lacks {field!r}.", field=field)
    if snapshot["language"] not in ("pl", "en"):
        raise DocumentError("snapshot", "Certificates are made in Polish and English only.", field="language")
    address = snapshot["verify_url"]
    if not re.match(r"https?://\S+\Z", address) or len(address) > LONGEST_QR_TEXT:
        raise DocumentError("snapshot", "verify_url is no web address that a QR code holds.", field="verify_url")
    for path, text in strings(snapshot):
        bad = "".join(
            char
            for char in text
            if char in FORBIDDEN_FORMATS or (char != "\n" and unicodedata.category(char) in FORBIDDEN_CATEGORIES)
        )
        if bad:
            names = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(bad))
            raise DocumentError("control", f"{path} holds control characters: {names}.", field=path, characters=bad)
    try:
        planned = sum(part["minutes"] for part in snapshot["programme"])
    except (KeyError, TypeError):
        raise DocumentError("snapshot", "A part of the programme lacks its minutes.", field="programme") from None
    if planned != snapshot["minutes"]:
        message = f"The parts add up to {planned} minutes, the certificate says {snapshot['minutes']}."
        raise DocumentError("minutes", message, field="minutes")


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the snapshot with its place in it, as ``programme.0.title``."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from strings(item, f"{path}.{index}")


# ---- Words ------------------------------------------------------------------------------------------------------


def filled(pattern: str, **values: object) -> str:
    """Put the values in the pattern's ``{places}``. Unlike ``str.format`` it never looks inside a value."""
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), pattern)


def parsed_day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise DocumentError("snapshot", f"{field} is not a day: {text!r}.", field=field) from None


def date_in_words(day: date, labels: Mapping[str, Any]) -> str:
    """``11 grudnia 2026 r.`` or ``11 December 2026``."""
    return filled(labels["date"], day=day.day, month=labels["months"][day.month - 1], year=day.year)


def period_in_words(first: date, last: date, labels: Mapping[str, Any]) -> str:
    """From–to without repeating what is the same: ``2–14 listopada 2026 r.``."""
    if first >= last:
        return date_in_words(last, labels)
    if first.year != last.year:
        pattern = labels["period_years"]
    elif first.month != last.month:
        pattern = labels["period_months"]
    else:
        pattern = labels["period_days"]
    months = labels["months"]
    return filled(
        pattern,
        day1=first.day,
        month1=months[first.month - 1],
        year1=first.year,
        day2=last.day,
        month2=months[last.month - 1],
        year2=last.year,
    )


def code_in_groups(code: str) -> str:
    """The code in groups of four, as it is printed, since nobody copies 26 signs in one go."""
    if "-" in code or len(code) <= 6:
        return code
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def code_in_lines(code: str) -> list[str]:
    """The code in lines of at most four groups, so that it parts at the same place wherever it is compared."""
    groups = re.findall(r"[^-]+-?", code_in_groups(code))
    return ["".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]


def facts(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rows of page 1, label and value, in their order; rows without a value are left out."""
    labels = snapshot["labels"]
    completed = parsed_day(snapshot["completed_on"], "completed_on")
    started = parsed_day(snapshot.get("started_on") or snapshot["completed_on"], "started_on")
    method = (snapshot.get("verification_summary") or snapshot.get("verification_method", "")).rstrip(". \n")
    result = filled(labels["result_short"], result=snapshot["result"]) if snapshot.get("result") else ""
    trainer, validator = snapshot.get("trainer", ""), snapshot.get("validator", "")
    rows = [
        (labels["period"], period_in_words(started, completed, labels)),
        (labels["hours"], snapshot["hours_text"]),
        (labels["form"], snapshot.get("course_form", "")),
        (labels["verification"], ", ".join(text for text in (method, result) if text)),
    ]
    if trainer and validator:
        rows.append((labels["trainer"], filled(labels["trainer_validator"], trainer=trainer, validator=validator)))
    else:
        rows += [(labels["trainer"], trainer), (labels["validator"], validator)]
    return [(label, value) for label, value in rows if value]


# ---- Setting ----------------------------------------------------------------------------------------------------


def set_text(text: str, language: str, longest_run: int = LONGEST_RUN) -> str:
    """Composed letters, Polish no-break spaces, and hidden places to break in runs wider than a column."""
    text = unicodedata.normalize("NFC", text).strip()
    if language == "pl":
        text = SHORT_WORD.sub("\\1\u00a0", text)
        text = BEFORE_YEAR_SIGN.sub("\u00a0", text)
    else:
        text = ARTICLE.sub("\\1\u00a0", text)
    text = BEFORE_DASH.sub("\u00a0", text)
    return RUN.sub(lambda run: "\u200b".join(run[0]) if len(run[0]) > longest_run else run[0], text)


def has_rtl_letters(text: str) -> bool:
    """Whether any letter is written from right to left; joined scripts fall apart when letters are spaced."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def direction(text: str) -> str:
    """``rtl`` when the first letter that has a direction is written from right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def typed_address(snapshot: Mapping[str, Any]) -> list[str]:
    """The address that a person types before the code, without scheme; a long one in pieces that may stand on
    two lines."""
    address = snapshot.get("verify_page") or snapshot["verify_url"].split(snapshot["code"])[0]
    address = re.sub(r"^https?://", "", address).rstrip("/")
    return re.findall(r"[^./]+[./]?", address) if len(address) > LONGEST_RUN else [address]


def paper_words(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the layout prints, set and in order. Raises ``DocumentError``."""
    checked(snapshot)
    try:
        return arranged(snapshot)
    except KeyError as missing:
        field = str(missing.args[0])
        raise DocumentError("snapshot", f"The snapshot lacks {field!r}.", field=field) from missing


def arranged(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    language, labels = snapshot["language"], snapshot["labels"]

    def words(text: str) -> str:
        return set_text(text or "", language)

    def lines(*texts: str) -> list[str]:
        return [words(line) for text in texts if text for line in text.split("\n") if line.strip()]

    issued = parsed_day(snapshot["issued_on"], "issued_on")
    issuer, signatory = snapshot["issuer"], snapshot["signatory"]
    signed_by = ", ".join(text for text in (signatory.get("name", ""), signatory.get("function", "")) if text)
    issued_line = date_in_words(issued, labels)
    if snapshot.get("issued_place"):
        issued_line = filled(labels["issued"], place=snapshot["issued_place"], date=issued_line)
    result = filled(labels["result"], result=snapshot["result"]) if snapshot.get("result") else ""
    outcomes = snapshot["outcomes"]
    return {
        "language": language,
        "title": f"{' '.join(snapshot['document_title'].split())} {snapshot['number']}",
        "author": issuer["name"],
        "description": filled(labels["description"], holder=snapshot["holder_name"], course=snapshot["course_title"]),
        "date": {"year": issued.year, "month": issued.month, "day": issued.day},
        "running": {
            "brand": lines(labels["brand"]),
            "word": words(labels["number"]),
            "number": snapshot["number"],
            "page": words(labels["page"]),
            "sample": words(labels["sample"]) if snapshot.get("is_sample") else None,
        },
        "labels": {key: words(labels[key]) for key in ("holder", "course", "verify", "code")},
        "document_title": lines(snapshot["document_title"]),
        "holder_name": words(snapshot["holder_name"]),
        "holder_direction": direction(snapshot["holder_name"]),
        "holder_tracked": not has_rtl_letters(snapshot["holder_name"]),
        "course_title": words(filled(labels["course_quoted"], title=snapshot["course_title"])),
        "facts": [(words(label), words(value)) for label, value in facts(snapshot)],
        "issued_line": words(issued_line),
        "signed_by": words(signed_by),
        "issuer": [
            *lines(filled(labels["on_behalf"], issuer=issuer["name"]), issuer.get("address", "")),
            *[set_text(line, language, LONGEST_ADDRESS) for line in issuer.get("contact", "").splitlines()],
        ],
        "verify_url": snapshot["verify_url"],
        "verify_page": typed_address(snapshot),
        "code": code_in_lines(snapshot["code"]),
        "qr_alt": filled(labels["qr_alt"], url=snapshot["verify_url"]),
        "back": {
            "headings": {
                "programme": words(labels["programme"]),
                "outcomes": words(labels["outcomes"]),
                "verification": words(labels["verification_heading"]),
            },
            "columns": [words(labels[column]) for column in ("part", "topic", "minutes")],
            "programme": [
                {"code": words(part["code"]), "title": words(part["title"]), "minutes": str(part["minutes"])}
                for part in snapshot["programme"]
            ],
            "total": words(filled(labels["total"], hours=snapshot["hours_text"])),
            "minutes": str(snapshot["minutes"]),
            "outcomes": [
                {"name": words(labels[kind]), "items": [words(text) for text in outcomes[kind]]}
                for kind in ("knowledge", "skills", "social")
                if outcomes.get(kind)
            ],
            "method": lines(snapshot.get("verification_method", ""), result),
            "notes": lines(snapshot.get("not_note", ""), snapshot.get("funding_note", "")),
        },
    }
