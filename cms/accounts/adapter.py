"""How allauth works here: its letters go through the outbox, its refusals in our words."""

import secrets
from hashlib import sha256
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.accounts.links import links_for
from cms.accounts.models import User
from cms.accounts.pending import note_letter, pending, remember_letter, way_of
from cms.accounts.queries import letter_language
from cms.mail.actions import queue_mail

# What is told to the owner after a change of the account's safety; one template words them all.
NOTICES = {
    "password_changed",
    "password_set",
    "password_reset",
    "email_changed",
    "email_deleted",
    "totp_activated",
    "totp_deactivated",
    "recovery_codes_generated",
}

# The limit of ACCOUNT_RATE_LIMITS for wrong passwords of one address, wherever they come from.
ANYWHERE = "login_failed_anywhere"


class AccountAdapter(DefaultAccountAdapter):
    """Letters as rows of the outbox with links that only the site's own address can hold."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is suspended."),
        "duplicate_email": _("This is already the address of your account"),
        "email_password_mismatch": _("The e-mail address or the password is wrong. Check both and try again"),
        "enter_current_password": _("The current password is wrong"),
        "incorrect_password": _("The password is wrong"),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes and try again"),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again"),
        "invalid_password_reset": _("This link has expired or has already been used"),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter ``template_prefix`` names. It is rendered and sent by a job, in the owner's language."""
        template = template_prefix.rpartition("/")[2]
        language = letter_language(email)
        way = way_of(self.request, email) if self.request is not None else ""
        facts = links_for(template, context, language, way)
        if template in NOTICES:
            facts |= {"event": template, "at": context["timestamp"].isoformat()}
            facts |= {
                name: str(context[name]) for name in ("from_email", "to_email", "deleted_email") if name in context
            }
            template = "security_notice"
        token = context.get("key") or secrets.token_hex(16)
        queue_mail(
            key=f"{template}:{_digest(email, token)}",
            recipient=email,
            template=template,
            language=language,
            context=facts,
            confidential=True,
        )
        if self.request is not None:
            note_letter(self.request)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """The letter with the link that proves an address; for a change to a taken address, a warning to its owner."""
        address: EmailAddress = emailconfirmation.email_address
        changes = address.email != address.user.email
        # Asked for free and taken addresses alike, so that they cost the same.
        taken = changes and User.objects.filter(email=address.email).exists()
        if taken:
            self.send_mail("account/email/address_taken", address.email, {})
        elif changes:
            self.send_mail("account/email/email_confirmation", address.email, {"key": emailconfirmation.key})
        else:
            self.send_mail("account/email/email_confirmation_signup", address.email, {"key": emailconfirmation.key})

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuses an address that became another account's own in the meantime."""
        if User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id).exists():
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        confirmed: bool = super().confirm_email(request, email_address)
        return confirmed

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try twice: for the address from this network, and for the address from anywhere."""
        super().pre_authenticate(request, **credentials)
        self._tries_anywhere = ratelimit.consume(
            request, app="allauth.account", action=ANYWHERE, key=_typed_address(credentials)
        )
        if not self._tries_anywhere:
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Without the host, which the visitor chooses; with the network, so that a stranger locks only themselves out.

        The three methods with an underscore are where allauth (65) counts tries; the tests of signing in hold them.
        """
        return f"{_typed_address(credentials)}|{ratelimit.get_ip(request)}"

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._tries_anywhere:
            self._tries_anywhere.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, app="allauth.account", action=ANYWHERE, key=_typed_address(credentials))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whoever is signed in has an account already."""
        return not request.user.is_authenticated

    def respond_email_verification_sent(self, request: HttpRequest, user: User | None) -> HttpResponseBase:
        # At signing up the form has noted the address that was typed, known or not.
        signing_up = request.resolver_match is not None and request.resolver_match.view_name == "account_signup"
        address = user.email if user is not None else pending(request).address
        remember_letter(request, address, at_door=not signing_up)
        return super().respond_email_verification_sent(request, user)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("cms_accounts:show-profile")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        if self.request.user.is_authenticated:
            return reverse("cms_accounts:show-profile")
        return reverse("account_login")


class MFAAdapter(DefaultMFAAdapter):
    """The second step in our words; its QR code is drawn on white, so that it can be scanned from a dark page."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or has expired. Enter the code shown by the app now"),
        "unverified_email": _("Confirm your e-mail address first"),
        "add_email_blocked": _("You cannot change the address while two-step sign-in is on"),
    }

    def build_totp_svg(self, url: str) -> str:
        out = BytesIO()
        segno.make(url, error="m").save(out, kind="svg", scale=5, border=4, dark="#000000", light="#ffffff")
        return out.getvalue().decode()


def _typed_address(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").strip().lower()


def _digest(email: str, token: str) -> str:
    return sha256(f"{email.lower()}\0{token}".encode()).hexdigest()[:40]
