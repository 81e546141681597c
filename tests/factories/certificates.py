"""Templates, awards and certificates, issued as the job issues them."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from certificates import actions
from certificates.models import Award, Certificate, CertificateTemplate
from cms.accounts.actions import create_account
from cms.accounts.models import Person
from cms.accounts.rules import Role
from courses.catalogue.models import Course
from tests.factories.catalogue import make_course
from tests.factories.learning import make_completion

_numbers = itertools.count(1)


def make_person(
    name: str = "Anna Przykładowa", *, language: str = "pl", roles: tuple[Role, ...] = (), confirmed: bool = True
) -> Person:
    """A person with an account, who has confirmed the name for certificates."""
    email = f"person-{next(_numbers)}@example.org"
    person = create_account(email=email, password="haslo-do-testow", name=name, language=language, roles=roles)
    if confirmed:
        actions.confirm_name(person_id=person.pk, name=name, now=timezone.now())
    return person


def make_template(**fields: Any) -> CertificateTemplate:
    """A template that can be printed."""
    number = next(_numbers)
    return CertificateTemplate.objects.create(
        **{
            "name": f"Szablon {number}",
            "issuer_name": "Akademia Współpracy – wersja demonstracyjna",
            "issuer_address": "Toruń",
            "issued_place": "Toruń",
            "signatory_function_pl": "Koordynacja szkoleń (przykład)",
            "signatory_function_en": "Training coordination (sample)",
        }
        | fields
    )


def make_award(course: Course | None = None, *, template: CertificateTemplate | None = None, **fields: Any) -> Award:
    """An active award that reaches back a year."""
    return Award.objects.create(
        course=course or make_course(lessons=1),
        template=template or make_template(),
        **{"not_before": timezone.now() - timedelta(days=365)} | fields,
    )


def make_certificate(
    person: Person | None = None, *, award: Award | None = None, now: datetime | None = None
) -> Certificate:
    """A certificate for a completed course; its paper and its letter wait for the commit."""
    award = award or make_award()
    completion = make_completion(person or make_person(), award.course, now=now)
    certificate = actions.issue(completion_id=completion.pk, now=now or timezone.now())
    assert certificate is not None
    return certificate
