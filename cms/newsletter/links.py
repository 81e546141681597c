"""Signed addresses of a subscriber, and addresses that stay when a page moves."""

from collections.abc import Mapping

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse
from django.utils import translation

from cms.accounts.links import absolute
from cms.newsletter import rules
from cms.newsletter.models import Subscriber

CONFIRM, MANAGE, LEAVE = "confirm", "manage", "leave"
"""What a link is for; one is no use for another."""


def token_for(subscriber: Subscriber, purpose: str) -> str:
    """What stands in a link of this subscriber for one purpose; that for confirming carries its time."""
    return _signer(purpose).sign(subscriber.key)


def key_of(token: str, purpose: str) -> str | None:
    """The subscriber's key in a link; None for one that is not ours, is for something else or has expired."""
    try:
        if purpose == CONFIRM:
            return TimestampSigner(salt=_salt(purpose)).unsign(token, max_age=rules.CONFIRM_WITHIN)
        return Signer(salt=_salt(purpose)).unsign(token)
    except BadSignature:
        return None


def _salt(purpose: str) -> str:
    return f"cms.newsletter.{purpose}"


def _signer(purpose: str) -> Signer:
    return TimestampSigner(salt=_salt(purpose)) if purpose == CONFIRM else Signer(salt=_salt(purpose))


def confirm_url(subscriber: Subscriber) -> str:
    """Where the wish is confirmed."""
    return _address(subscriber, "cms_newsletter:confirm", CONFIRM)


def manage_url(subscriber: Subscriber) -> str:
    """Where the subscriber changes topics and language, leaves, or has everything deleted."""
    return _address(subscriber, "cms_newsletter:change-choice", MANAGE)


def leave_url(subscriber: Subscriber) -> str:
    """Where one leaves, by hand or by the button of a mail program."""
    return _address(subscriber, "cms_newsletter:unsubscribe", LEAVE)


def _address(subscriber: Subscriber, name: str, purpose: str) -> str:
    with translation.override(subscriber.language):
        return absolute(reverse(name, args=[token_for(subscriber, purpose)]))


def page_url(page_id: int) -> str:
    """An address in the language in force that leads to a page wherever it stands by then. It tells of no reader."""
    return absolute(reverse("cms_newsletter:follow-page", args=[page_id]))


def address_of_link(attributes: Mapping[str, str]) -> str:
    """The full address of a link as an editor stored it, empty for one that leads nowhere."""
    if attributes.get("linktype") == "page":
        number = attributes.get("id", "")
        return page_url(int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else ""
    if "linktype" in attributes:
        return ""
    href = attributes.get("href", "").strip()
    return absolute(href) if href.startswith("/") and not href.startswith("//") else href
