"""What people type about themselves and to prove who they are."""

import secrets
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.account.internal.flows.email_verification import get_address_for_login
from allauth.account.models import Login
from allauth.account.utils import has_verified_email
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cms.accounts import actions, queries, rules
from cms.accounts.models import Organisation, Person, User
from cms.accounts.pending import remember_address
from cms.privacy.queries import terms_in_force

ADDRESS_MAX = 254
ADDRESS_LABEL = _("E-mail address")
# The checks of AUTH_PASSWORD_VALIDATORS (cms/accounts/passwords.py), told beforehand.
PASSWORD_HINT = _(
    "At least 8 characters. Not only digits, not your e-mail address and not a password that many people use."
)


class NameField(forms.CharField):
    """A name as it shall stand on the certificate; refused in words when it cannot be printed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("First name and surname"))
        kwargs.setdefault("help_text", _("As it should appear on the certificate."))
        kwargs.setdefault("error_messages", {"required": _("Enter your first name and surname")})
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "name"

    def clean(self, value: Any) -> str:
        return actions.accepted_name(super().clean(value))


def _worded(field: forms.Field, *, required: Any, label: Any = None, hint: Any = "", invalid: Any = None) -> None:
    """Our label, hint and refusals for a field of allauth's; no placeholder, which vanishes while one types."""
    field.label = label if label is not None else field.label
    field.help_text = hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    if invalid is not None:
        field.error_messages["invalid"] = invalid


def _word_address(field: forms.Field, *, label: Any = ADDRESS_LABEL, hint: Any = "") -> None:
    _worded(
        field,
        label=label,
        hint=hint,
        required=_("Enter an e-mail address"),
        invalid=_("Enter an e-mail address in the form name@example.org"),
    )
    field.widget.attrs["autocapitalize"] = "none"
    field.widget.attrs["spellcheck"] = "false"
    # What the tables hold; a longer one cannot be known, and no letter would find it.
    too_long = _("An e-mail address can have at most %(limit_value)d characters")
    field.validators = [*field.validators, MaxLengthValidator(ADDRESS_MAX, too_long)]


class SignupForm(allauth_forms.SignupForm):
    """A new account: name, address, password once, and the terms.

    A known and an unknown address cost the same: for a known one the same rows are written and taken back.
    """

    name = NameField()
    terms = forms.BooleanField(
        label=_("I accept the terms of use"),
        error_messages={"required": _("Accept the terms of use to create an account")},
    )
    field_order = ["name", "email", "password1", "terms"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(self.fields["email"], hint=_("We will send you a message with a link."))
        _worded(self.fields["password1"], label=_("Password"), hint=PASSWORD_HINT, required=_("Enter a password"))
        url, _version = terms_in_force(queries.interface_language())
        if url:
            linked = format_html('{} <a href="{}">{}</a>', _("I accept the"), url, _("terms of use"))
            self.fields["terms"].label = linked

    @property
    def likely_address(self) -> str:
        """The address that was probably meant, for a form that comes back with errors; empty when there is no doubt."""
        return rules.likely_address(str(self.data.get("email") or "")) if self.is_bound else ""

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = queries.user_with_address(value) is not None
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, Any]:
        """The account, or allauth's answer for an address that has one: the same page, and a letter to the owner."""
        remember_address(request, self.cleaned_data["email"])
        if not self.account_already_exists:
            try:
                return super().try_save(request)
            except IntegrityError:
                # Sent twice at once: the other one made the account.
                self.account_already_exists = True
                return super().try_save(request)
        self._write_and_take_back(request)
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        """Account, person and consent, or none of them."""
        with transaction.atomic():
            user: User = super().save(request)
        return user

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        actions.join(user=user, name=self.cleaned_data["name"], language=queries.interface_language())

    def _write_and_take_back(self, request: HttpRequest) -> None:
        """Do for a known address what is done for a new one, so that nobody can tell them apart by the work."""
        address = self.cleaned_data["email"]
        self.cleaned_data["email"] = f"{secrets.token_hex(16)}@invalid.example"
        self.account_already_exists = False
        try:
            with transaction.atomic():
                user = super().save(request)
                # What allauth reads before it writes the letter, and the adapter after it.
                has_verified_email(user)
                written = get_address_for_login(Login(user=user, signup=True))
                if written is not None:
                    _owner = written.user
                transaction.set_rollback(True)
        finally:
            self.cleaned_data["email"] = address
            self.account_already_exists = True


class LoginForm(allauth_forms.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(self.fields["login"])
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _worded(self.fields["password"], label=_("Password"), required=_("Enter the password"))


class AddEmailForm(allauth_forms.AddEmailForm):
    """The address to change to. A free and a taken one get the same answer; a letter tells the owner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(
            self.fields["email"],
            label=_("New e-mail address"),
            hint=_("We will send a link to it. Until you open the link, your old address stays in use."),
        )

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].lower()
        if address == self.user.email:
            raise ValidationError(_("This is already the address of your account"), code="duplicate_email")
        return address


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """The current password and a new one, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _worded(self.fields["oldpassword"], label=_("Current password"), required=_("Enter your current password"))
        _worded(
            self.fields["password1"], label=_("New password"), hint=PASSWORD_HINT, required=_("Enter a new password")
        )


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """The address to which the link is sent, whether it is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(self.fields["email"], hint=_("The one you sign in with."))

    def clean_email(self) -> str:
        address = self.cleaned_data["email"].lower()
        user = queries.user_with_address(address)
        self.users = [user] if user is not None and user.is_active else []
        return address


class UserTokenForm(allauth_forms.UserTokenForm):
    """The link that sets a password. That of a suspended account answers as one that has expired."""

    def _get_user(self, uidb36: str) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user is not None and user.is_active else None


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """The new password, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _worded(
            self.fields["password1"], label=_("New password"), hint=PASSWORD_HINT, required=_("Enter a new password")
        )


class SetPasswordForm(allauth_forms.SetPasswordForm):
    """A first password, for an account that had none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _worded(
            self.fields["password1"], label=_("New password"), hint=PASSWORD_HINT, required=_("Enter a new password")
        )


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], label=_("Password"), required=_("Enter the password"))


def _word_code(field: forms.Field, *, label: Any, hint: Any = "") -> None:
    _worded(field, label=label, hint=hint, required=_("Enter the code"))
    field.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class AuthenticateForm(mfa_forms.AuthenticateForm):
    """The second step: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(
            self.fields["code"],
            label=_("Code"),
            hint=_("Six digits from the app on your phone, or one of your recovery codes."),
        )


class ReauthenticateCodeForm(mfa_forms.ReauthenticateForm):
    """A code again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(
            self.fields["code"],
            label=_("Code"),
            hint=_("Six digits from the app on your phone, or one of your recovery codes."),
        )


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code of the app proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(
            self.fields["code"],
            label=_("Code from the app"),
            hint=_("Six digits. The app shows a new code every 30 seconds."),
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ResendForm(forms.Form):
    """The address to which the link is to be sent again."""

    email = forms.EmailField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_address(self.fields["email"])
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    name = NameField()
    organisation = forms.CharField(
        label=_("Organisation"), required=False, max_length=200, help_text=_("Where you work or volunteer.")
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=Organisation.Kind.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language"),
        # Each in its own words, for those who cannot read the page's.
        choices=[("pl", "polski"), ("en", "English")],
        widget=forms.RadioSelect,
        help_text=_("For these pages and the messages we send you."),
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose a language")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        kwargs["initial"] = {
            "name": person.name,
            "organisation": person.organisation.name if person.organisation else "",
            "organisation_kind": person.organisation.kind if person.organisation else "",
            "language": person.language,
        }
        super().__init__(*args, **kwargs)
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("organisation") and not data.get("organisation_kind") and "organisation_kind" not in self.errors:
            self.add_error(
                "organisation_kind", ValidationError(_("Choose what kind of organisation it is"), code="kind_missing")
            )
        return data

    def save(self) -> Person:
        data = self.cleaned_data
        return actions.update_profile(
            person_id=self.person.pk,
            name=data["name"],
            language=data["language"],
            organisation_name=data["organisation"],
            organisation_kind=data["organisation_kind"],
        )


class DeleteAccountForm(forms.Form):
    """The password proves that it is the owner who leaves."""

    password = PasswordField(label=_("Password"), autocomplete="current-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], label=_("Password"), required=_("Enter the password"))

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("incorrect_password")
        return password
