"""Certificates on the pages of lower houses, which do not import this one."""

from typing import Any

from django import template

from certificates import queries
from certificates.presentation import row_facts
from cms.accounts.models import Person
from courses.learning.models import Completion

register = template.Library()


@register.simple_tag
def my_certificates(person: Person) -> list[dict[str, Any]]:
    """All certificates of a person, the newest first: 1 query.

    Each is ``{title, number, issued_on, hours_text, state, state_word, url, pdf_url, pdf_size, verify_url, ready}``.
    """
    return [row_facts(certificate) for certificate in queries.certificates_of(person)]


@register.simple_tag
def certificate_of(completion: Completion | None) -> dict[str, Any] | None:
    """The certificate of a completed course, as in ``my_certificates``; None while it is being prepared: 1 query."""
    certificate = queries.certificate_of(completion) if completion else None
    return row_facts(certificate) if certificate else None


@register.simple_tag
def certificate_promise(course_code: str) -> bool:
    """Whether whoever completes the course gets a certificate: 1 query."""
    return queries.is_promised(course_code)
