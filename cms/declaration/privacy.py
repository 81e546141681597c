"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PURPOSE = _("Knowing who reviewed the accessibility declaration")
BASIS = _("Art. 6(1)(c) GDPR: accessibility declaration (Act of 4 April 2019)")
RETENTION = _("As long as the site runs; after the account is deleted, without a name")

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_declaration.Review",
        "user": "reviewed_by",
        "what": _("Reviews of the accessibility declaration that you recorded"),
        "purpose": PURPOSE,
        "basis": BASIS,
        "retention": RETENTION,
        "erase": "anonymise",
        "columns": ["reviewed_on", "kind", "method", "auditor", "status", "next_on", "notes", "recorded_at"],
        "blank": {"reviewed_by": None},
        "about_staff": True,
    },
    {
        "model": "cms_declaration.Placement",
        "user": "placed_by",
        "what": _("Inaccessible content that you put under a heading of the declaration"),
        "purpose": PURPOSE,
        "basis": BASIS,
        "retention": RETENTION,
        "erase": "anonymise",
        "columns": ["key", "group", "reason", "placed_at"],
        "blank": {"placed_by": None},
        "about_staff": True,
    },
]
