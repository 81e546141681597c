"""What is declared, and what is not."""

from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured

from cms.privacy import registry
from cms.privacy.registry import Holding, collected, undeclared_models

SAMPLE: dict[str, Any] = {
    "model": "cms_accounts.Person",
    "what": "w",
    "purpose": "p",
    "basis": "b",
    "retention": "r",
    "erase": "delete",
    "columns": ("name",),
    "person": "self",
}


@pytest.mark.rule("privacy-1")
def test_every_model_that_speaks_of_people_is_declared() -> None:
    assert undeclared_models() == []


@pytest.mark.rule("privacy-1")
def test_holdings_of_every_house_are_found() -> None:
    houses = {holding.model.partition(".")[0] for holding in collected()}
    assert {"certificates", "courses_learning", "courses_assessment", "cms_accounts", "cms_mail", "media"} <= houses
    for holding in collected():
        assert all(str(text).strip() for text in (holding.what, holding.purpose, holding.basis, holding.retention))


@pytest.mark.rule("privacy-1")
def test_a_model_that_is_left_out_is_named(monkeypatch) -> None:
    declared = tuple(holding for holding in collected() if holding.model != "courses_learning.StepProgress")
    monkeypatch.setattr(registry, "collected", lambda: declared)
    assert undeclared_models() == ["courses_learning.StepProgress"]


@pytest.mark.rule("privacy-1")
def test_a_mention_is_asked_for_but_does_not_spread(monkeypatch) -> None:
    declared = tuple(holding for holding in collected() if holding.model != "courses_catalogue.OutlineVersion")
    monkeypatch.setattr(registry, "collected", lambda: declared)
    assert undeclared_models() == ["courses_catalogue.OutlineVersion"]


@pytest.mark.rule("privacy-1")
@pytest.mark.parametrize(
    "change", [{"person": ""}, {"user": "user"}, {"erase": registry.Erasure.ANONYMISE, "blank": {}}]
)
def test_a_holding_that_cannot_be_true_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured):
        Holding(**{**SAMPLE, **change})


@pytest.mark.rule("privacy-1")
@pytest.mark.parametrize("change", [{"columns": ("nothing",)}, {"person": "nobody"}, {"blank": {"nothing": ""}}])
def test_names_that_do_not_exist_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(FieldDoesNotExist):
        registry.refuse_false_names(Holding(**{**SAMPLE, **change}))
