"""The field that says who may open a file."""

from typing import Any

from django import forms
from django.db import models

from cms.library.audiences import access_choices


class AccessField(models.CharField):
    """Who may open a file. What there is to choose from is asked when a form is shown, for groups come and go."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("max_length", None)
        return super().formfield(form_class=_AccessChoice, **kwargs)


class _AccessChoice(forms.ChoiceField):
    """One of the accesses there are. A file for a group that is gone has to be given to somebody anew."""

    def __init__(self, *, max_length: int | None = None, empty_value: str = "", **kwargs: Any) -> None:
        super().__init__(choices=access_choices, **kwargs)
