"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "courses_catalogue.OutlineVersion",
        "user": "published_by",
        "what": _("Outlines of courses that you published"),
        "purpose": _("Explaining later who changed what a course demands"),
        "basis": _("Art. 6(1)(f) GDPR: running the site"),
        "retention": _("As long as the course has records; after the account is deleted, without a name"),
        "erase": "anonymise",
        "about_staff": True,
        "columns": ["course__code", "number", "published_at"],
        "blank": {"published_by": None},
    },
]
