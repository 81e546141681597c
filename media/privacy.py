"""What this house holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORK_BASIS = _("Art. 6(1)(f) GDPR: running the site")

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "media.CustomImage",
        "user": "uploaded_by_user",
        "what": _("Images that you uploaded"),
        "purpose": _("Knowing whom to ask about a file"),
        "basis": WORK_BASIS,
        "retention": _("As long as the file is used; after the account is deleted, without a name"),
        "erase": "anonymise",
        "columns": ["title", "created_at"],
        "blank": {"uploaded_by_user": None},
    },
    {
        "model": "media.CustomDocument",
        "user": "uploaded_by_user",
        "what": _("Documents that you uploaded"),
        "purpose": _("Knowing whom to ask about a file"),
        "basis": WORK_BASIS,
        "retention": _("As long as the file is used; after the account is deleted, without a name"),
        "erase": "anonymise",
        "columns": ["title", "created_at"],
        "blank": {"uploaded_by_user": None},
    },
    {
        "model": "media.FailedJob",
        "user": "repeated_by",
        "what": _("Background jobs that you had repeated"),
        "purpose": _("Mending what went wrong"),
        "basis": WORK_BASIS,
        "retention": _("Until the job is done or dismissed"),
        "erase": "anonymise",
        "columns": ["task_name", "repeated_at"],
        "blank": {"repeated_by": None},
    },
]
