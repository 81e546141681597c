"""The one task of Celery that runs our jobs, in the test's own process."""

from pathlib import Path
from typing import Any

import pytest
from celery.exceptions import Retry

from cms.celery import app, run_job
from media.models import FailedJob
from tests.media.sample_jobs import done

pytestmark = pytest.mark.django_db

PATH = "tests.media.sample_jobs."


def run(path: str, *args: Any, retries: int = 0, redelivered: bool = False) -> None:
    """Run a job as a worker does that got it for the ``retries + 1``th time."""
    how = {"redelivered": redelivered}
    run_job.push_request(id="a-job", retries=retries, called_directly=False, delivery_info=how)
    try:
        run_job.run(path, list(args), {})
    finally:
        run_job.pop_request()


@pytest.fixture
def tried_again(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Take down the waits before the next try instead of sending the job to a broker."""
    waits: list[int] = []

    def retry(*, countdown: int, exc: Exception) -> Retry:
        waits.append(countdown)
        return Retry(exc=exc)

    monkeypatch.setattr(run_job, "retry", retry)
    return waits


def test_a_job_is_run(tmp_path: Path) -> None:
    run(PATH + "succeed", str(tmp_path))
    assert done(tmp_path) == ["succeed"]


@pytest.mark.rule("job-2", "job-3")
def test_a_failing_job_is_tried_five_times_with_growing_waits_and_then_listed(
    tmp_path: Path, tried_again: list[int]
) -> None:
    for retries in range(4):
        with pytest.raises(Retry):
            run(PATH + "fail", str(tmp_path), retries=retries)
    assert tried_again == [5, 30, 120, 600]
    assert not FailedJob.objects.exists()
    run(PATH + "fail", str(tmp_path), retries=4)
    job = FailedJob.objects.get()
    assert (job.task_name, job.arguments, job.tries) == (PATH + "fail", [str(tmp_path)], 5)


@pytest.mark.rule("job-3")
def test_a_job_that_succeeds_leaves_the_list(tmp_path: Path) -> None:
    FailedJob.objects.create(task_name=PATH + "succeed", arguments=[str(tmp_path)], error="x")
    run(PATH + "succeed", str(tmp_path))
    assert not FailedJob.objects.exists()


@pytest.mark.rule("job-7")
def test_an_index_job_that_fails_is_not_shown(tried_again: list[int]) -> None:
    run("wagtail.tasks.update_reference_index_task", "wagtailcore", "page", "999999", retries=4)
    assert not FailedJob.objects.exists()


@pytest.mark.rule("job-9")
def test_a_job_handed_out_again_too_often_is_given_up(tmp_path: Path) -> None:
    for _time in range(4):
        run(PATH + "succeed", str(tmp_path), redelivered=True)
    assert done(tmp_path) == ["succeed"] * 4
    run(PATH + "succeed", str(tmp_path), redelivered=True)
    assert done(tmp_path) == ["succeed"] * 4
    assert FailedJob.objects.get().arguments == [str(tmp_path)]


@pytest.mark.parametrize("path", ["os.system", "media.models.FailedJob", "long.gone"])
def test_what_is_no_job_is_not_run(path: str, tmp_path: Path, tried_again: list[int]) -> None:
    run(path, f"touch {tmp_path}/done", retries=4)
    assert done(tmp_path) == []
    assert FailedJob.objects.get().task_name == path


def test_only_json_is_taken_and_nothing_is_kept() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_ignore_result
    assert app.conf.result_backend is None


def test_a_lost_worker_s_jobs_come_back_after_the_longest_job() -> None:
    options = app.conf.broker_transport_options
    assert options["visibility_timeout"] > app.conf.task_time_limit
    assert options["unacked_restore_throttle"] == 1
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
