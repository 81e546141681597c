"""Decisions about certificates, as tables."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import (
    LOOKUPS,
    SURNAMES_OF_CERTIFICATE,
    SURNAMES_OF_VISITOR,
    Limit,
    State,
    first_year_kept,
    full_number,
    masked_name,
    normalise_code,
    normalise_number,
    opens_again,
    surname_matches,
    validity,
    visitor_address,
)

EARLY, LATE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.rule("verify-2")
@pytest.mark.parametrize(
    ("replaced_at", "revoked_at", "state", "since"),
    [
        (None, None, State.VALID, None),
        (EARLY, None, State.REPLACED, EARLY),
        (None, EARLY, State.REVOKED, EARLY),
        (EARLY, LATE, State.REVOKED, LATE),
        (LATE, EARLY, State.REVOKED, EARLY),
    ],
)
def test_revoked_counts_before_replaced_before_valid(replaced_at, revoked_at, state, since) -> None:
    found = validity(replaced_at=replaced_at, revoked_at=revoked_at)
    assert (found.state, found.since) == (state, since)


@pytest.mark.parametrize(
    ("sequence", "number"), [(1, "AW/2026/00001"), (99_999, "AW/2026/99999"), (123_456, "AW/2026/123456")]
)
def test_a_number_has_five_digits_or_more(sequence: int, number: str) -> None:
    assert full_number("AW", 2026, sequence) == number


CODE = "7K4M9QXT2HPD8RWY5NCV3JBFGA"


@pytest.mark.rule("verify-6")
@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        "7K4M-9QXT-2HPD-8RWY-5NCV-3JBF-GA",
        " 7k4m 9qxt 2hpd 8rwy 5ncv 3jbf ga ",
        "7K4M–9QXT—2HPD·8RWY_5NCV.3JBF/GA",
        "7K4M\u00a09QXT\u200b2HPD\t8RWY\n5NCV3JBFGA",
        f"https://akademia.example.org/c/{CODE}/",
        f"http://127.0.0.1:8000/c/{CODE.lower()}/?lang=en#x",
        f"/c/{CODE}",
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert normalise_code(typed) == CODE


@pytest.mark.rule("verify-6")
def test_look_alike_signs_are_read_as_what_they_resemble() -> None:
    assert normalise_code("1I0O") == "LLQQ"
    assert normalise_code("\x00 -– ") == ""


@given(st.text(max_size=60))
def test_any_text_is_a_code_of_letters_and_digits(typed: str) -> None:
    assert all(sign.isalnum() for sign in normalise_code(typed))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("AW/2026/00001", "AW/2026/00001"),
        ("aw 2026 1", "AW/2026/00001"),
        ("  Aw-2026-00042. ", "AW/2026/00042"),
        ("AW/2026/123456", "AW/2026/123456"),
        ("AW202600042", "AW/2026/00042"),
        ("aw2026 00042", "AW/2026/00042"),
        ("AW/2O26/OOO42", "AW/2026/00042"),
        ("AW/2026/OOOl1", "AW/2026/00011"),
        ("AWO2O26i", "AWO/2026/00001"),
        ("AW2026", ""),
        ("AW/2026", ""),
        ("AW/26/00001", ""),
        ("AW/2026/x", ""),
        ("AW/2026/²", ""),
        ("AW/2026/1/1", ""),
        ("NINESIGNS/2026/1", ""),
        ("AW/2026/1234567890", ""),
        ("", ""),
        ("\x00", ""),
        ('=HYPERLINK("http://x")', ""),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str) -> None:
    assert normalise_number(typed) == number


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(typed: str) -> None:
    assert normalise_number(typed) == "" or normalise_number(typed).count("/") == 2


@pytest.mark.rule("verify-5")
@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Anna Kowalska", "A… K…"),
        ("Żaneta Gołębiowska-Śliwińska", "Ż… G…-Ś…"),
        ("J. R. R. Tolkien", "J… R… R… T…"),
        ("'t Hooft", "t… H…"),
        ("Anna -", "A…"),
        ("", ""),
    ],
)
def test_a_masked_name_shows_first_letters(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text(alphabet="aąćdżź -.'’", min_size=1, max_size=40))
def test_masking_tells_no_length(name: str) -> None:
    assert all(len(part) <= 2 for word in masked_name(name).split() for part in word.split("-"))


@pytest.mark.rule("verify-5")
@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("sliwinska", True),
        ("golebiowska sliwinska", True),
        ("zaneta golebiowska sliwinska", True),
        ("golebiowska", False),
        ("zaneta", False),
        ("sliwinsk", False),
        ("", False),
        ("x zaneta golebiowska sliwinska", False),
    ],
)
def test_the_last_words_of_a_name_are_the_surname(typed: str, matches: bool) -> None:
    assert surname_matches("zaneta golebiowska sliwinska", typed) is matches


@pytest.mark.rule("verify-5")
@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("golebiowska", True),
        ("sliwinska", True),
        ("golebiowska sliwinska", True),
        ("zaneta", False),
        ("zaneta golebiowska", False),
        ("golebiow", False),
    ],
)
def test_each_part_of_a_double_surname_is_one(typed: str, matches: bool) -> None:
    assert surname_matches("zaneta golebiowska sliwinska", typed, surname_words=2) is matches


def test_a_name_that_was_removed_matches_nothing() -> None:
    assert not surname_matches("", "")
    assert not surname_matches("", "kowalska")


@pytest.mark.rule("certificate-2")
@pytest.mark.parametrize(
    ("was_active", "is_active", "day_given", "again"),
    [
        (False, True, False, True),
        (False, True, True, False),
        (True, True, False, False),
        (True, False, False, False),
        (False, False, False, False),
    ],
)
def test_an_award_that_is_switched_on_counts_from_now(was_active, is_active, day_given, again) -> None:
    assert opens_again(was_active=was_active, is_active=is_active, day_given=day_given) is again


@pytest.mark.rule("certificate-16")
def test_a_name_is_kept_for_ten_years_from_the_year_of_issue() -> None:
    assert first_year_kept(2036) == 2026, "what was issued in 2026 is kept to the end of 2036"
    assert first_year_kept(2037) == 2027


@pytest.mark.rule("verify-8")
def test_the_limits() -> None:
    assert (LOOKUPS.count, LOOKUPS.seconds) == (60, 60)
    assert (SURNAMES_OF_VISITOR.count, SURNAMES_OF_VISITOR.seconds) == (10, 600)
    assert (SURNAMES_OF_CERTIFICATE.count, SURNAMES_OF_CERTIFICATE.seconds) == (10, 600)


@pytest.mark.parametrize(("at", "window", "wait"), [(0, 0, 60), (59.9, 0, 1), (60, 1, 60), (75.2, 1, 45)])
def test_windows_stand_at_fixed_times(at: float, window: int, wait: int) -> None:
    limit = Limit("x", 1, 60)
    assert (limit.window(at), limit.wait(at)) == (window, wait)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", 2, "127.0.0.1"),
        ("127.0.0.1", "no address", 1, "127.0.0.1"),
        ("", "", 0, "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
    ],
)
def test_the_visitor_is_whom_our_own_proxies_tell(remote: str, forwarded: str, proxies: int, address: str) -> None:
    assert visitor_address(remote, forwarded, proxies) == address
