"""What this room holds about people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

BASIS = _("Art. 6(1)(b) GDPR: the account agreement")
WITH_ACCOUNT = _("As long as the account exists")
WITH_CERTIFICATE = _("As long as the account exists; while a certificate rests on it, without your name")

HOLDINGS: list[dict[str, Any]] = [
    {
        "model": "courses_learning.Enrolment",
        "person": "person",
        "what": _("Courses in which you enrolled"),
        "purpose": _("Learning, and going on where you stopped"),
        "basis": BASIS,
        "retention": WITH_CERTIFICATE,
        "erase": "delete",
        "columns": ["course__code", "state", "cycle", "enrolled_at", "closed_at"],
    },
    {
        "model": "courses_learning.StepProgress",
        "person": "enrolment__person",
        "what": _("Steps that you opened and completed"),
        "purpose": _("Learning, and going on where you stopped"),
        "basis": BASIS,
        "retention": WITH_ACCOUNT,
        "erase": "delete",
        "columns": ["enrolment__course__code", "step_key", "state", "first_opened_at", "done_at", "source", "position"],
    },
    {
        "model": "courses_learning.FilmCoverage",
        "person": "enrolment__person",
        "what": _("Parts of films that you watched"),
        "purpose": _("Counting a film as watched"),
        "basis": BASIS,
        "retention": WITH_ACCOUNT,
        "erase": "delete",
        "columns": ["film__title", "seconds_covered", "intervals", "reported_at"],
    },
    {
        "model": "courses_learning.ProgressEntry",
        "person": "enrolment__person",
        "what": _("The history of your steps"),
        "purpose": _("Explaining how a step came to its state"),
        "basis": BASIS,
        "retention": WITH_ACCOUNT,
        "erase": "delete",
        "columns": ["enrolment__course__code", "step_key", "change", "source", "at"],
    },
    {
        "model": "courses_learning.Completion",
        "person": "enrolment__person",
        "what": _("Courses that you completed"),
        "purpose": _("The basis of a certificate"),
        "basis": BASIS,
        "retention": WITH_CERTIFICATE,
        "erase": "delete",
        "columns": ["enrolment__course__code", "completed_at", "minutes"],
    },
]
