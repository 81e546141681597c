"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "courses_assessment.Attempt",
        "person": "person",
        "what": _("Your attempts at quizzes: when, how many points, whether passed"),
        "purpose": _("Showing your results and completing courses"),
        "basis": _("Art. 6(1)(b) GDPR: the account agreement"),
        "retention": _("As long as the account exists"),
        "erase": "delete",
        "columns": ["quiz__title", "number", "started_at", "submitted_at", "score", "max_score", "passed"],
    },
    {
        "model": "courses_assessment.AttemptItem",
        "person": "attempt__person",
        "what": _("Your answers in quizzes"),
        "purpose": _("Grading and showing you what was right"),
        "basis": _("Art. 6(1)(b) GDPR: the account agreement"),
        "retention": _("As long as the account exists"),
        "erase": "delete",
        "columns": ["attempt__number", "position", "answer", "points", "saved_at"],
    },
]
