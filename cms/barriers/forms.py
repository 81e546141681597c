"""The form of whoever meets a barrier, and those of whoever answers."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.barriers import rules
from cms.barriers.models import ENDINGS, BarrierReport
from cms.barriers.rules import AnswerBy, Kind

LONGEST = 4000


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ReportForm(forms.Form):
    """What cannot be used, where, and how whoever reports gets the answer.

    ``key`` makes a second press of the button the same report; ``website`` is a trap that people do not see.
    """

    barrier = _text(
        _("What is not accessible?"),
        5,
        help_text=_("For example: the film has no captions, or the button cannot be reached with the keyboard."),
        error_messages={"required": _("Describe what is not accessible")},
    )
    place = forms.CharField(
        label=_("Where is it?"),
        max_length=300,
        help_text=_("The address or the title of the page, film or file."),
        error_messages={"required": _("Say where it is: give the address or the title of the page")},
    )
    remedy = _text(
        _("What would help you?"),
        3,
        required=False,
        help_text=_("A repair or another way to get the content, for example a text instead of a film."),
    )
    kind = forms.ChoiceField(
        label=_("What are you sending?"),
        widget=forms.RadioSelect,
        choices=[
            (Kind.HINT.value, _("A hint that something does not work. You need not give your name.")),
            (
                Kind.DEMAND.value,
                _("A demand for digital accessibility, by the Act of 4 April 2019. It needs a name and a contact."),
            ),
        ],
        help_text=_("We answer both within 7 days. After a demand you also have the right to complain."),
        error_messages={"required": _("Choose whether this is a hint or a demand")},
    )
    name = forms.CharField(
        label=_("First name and surname"), max_length=200, required=False, help_text=_("Needed for a demand.")
    )
    answer_by = forms.ChoiceField(
        label=_("How shall we answer?"),
        widget=forms.RadioSelect,
        choices=[
            (AnswerBy.EMAIL.value, _("By e-mail")),
            (AnswerBy.PHONE.value, _("By telephone")),
            (AnswerBy.PAGE.value, _("I will read the answer on the page of the report (for a hint)")),
        ],
        initial=AnswerBy.EMAIL.value,
        error_messages={"required": _("Choose how we shall answer")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If we are to answer by e-mail."),
        error_messages={"invalid": _("Enter an e-mail address in the form name@example.org")},
    )
    phone = forms.RegexField(
        r"^[0-9+()/ .\-]{7,30}$",
        label=_("Telephone number"),
        required=False,
        help_text=_("If we are to call you."),
        error_messages={"invalid": _("Enter a telephone number with digits, for example 56 123 45 67")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        for name, value in (("name", "name"), ("email", "email"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = value
        self.fields["email"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["phone"].widget.input_type = "tel"  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            # A person whose browser filled it in sends the form once more; a program that fills in everything does not.
            self.data = self.data.copy()
            self.data[self.add_prefix("website")] = ""
            raise ValidationError(_("The report was not sent. Look through it and send it once more."), code="trap")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "website" in self.errors:
            self.add_error(None, self.errors.pop("website").as_data())
        words = {name: cleaned.get(name) or "" for name in ("name", "email", "phone")}
        missing = rules.what_is_missing(cleaned.get("kind", ""), cleaned.get("answer_by", ""), **words)
        for name in self.fields:
            if name in missing and name not in self.errors:
                self.add_error(name, ValidationError(MISSING[name], code="missing"))
        return cleaned

    @property
    def report(self) -> dict[str, str]:
        """What was filled in, as the action takes it; without a contact where no answer is to go there."""
        words = {name: str(self.cleaned_data[name]) for name in WORDS}
        if words["answer_by"] == AnswerBy.PAGE:
            words |= {"email": "", "phone": ""}
        return words | {"key": str(self.cleaned_data["key"])}

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The fields that people see, in their order, and whether another answer decides if they are needed."""
        return [
            {"field": field, "conditional": field.name in MISSING}
            for field in self
            if field.name not in ("key", "website")
        ]


WORDS = ("barrier", "place", "remedy", "kind", "name", "answer_by", "email", "phone")
MISSING = {
    "name": _("Enter your first name and surname: a demand needs them"),
    "answer_by": _("Choose e-mail or telephone: a demand needs a contact"),
    "email": _("Enter an e-mail address, or choose another way to answer"),
    "phone": _("Enter a telephone number, or choose another way to answer"),
}


class TellForm(forms.Form):
    """What ends with telling whoever reported: by the way they asked for, if it can be."""

    told_by = forms.ChoiceField(label=_("How the answer is given"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, report: BarrierReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = []
        if report.email:
            ways.append((AnswerBy.EMAIL.value, _("Send it by e-mail now, to %(address)s") % {"address": report.email}))
        if report.phone:
            words = _("I have given it by telephone (%(phone)s)") % {"phone": report.phone}
            ways.append((AnswerBy.PHONE.value, words))
        ways.append((AnswerBy.PAGE.value, _("Only show it on the page of the report")))
        self.fields["told_by"].choices = ways  # type: ignore[attr-defined]
        wanted = [way for way, _label in ways if way == report.answer_by]
        self.fields["told_by"].initial = (wanted or [ways[0][0]])[0]
        self.order_fields([name for name in self.fields if name != "told_by"])


class AnswerForm(TellForm):
    """The answer."""

    text = _text(
        _("Answer"),
        8,
        help_text=_(
            "Say what was mended, or how the content can be had now. It also stands on the page of the report."
        ),
    )


class RefuseForm(TellForm):
    """A refusal: the law wants a reason and another way of access."""

    reason = _text(_("Why it cannot be made accessible"), 5)
    alternative = _text(
        _("Other way of access that you offer"),
        4,
        help_text=_("For example: a conversation by telephone, a description by e-mail, help on the spot."),
    )


class PutOffForm(forms.Form):
    """A later day for the answer."""

    until = forms.DateField(label=_("New day of the answer"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = _text(
        _("Why it takes longer"), 4, help_text=_("Whoever reported reads these words in a letter and on the page.")
    )

    def __init__(self, *args: Any, report: BarrierReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class CloseForm(forms.Form):
    """Why a report needs no answer."""

    ending = forms.ChoiceField(
        label=_("Why no answer is needed"),
        widget=forms.RadioSelect,
        choices=ENDINGS,
        help_text=_("Whoever reported is told, unless it was no report of a barrier."),
    )

    def __init__(self, *args: Any, report: BarrierReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
