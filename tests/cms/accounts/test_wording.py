"""Refusals in words, in both languages' source."""

from datetime import UTC, datetime

import pytest

from cms.accounts.rules import NameFault, NameProblem, Role
from cms.accounts.wording import moment_in_words, name_refusal, role_label


@pytest.mark.rule("account-1")
@pytest.mark.parametrize("fault", list(NameFault))
def test_every_fault_has_words(fault: NameFault) -> None:
    assert len(name_refusal(NameProblem(fault, "%"))) > 15


def test_roles_have_names_for_people_and_other_groups_keep_theirs() -> None:
    assert len({role_label(role.value) for role in Role}) == len(Role)
    assert role_label("Jury") == "Jury"


def test_moments_are_told_in_polish_time() -> None:
    moment = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)
    assert moment_in_words(moment, "pl") == "24 listopada 2026, 18.05 (czas polski)"
    assert moment_in_words(moment, "en") == "24 November 2026, 18:05 (Polish time)"
