"""Jobs and sweeps: what a crash left undone is found."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from certificates import actions, queries, tasks
from certificates.models import Award, Certificate
from cms.accounts.models import Person, User
from courses.events import course_completed
from courses.learning.models import Completion
from tests.factories.certificates import make_award, make_certificate, make_person
from tests.factories.learning import make_completion

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.rule("certificate-15")
def test_the_sweep_issues_what_is_missing_and_nothing_twice(award: Award, on_commit: Callable) -> None:
    completions = [make_completion(make_person(), award.course) for _ in range(3)]
    make_completion(make_person(), make_award(active=False).course)
    with on_commit():
        tasks.issue_missing.call()
        tasks.issue_missing.call()
    assert set(Certificate.objects.values_list("completion_id", flat=True)) == {c.pk for c in completions}
    assert not Certificate.objects.filter(pdf="").exists()


@pytest.mark.rule("certificate-15")
def test_one_that_fails_does_not_hold_up_the_others(award: Award, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, *others = [make_completion(make_person(), award.course) for _ in range(3)]
    real = actions.snapshot_of

    def sometimes(**kwargs: Any) -> dict[str, Any]:
        if kwargs["completion"].pk == broken.pk:
            raise LookupError("no page")
        return real(**kwargs)

    monkeypatch.setattr(actions, "snapshot_of", sometimes)
    with pytest.raises(LookupError):
        tasks.issue_missing.call()
    assert set(Certificate.objects.values_list("completion_id", flat=True)) == {c.pk for c in others}
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == [1, 2], "no gap"


@pytest.mark.rule("certificate-12", "certificate-15")
def test_the_sweep_leaves_revoked_and_replaced_ones_alone(
    certificate: Certificate, coordinator: User, award: Award
) -> None:
    other = make_certificate(make_person(), award=award)
    actions.revoke(certificate_id=certificate.pk, reason="Pomyłka", by=coordinator, now=NOW)
    actions.reissue(certificate_id=other.pk, name="Anna Nowa", by=coordinator, now=NOW)
    tasks.issue_missing.call()
    assert Certificate.objects.count() == 3


@pytest.mark.rule("certificate-3", "certificate-15")
def test_a_certificate_follows_once_the_name_is_given(award: Award) -> None:
    person = Person.objects.create(email="walk-in@example.org")
    make_completion(person, award.course)
    tasks.issue_missing.call()
    assert not Certificate.objects.exists()
    person.take_name("Jan Przykładowy")
    person.save()
    tasks.issue_missing.call()
    assert Certificate.objects.get().holder_name == "Jan Przykładowy"


@pytest.mark.rule("certificate-21", "certificate-15")
def test_the_sweep_issues_in_an_unconfirmed_name_once_the_wait_is_over(award: Award) -> None:
    late = make_completion(make_person(confirmed=False), award.course, now=NOW - timedelta(days=3))
    make_completion(make_person(confirmed=False), award.course, now=NOW - timedelta(days=2))
    tasks.issue_missing.call()
    assert Certificate.objects.get().completion == late


@pytest.mark.rule("certificate-2")
def test_an_award_that_comes_later_does_not_reach_back(award: Award) -> None:
    completion = make_completion(make_person(), award.course)
    Award.objects.filter(pk=award.pk).update(not_before=completion.completed_at + timedelta(seconds=1))
    tasks.issue_missing.call()
    assert not Certificate.objects.exists()
    Award.objects.filter(pk=award.pk).update(not_before=completion.completed_at)
    tasks.issue_missing.call()
    assert Certificate.objects.count() == 1


@pytest.mark.rule("certificate-9", "certificate-15")
def test_missing_papers_are_made_and_a_broken_one_holds_up_nobody(award: Award) -> None:
    broken, *others = [make_certificate(make_person(), award=award) for _ in range(3)]
    Certificate.objects.filter(pk=broken.pk).update(snapshot=broken.snapshot | {"trainer": "🙂"})
    tasks.render_missing.call()
    assert {c.pk for c in Certificate.objects.exclude(pdf="")} == {c.pk for c in others}
    assert list(queries.certificates_with_error()) == [broken]
    waiting = make_certificate(make_person(), award=award)
    assert list(queries.certificates_without_pdf()) == [waiting, broken], "what failed before comes last"


@pytest.mark.rule("certificate-15")
def test_the_signal_issues_at_once(award: Award, on_commit: Callable) -> None:
    completion = make_completion(make_person(), award.course)
    with on_commit():
        course_completed.send_robust(sender=Completion, completion_id=completion.pk)
    assert Certificate.objects.filter(completion=completion).exclude(pdf="").exists()


@pytest.mark.rule("certificate-16")
def test_names_are_forgotten_after_ten_years(award: Award) -> None:
    old = make_certificate(make_person("Dawna Osoba"), award=award, now=datetime(2026, 3, 1, tzinfo=UTC))
    new = make_certificate(make_person("Nowa Osoba"), award=award, now=datetime(2027, 3, 1, tzinfo=UTC))
    with time_machine.travel("2036-12-31 12:00:00+00:00"):
        tasks.forget_holders.call()
    old.refresh_from_db()
    assert old.holder_name == "Dawna Osoba"
    with time_machine.travel("2036-12-31 23:30:00+00:00"):  # it is 2037 in Warsaw
        cache.clear()
        tasks.forget_holders.call()
        tasks.forget_holders.call()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.holder_name, new.holder_name) == ("", "Nowa Osoba")
