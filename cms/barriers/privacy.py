"""What this room holds about people."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BASIS = _("Art. 6(1)(c) GDPR: the Act of 4 April 2019 on digital accessibility; for a hint Art. 6(1)(f): mending it")

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_barriers.BarrierReport",
        "email": "email",
        "what": _("Barriers that you reported, with your contact and our answer"),
        "purpose": _("Answering you and mending the barrier"),
        "basis": BASIS,
        "retention": _("12 months after the answer; then only the number and the days stay"),
        "erase": "anonymise",
        "asked_in": ("barrier",),
        "columns": [
            "number",
            "kind",
            "barrier",
            "place",
            "remedy",
            "name",
            "email",
            "phone",
            "state",
            "received_at",
            "deadline",
            "answer",
            "alternative",
            "settled_at",
        ],
        # What is not accessible stays, so that it can still be mended.
        "blank": {"name": "", "email": "", "phone": "", "remedy": "", "contact_removed_at": timezone.now},
    },
    {
        "model": "cms_barriers.BarrierReport",
        "user": "taken_by",
        "what": _("Reports of barriers that you took over"),
        "purpose": _("Knowing who answers by which day"),
        "basis": BASIS,
        "retention": _("As long as the report is kept; after the account is deleted, without a name"),
        "erase": "anonymise",
        "columns": ["number", "received_at", "deadline"],
        "blank": {"taken_by": None},
        "about_staff": True,
    },
    {
        "model": "cms_barriers.BarrierReport",
        "user": "settled_by",
        "what": _("Reports of barriers that you answered, refused or closed"),
        "purpose": _("Knowing who answers by which day"),
        "basis": BASIS,
        "retention": _("As long as the report is kept; after the account is deleted, without a name"),
        "erase": "anonymise",
        "columns": ["number", "state", "settled_at"],
        "blank": {"settled_by": None},
        "about_staff": True,
    },
]
