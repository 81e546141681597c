"""Addresses that stand in letters: made from the site's own address, never from the Host header of a request."""

from typing import Any
from urllib.parse import quote, urlencode

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import translation

from cms.accounts.models import User


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return settings.SITE_URL.rstrip("/") + path


def links_for(template: str, context: dict[str, Any], language: str, way: str = "") -> dict[str, str]:
    """The addresses that a letter needs, in the language of its reader. Only what is used, for they may be secret.

    ``way`` is the path where the reader wanted to go; signing up, in and proving the address lead on to it.
    """
    onward = f"?{urlencode({'next': way})}" if way else ""
    with translation.override(language):
        if template.startswith("email_confirmation"):
            return {"confirm_url": absolute(reverse("account_confirm_email", args=[context["key"]])) + onward}
        if template == "password_reset_key":
            return {"set_password_url": _set_password(f"{context['uid']}-{context['key']}") + onward}
        return {
            "login_url": absolute(reverse("account_login")) + onward,
            "signup_url": absolute(reverse("account_signup")) + onward,
            "reset_url": absolute(reverse("account_reset_password")) + onward,
        }


def invitation_link(user: User, language: str) -> str:
    """The link by which an invited person sets a first password; it dies after a day or with its first use."""
    with translation.override(language):
        return _set_password(f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}")


def _set_password(key: str) -> str:
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return absolute(path.replace("UID-KEY", quote(key)))
