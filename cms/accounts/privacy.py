"""What this room holds about people, with what the parts it builds on (allauth, Wagtail) hold for it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ACCOUNT_BASIS = _("Art. 6(1)(b) GDPR: the account agreement")
SAFETY_BASIS = _("Art. 6(1)(f) GDPR: the security of accounts and the site")
WITH_ACCOUNT = _("As long as the account exists")

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_accounts.Person",
        "person": "self",
        "what": _("Your name, language and organisation"),
        "purpose": _("Learning and issuing certificates"),
        "basis": ACCOUNT_BASIS,
        "retention": _("As long as the account exists; while a certificate is kept, without name and address"),
        "erase": "delete",
        "asked_in": ("account",),
        "columns": ["name", "email", "language", "organisation__name", "organisation__kind", "created_at"],
        "blank": {
            "name": "",
            "sort_name": "",
            "search_name": "",
            "email": "",
            "organisation": None,
            "erased_at": timezone.now,
        },
    },
    {
        "model": "cms_accounts.User",
        "user": "self",
        "what": _("Your account: e-mail address, date created, last sign-in"),
        "purpose": _("Signing in"),
        "basis": ACCOUNT_BASIS,
        "retention": WITH_ACCOUNT,
        "erase": "delete",
        "columns": ["email", "date_joined", "last_login", "is_active"],
    },
    {
        "model": "account.EmailAddress",
        "user": "user",
        "what": _("E-mail addresses and whether you confirmed them"),
        "purpose": _("Signing in and sending messages to the right person"),
        "basis": ACCOUNT_BASIS,
        "retention": WITH_ACCOUNT,
        "erase": "delete",
        "columns": ["email", "verified", "primary"],
    },
    {
        "model": "mfa.Authenticator",
        "user": "user",
        "what": _("Whether you use two-step sign-in, and since when"),
        "purpose": _("Protecting the account"),
        "basis": SAFETY_BASIS,
        "retention": _("Until you turn it off"),
        "erase": "delete",
        "columns": ["type", "created_at", "last_used_at"],
    },
    {
        "model": "usersessions.UserSession",
        "user": "user",
        "what": _("Devices you are signed in on: time, IP address, browser"),
        "purpose": _("Finding and ending sessions that are not yours"),
        "basis": SAFETY_BASIS,
        "retention": _("Until the session ends"),
        "erase": "delete",
        "columns": ["created_at", "last_seen_at", "ip", "user_agent"],
    },
    {
        "model": "wagtailusers.UserProfile",
        "user": "user",
        "what": _("Your settings on the editors' side"),
        "purpose": _("Working on the editors' side"),
        "basis": ACCOUNT_BASIS,
        "retention": WITH_ACCOUNT,
        "erase": "delete",
        "about_staff": True,
        "columns": ["preferred_language", "current_time_zone", "theme", "density"],
    },
    {
        "model": "wagtailcore.ModelLogEntry",
        "user": "user",
        "what": _("Changes you made on the editors' side, other than to pages"),
        "purpose": _("Establishing later who changed what"),
        "basis": SAFETY_BASIS,
        "retention": _("As long as the site runs; after the account is deleted, without a name"),
        "erase": "keep",
        "about_staff": True,
        "columns": ["timestamp", "action"],
    },
    {
        "model": "wagtailcore.PageLogEntry",
        "user": "user",
        "what": _("Changes you made to pages"),
        "purpose": _("Establishing later who changed what"),
        "basis": SAFETY_BASIS,
        "retention": _("As long as the site runs; after the account is deleted, without a name"),
        "erase": "keep",
        "about_staff": True,
        "columns": ["timestamp", "action"],
    },
]
