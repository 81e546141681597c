"""What visitors and subscribers fill in."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.newsletter.queries import all_topics
from cms.newsletter.wording import consent_words
from media.models import LANGUAGES

ADDRESS_MAX = 254


class ChoiceForm(forms.Form):
    """Topics and language: what a subscriber can change at any time."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic")},
    )
    language = forms.ChoiceField(
        label=_("Language of the newsletter"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic.slug, str(topic)) for topic in all_topics()]
        if not topics:
            # Before editors have named any, the newsletter is one.
            del self.fields["topics"]
            return
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]
        self.fields["topics"].initial = [slug for slug, _title in topics]

    @property
    def choice(self) -> dict[str, Any]:
        """What was chosen, as the actions take it."""
        return {"language": self.cleaned_data["language"], "topics": self.cleaned_data.get("topics", [])}


class SubscribeForm(ChoiceForm):
    """An address that asks for the newsletter, and the consent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We will send you a message with a link that confirms your subscription."),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address in the form name@example.org"),
        },
        validators=[
            MaxLengthValidator(ADDRESS_MAX, _("An e-mail address can have at most %(limit_value)d characters"))
        ],
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the consent: without it we cannot send you the newsletter")}
    )
    field_order = ["email", "topics", "language", "consent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["language"].initial = get_language()
        self.fields["consent"].label = consent_words()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class AccountForm(ChoiceForm):
    """The same for whoever is signed in: the address is that of the account."""

    consent = SubscribeForm.base_fields["consent"]
    field_order = ["topics", "language", "consent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        self.fields["consent"].label = consent_words()
