"""Jobs that were given up: noted, repeated, dismissed; and their place in the administration."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.accounts.models import User
from media.failed_jobs import dismiss_job, note_failure, repeat_job
from media.models import FailedJob
from tests.media.sample_jobs import done

pytestmark = pytest.mark.django_db

TASK = "tests.media.sample_jobs.succeed"


@pytest.fixture
def operator() -> User:
    user = User.objects.create_user("operator@example.org", "tajne-haslo-1")
    wanted = ["access_admin", "view_failedjob", "change_failedjob"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    return user


@pytest.fixture
def stranger() -> User:
    user = User.objects.create_user("stranger@example.org", "tajne-haslo-1")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    return user


def failed(folder: Any = "anywhere", task: str = TASK) -> FailedJob:
    error = "Traceback (most recent call last):\n  somewhere\nValueError: wrong <b>number</b>"
    return note_failure(task_name=task, arguments=[str(folder)], error=error, tries=5)


@pytest.mark.rule("job-3")
def test_one_job_has_one_line_however_often_it_fails() -> None:
    first, second = failed(), failed()
    other = failed("elsewhere")
    assert first.pk == second.pk != other.pk


def test_a_long_error_keeps_its_end() -> None:
    job = note_failure(task_name=TASK, arguments=[], error="x" * 50_000 + "the reason", tries=5)
    assert len(job.error) == 10_000
    assert job.error.endswith("the reason")


@pytest.mark.rule("job-3", "job-11")
def test_repeating_queues_the_job_and_is_logged(on_commit: Callable, operator: User, tmp_path: Path) -> None:
    job = failed(tmp_path)
    with on_commit():
        repeat_job(job_id=job.pk, by=operator)
    assert done(tmp_path) == ["succeed"]
    job.refresh_from_db()
    assert job.repeated_by == operator
    assert ModelLogEntry.objects.get(action="media.repeat_job").user == operator


def test_a_job_whose_task_is_gone_can_only_be_dismissed(operator: User) -> None:
    job = failed(task="tests.media.sample_jobs.long_gone")
    with pytest.raises(ValidationError) as refusal:
        repeat_job(job_id=job.pk, by=operator)
    assert refusal.value.code == "unknown_task"
    dismiss_job(job_id=job.pk, by=operator)
    dismiss_job(job_id=job.pk, by=operator)
    assert not FailedJob.objects.exists()
    assert ModelLogEntry.objects.filter(action="media.dismiss_job").count() == 1


@pytest.mark.rule("job-11")
class TestAdministration:
    """Who may see and do what in the administration."""

    def test_the_operator_sees_searches_and_filters(self, client: Client, operator: User) -> None:
        failed()
        failed(task="tests.media.sample_jobs.fail")
        client.force_login(operator)
        address = reverse("failed_jobs:index")
        page = client.get(address).content.decode()
        assert "wrong &lt;b&gt;number&lt;/b&gt;" in page
        assert "tests.media.sample_jobs.fail" in page
        assert reverse("failed_jobs:add") not in page
        for query in ({"q": "succeed"}, {"task_name": TASK}):
            page = client.get(address + "results/", query).content.decode()
            assert TASK in page
            assert "tests.media.sample_jobs.fail" not in page

    def test_the_operator_reads_and_repeats(
        self, client: Client, operator: User, on_commit: Callable, tmp_path: Path
    ) -> None:
        job = failed(tmp_path)
        client.force_login(operator)
        address = reverse("failed_jobs:edit", args=[job.pk])
        assert "Traceback" in client.get(address).content.decode()
        with on_commit():
            answer = client.post(address, {"action": "repeat"})
        assert answer.status_code == 302
        assert done(tmp_path) == ["succeed"]

    def test_the_operator_dismisses(self, client: Client, operator: User) -> None:
        job = failed()
        client.force_login(operator)
        client.post(reverse("failed_jobs:edit", args=[job.pk]), {"action": "dismiss"})
        assert not FailedJob.objects.exists()

    def test_a_refusal_is_told_in_words(self, client: Client, operator: User) -> None:
        job = failed(task="tests.media.sample_jobs.long_gone")
        client.force_login(operator)
        answer = client.post(reverse("failed_jobs:edit", args=[job.pk]), {"action": "repeat"}, follow=True)
        assert FailedJob.objects.filter(pk=job.pk, repeated_at=None).exists()
        assert len(list(answer.context["messages"])) == 1

    def test_an_unknown_act_is_refused(self, client: Client, operator: User) -> None:
        job = failed()
        client.force_login(operator)
        assert client.post(reverse("failed_jobs:edit", args=[job.pk]), {"action": "x"}).status_code == 400

    def test_looking_changes_nothing(self, client: Client, operator: User) -> None:
        job = failed()
        client.force_login(operator)
        client.get(reverse("failed_jobs:edit", args=[job.pk]), {"action": "dismiss"})
        assert FailedJob.objects.exists()

    def test_nobody_adds_or_deletes_by_hand(self, client: Client, operator: User) -> None:
        job = failed()
        User.objects.filter(pk=operator.pk).update(is_superuser=True)
        client.force_login(operator)
        client.post(reverse("failed_jobs:add"))
        client.post(reverse("failed_jobs:delete", args=[job.pk]))
        assert FailedJob.objects.count() == 1

    def test_the_stranger_is_refused(self, client: Client, stranger: User) -> None:
        job = failed()
        client.force_login(stranger)
        client.get(reverse("failed_jobs:index"))
        client.post(reverse("failed_jobs:edit", args=[job.pk]), {"action": "dismiss"})
        client.post(reverse("failed_jobs:edit", args=[job.pk]), {"action": "repeat"})
        assert FailedJob.objects.filter(pk=job.pk, repeated_at=None).exists()
        assert "failed-jobs" not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_a_form_without_its_token_is_refused(self, operator: User) -> None:
        job = failed()
        client = Client(enforce_csrf_checks=True)
        client.force_login(operator)
        assert client.post(reverse("failed_jobs:edit", args=[job.pk]), {"action": "dismiss"}).status_code == 403
        assert FailedJob.objects.exists()
