"""The door to the queue."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult

from media import jobs
from tests.media.sample_jobs import done

QUEUES = ["default", "index"]


@pytest.fixture
def database_queue(settings) -> None:
    """The queue of the embedded mode instead of jobs done at once."""
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}


@pytest.mark.rule("job-1")
@pytest.mark.django_db
def test_a_job_is_queued_after_the_commit(on_commit: Callable, tmp_path: Path) -> None:
    with on_commit():
        jobs.queue_on_commit("tests.media.sample_jobs.succeed", str(tmp_path))
        assert done(tmp_path) == []
    assert done(tmp_path) == ["succeed"]


@pytest.mark.rule("job-1")
@pytest.mark.django_db(transaction=True)
def test_a_rollback_queues_nothing(database_queue: None, tmp_path: Path) -> None:
    with transaction.atomic():
        jobs.queue_on_commit("tests.media.sample_jobs.succeed", str(tmp_path))
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    with transaction.atomic():
        jobs.queue_on_commit("tests.media.sample_jobs.succeed", str(tmp_path))
    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs["args"]) == ("tests.media.sample_jobs.succeed", [str(tmp_path)])


@pytest.mark.django_db
def test_the_error_of_a_job_reaches_its_test(on_commit: Callable, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="as the test wants it"), on_commit():
        jobs.queue_on_commit("tests.media.sample_jobs.fail", str(tmp_path))


@pytest.mark.rule("job-6")
@pytest.mark.django_db
def test_a_queue_that_is_away_does_not_disturb_the_caller(
    database_queue: None, on_commit: Callable, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(DBTaskResult.objects, "create", away)
    with caplog.at_level(logging.ERROR), on_commit():
        jobs.queue_on_commit("tests.media.sample_jobs.succeed", "anywhere")
    assert "could not queue tests.media.sample_jobs.succeed" in caplog.text


@pytest.mark.rule("job-2")
def test_tries_and_the_waits_between_them() -> None:
    assert [jobs.delay_before_next(tries) for tries in range(1, 7)] == [5, 30, 120, 600, None, None]


@pytest.mark.rule("job-7")
@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("wagtail.tasks.update_reference_index_task", "index"),
        ("modelsearch.tasks.insert_or_update_object_task", "index"),
        ("cms.mail.tasks.send", "default"),
    ],
)
def test_wagtails_own_tasks_have_a_queue_of_their_own(task: str, queue: str) -> None:
    assert jobs.runs_in(task) == queue
