"""Every row that speaks of a person is declared in the privacy.py of its room."""

from cms.privacy.registry import collected, undeclared_models


def test_no_model_with_personal_data_is_undeclared() -> None:
    assert collected()
    assert undeclared_models() == []
