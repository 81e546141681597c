"""The worker of the embedded mode, in the test's own process; real processes are in ``test_jobs_processes``."""

import itertools
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media.models import FailedJob, WorkerBeat
from media.worker import AnotherWorkerError, Worker, only_worker, put_back_interrupted
from tests.media.sample_jobs import done, fail, fail_quietly, succeed, take_long, tell_the_try
from tests.media.test_jobs import QUEUES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_queue(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}


def work(worker: Worker) -> None:
    """Do everything that is due now."""
    while worker.do_next():
        pass


def test_a_job_is_done_once(tmp_path: Path) -> None:
    succeed.enqueue(str(tmp_path))
    worker = Worker()
    work(worker)
    work(worker)
    assert done(tmp_path) == ["succeed"]
    job = DBTaskResult.objects.get()
    assert (job.status, job.return_value) == (TaskResultStatus.SUCCESSFUL, None)


def test_a_job_may_ask_for_its_context(tmp_path: Path) -> None:
    tell_the_try.enqueue(str(tmp_path))
    work(Worker())
    assert done(tmp_path) == ["1"]


@pytest.mark.rule("job-2", "job-3")
def test_a_failing_job_is_tried_five_times_with_growing_waits_and_then_listed(tmp_path: Path) -> None:
    worker = Worker()
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        fail.enqueue(str(tmp_path))
        tried_at = []
        for _second in range(800):
            before = len(done(tmp_path))
            work(worker)
            if len(done(tmp_path)) > before:
                tried_at.append(timezone.now())
            clock.shift(1)
    waits = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(tried_at)]
    assert waits == [5, 30, 120, 600]
    job = FailedJob.objects.get()
    assert (job.task_name, job.arguments, job.tries) == ("tests.media.sample_jobs.fail", [str(tmp_path)], 5)
    assert job.error.strip().endswith("RuntimeError: as the test wants it")
    assert not FailedJob.objects.filter(repeated_at__isnull=False).exists()


@pytest.mark.rule("job-3")
def test_a_repeated_job_that_succeeds_leaves_the_list(tmp_path: Path) -> None:
    FailedJob.objects.create(task_name="tests.media.sample_jobs.fail", arguments=[str(tmp_path)], error="x", tries=5)
    FailedJob.objects.create(task_name="tests.media.sample_jobs.fail", arguments=["elsewhere"], error="x", tries=5)
    (tmp_path / "mended").touch()
    fail.enqueue(str(tmp_path))
    work(Worker())
    assert [job.arguments for job in FailedJob.objects.all()] == [["elsewhere"]]


@pytest.mark.rule("job-3")
def test_a_repeated_job_that_fails_again_keeps_its_one_line(tmp_path: Path) -> None:
    FailedJob.objects.create(
        task_name="tests.media.sample_jobs.fail", arguments=[str(tmp_path)], error="x", repeated_at=timezone.now()
    )
    fail.enqueue(str(tmp_path))
    DBTaskResult.objects.update(worker_ids=["1", "2", "3", "4"])
    work(Worker())
    job = FailedJob.objects.get()
    assert (job.tries, job.repeated_at) == (5, None)


@pytest.mark.rule("job-7")
def test_an_index_job_that_fails_is_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    DBTaskResult.objects.create(
        task_path="tests.media.sample_jobs.fail_quietly",
        queue_name="index",
        backend_name="default",
        args_kwargs={"args": [str(tmp_path)], "kwargs": {}},
        run_after=timezone.now(),
        worker_ids=["1", "2", "3", "4"],
    )
    assert fail_quietly.queue_name == "index"
    with caplog.at_level(logging.WARNING):
        work(Worker())
    assert done(tmp_path) == ["fail"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert not FailedJob.objects.exists()
    assert not caplog.records


@pytest.mark.rule("job-2")
def test_a_task_that_no_longer_exists_fails_like_any_other(tmp_path: Path) -> None:
    succeed.enqueue(str(tmp_path))
    DBTaskResult.objects.update(task_path="tests.media.sample_jobs.long_gone", worker_ids=["1", "2", "3", "4"])
    work(Worker())
    assert FailedJob.objects.get().task_name == "tests.media.sample_jobs.long_gone"


@pytest.mark.rule("job-10")
def test_a_job_that_takes_too_long_is_interrupted(tmp_path: Path) -> None:
    take_long.enqueue(str(tmp_path), 30)
    work(Worker(limit=1))
    assert done(tmp_path) == ["start"]
    job = DBTaskResult.objects.get()
    assert job.status == TaskResultStatus.READY
    assert "longer than 1 seconds" in job.traceback


@pytest.mark.rule("job-4", "job-9")
@pytest.mark.parametrize(("tries", "status"), [(1, TaskResultStatus.READY), (5, TaskResultStatus.FAILED)])
def test_what_was_interrupted_is_put_back_at_most_five_times(tmp_path: Path, tries: int, status: str) -> None:
    succeed.enqueue(str(tmp_path))
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=[str(n) for n in range(tries)])
    assert put_back_interrupted() == 1
    assert DBTaskResult.objects.get().status == status
    assert FailedJob.objects.exists() is (status == TaskResultStatus.FAILED)


@pytest.mark.rule("job-5")
def test_there_is_one_worker_for_a_folder(tmp_path: Path) -> None:
    with only_worker(tmp_path), pytest.raises(AnotherWorkerError, match=r"\d+"), only_worker(tmp_path):
        pass
    with only_worker(tmp_path):
        pass


@dataclass
class Hourly:
    """Due an hour after its last run."""

    task: str = "tests.media.sample_jobs.tell_the_try"

    @property
    def when(self) -> "Hourly":
        return self

    def is_due(self, last_run_at: datetime) -> tuple[bool, float]:
        return timezone.now() - last_run_at >= timedelta(hours=1), 1


@pytest.mark.rule("job-8")
def test_the_schedule_is_kept_and_what_was_missed_is_made_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 1000, 2))
    monkeypatch.setattr("media.worker.time.monotonic", lambda: float(next(seconds)))
    queued = []
    monkeypatch.setattr("media.worker.jobs.queue_on_commit", queued.append)
    worker = Worker(schedule=[Hourly()])
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        worker.queue_due()
        worker.queue_due()
        assert len(queued) == 1, "due at the start, and not again at once"
        clock.shift(timedelta(hours=5))
        worker.queue_due()
        worker.queue_due()
        assert len(queued) == 2, "five missed times are made up once"


@pytest.mark.rule("job-8")
def test_an_entry_that_still_waits_is_not_queued_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    tell_the_try.enqueue(str(tmp_path))
    with django_capture_on_commit_callbacks(execute=True):
        Worker(schedule=[Hourly()]).queue_due()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("job-12")
def test_the_worker_gives_signs_of_life_and_ends_when_nothing_is_left(tmp_path: Path) -> None:
    succeed.enqueue(str(tmp_path))
    Worker(once=True).run()
    assert done(tmp_path) == ["succeed"]
    assert WorkerBeat.objects.get().name == "worker"


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from django.db import OperationalError

    succeed.enqueue(str(tmp_path))
    worker = Worker(once=True)
    once = iter([True])
    real = worker.do_next

    def away_at_first() -> bool:
        if next(once, False):
            raise OperationalError("the database is away")
        return real()

    monkeypatch.setattr(worker, "do_next", away_at_first)
    monkeypatch.setattr(worker.stopping, "wait", lambda seconds: None)
    worker.run()
    assert done(tmp_path) == ["succeed"]


@pytest.mark.rule("job-14")
def test_asked_to_end_twice_it_ends_at_once() -> None:
    worker = Worker()
    worker.stop()
    assert worker.stopping.is_set()
    with pytest.raises(SystemExit):
        worker.stop()
