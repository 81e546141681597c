"""Refusals in words, in both languages' source."""

import pytest

from cms.accounts.rules import NameFault, NameProblem, Role
from cms.accounts.wording import name_refusal, role_label


@pytest.mark.rule("account-1")
@pytest.mark.parametrize("fault", list(NameFault))
def test_every_fault_has_words(fault: NameFault) -> None:
    assert len(name_refusal(NameProblem(fault, "%"))) > 15


def test_roles_have_names_for_people_and_other_groups_keep_theirs() -> None:
    assert len({role_label(role.value) for role in Role}) == len(Role)
    assert role_label("Jury") == "Jury"
