"""Where jobs are queued: the database (embedded mode) or Celery's broker (production).

Both put the tasks that Wagtail brings into the queue ``index`` and tell how long the oldest job has been waiting.
"""

import json
import logging
import time
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend

from media import jobs

logger = logging.getLogger(__name__)


class DatabaseQueue(DatabaseBackend):
    """The durable queue in the database, worked by ``manage.py work``."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        return super().enqueue(_placed(task), args, kwargs)

    def oldest_waiting(self) -> float:
        """For how many seconds the oldest job that is due has been waiting; 0 when none is."""
        # Not at the top: the backend is made while the models are still being loaded.
        from django_tasks_db.models import DBTaskResult

        now = timezone.now()
        first = DBTaskResult.objects.ready().aggregate(
            queued=Min("enqueued_at", filter=Q(run_after__gt=now)),
            due_again=Min("run_after", filter=Q(run_after__lte=now)),
        )
        return max(((now - moment).total_seconds() for moment in first.values() if moment), default=0.0)


class CeleryQueue(BaseTaskBackend):
    """Sends jobs to Celery's workers through the broker, after the commit.

    A broker that is away costs a request at most a second, and the next requests nothing: for a few seconds the
    process then does not even try. Nothing is raised; the sweep of each promise finds what was not queued.
    """

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        # Loaded at the start and not by the first request that queues something.
        import kombu.transport.redis  # noqa: F401

        import cms.celery  # noqa: F401

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        task = _placed(task)
        job_id = str(uuid4())
        transaction.on_commit(partial(_send, task, list(args), dict(kwargs), job_id))
        return TaskResult(
            task=task,
            id=job_id,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def oldest_waiting(self) -> float:
        """For how many seconds the job at the head of the longest waiting queue has been waiting.

        Raises what the broker's client raises when the broker cannot be reached.
        """
        from redis import Redis

        client = Redis.from_url(settings.BROKER_URL, socket_connect_timeout=0.5, socket_timeout=0.5)
        with client:
            heads = [client.lindex(queue, -1) for queue in jobs.QUEUES]
        return max((_waiting(head) for head in heads if head), default=0.0)


def _placed(task: Task) -> Task:
    return task.using(queue_name=jobs.runs_in(task.module_path))


def _waiting(message: bytes | str) -> float:
    queued_at = json.loads(message).get("headers", {}).get("queued_at")
    return max(0.0, time.time() - queued_at) if queued_at else 0.0


class _Breaker:
    """Remembers for a while that the broker is away, so that not every job of a request waits for it."""

    PAUSE = 5.0

    def __init__(self) -> None:
        self.closed_until = 0.0

    @property
    def open(self) -> bool:
        return time.monotonic() >= self.closed_until

    def trip(self) -> None:
        self.closed_until = time.monotonic() + self.PAUSE


breaker = _Breaker()


def _send(task: Task, args: list[Any], kwargs: dict[str, Any], job_id: str) -> None:
    from cms.celery import publish

    if not breaker.open:
        logger.warning("the broker is away; job %s was not queued", task.module_path)
        return
    try:
        publish(task.module_path, args, kwargs, queue=task.queue_name, job_id=job_id)
    except Exception as error:
        breaker.trip()
        logger.error("the broker is away (%s); job %s was not queued", type(error).__name__, task.module_path)
