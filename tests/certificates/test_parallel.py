"""Ten at once: on PostgreSQL truly side by side, on SQLite one after the other; the result is the same."""

import pytest
from django.utils import timezone

from certificates import actions
from certificates.models import Certificate, NumberCounter
from cms.accounts.rules import Role
from cms.mail.models import OutgoingMail
from tests.factories.certificates import make_award, make_certificate, make_person
from tests.factories.learning import make_completion
from tests.parallel import TIMES, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _jobs_are_only_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.jobs._enqueue", lambda name, *ids: None)


@pytest.mark.rule("certificate-4", "certificate-5")
def test_ten_issues_at_once_give_ten_numbers_in_an_unbroken_row() -> None:
    award = make_award()
    completions = [make_completion(make_person(), award.course) for _ in range(TIMES)]

    issued = at_once(lambda n: actions.issue(completion_id=completions[n].pk, now=timezone.now()))
    assert sorted(certificate.sequence for certificate in issued) == list(range(1, TIMES + 1))
    assert {certificate.completion_id for certificate in issued} == {completion.pk for completion in completions}
    assert NumberCounter.objects.get().last == TIMES


@pytest.mark.rule("certificate-4", "certificate-5", "certificate-14")
def test_one_completion_asked_for_ten_times_at_once_is_one_certificate() -> None:
    completion = make_completion(make_person(), make_award().course)
    issued = at_once(lambda _: actions.issue(completion_id=completion.pk, now=timezone.now()))
    assert len({certificate.pk for certificate in issued}) == 1
    assert (Certificate.objects.count(), NumberCounter.objects.get().last, OutgoingMail.objects.count()) == (1, 1, 1)


@pytest.mark.rule("certificate-9")
def test_ten_jobs_for_one_paper_leave_one_file() -> None:
    certificate = make_certificate()
    made = at_once(lambda _: actions.make_paper(certificate_id=certificate.pk))
    assert len({each.pdf.name for each in made}) == 1
    name = made[0].pdf.name.rpartition("/")[2]
    assert made[0].pdf.storage.listdir("certificates")[1] == [name]


@pytest.mark.rule("certificate-11", "certificate-13")
def test_replacing_and_revoking_at_once_happens_once() -> None:
    certificate = make_certificate()
    by = make_person(roles=(Role.COORDINATORS,)).user
    assert by is not None

    def reissue() -> Certificate:
        return actions.reissue(certificate_id=certificate.pk, name="Anna Nowa", by=by, now=timezone.now())

    def revoke() -> Certificate:
        return actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=by, now=timezone.now())

    new = at_once(lambda _: reissue())
    assert len({each.pk for each in new}) == 1
    at_once(lambda _: revoke())
    assert Certificate.objects.count() == 2
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == [1, 2]
    assert OutgoingMail.objects.filter(template="certificate_revoked").count() == 1
