"""When the declaration is reviewed, which status its list allows, and how the list is made."""

from datetime import date

import pytest

from cms.declaration.rules import (
    Gap,
    Group,
    Placing,
    ReviewFault,
    ReviewState,
    StatusFault,
    in_groups,
    next_by_law,
    placed,
    review_faults,
    review_state,
    status_fault,
    status_shown,
    told_once,
)

DAY = date(2027, 3, 31)


@pytest.mark.rule("declaration-4")
@pytest.mark.parametrize(
    ("last", "wanted"),
    [
        (date(2026, 11, 24), DAY),
        (date(2027, 1, 1), date(2028, 3, 31)),
        (date(2027, 3, 31), date(2028, 3, 31)),
        (date(2028, 2, 29), date(2029, 3, 31)),
    ],
)
def test_the_next_review_is_by_the_end_of_march_of_the_year_after(last, wanted) -> None:
    assert next_by_law(last) == wanted


@pytest.mark.rule("declaration-4")
@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2027, 1, 31), ReviewState.FINE),
        (date(2027, 2, 1), ReviewState.SOON),
        (DAY, ReviewState.SOON),
        (date(2027, 4, 1), ReviewState.OVERDUE),
        (date(2029, 1, 1), ReviewState.OVERDUE),
    ],
)
def test_a_review_is_near_from_february_on_and_overdue_the_day_after(today, wanted) -> None:
    assert review_state(DAY, today=today) is wanted


FINE = {
    "reviewed_on": date(2027, 3, 1),
    "next_on": date(2028, 3, 31),
    "prepared_on": date(2026, 11, 24),
    "is_audit": False,
    "auditor": "",
    "today": date(2027, 3, 1),
}


@pytest.mark.rule("declaration-5")
@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ({}, []),
        ({"next_on": date(2027, 6, 1)}, []),
        ({"prepared_on": None}, []),
        ({"today": date(2027, 2, 28)}, [ReviewFault.IN_FUTURE]),
        ({"prepared_on": date(2027, 3, 2)}, [ReviewFault.BEFORE_PREPARED]),
        ({"next_on": date(2027, 3, 1)}, [ReviewFault.NEXT_NOT_AFTER]),
        ({"next_on": date(2028, 4, 1)}, [ReviewFault.NEXT_TOO_LATE]),
        ({"is_audit": True, "auditor": "  "}, [ReviewFault.NO_AUDITOR]),
        ({"is_audit": True, "auditor": "Fundacja Przykładowa"}, []),
    ],
)
def test_a_review_has_a_day_that_was_and_a_next_one_as_the_law_has_it(other, wanted) -> None:
    assert review_faults(**FINE | other) == wanted


@pytest.mark.rule("declaration-3")
@pytest.mark.parametrize(
    ("chosen", "has_gaps", "has_words", "shown", "fault"),
    [
        ("compliant", False, False, "compliant", None),
        ("compliant", True, False, "partly", StatusFault.COMPLIANT_WITH_GAPS),
        ("partly", True, False, "partly", None),
        ("partly", False, True, "partly", None),
        ("partly", False, False, "partly", StatusFault.NOTHING_NAMED),
        ("not", True, True, "not", None),
        ("not", False, False, "not", StatusFault.NOTHING_NAMED),
    ],
)
def test_the_status_never_contradicts_the_list(chosen, has_gaps, has_words, shown, fault) -> None:
    assert status_shown(chosen, has_gaps=has_gaps) == shown
    assert status_fault(chosen, has_gaps=has_gaps, has_words=has_words) is fault


def gap(key: str, title: str = "Strona", **fields) -> Gap:
    values = {"group": Group.NONCONFORMING, "missing": "Brak opisu.", "language": "pl"}
    return Gap(key=key, title=title, **values | fields)


@pytest.mark.rule("declaration-2")
def test_the_same_fault_of_the_same_thing_is_told_once() -> None:
    let_pass = gap("exemption:1", fault="film_without_captions", thing="Film")
    same = gap("film:1:x", fault="film_without_captions", thing="Film")
    other = gap("film:1:y", fault="film_without_transcript", thing="Film")
    empty = [gap("exemption:2", fault="heading_empty"), gap("exemption:3", fault="heading_empty")]
    elsewhere = gap("exemption:4", "Inna strona", fault="film_without_captions", thing="Film")

    assert told_once([let_pass, same, other, *empty, elsewhere]) == [let_pass, other, *empty, elsewhere]


@pytest.mark.rule("declaration-2")
def test_a_heading_that_was_chosen_counts_with_its_reason() -> None:
    one = gap("file:1", reason="")
    placing = Placing(Group.EXCESSIVE, "Drogo.", "https://example.org/ocena")

    there = placed(one, {"file:1": placing})

    assert (there.group, there.reason, there.assessment_url) == (placing.group, "Drogo.", placing.assessment_url)
    assert placed(one, {"file:2": placing}) == one
    assert placed(gap("exemption:1", reason="Trwa."), {"exemption:1": Placing(Group.NOT_COVERED)}).reason == "Trwa."


@pytest.mark.rule("declaration-2")
def test_what_is_mended_soonest_stands_first() -> None:
    late, soon = gap("a", mend_by=date(2027, 5, 1)), gap("b", mend_by=date(2027, 1, 1))
    never = [gap("c", "żaba"), gap("d", "Arka")]
    note = gap("e", group=Group.NOTE)

    found = in_groups([late, *never, note, soon])

    assert found[Group.NONCONFORMING] == [soon, late, never[1], never[0]]
    assert found[Group.NOTE] == [note]
    assert found[Group.EXCESSIVE] == []
