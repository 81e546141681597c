"""Certificates on the pages of lower houses, which do not import this one."""

from typing import Any

from django import template
from django.urls import reverse

from certificates import queries
from certificates.presentation import awaited_facts, row_facts
from certificates.rules import NAME_WAIT
from cms.accounts.models import Person
from courses.learning.models import Completion

register = template.Library()


@register.simple_tag
def my_certificates(person: Person) -> list[dict[str, Any]]:
    """All certificates of a person, the newest first: 1 query.

    Each is ``{title, lang, number, issued_on, hours_text, state, state_word, url, pdf_url, pdf_size, verify_url,
    ready}``; ``lang`` is that of a title in another language than the page, else empty.
    """
    return [row_facts(certificate) for certificate in queries.certificates_of(person)]


@register.simple_tag
def certificate_of(completion: Completion | None) -> dict[str, Any] | None:
    """The certificate of a completed course, as in ``my_certificates``; None while it is being prepared: 1 query."""
    certificate = queries.certificate_of(completion) if completion else None
    return row_facts(certificate) if certificate else None


@register.simple_tag
def awaited_certificates(person: Person) -> list[dict[str, Any]]:
    """Courses that the person completed and whose certificates are still to come: 2 queries.

    Each is ``{title, url, asks_name, issued_until}``: with ``asks_name`` the certificate waits for the person to
    confirm the name, at the latest until that day.
    """
    completions = queries.promised_completions().filter(enrolment__person=person)
    waiting = list(completions.select_related("enrolment__course"))
    confirmed = bool(waiting) and queries.confirmed_name(person) == person.name
    return [awaited_facts(completion, asks_name=not confirmed) for completion in waiting]


@register.simple_tag
def name_to_confirm(person_id: int, course_code: str, completion: Completion | None = None) -> dict[str, Any] | None:
    """The name that the person has still to confirm for the certificate of a course; None where none is asked: 1 query.

    It is ``{name, url, issued_on}``; ``url`` takes the answer and shows the form that corrects the name, and
    ``issued_on`` is when the certificate of a ``completion`` is issued without an answer.
    """
    name = queries.name_to_confirm(person_id, course_code)
    if name is None:
        return None
    return {
        "name": name,
        "url": reverse("certificates_own:confirm-name", kwargs={"course": course_code}),
        "issued_on": completion.completed_at + NAME_WAIT if completion else None,
    }


@register.simple_tag
def certificate_promise(course_code: str) -> bool:
    """Whether whoever completes the course gets a certificate: 1 query."""
    return queries.is_promised(course_code)
