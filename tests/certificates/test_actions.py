"""Issuing, the paper, revoking, issuing anew: each once, twice, and refused."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from wagtail.log_actions import registry as logs

from certificates import actions
from certificates.documents import DocumentError
from certificates.models import Award, Certificate, NameConfirmation, NumberCounter
from certificates.papers import hours_text
from cms.accounts.models import Person, User
from cms.mail.models import OutgoingMail
from courses.catalogue.models import Course
from tests.factories.catalogue import make_course, page_of
from tests.factories.certificates import make_award, make_certificate, make_person, make_template
from tests.factories.learning import make_completion

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def logged(certificate: Certificate) -> list[str]:
    return [entry.action for entry in logs.get_logs_for_instance(certificate).order_by("timestamp", "pk")]


# --- Issue ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-1", "certificate-4")
def test_a_completion_earns_one_certificate_however_often_it_is_asked_for(award: Award, holder: Person) -> None:
    completion = make_completion(holder, award.course)
    first = actions.issue(completion_id=completion.pk, now=timezone.now())
    again = actions.issue(completion_id=completion.pk, now=timezone.now())
    assert first is not None
    assert again == first
    assert Certificate.objects.count() == 1
    assert (first.person, first.holder_name) == (holder, "Żaneta Gołębiowska-Śliwińska")
    assert NumberCounter.objects.get().last == 1
    assert logged(first) == ["certificates.issue"]


@pytest.mark.rule("certificate-1", "certificate-9", "certificate-14")
def test_completing_the_last_step_issues_paper_and_letter(award: Award, holder: Person, on_commit: Callable) -> None:
    with on_commit():
        make_completion(holder, award.course)
    certificate = Certificate.objects.get()
    assert certificate.pdf.read()[:5] == b"%PDF-"
    assert certificate.pdf_size == certificate.pdf.size > 10_000
    assert OutgoingMail.objects.get().idempotency_key == f"certificate_issued:{certificate.pk}"


@pytest.mark.rule("certificate-5")
def test_numbers_run_on_in_each_series_and_year(award: Award) -> None:
    other = make_award(template=make_template(series="XY"))
    for year in (2025, 2025, 2026):
        make_certificate(make_person(), award=award, now=datetime(year, 12, 31, 22, 59, tzinfo=UTC))
    make_certificate(make_person(), award=other, now=NOW)
    make_certificate(make_person(), award=award, now=datetime(2025, 12, 31, 23, 1, tzinfo=UTC))  # New Year in Warsaw
    numbers = list(Certificate.objects.order_by("id").values_list("number", flat=True))
    assert numbers == ["AW/2025/00001", "AW/2025/00002", "AW/2026/00001", "XY/2026/00001", "AW/2026/00002"]


@pytest.mark.rule("certificate-5")
def test_what_fails_while_it_issues_takes_no_number(award: Award, monkeypatch: pytest.MonkeyPatch) -> None:
    completion = make_completion(make_person(), award.course)

    def broken(**kwargs: Any) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr(actions, "snapshot_of", broken)
        with pytest.raises(RuntimeError):
            actions.issue(completion_id=completion.pk, now=NOW)
    assert not NumberCounter.objects.filter(last__gt=0).exists()
    assert actions.issue(completion_id=completion.pk, now=NOW).number == "AW/2026/00001"


@pytest.mark.rule("certificate-4")
def test_the_constraint_stands_behind_whoever_looked_too_early(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter([None, certificate])
    monkeypatch.setattr(actions, "certificate_of", lambda completion: next(found))
    assert actions.issue(completion_id=certificate.completion_id, now=NOW) == certificate
    assert (Certificate.objects.count(), NumberCounter.objects.filter(last__gt=1).count()) == (1, 0), "no number lost"


def test_a_broken_constraint_of_something_else_is_not_hushed(award: Award, monkeypatch: pytest.MonkeyPatch) -> None:
    completion = make_completion(make_person(), award.course)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("another constraint")

    monkeypatch.setattr(actions, "_create", broken)
    with pytest.raises(IntegrityError):
        actions.issue(completion_id=completion.pk, now=NOW)


@pytest.mark.rule("certificate-6")
def test_codes_are_random_and_do_not_follow_from_the_number(award: Award) -> None:
    codes = [make_certificate(make_person(), award=award).code for _ in range(4)]
    assert len(set(codes)) == 4
    assert all(re.fullmatch("[2-9A-HJ-NP-Z]{26}", code) for code in codes), "26 signs of 32: 130 bits"


@pytest.mark.rule("certificate-1", "certificate-2")
@pytest.mark.parametrize(
    "fields", [{"active": False}, {"not_before": timezone.now() + timedelta(days=1)}], ids=["off", "later"]
)
def test_without_an_award_in_force_nothing_is_issued(fields: dict[str, Any]) -> None:
    completion = make_completion(make_person(), make_award(**fields).course)
    assert actions.issue(completion_id=completion.pk, now=timezone.now()) is None
    assert not Certificate.objects.exists()


@pytest.mark.rule("certificate-3")
def test_without_a_name_nothing_is_issued_until_it_is_given(award: Award) -> None:
    person = Person.objects.create(email="walk-in@example.org")
    completion = make_completion(person, award.course)
    assert actions.issue(completion_id=completion.pk, now=NOW) is None
    person.take_name("Jan Przykładowy")
    person.save()
    assert actions.issue(completion_id=completion.pk, now=NOW).holder_name == "Jan Przykładowy"


# --- The name ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-21")
def test_a_certificate_waits_until_the_name_is_confirmed(award: Award, on_commit: Callable) -> None:
    person = make_person("Jan Przykładowy", confirmed=False)
    with on_commit():
        completion = make_completion(person, award.course)
    assert not Certificate.objects.exists()
    with on_commit():
        for _ in range(2):
            actions.confirm_name(person_id=person.pk, name="Jan Przykładowy", now=NOW)
    certificate = Certificate.objects.get()
    assert (certificate.completion, certificate.holder_name) == (completion, "Jan Przykładowy")
    assert certificate.pdf
    assert NameConfirmation.objects.get().name == "Jan Przykładowy"


@pytest.mark.rule("certificate-21")
def test_who_confirmed_before_the_end_gets_the_certificate_at_once(award: Award, on_commit: Callable) -> None:
    person = make_person("Jan Przykladowy", confirmed=False)
    actions.confirm_name(person_id=person.pk, name=" Jan  Przykładowy ", now=NOW)
    with on_commit():
        make_completion(person, award.course)
    person.refresh_from_db()
    assert (Certificate.objects.get().holder_name, person.name) == ("Jan Przykładowy",) * 2


@pytest.mark.rule("certificate-21")
def test_a_name_that_was_changed_is_asked_for_again(award: Award) -> None:
    person = make_person("Jan Przykładowy")
    person.save(update_fields=person.take_name("Jan Nowy"))
    completion = make_completion(person, award.course, now=NOW)
    assert actions.issue(completion_id=completion.pk, now=NOW) is None
    actions.confirm_name(person_id=person.pk, name="Jan Nowy", now=NOW)
    assert actions.issue(completion_id=completion.pk, now=NOW).holder_name == "Jan Nowy"


@pytest.mark.rule("certificate-21")
def test_without_an_answer_the_certificate_is_issued_after_three_days(award: Award) -> None:
    completion = make_completion(make_person("Jan Przykładowy", confirmed=False), award.course, now=NOW)
    assert actions.issue(completion_id=completion.pk, now=NOW + timedelta(days=3, seconds=-1)) is None
    issued = actions.issue(completion_id=completion.pk, now=NOW + timedelta(days=3))
    assert issued is not None
    assert issued.holder_name == "Jan Przykładowy"


@pytest.mark.rule("certificate-21")
def test_a_name_that_cannot_be_printed_is_not_confirmed(award: Award) -> None:
    person = make_person("Jan Przykładowy", confirmed=False)
    with pytest.raises(ValidationError):
        actions.confirm_name(person_id=person.pk, name="Jan 🙂", now=NOW)
    person.refresh_from_db()
    assert person.name == "Jan Przykładowy"
    assert not NameConfirmation.objects.exists()


@pytest.mark.rule("certificate-7")
def test_later_changes_do_not_reach_an_issued_certificate(certificate: Certificate, holder: Person) -> None:
    before = certificate.snapshot
    page = page_of(certificate.award.course)
    page.title = "Zupełnie inny tytuł"
    page.save_revision().publish()
    certificate.award.template.issuer_name = "Ktoś inny"
    certificate.award.template.save()
    holder.take_name("Zofia Inna")
    holder.save()
    certificate.refresh_from_db()
    assert certificate.snapshot == before
    assert certificate.holder_name == "Żaneta Gołębiowska-Śliwińska"


@pytest.mark.rule("certificate-7")
def test_the_snapshot_says_what_was_done(certificate: Certificate, holder: Person) -> None:
    words = certificate.snapshot
    assert words["number"] == certificate.number
    assert words["verify_url"] == f"http://127.0.0.1:8000/c/{certificate.code}/"
    assert words["course_title"] == certificate.award.course.title("pl")
    assert words["minutes"] == sum(part["minutes"] for part in words["programme"])
    assert words["minutes"] == certificate.completion.minutes
    assert words["verification_summary"] == "", "no quiz was asked for, so none is claimed"
    assert (words["kind"], words["language"]) == ("completion", holder.language)


def test_a_certificate_takes_the_language_of_its_holder(award: Award) -> None:
    with translation.override("pl"):
        english = make_certificate(make_person(language="en"), award=award)
    assert english.snapshot["document_title"] == "Certificate of course completion"
    assert english.snapshot["hours_text"].startswith(("1 minute", "2 minutes"))


@pytest.mark.rule("certificate-8")
@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1, "1 minute"),
        (44, "44 minutes"),
        (45, "1 teaching hour (1 hour = 45 minutes)"),
        (134, "2.9 teaching hours (1 hour = 45 minutes)"),
        (135, "3 teaching hours (1 hour = 45 minutes)"),
    ],
)
def test_hours_in_words(minutes: int, text: str) -> None:
    with translation.override("en"):
        assert hours_text(minutes) == text


def test_an_optional_step_counts_no_minutes(holder: Person) -> None:
    course: Course = make_course(lessons=3, optional=1)
    certificate = make_certificate(holder, award=make_award(course))
    assert certificate.snapshot["minutes"] == course.outlines.get().minutes


# --- The paper --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-9")
def test_the_paper_is_made_once(certificate: Certificate) -> None:
    first = actions.make_paper(certificate_id=certificate.pk)
    name, paper = first.pdf.name, first.pdf.read()
    again = actions.make_paper(certificate_id=certificate.pk)
    assert (again.pdf.name, again.pdf_size) == (name, len(paper))


@pytest.mark.rule("certificate-9")
def test_a_paper_that_was_lost_is_made_again_as_it_was(certificate: Certificate) -> None:
    first = actions.make_paper(certificate_id=certificate.pk)
    paper = first.pdf.read()
    first.pdf.storage.delete(first.pdf.name)
    again = actions.make_paper(certificate_id=certificate.pk)
    assert again.pdf.name == first.pdf.name
    assert again.pdf.read() == paper


@pytest.mark.rule("certificate-9")
def test_what_a_crash_left_of_a_paper_is_written_over(certificate: Certificate) -> None:
    from django.core.files.base import ContentFile

    storage = certificate.pdf.storage
    storage.save(f"certificates/{certificate.number.replace('/', '-')}.pdf", ContentFile(b"half"))
    paper = actions.make_paper(certificate_id=certificate.pk).pdf
    assert paper.read()[:5] == b"%PDF-"
    assert storage.listdir("certificates")[1].count(paper.name.rpartition("/")[2]) == 1


@pytest.mark.rule("certificate-9")
def test_a_flaw_is_noted_and_raised_and_gone_once_it_is_mended(certificate: Certificate) -> None:
    whole = certificate.snapshot
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=whole | {"trainer": "Jan 🙂"})
    with pytest.raises(DocumentError):
        actions.make_paper(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert certificate.render_error.startswith("glyph: ")
    assert not certificate.pdf
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=whole)
    assert actions.make_paper(certificate_id=certificate.pk).render_error == ""


def test_a_coordinator_asks_for_a_paper(certificate: Certificate, coordinator: User, on_commit: Callable) -> None:
    with on_commit():
        actions.ask_for_paper(certificate_id=certificate.pk, by=coordinator)
        actions.ask_for_paper(certificate_id=certificate.pk, by=coordinator)
    certificate.refresh_from_db()
    assert certificate.pdf
    assert logged(certificate).count("certificates.make_paper") == 2


@pytest.mark.parametrize("name", ["Ż" * 100 + " " + "ŻÓŁĆ" * 24 + "abc", "عبد الرحمن القرطبي", "Łucja O’Źdźbło-Ćwik"])
def test_long_and_foreign_names_can_be_printed(award: Award, name: str, on_commit: Callable) -> None:
    with on_commit():
        certificate = make_certificate(make_person(name), award=award)
    certificate.refresh_from_db()
    assert certificate.pdf
    assert certificate.holder_name == name


# --- Forget -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-16")
def test_a_forgotten_name_is_gone_from_row_words_and_file(certificate: Certificate, on_commit: Callable) -> None:
    actions.make_paper(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    path, storage = certificate.pdf.name, certificate.pdf.storage
    with on_commit():
        actions.forget_holder(certificate_id=certificate.pk)
        actions.forget_holder(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    assert (certificate.holder_name, certificate.holder_search, certificate.pdf.name) == ("", "", "")
    assert "Żaneta" not in str(certificate.snapshot)
    assert certificate.snapshot["minutes"] == certificate.completion.minutes
    assert not storage.exists(path)
    assert logged(certificate).count("certificates.forget_holder") == 1
    assert not actions.make_paper(certificate_id=certificate.pk).pdf, "without a name there is no paper"


# --- Letters and the queue --------------------------------------------------------------------------------------------


def test_an_address_that_is_none_keeps_nobody_from_a_certificate(award: Award) -> None:
    person = Person.objects.create(email="no address")
    person.take_name("Jan Przykładowy")
    person.save()
    assert make_certificate(person, award=award).number
    assert not OutgoingMail.objects.exists()


def test_who_has_no_address_gets_a_certificate_and_no_letter(award: Award) -> None:
    person = Person.objects.create()
    person.take_name("Jan Przykładowy")
    person.save()
    assert make_certificate(person, award=award).number
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_certificate_no_letter_and_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    award = make_award()
    completion = make_completion(Person.objects.create(email="a@example.org"), award.course)
    person = completion.enrolment.person
    person.take_name("Jan Przykładowy")
    person.save()
    queued: list[str] = []
    monkeypatch.setattr("media.jobs._enqueue", lambda name, *ids: queued.append(name))

    def issue_and_fail() -> None:
        with transaction.atomic():
            actions.issue(completion_id=completion.pk, now=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        issue_and_fail()
    assert (Certificate.objects.count(), OutgoingMail.objects.count(), queued) == (0, 0, [])
    actions.issue(completion_id=completion.pk, now=NOW)
    assert sorted(queued) == ["certificates.tasks.make_paper", "cms.mail.tasks.send"]
