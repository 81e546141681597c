"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_checks.Exemption",
        "user": "granted_by",
        "what": _("Faults of content that you let pass"),
        "purpose": _("Knowing who took on to mend content that is not accessible"),
        "basis": _("Art. 6(1)(c) GDPR: accessibility declaration (Act of 4 April 2019)"),
        "retention": _("As long as the content is there; after the account is deleted, without a name"),
        "erase": "anonymise",
        "about_staff": True,
        "columns": ["title", "reason", "mend_by", "granted_at"],
        "blank": {"granted_by": None},
    },
]
