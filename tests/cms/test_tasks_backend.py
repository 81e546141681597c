"""The two places where jobs are queued."""

import logging
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from cms import celery as celery_module
from cms import tasks_backend
from cms.health import health
from media import jobs
from tests.media.sample_jobs import succeed
from tests.media.test_jobs import QUEUES

TASK = "tests.media.sample_jobs.succeed"


@pytest.fixture
def database_queue(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": QUEUES}}


@pytest.fixture
def celery_queue(settings, monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """The queue of production with a broker that only takes notes."""
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.CeleryQueue", "QUEUES": QUEUES}}
    monkeypatch.setattr(tasks_backend, "breaker", tasks_backend._Breaker())
    sent: list[tuple] = []
    monkeypatch.setattr(
        celery_module, "publish", lambda path, args, kwargs, *, queue, job_id: sent.append((path, args, queue))
    )
    return sent


@pytest.mark.django_db
class TestDatabaseQueue:
    """Embedded mode."""

    @pytest.mark.rule("job-7")
    def test_wagtails_tasks_go_into_their_own_queue(self, database_queue: None) -> None:
        update_reference_index_task.enqueue("wagtailcore", "page", "1")
        succeed.enqueue("anywhere")
        assert set(DBTaskResult.objects.values_list("queue_name", flat=True)) == {"index", "default"}

    @pytest.mark.rule("job-12")
    def test_the_oldest_job_that_is_due_counts(self, database_queue: None) -> None:
        queue = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
        assert queue.oldest_waiting() == 0
        now = timezone.now()
        waits = {
            "waiting": {"age": 50},
            "tried again since": {"age": 500, "run_after": now - timedelta(seconds=20)},
            "not yet due again": {"age": 5000, "run_after": now + timedelta(seconds=20)},
            "done": {"age": 9000, "status": "SUCCESSFUL"},
        }
        for name, fields in waits.items():
            succeed.enqueue(name)
            fields["enqueued_at"] = now - timedelta(seconds=fields.pop("age"))
            DBTaskResult.objects.filter(args_kwargs__args=[name]).update(**fields)
        assert round(queue.oldest_waiting()) == 50


class TestCeleryQueue:
    """Production, without a broker."""

    @pytest.mark.rule("job-1")
    @pytest.mark.django_db(transaction=True)
    def test_a_job_is_sent_after_the_commit_only(self, celery_queue: list[tuple]) -> None:
        with transaction.atomic():
            update_reference_index_task.enqueue("wagtailcore", "page", "1")
            jobs.queue_on_commit(TASK, 1)
            assert celery_queue == []
        assert celery_queue == [
            ("wagtail.tasks.update_reference_index_task", ["wagtailcore", "page", "1"], "index"),
            (TASK, [1], "default"),
        ]
        with transaction.atomic():
            jobs.queue_on_commit(TASK, 2)
            transaction.set_rollback(True)
        assert len(celery_queue) == 2

    @pytest.mark.rule("job-6")
    @pytest.mark.django_db
    def test_after_a_failure_the_broker_is_left_alone_for_a_while(
        self,
        celery_queue: list[tuple],
        on_commit: Callable,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        asked = []

        def away(*args: object, **kwargs: object) -> None:
            asked.append(args)
            raise ConnectionRefusedError("redis://:secret@broker/0")

        taking_notes = celery_module.publish
        monkeypatch.setattr(celery_module, "publish", away)
        with caplog.at_level(logging.WARNING), on_commit():
            for number in range(5):
                jobs.queue_on_commit(TASK, number)
        assert len(asked) == 1
        assert caplog.text.count("was not queued") == 5
        monkeypatch.setattr(celery_module, "publish", taking_notes)
        tasks_backend.breaker.closed_until = time.monotonic() - 1
        with on_commit():
            jobs.queue_on_commit(TASK, 6)
        assert celery_queue == [(TASK, [6], "default")]


@pytest.fixture
def silent_server() -> Iterator[int]:
    """A server that lets one in and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(20)
        yield server.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.mark.rule("job-6")
@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["silent_server", "closed_port"])
def test_a_broker_that_is_away_costs_a_request_less_than_a_second(
    kind: str, request: pytest.FixtureRequest, settings, on_commit: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.CeleryQueue", "QUEUES": QUEUES}}
    settings.BROKER_URL = f"redis://127.0.0.1:{request.getfixturevalue(kind)}/0"
    monkeypatch.setattr(tasks_backend, "breaker", tasks_backend._Breaker())
    started = time.monotonic()
    with on_commit():
        for number in range(5):
            jobs.queue_on_commit(TASK, number)
    assert time.monotonic() - started < 1
    assert not tasks_backend.breaker.open


@pytest.mark.rule("job-12")
@pytest.mark.django_db
def test_the_health_page_tells_that_the_broker_is_away_and_not_where_it_is(settings, closed_port: int) -> None:
    settings.TASKS = {"default": {"BACKEND": "cms.tasks_backend.CeleryQueue", "QUEUES": QUEUES}}
    settings.BROKER_URL = f"redis://:geheim@127.0.0.1:{closed_port}/0"
    answer = health(RequestFactory().get("/health/"))
    assert answer.status_code == 503
    assert "cannot be told (ConnectionError)" in answer.content.decode()
    assert "geheim" not in answer.content.decode()
    assert str(closed_port) not in answer.content.decode()
