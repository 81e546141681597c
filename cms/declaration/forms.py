"""The forms of a review and of a heading."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.declaration.models import Placement, Review
from cms.declaration.rules import Group, next_by_law


def _without_blank(field: Any) -> None:
    """One of the choices is always the right one, so none is left open."""
    field.choices = [(value, words) for value, words in field.choices if value]


class ReviewForm(forms.ModelForm[Review]):
    """What one found; the day of the next review is proposed as the law has it."""

    class Meta:
        model = Review
        fields = ["reviewed_on", "kind", "method", "auditor", "status", "next_on", "notes"]
        widgets = {
            "reviewed_on": AdminDateInput(),
            "next_on": AdminDateInput(),
            "kind": forms.RadioSelect,
            "method": forms.RadioSelect,
            "status": forms.RadioSelect,
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["reviewed_on"].initial = today
        self.fields["next_on"].initial = next_by_law(today)
        self.fields["next_on"].help_text = _("By law at the latest by 31 March of the following year.")
        for name in ("kind", "method", "status"):
            _without_blank(self.fields[name])

    def validate_unique(self) -> None:
        """A day that has a review already is judged where it is written: the same facts twice are no fault."""


class PlaceForm(forms.ModelForm[Placement]):
    """Under which heading something stands. The Act and costs need words of why; costs also their assessment."""

    assessment_url = forms.URLField(
        label=_("Assessment of the costs"),
        required=False,
        assume_scheme="https",
        help_text=_("Only for excessive cost: where the assessment can be read."),
    )

    class Meta:
        model = Placement
        fields = ["group", "reason", "assessment_url"]
        widgets = {"group": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "reason": _(
                "Stands in the declaration, in the language of the content. It replaces the reason given before."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_blank(self.fields["group"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        group = data.get("group")
        if group and group != Group.NONCONFORMING and not data.get("reason"):
            self.add_error("reason", _("Say why it is not made accessible."))
        if group == Group.EXCESSIVE and not data.get("assessment_url") and "assessment_url" not in self.errors:
            self.add_error("assessment_url", _("Excessive cost needs a written assessment. Give its address."))
        return data
