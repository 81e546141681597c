"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

CONSENT = _("Art. 6(1)(a) GDPR: your consent")
KEPT = _("Until you unsubscribe, and 30 days after; an address that was not confirmed: 7 days")

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_newsletter.Release",
        "user": "released_by",
        "what": _("Issues of the newsletter that you released"),
        "purpose": _("Establishing later who sent what"),
        "basis": _("Art. 6(1)(f) GDPR: the security of accounts and the site"),
        "retention": _("As long as the site runs; after the account is deleted, without a name"),
        "erase": "keep",
        "about_staff": True,
        "columns": ["title", "released_at"],
    },
    {
        "model": "cms_newsletter.Delivery",
        "email": "subscriber__email",
        "what": _("Which issues of the newsletter were sent to you"),
        "purpose": _("Sending each issue once"),
        "basis": CONSENT,
        "retention": _("90 days from the day of sending"),
        "erase": "anonymise",
        "columns": ["release__title", "state", "settled_at"],
        "blank": {"subscriber": None},
    },
    {
        "model": "cms_newsletter.ConsentEvent",
        "email": "subscriber__email",
        "what": _("When and to which words you agreed, and what you changed"),
        "purpose": _("Showing that you asked for the newsletter"),
        "basis": _("Art. 7(1) GDPR: proof of consent"),
        "retention": KEPT,
        "erase": "delete",
        "columns": ["kind", "source", "at", "text_version", "words", "language", "topics"],
    },
    {
        "model": "cms_newsletter.Subscriber",
        "email": "email",
        "what": _("Your subscription to the newsletter: address, language, state"),
        "purpose": _("Sending the newsletter"),
        "basis": CONSENT,
        "retention": KEPT,
        "erase": "delete",
        "asked_in": ("newsletter",),
        "columns": ["email", "language", "state", "created_at", "confirmed_at", "ended_at"],
    },
]
