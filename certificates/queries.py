"""Reads of certificates: one's own, and the public look-ups, which tell a stranger as little as possible."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from certificates.models import Award, Certificate, NameConfirmation
from certificates.rules import (
    CODE_LENGTH,
    NAME_WAIT,
    Validity,
    first_year_kept,
    normalise_code,
    normalise_number,
    surname_matches,
    validity,
)
from cms.accounts.models import Person, User
from cms.accounts.rules import search_name as fold
from courses.learning.models import Completion


def verify_url(code: str) -> str:
    """The public address at which a certificate is checked; it stands in the QR code."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('certificates:verify', kwargs={'code': code})}"


def state_of(certificate: Certificate) -> Validity:
    """What the certificate is worth now."""
    return validity(replaced_at=certificate.replaced_at, revoked_at=certificate.revoked_at)


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """All certificates of a person, the newest first."""
    return Certificate.objects.filter(person=person).order_by("-issued_at", "-id")


def get_certificate_for(user: User | AnonymousUser, pk: int) -> Certificate | None:
    """The user's own certificate, or None: 1 query."""
    if not user.is_authenticated:
        return None
    return Certificate.objects.filter(pk=pk, person__user=user).first()


def find_by_code(typed: str) -> Certificate | None:
    """The certificate with this code, however it was typed. A malformed code costs the same query as an unknown one."""
    code = normalise_code(typed)[: CODE_LENGTH + 1]
    return Certificate.objects.filter(code=code).first()


def find_by_number(typed: str, surname: str) -> Certificate | None:
    """The certificate with this number, if the surname is its holder's; wrong surname and wrong number are alike."""
    found = Certificate.objects.filter(number=normalise_number(typed)).first()
    return found if found is not None and holder_matches(found, surname) else None


def holder_matches(certificate: Certificate, surname: str) -> bool:
    """Whether ``surname`` is the holder's; False once the holder's name was removed."""
    name = re.sub(r"\s*-\s*", "-", certificate.holder_name)
    # Word by word, since the folded column holds no more than the beginning of a very long name.
    holder, typed = (" ".join(map(fold, words.split())) for words in (name, surname))
    return surname_matches(holder, typed, surname_words=max(1, len(fold(name.split()[-1]).split())) if name else 1)


def promised_completions() -> QuerySet[Completion]:
    """Completions that an active award promises a certificate for and that have none yet.

    A revoked certificate counts as one: what a person took back on purpose is not given again by a machine.
    """
    award = Award.objects.filter(
        active=True, course=OuterRef("enrolment__course"), not_before__lte=OuterRef("completed_at")
    )
    has_one = Certificate.objects.filter(completion=OuterRef("pk"))
    return Completion.objects.filter(Exists(award), ~Exists(has_one)).order_by("completed_at", "id")


def completions_without_certificate(now: datetime) -> QuerySet[Completion]:
    """Those of them whose name is settled (``rules.name_is_settled``): what the sweep issues."""
    settled = (
        Exists(_confirmed(OuterRef("enrolment__person"), OuterRef("enrolment__person__name")))
        | Q(enrolment__person__user=None)
        | Q(completed_at__lte=now - NAME_WAIT)
    )
    return promised_completions().exclude(enrolment__person__name="").filter(settled)


def confirmed_name(person: Person) -> str:
    """The name that the person has confirmed; empty while there is none: 1 query."""
    return NameConfirmation.objects.filter(person=person).values_list("name", flat=True).first() or ""


def name_to_confirm(person_id: int, course_code: str) -> str | None:
    """The name that a certificate of the course would carry and the person has not confirmed yet: 1 query.

    None where nothing is to be asked: it is confirmed, or the course promises no certificate.
    """
    promised = Award.objects.filter(course__code=course_code, active=True, not_before__lte=timezone.now())
    asked = Person.objects.filter(Exists(promised), ~Exists(_confirmed(OuterRef("pk"), OuterRef("name"))), pk=person_id)
    return asked.values_list("name", flat=True).first()


def _confirmed(person: OuterRef, name: OuterRef) -> QuerySet[NameConfirmation]:
    return NameConfirmation.objects.filter(person=person, name=name)


def certificates_without_pdf() -> QuerySet[Certificate]:
    """Certificates whose paper has not been made yet; those that failed before come last."""
    return Certificate.objects.filter(pdf="").exclude(holder_name="").order_by("render_error", "id")


def certificates_with_error() -> QuerySet[Certificate]:
    """Certificates whose paper could not be made: a coordinator has to see to them."""
    return Certificate.objects.filter(pdf="").exclude(render_error="").exclude(holder_name="").order_by("id")


def certificate_of(completion: Completion) -> Certificate | None:
    """The newest certificate of a completion, or None while none is issued: 1 query."""
    return Certificate.objects.filter(completion=completion).order_by("-id").first()


def is_promised(course_code: str) -> bool:
    """Whether whoever completes the course today gets a certificate: 1 query."""
    return _awards_in_force(course_code).exists()


def award_of(course_code: str) -> Award | None:
    """The promise that holds today for whoever completes the course, with its course and template: 1 query."""
    return _awards_in_force(course_code).select_related("course", "template").order_by("id").first()


def _awards_in_force(course_code: str) -> QuerySet[Award]:
    return Award.objects.filter(course__code=course_code, active=True, not_before__lte=timezone.now())


def holders_past_keeping(this_year: int) -> QuerySet[Certificate]:
    """Certificates whose holder's name has been kept as long as it may be."""
    return Certificate.objects.filter(year__lt=first_year_kept(this_year)).exclude(holder_name="").order_by("id")
