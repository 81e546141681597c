"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_privacy.Consent",
        "user": "user",
        "what": _("Which version of the terms of use you accepted, and when"),
        "purpose": _("Showing on what terms the account is run"),
        "basis": _("Art. 6(1)(b) GDPR: the account agreement"),
        "retention": _("As long as the account exists"),
        "erase": "delete",
        "columns": ["purpose", "text_version", "given_at", "withdrawn_at"],
    },
]
