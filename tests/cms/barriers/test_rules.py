"""The days of a report, what it needs, and its reminders, as tables."""

from datetime import date

import pytest

from cms.barriers import rules
from cms.barriers.rules import NewDayFault, Stage


@pytest.mark.rule("barriers-1")
@pytest.mark.parametrize(
    ("received", "deadline", "longest"),
    [
        (date(2026, 11, 24), date(2026, 12, 1), date(2027, 1, 24)),
        (date(2026, 12, 25), date(2027, 1, 1), date(2027, 2, 25)),
        (date(2026, 12, 31), date(2027, 1, 7), date(2027, 2, 28)),
        (date(2027, 12, 30), date(2028, 1, 6), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 7, 7), date(2026, 8, 30)),
        (date(2028, 2, 29), date(2028, 3, 7), date(2028, 4, 29)),
        (date(2026, 10, 31), date(2026, 11, 7), date(2026, 12, 31)),
    ],
)
def test_the_deadline_and_the_last_day_of_all(received: date, deadline: date, longest: date) -> None:
    assert rules.deadline_of(received) == deadline
    assert rules.longest_deadline_of(received) == longest


@pytest.mark.rule("barriers-4")
@pytest.mark.parametrize(
    ("new", "today", "fault"),
    [
        (date(2026, 12, 2), date(2026, 11, 30), None),
        (date(2027, 1, 24), date(2026, 11, 30), None),
        (date(2027, 1, 25), date(2026, 11, 30), NewDayFault.TOO_FAR),
        (date(2026, 12, 1), date(2026, 11, 30), NewDayFault.NOT_LATER),
        (date(2026, 11, 29), date(2026, 11, 30), NewDayFault.PAST),
        (date(2026, 12, 3), date(2026, 12, 5), NewDayFault.PAST),
        (date(2026, 12, 5), date(2026, 12, 5), None),
    ],
)
def test_to_which_days_an_answer_can_be_put_off(new: date, today: date, fault: NewDayFault | None) -> None:
    known = {"received_on": date(2026, 11, 24), "deadline": date(2026, 12, 1), "today": today}
    assert rules.new_day_fault(new, **known) == fault


@pytest.mark.rule("barriers-6")
@pytest.mark.parametrize(
    ("left", "last", "stage"),
    [
        (7, "", None),
        (3, "", None),
        (2, "", Stage.SOON),
        (1, "", Stage.SOON),
        (1, "soon", None),
        (0, "soon", Stage.TODAY),
        (0, "", Stage.TODAY),
        (0, "today", None),
        (-1, "today", Stage.LATE),
        (-9, "", Stage.LATE),
        (-1, "late", None),
    ],
)
def test_which_reminder_is_due(left: int, last: str, stage: Stage | None) -> None:
    assert rules.reminder(date(2026, 12, 10), date(2026, 12, 10 - left), last) == stage


@pytest.mark.rule("barriers-2")
@pytest.mark.parametrize(
    ("kind", "by", "filled", "missing"),
    [
        ("hint", "page", {}, set()),
        ("hint", "email", {}, {"email"}),
        ("hint", "phone", {"email": "a@example.org"}, {"phone"}),
        ("demand", "page", {"name": "Anna"}, {"answer_by"}),
        ("demand", "email", {}, {"name", "email"}),
        ("demand", "email", {"name": "Anna", "email": "a@example.org"}, set()),
        ("demand", "phone", {"name": "Anna", "phone": "56 123 45 67"}, set()),
    ],
)
def test_what_a_report_needs(kind: str, by: str, filled: dict, missing: set) -> None:
    assert rules.what_is_missing(kind, by, **{"name": "", "email": "", "phone": ""} | filled) == missing


@pytest.mark.rule("barriers-8")
@pytest.mark.parametrize(
    ("today", "kept"), [(date(2027, 2, 27), True), (date(2027, 2, 28), False), (date(2027, 3, 1), False)]
)
def test_a_report_keeps_its_words_for_a_year(today: date, kept: bool) -> None:
    assert rules.is_kept(date(2026, 2, 28), today) is kept


def test_numbers() -> None:
    assert rules.number_of(2026, 1) == "BAR/2026/0001"
    assert rules.number_of(2026, 12345) == "BAR/2026/12345"
