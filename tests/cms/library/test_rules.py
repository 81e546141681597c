"""Who may open a file, how a publication is cited."""

from collections.abc import Collection
from datetime import date

import pytest

from cms.library.rules import (
    PUBLIC,
    SIGNED_IN,
    Record,
    Refusal,
    as_bibtex,
    as_ris,
    as_text,
    doi_name,
    is_isbn,
    refusal,
)

TODAY = date(2026, 11, 24)
TOMORROW = date(2026, 11, 25)
GUIDE = Record(
    key="poradnik-2014",
    title="Program współpracy & praktyka",
    year=2014,
    address="https://example.org/pl/publikacje/poradnik/",
    authors=("Kowal, Jan Piotr", "CISTOR"),
    institution="CISTOR",
    place="Toruń",
    isbn="978-83-940662-0-8",
)


@pytest.mark.rule("library-1")
@pytest.mark.parametrize(
    ("access", "opens_on", "admitted", "expected"),
    [
        (PUBLIC, None, (), None),
        (PUBLIC, TODAY, (), None),
        (PUBLIC, TOMORROW, (PUBLIC, SIGNED_IN), Refusal.NOT_YET),
        (SIGNED_IN, None, (PUBLIC,), Refusal.SIGN_IN),
        (SIGNED_IN, None, (PUBLIC, SIGNED_IN), None),
        (SIGNED_IN, TOMORROW, (), Refusal.NOT_YET),
        ("course:a", None, (PUBLIC, SIGNED_IN, "course:b"), Refusal.NOT_YOURS),
        ("course:a", None, (PUBLIC, SIGNED_IN, "course:a"), None),
        ("course:a", TOMORROW, ("course:a",), Refusal.NOT_YET),
        ("gone:a", None, (PUBLIC, SIGNED_IN), Refusal.NOT_YOURS),
    ],
)
def test_who_opens_a_file(access: str, opens_on: date | None, admitted: Collection[str], expected: object) -> None:
    assert refusal(access, opens_on=opens_on, today=TODAY, admitted=admitted) is expected


@pytest.mark.rule("library-4")
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("978-83-940662-0-8", True),
        ("978 83 940662 0 8", True),
        ("0-306-40615-2", True),
        ("0-8044-2957-X", True),
        ("978-83-940662-0-9", False),
        ("0-306-40615-3", False),
        ("", False),
        ("978", False),
        ("9788394066208 9788394066208", False),
    ],
)
def test_an_isbn_is_right_by_its_check_digit(written: str, expected: bool) -> None:
    assert is_isbn(written) is expected


@pytest.mark.rule("library-4")
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("1000/182", None),
        ("10.1000/", None),
        ("10.1000/1 82", None),
    ],
)
def test_a_doi_is_taken_from_its_address_too(written: str, expected: str | None) -> None:
    assert doi_name(written) == expected


@pytest.mark.rule("library-5")
def test_a_citation_as_text() -> None:
    assert as_text(GUIDE) == (
        "Kowal J. P., CISTOR, „Program współpracy & praktyka”, Toruń 2014, ISBN 978-83-940662-0-8, "
        "https://example.org/pl/publikacje/poradnik/"
    )
    bare = Record(key="a", title="Alone", year=2026, address="", language="en")
    assert as_text(bare) == "“Alone”, 2026."


@pytest.mark.rule("library-5")
def test_a_citation_for_bibtex_keeps_bodies_whole_and_marks_what_tex_would_obey() -> None:
    entry = as_bibtex(GUIDE)
    assert entry.startswith("@book{poradnik-2014,\n")
    assert "  author = {Kowal, Jan Piotr and {CISTOR}}" in entry
    assert r"  title = {{Program współpracy \& praktyka}}" in entry
    assert entry.count("{") == entry.count("}")
    wild = Record(key="a", title="50% }{ \\input{x}", year=2026, address="")
    assert r"title = {{50\%  inputx}}".replace("  ", " ") in as_bibtex(wild)


@pytest.mark.rule("library-5")
def test_a_citation_in_ris_is_one_tag_a_line() -> None:
    lines = as_ris(GUIDE).split("\r\n")
    assert lines[0] == "TY  - BOOK"
    assert lines[-2:] == ["ER  - ", ""]
    assert "AU  - Kowal, Jan Piotr" in lines
    assert "AU  - CISTOR" in lines
    broken = Record(key="a", title="One\r\nER  - \r\nTwo", year=2026, address="")
    assert "TI  - One ER - Two" in as_ris(broken).split("\r\n")
