"""What people type about certificates: strangers who check one, coordinators who correct one."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from certificates.documents import DocumentError, render
from certificates.models import Award, Certificate, CertificateTemplate
from certificates.papers import sample_snapshot
from certificates.rules import normalise_code, normalise_number, opens_again
from cms.accounts.actions import accepted_name
from cms.accounts.forms import NameField

# Nothing that a browser would "correct" or remember for the next visitor of a shared machine.
BARE = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class CodeForm(forms.Form):
    """Asks for the code on the document; the whole address may be pasted, too."""

    code = forms.CharField(
        label=gettext_lazy("Code from the document"),
        max_length=500,
        help_text=gettext_lazy(
            "You will find it under the words “Check this certificate”. Spaces, hyphens and upper or lower case do not "
            "matter."
        ),
        error_messages={
            "required": gettext_lazy("Enter the code from the document"),
            "max_length": gettext_lazy("This is too long for a code. Enter only the code from the document"),
        },
        # A code stands on the document in two lines; in one line a telephone would show only its beginning.
        widget=forms.Textarea(
            attrs=BARE | {"autocapitalize": "characters", "class": "field__code", "rows": 2, "data-enter-sends": ""}
        ),
    )

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if normalise_number(typed):
            raise ValidationError(
                _("This is the number of a certificate. Check it below, together with the surname"), code="number_typed"
            )
        code = normalise_code(typed)
        if not code:
            raise ValidationError(_("Enter the code from the document"), code="required")
        return code[:60]


class NumberForm(forms.Form):
    """Asks for number and surname, for a document whose code cannot be read."""

    number = forms.CharField(
        label=gettext_lazy("Number of the certificate"),
        max_length=60,
        help_text=gettext_lazy("For example: AW/2026/00042"),
        error_messages={
            "required": gettext_lazy("Enter the number of the certificate"),
            "max_length": gettext_lazy("This is too long for a number. For example: AW/2026/00042"),
        },
        widget=forms.TextInput(attrs=BARE),
    )
    surname = forms.CharField(
        label=gettext_lazy("Surname on the document"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter the surname from the document"),
            "max_length": gettext_lazy("This is too long for a surname"),
        },
        widget=forms.TextInput(attrs=BARE),
    )

    def clean_number(self) -> str:
        number = normalise_number(self.cleaned_data["number"])
        if not number:
            raise ValidationError(
                _("A number has three parts, for example AW/2026/00042. Enter all of them"), code="malformed"
            )
        return number


class SurnameForm(forms.Form):
    """Asks for the surname, to compare it with a certificate that was found."""

    surname = forms.CharField(
        label=gettext_lazy("Surname"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Enter the surname from the document"),
            "max_length": gettext_lazy("This is too long for a surname"),
        },
        widget=forms.TextInput(attrs=BARE),
    )


class NameForm(forms.Form):
    """Asks the learner for the name as it shall stand on the certificate."""

    name = NameField(max_length=200)


class RevokeForm(forms.Form):
    """Asks why a certificate is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("The holder is told it in a letter. It is not shown to whoever checks the certificate."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class IssueAgainForm(forms.Form):
    """Asks why a certificate is issued after a revocation."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("For example: it was revoked by mistake. It is kept in the register for coordinators."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReissueForm(forms.Form):
    """Asks for the name as it shall stand on the new certificate."""

    name = forms.CharField(
        label=gettext_lazy("Name as it shall stand on the new certificate"), max_length=200, widget=forms.TextInput()
    )

    def clean_name(self) -> str:
        return accepted_name(self.cleaned_data["name"])


class AwardForm(WagtailAdminModelForm):
    """An award; the course of one that has been given cannot be exchanged."""

    def clean_course(self) -> Any:
        course = self.cleaned_data["course"]
        if Award.objects.filter(course=course, kind=self.instance.kind).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This course has an award already. Change that one."), code="unique")
        exchanged = self.instance.pk and course.pk != self.instance.course_id
        if exchanged and Certificate.objects.filter(award=self.instance).exists():
            raise ValidationError(
                _("Certificates were issued for this course. Make a new award for the other one."), code="given"
            )
        return course

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since = cleaned.get("not_before")
        if self.instance.pk is None or since is None:
            return cleaned
        # The field shows minutes; what was not touched keeps its seconds.
        day_given = _minute(since) != _minute(self.instance.not_before)
        if opens_again(was_active=self.instance.active, is_active=bool(cleaned.get("active")), day_given=day_given):
            cleaned["not_before"] = timezone.now()
        elif not day_given:
            cleaned["not_before"] = self.instance.not_before
        return cleaned

    class Meta:
        model = Award
        fields = ["course", "template", "active", "not_before"]


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class TemplateForm(WagtailAdminModelForm):
    """A template; its words are tried on the paper before they are kept."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        for language in ("pl", "en"):
            try:
                render(sample_snapshot(self.instance, language))
            except DocumentError as error:
                self.add_error(None, ValidationError(refusal(error), code=error.code))
                return

    class Meta:
        model = CertificateTemplate
        exclude: list[str] = []


def refusal(error: DocumentError) -> str:
    """Why a paper cannot be made, in words for a coordinator."""
    if error.code == "glyph":
        return _("The paper has no letter for “%(signs)s”. Leave it out.") % {"signs": error.characters}
    if error.code == "control":
        return _("The text holds a character that cannot be seen. Type it by hand instead of pasting it.")
    if error.code == "overflow":
        return _("The texts are too long together for the first page. Shorten them.")
    return _("The paper cannot be made: %(reason)s") % {"reason": error}
