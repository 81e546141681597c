"""From a completion to the snapshot: every word of the certificate, taken once and kept."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates.labels import default_labels
from certificates.models import Award, CertificateTemplate
from certificates.queries import verify_url
from certificates.rules import CODE_LENGTH, full_number
from courses.catalogue.models import CoursePage
from courses.catalogue.queries import course_page_in, outline_facts
from courses.catalogue.rules import StepKind
from courses.catalogue.wording import LESSON_HOUR_MINUTES, hours_in_words, minutes_in_words
from courses.learning.models import Completion


def snapshot_of(
    *, completion: Completion, award: Award, number: str, code: str, holder_name: str, language: str, now: datetime
) -> dict[str, Any]:
    """Everything that stands on the paper, as JSON. Later changes of course or template do not reach it."""
    enrolment = completion.enrolment
    course = enrolment.course
    page = course_page_in(course, language)
    with translation.override(language):
        return _words(award.template, language) | {
            "kind": award.kind,
            "number": number,
            "code": code,
            "verify_url": verify_url(code),
            "holder_name": holder_name,
            "course_title": course.title(language),
            "course_language": language if course.words.get(language, {}).get("title") else settings.LANGUAGE_CODE,
            "course_form": page.get_form_display() if page else "",
            "course_form_code": page.form if page else "",
            "started_on": _day(enrolment.enrolled_at),
            "completed_on": _day(completion.completed_at),
            "issued_on": _day(now),
            "hours_text": hours_text(completion.minutes),
            "minutes": completion.minutes,
            "programme": _programme(completion, language),
            "outcomes": _outcomes(page),
            "verification_method": page.verification_method if page else "",
            "verification_summary": _("quizzes in the course") if _has_quiz(completion) else "",
            "result": _("positive"),
            "trainer": page.trainer if page else "",
            "validator": page.validator if page else "",
        }


def sample_snapshot(template: CertificateTemplate, language: str) -> dict[str, Any]:
    """A snapshot with invented facts and the words of ``template``, to try it and to show it. Marked as a sample."""
    code = "2" * CODE_LENGTH
    today = _day(timezone.now())
    with translation.override(language):
        return _words(template, language) | {
            "kind": "completion",
            "number": full_number(template.series or "AW", timezone.localtime().year, 1),
            "code": code,
            "verify_url": verify_url(code),
            "holder_name": "Anna Przykładowa",
            "course_title": _("Sample course"),
            "course_form": _("online, at your own pace"),
            "started_on": today,
            "completed_on": today,
            "issued_on": today,
            "hours_text": hours_text(2 * LESSON_HOUR_MINUTES),
            "minutes": 2 * LESSON_HOUR_MINUTES,
            "programme": [
                {"code": "1", "title": _("First module"), "minutes": LESSON_HOUR_MINUTES},
                {"code": "2", "title": _("Second module"), "minutes": LESSON_HOUR_MINUTES},
            ],
            "outcomes": {"knowledge": [_("knows an example")], "skills": [_("uses an example")]},
            "verification_method": _("Quiz after each module."),
            "verification_summary": _("quizzes in the course"),
            "result": _("positive"),
            "trainer": "Jan Przykładowy",
            "validator": "",
            "is_sample": True,
        }


def _words(template: CertificateTemplate, language: str) -> dict[str, Any]:
    """What is the same on every certificate of a template."""
    labels = default_labels(language)
    return {
        "language": language,
        "series": template.series,
        "document_title": labels["document_title"],
        "issued_place": template.issued_place,
        "lesson_hour_minutes": LESSON_HOUR_MINUTES,
        "issuer": {
            "name": template.issuer_name,
            "address": template.issuer_address,
            "contact": template.issuer_contact,
        },
        "signatory": {
            "name": template.signatory_name,
            "function": getattr(template, f"signatory_function_{language}"),
        },
        "funding_note": getattr(template, f"funding_note_{language}"),
        "not_note": labels["not_note"],
        "is_sample": template.is_sample,
        "labels": labels,
    }


def hours_text(minutes: int, length: int = LESSON_HOUR_MINUTES) -> str:
    """The length in teaching hours with the length of the hour, in the active language. Never more than was planned."""
    if minutes < length:
        return minutes_in_words(minutes)
    return _("%(hours)s (1 hour = %(length)s minutes)") % {"hours": hours_in_words(minutes, length), "length": length}


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


def _has_quiz(completion: Completion) -> bool:
    """Whether the person had to pass a quiz; else the paper must not say that quizzes were the proof."""
    steps = outline_facts(completion.outline_version).steps
    return any(step.required and step.kind is StepKind.QUIZ for step in steps)


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
