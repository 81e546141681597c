"""Revoking a certificate, and issuing it anew or again: once, twice, and refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.log_actions import registry as logs

from certificates import actions
from certificates.models import Certificate, NumberCounter
from cms.accounts.models import Person, User
from cms.mail.models import OutgoingMail
from tests.certificates.test_actions import NOW, logged

pytestmark = pytest.mark.django_db


# --- Revoke -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-11", "certificate-14")
def test_revoking_twice_keeps_the_first_reason(certificate: Certificate, coordinator: User) -> None:
    later = NOW + timedelta(hours=1)
    actions.revoke(certificate_id=certificate.pk, reason=" Pomyłka osoby. ", by=coordinator, now=NOW)
    again = actions.revoke(certificate_id=certificate.pk, reason="Inny powód", by=coordinator, now=later)
    assert (again.revoked_at, again.revocation_reason, again.revoked_by) == (NOW, "Pomyłka osoby.", coordinator)
    assert OutgoingMail.objects.filter(template="certificate_revoked").count() == 1
    assert logged(certificate).count("certificates.revoke") == 1


@pytest.mark.rule("certificate-11")
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(certificate: Certificate, coordinator: User, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.revoke(certificate_id=certificate.pk, reason=reason, by=coordinator, now=NOW)
    assert refusal.value.code == "reason_missing"
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


@pytest.mark.rule("certificate-12")
def test_a_revoked_certificate_is_not_issued_again(certificate: Certificate, coordinator: User) -> None:
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    assert actions.issue(completion_id=certificate.completion_id, now=NOW) == certificate
    assert Certificate.objects.count() == 1


@pytest.mark.rule("certificate-22")
def test_a_person_issues_again_what_was_revoked_by_mistake(
    certificate: Certificate, holder: Person, coordinator: User
) -> None:
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    new = actions.issue_again(certificate_id=certificate.pk, reason=" Nie ta osoba ", by=coordinator, now=NOW)
    again = actions.issue_again(certificate_id=certificate.pk, reason="Drugi raz", by=coordinator, now=NOW)
    assert again == new
    certificate.refresh_from_db()
    assert (certificate.revoked_at, certificate.replaced_at) == (NOW, None), "the first one stays revoked"
    assert (new.completion, new.person, new.replaces) == (certificate.completion, holder, certificate)
    assert new.number != certificate.number
    assert new.code != certificate.code
    assert (new.issue_reason, new.revoked_at) == ("Nie ta osoba", None)
    assert actions.issue(completion_id=certificate.completion_id, now=NOW) == new
    assert logged(new) == ["certificates.issue_again"]
    assert OutgoingMail.objects.filter(idempotency_key=f"certificate_issued:{new.pk}").count() == 1


@pytest.mark.rule("certificate-22")
def test_what_cannot_be_issued_again_is_refused_by_code(
    certificate: Certificate, holder: Person, coordinator: User
) -> None:
    def refusal_of(reason: str = "Pomyłka") -> str:
        with pytest.raises(ValidationError) as refusal:
            actions.issue_again(certificate_id=certificate.pk, reason=reason, by=coordinator, now=NOW)
        return refusal.value.code

    assert refusal_of("  ") == "reason_missing"
    assert refusal_of() == "not_revoked"
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    Person.objects.filter(pk=holder.pk).update(erased_at=NOW, name="")
    assert refusal_of() == "erased"
    assert Certificate.objects.count() == 1


# --- Issue anew -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("certificate-13", "certificate-14")
def test_issuing_anew_corrects_the_name_and_replaces(
    certificate: Certificate, holder: Person, coordinator: User
) -> None:
    new = actions.reissue(certificate_id=certificate.pk, name=" Żaneta  Śliwińska ", by=coordinator, now=NOW)
    again = actions.reissue(certificate_id=certificate.pk, name="Ktoś Inny", by=coordinator, now=NOW)
    assert again == new
    certificate.refresh_from_db()
    holder.refresh_from_db()
    assert certificate.replaced_at == NOW
    assert certificate.snapshot["holder_name"] == "Żaneta Gołębiowska-Śliwińska"
    assert (new.holder_name, new.snapshot["holder_name"], holder.name) == ("Żaneta Śliwińska",) * 3
    assert new.replaces == certificate
    assert new.number != certificate.number
    assert new.code != certificate.code
    same = ("course_title", "minutes", "programme", "started_on", "completed_on")
    assert [new.snapshot[field] for field in same] == [certificate.snapshot[field] for field in same]
    assert OutgoingMail.objects.filter(template="certificate_reissued").count() == 1
    assert logged(new) == ["certificates.reissue"]
    assert [entry.action for entry in logs.get_logs_for_instance(holder)] == ["accounts.rename"]


@pytest.mark.rule("certificate-13")
def test_the_sweep_and_a_second_replacement_go_on_from_the_new_one(certificate: Certificate, coordinator: User) -> None:
    second = actions.reissue(certificate_id=certificate.pk, name="Żaneta Druga", by=coordinator, now=NOW)
    assert actions.issue(completion_id=certificate.completion_id, now=NOW) == second
    third = actions.reissue(certificate_id=second.pk, name="Żaneta Trzecia", by=coordinator, now=NOW)
    assert Certificate.objects.filter(replaced_at=None).get() == third
    assert NumberCounter.objects.get(year=2026).last == Certificate.objects.filter(year=2026).count()


@pytest.mark.rule("certificate-13")
def test_a_name_that_was_corrected_before_can_be_issued(
    certificate: Certificate, holder: Person, coordinator: User
) -> None:
    from cms.accounts.actions import rename_person

    rename_person(person_id=holder.pk, name="Żaneta Nowa", by=coordinator)
    new = actions.reissue(certificate_id=certificate.pk, name="Żaneta Nowa", by=coordinator, now=NOW)
    assert new.holder_name == "Żaneta Nowa"


@pytest.mark.rule("certificate-12", "certificate-13")
def test_what_cannot_be_issued_anew_is_refused_by_code(
    certificate: Certificate, holder: Person, coordinator: User
) -> None:
    def refusal_of(name: str = "Żaneta Nowa") -> str:
        with pytest.raises(ValidationError) as refusal:
            actions.reissue(certificate_id=certificate.pk, name=name, by=coordinator, now=NOW)
        return refusal.value.code

    assert refusal_of("Żaneta 🙂") == "emoji"
    assert refusal_of("") == "empty"
    assert refusal_of(certificate.holder_name) == "same_name"
    Person.objects.filter(pk=holder.pk).update(erased_at=NOW, name="")
    assert refusal_of() == "erased"
    Person.objects.filter(pk=holder.pk).update(erased_at=None)
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    assert refusal_of() == "revoked"
    certificate.refresh_from_db()
    assert certificate.replaced_at is None
    assert Certificate.objects.count() == 1
