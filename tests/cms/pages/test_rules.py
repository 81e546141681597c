"""What follows from the dates of a page, as tables."""

from datetime import date

import pytest

from cms.pages.rules import (
    CareState,
    care_state,
    changes_overnight,
    is_in_force,
    mentions_law,
    notice_for,
    reminder_due,
)

TODAY = date(2026, 11, 24)


@pytest.mark.rule("page-24")
@pytest.mark.parametrize(
    ("review_on", "is_outdated", "state"),
    [
        (None, False, CareState.NO_DATE),
        (date(2026, 11, 23), False, CareState.OVERDUE),
        (date(2026, 11, 24), False, CareState.SOON),
        (date(2026, 12, 24), False, CareState.SOON),
        (date(2026, 12, 25), False, CareState.FINE),
        (date(2027, 12, 25), True, CareState.OUTDATED),
        (None, True, CareState.OUTDATED),
    ],
)
def test_the_state_of_a_page(review_on: date | None, is_outdated: bool, state: CareState) -> None:
    assert care_state(review_on, is_outdated, today=TODAY) is state


@pytest.mark.rule("page-25")
@pytest.mark.parametrize(
    ("review_on", "due"),
    [
        (date(2026, 12, 25), None),
        (date(2026, 12, 24), 30),
        (date(2026, 12, 2), 30),
        (date(2026, 12, 1), 7),
        (date(2026, 11, 25), 7),
        (date(2026, 11, 24), 0),
        (date(2026, 10, 25), 0),
        (date(2026, 10, 24), None),
    ],
)
def test_the_reminder_that_is_due(review_on: date, due: int | None) -> None:
    assert reminder_due(review_on, today=TODAY) == due


@pytest.mark.rule("page-23")
@pytest.mark.parametrize(
    ("path", "notice"),
    [
        ("00010001", None),
        ("000100010002", 1),
        ("0001000100020005", 1),
        ("0001000100020003", 2),
        ("00010001000200030001", 2),
        ("0001000100020004", None),
        ("00010001000200040007", None),
        # Not below, only alike at the beginning.
        ("000100010012", None),
        ("", None),
    ],
)
def test_the_nearest_choice_above_a_page_holds(path: str, notice: int | None) -> None:
    choices = {"000100010002": 1, "0001000100020003": 2, "0001000100020004": None}
    assert notice_for(path, choices) == notice


@pytest.mark.rule("page-23")
@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 23), False),
    ],
)
def test_a_notice_holds_between_its_days(first: date | None, last: date | None, holds: bool) -> None:
    assert is_in_force(first, last, today=TODAY) is holds


@pytest.mark.rule("page-24")
@pytest.mark.parametrize(
    ("day", "later", "changes"),
    [
        (date(2026, 11, 23), 1, True),
        (date(2026, 11, 24), 1, False),
        (date(2026, 11, 24), 0, True),
        (date(2026, 11, 21), 1, True),
        (date(2026, 11, 20), 1, False),
        (None, 1, False),
    ],
)
def test_which_days_change_pages_overnight(day: date | None, later: int, changes: bool) -> None:
    assert changes_overnight([(day, later)], today=TODAY) is changes


@pytest.mark.rule("page-26")
@pytest.mark.parametrize(
    ("content", "legal"),
    [
        ([], False),
        ([{"type": "callout", "value": {"kind": "note"}}], False),
        ([{"type": "callout", "value": {"kind": "law"}}], True),
        ([{"type": "chapter", "value": {"body": [{"type": "callout", "value": {"kind": "law"}}]}}], True),
        ([{"type": "text", "value": "law"}], False),
        ([{"type": "callout", "value": None}], False),
    ],
)
def test_what_states_law(content: list[dict[str, object]], legal: bool) -> None:
    assert mentions_law(content) is legal
