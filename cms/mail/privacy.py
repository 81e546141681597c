"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "cms_mail.OutgoingMail",
        "email": "recipient",
        "what": _("Messages sent to you: kind, time, whether they could be delivered"),
        "purpose": _("Delivering messages and retrying failed deliveries"),
        "basis": _("Art. 6(1)(b) GDPR: the account agreement"),
        "retention": _("90 days from the day of sending"),
        "erase": "delete",
        "columns": ["template", "recipient", "language", "state", "created_at", "sent_at"],
    },
]
