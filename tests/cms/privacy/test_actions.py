"""Erasing a person, and recording consent."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from certificates.models import Award, Certificate, CertificateTemplate
from cms.accounts.models import Person, User
from cms.mail.models import OutgoingMail
from cms.privacy import actions
from cms.privacy.models import Consent
from cms.privacy.queries import kept_after_erasure
from courses.assessment.models import Attempt, AttemptItem, Quiz
from courses.catalogue.models import Course, OutlineVersion
from courses.learning.models import Completion, Enrolment, ProgressEntry, StepProgress
from media.models import FailedJob
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.catalogue import locale
from tests.factories.mail import OutgoingMailFactory
from tests.factories.privacy import ConsentFactory

pytestmark = pytest.mark.django_db


def learning(person: Person, code: str, *, certified: bool = False) -> Enrolment:
    """A course that the person completed, with a step, an attempt and perhaps a certificate."""
    import uuid

    course = Course.objects.get_or_create(code=code, defaults={"key": uuid.uuid4()})[0]
    fields: dict[str, Any] = {"content_hash": "x", "sequential": True}
    if any(field.name == "minutes" for field in OutlineVersion._meta.fields):
        fields["minutes"] = 60
    outline = OutlineVersion.objects.get_or_create(course=course, number=1, defaults=fields)[0]
    enrolment = Enrolment.objects.create(person=person, course=course, outline_version=outline, state="completed")
    step = uuid.uuid4()
    StepProgress.objects.create(enrolment=enrolment, step_key=step, state="done", done_at=timezone.now())
    ProgressEntry.objects.create(enrolment=enrolment, step_key=step, change="done", source="learner")
    completion = Completion.objects.create(enrolment=enrolment, outline_version=outline, minutes=60)
    quiz = Quiz.objects.create(title=code, locale=locale("pl"))
    attempt = Attempt.objects.create(person=person, quiz=quiz, number=1, language="pl", pass_mark=70, max_score=1)
    AttemptItem.objects.create(attempt=attempt, position=1, frozen={})
    if certified:
        template = CertificateTemplate.objects.get_or_create(
            name="T", defaults={"issuer_name": "A", "issued_place": "Toruń", "signatory_name": "K"}
        )[0]
        Certificate.objects.create(
            award=Award.objects.get_or_create(course=course, defaults={"template": template})[0],
            person=person,
            completion=completion,
            basis=f"completion:{completion.pk}",
            series="AW",
            year=2026,
            sequence=completion.pk,
            number=f"AW/2026/{completion.pk:05}",
            language="pl",
            holder_name=person.name,
            holder_search=person.search_name,
            snapshot={},
        )
    return enrolment


@pytest.mark.rule("privacy-3")
def test_a_person_without_certificates_is_gone() -> None:
    anna, jan = PersonFactory(user__email="anna@example.org"), PersonFactory()
    learning(anna, "a")
    kept = learning(jan, "a")
    ConsentFactory(user=anna.user)
    OutgoingMailFactory(recipient="Anna@Example.org")
    OutgoingMailFactory(recipient="jan@example.org")
    outline = OutlineVersion.objects.get()
    OutlineVersion.objects.update(published_by=anna.user)
    FailedJob.objects.create(task_name="x", error="", repeated_by=anna.user)
    assert kept_after_erasure(anna) == []
    assert actions.erase_person(person=anna) == []
    assert actions.erase_person(person=anna) == []
    assert list(Person.objects.all()) == [jan]
    assert list(User.objects.all()) == [jan.user]
    assert list(Enrolment.objects.all()) == [kept]
    assert {row.person for row in Attempt.objects.all()} == {jan}
    assert [model.objects.count() for model in (StepProgress, ProgressEntry, Completion, AttemptItem)] == [1, 1, 1, 1]
    assert not Consent.objects.exists()
    assert [letter.recipient for letter in OutgoingMail.objects.all()] == ["jan@example.org"]
    outline.refresh_from_db()
    assert outline.published_by is None
    assert FailedJob.objects.get().repeated_by is None


@pytest.mark.rule("privacy-4")
def test_what_a_certificate_rests_on_stays_without_a_name() -> None:
    anna = PersonFactory(user__email="anna@example.org", name="Anna Przykładowa")
    certified = learning(anna, "a", certified=True)
    learning(anna, "b")
    assert [holding.model for holding in kept_after_erasure(anna)] == ["certificates.Certificate"]
    stayed = {holding.model for holding in actions.erase_person(person=anna)}
    assert stayed == {
        "certificates.Certificate",
        "courses_learning.Enrolment",
        "courses_learning.Completion",
        "cms_accounts.Person",
    }
    anna = Person.objects.get(pk=anna.pk)
    assert (anna.name, anna.sort_name, anna.search_name, anna.email, anna.user, anna.organisation) == (
        "",
        "",
        "",
        "",
        None,
        None,
    )
    assert anna.erased_at is not None
    assert not User.objects.exists()
    assert list(Enrolment.objects.all()) == [certified]
    assert Completion.objects.get().enrolment == certified
    assert [model.objects.count() for model in (StepProgress, ProgressEntry, Attempt, AttemptItem)] == [0, 0, 0, 0]
    certificate = Certificate.objects.get()
    assert (certificate.holder_name, certificate.person) == ("Anna Przykładowa", anna)


@pytest.mark.rule("privacy-4")
def test_erasing_again_changes_nothing() -> None:
    anna = PersonFactory()
    learning(anna, "a", certified=True)
    actions.erase_person(person=anna)
    first = Person.objects.values().get()
    actions.erase_person(person=Person.objects.get())
    second = Person.objects.values().get()
    assert second["erased_at"] - first["erased_at"] < timedelta(minutes=1)
    assert {**first, "erased_at": None} == {**second, "erased_at": None}
    assert Certificate.objects.count() == 1


@pytest.mark.rule("privacy-3")
def test_a_person_without_an_account_is_erased_by_their_address() -> None:
    guest = PersonFactory(user=None, email="guest@example.org")
    OutgoingMailFactory(recipient="guest@example.org")
    actions.erase_person(person=guest)
    assert not Person.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.rule("privacy-5")
def test_one_version_is_accepted_once() -> None:
    user = UserFactory()
    first = actions.record_consent(user=user, purpose="terms", text_version="2026-11")
    assert actions.record_consent(user=user, purpose="terms", text_version="2026-11") == first
    second = actions.record_consent(user=user, purpose="terms", text_version="2027-01")
    assert second != first
    first.withdrawn_at = timezone.now()
    first.save()
    assert actions.record_consent(user=user, purpose="terms", text_version="2026-11") != first
    assert Consent.objects.count() == 3
