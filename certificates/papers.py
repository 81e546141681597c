"""From a completion to the snapshot: every word of the certificate, taken once and kept."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.labels import default_labels
from certificates.models import Award
from certificates.queries import verify_url
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import course_page_in, outline_facts
from courses.learning.models import Completion

LESSON_HOUR_MINUTES = 45


def snapshot_of(
    *, completion: Completion, award: Award, number: str, code: str, holder_name: str, language: str, now: datetime
) -> dict[str, Any]:
    """Everything that stands on the paper, as JSON. Later changes of course or template do not reach it."""
    enrolment = completion.enrolment
    course = enrolment.course
    page = course_page_in(course, language)
    template = award.template
    labels = default_labels(language)
    with translation.override(language):
        return {
            "language": language,
            "series": template.series,
            "number": number,
            "code": code,
            "verify_url": verify_url(code),
            "document_title": labels["document_title"],
            "holder_name": holder_name,
            "course_title": course.title(language),
            "course_form": page.get_form_display() if page else "",
            "started_on": _day(enrolment.enrolled_at),
            "completed_on": _day(completion.completed_at),
            "issued_on": _day(now),
            "issued_place": template.issued_place,
            "hours_text": hours_text(completion.minutes),
            "minutes": completion.minutes,
            "lesson_hour_minutes": LESSON_HOUR_MINUTES,
            "programme": _programme(completion, language),
            "outcomes": _outcomes(page),
            "verification_method": page.verification_method if page else "",
            "verification_summary": _("quizzes in the course"),
            "result": _("positive"),
            "issuer": {
                "name": template.issuer_name,
                "address": template.issuer_address,
                "contact": template.issuer_contact,
            },
            "signatory": {
                "name": template.signatory_name,
                "function": getattr(template, f"signatory_function_{language}"),
            },
            "trainer": page.trainer if page else "",
            "validator": page.validator if page else "",
            "funding_note": getattr(template, f"funding_note_{language}"),
            "not_note": labels["not_note"],
            "is_sample": template.is_sample,
            "labels": labels,
        }


def hours_text(minutes: int) -> str:
    """The length in teaching hours with the length of the hour, in the active language."""
    hours = minutes / LESSON_HOUR_MINUTES
    if hours == int(hours):
        shown = ngettext("%(hours)s teaching hour", "%(hours)s teaching hours", int(hours)) % {"hours": int(hours)}
    else:
        tenth = f"{int(minutes * 10 / LESSON_HOUR_MINUTES) / 10}"
        separator = "," if translation.get_language() == "pl" else "."
        shown = _("%(hours)s of a teaching hour") % {"hours": tenth.replace(".", separator)}
    return _("%(hours)s (1 hour = %(length)s minutes)") % {"hours": shown, "length": LESSON_HOUR_MINUTES}


def _programme(completion: Completion, language: str) -> list[dict[str, Any]]:
    """The modules with their minutes; only required steps count, as they do in the sum."""
    words = completion.enrolment.course.words
    parts: dict[str, dict[str, Any]] = {}
    for step in outline_facts(completion.outline_version).steps:
        if not step.required:
            continue
        key = str(step.module_key)
        if key not in parts:
            module = _module_words(words, language, key)
            parts[key] = {"code": module["code"], "title": module["title"], "minutes": 0}
        parts[key]["minutes"] += step.minutes
    return list(parts.values())


def _module_words(words: dict[str, Any], language: str, key: str) -> dict[str, str]:
    for wanted in (language, settings.LANGUAGE_CODE):
        if found := words.get(wanted, {}).get("modules", {}).get(key):
            module: dict[str, str] = found
            return module
    return {"code": "–", "title": "–"}


def _outcomes(page: CoursePage | None) -> dict[str, list[str]]:
    if page is None:
        return {}
    return {
        kind: [line.strip() for line in getattr(page, f"outcomes_{kind}").splitlines() if line.strip()]
        for kind in ("knowledge", "skills", "social")
    }


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()
