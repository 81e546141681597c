"""Celery, for production: one task that runs any job of ours by its name.

A worker acknowledges a job after it is done, so a job whose worker is killed is done again by another. When a whole
worker is lost, Redis hands its jobs out again after ``JOB_VISIBILITY_TIMEOUT``, which is longer than the longest job
and the longest wait for a next try.
"""

import os
import time
import traceback
from typing import Any

from celery import Celery, Task, signals
from kombu import Connection
from kombu.pools import producers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string
from django_tasks.base import Task as Job

from cms.schedule import SCHEDULE
from media import jobs

RUN = "cms.run_job"
BROKER = {
    "visibility_timeout": settings.JOB_VISIBILITY_TIMEOUT,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 5,
    "health_check_interval": 20,
}
# Whoever queues must not be held up: less than half a second to connect or to send, without another try.
HURRIED = BROKER | {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "retry_on_timeout": False,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "connect_retries_timeout": 0.2,
}

app = Celery("akademia")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_transport_options=BROKER,
    broker_connection_retry_on_startup=True,
    # Jobs are fire and forget: the state of work is in our own rows.
    result_backend=None,
    task_ignore_result=True,
    accept_content=["json"],
    task_serializer="json",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_acks_on_failure_or_timeout=True,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    task_soft_time_limit=settings.JOB_TIME_LIMIT,
    task_time_limit=settings.JOB_TIME_LIMIT + 30,
    task_default_queue="default",
    timezone=settings.TIME_ZONE,
    enable_utc=True,
    beat_schedule_filename=str(settings.VAR_DIR / "schedule.db"),
    beat_schedule={
        entry.task: {
            "task": RUN,
            "schedule": entry.when,
            "args": (entry.task, [], {}),
            "options": {"queue": jobs.runs_in(entry.task), "expires": entry.expires},
        }
        for entry in SCHEDULE
    },
)


@app.task(name=RUN, bind=True, max_retries=jobs.TRIES - 1)
def run_job(self: Task, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the job ``path``; on failure try again after a growing delay, and note it when it is given up."""
    from media import failed_jobs

    shown = jobs.runs_in(path) != "index"
    if _took_workers_down(self):
        if shown:
            error = "The worker ended, or was ended, each time it did this job."
            failed_jobs.note_failure(task_name=path, arguments=args, error=error, tries=jobs.TRIES)
        return
    try:
        job = import_string(path)
        if not isinstance(job, Job):
            raise TypeError(f"{path} is not a job")
        job.call(*args, **kwargs)
    except Exception as error:
        tries = self.request.retries + 1
        delay = jobs.delay_before_next(tries)
        if delay is not None:
            raise self.retry(countdown=delay, exc=error) from error
        if shown:
            text = "".join(traceback.format_exception(error))
            failed_jobs.note_failure(task_name=path, arguments=args, error=text, tries=tries)
    else:
        if shown:
            failed_jobs.note_success(task_name=path, arguments=args)


def _took_workers_down(task: Task) -> bool:
    """Whether this job has been handed out again too often because its worker was lost."""
    if not task.request.delivery_info.get("redelivered"):
        return False
    key = f"job-handed-out-again:{task.request.id}"
    cache.add(key, 0, timeout=24 * 60 * 60)
    try:
        return cache.incr(key) >= jobs.TRIES
    except ValueError:  # the cache is away or has just been emptied
        return False


def publish(path: str, args: list[Any], kwargs: dict[str, Any], *, queue: str, job_id: str) -> None:
    """Send one job to the broker, within a second. Raises when the broker cannot be reached."""
    connection = Connection(settings.BROKER_URL, transport_options=HURRIED, connect_timeout=0.4)
    with producers[connection].acquire(block=True, timeout=0.4) as producer:
        app.send_task(
            RUN,
            (path, args, kwargs),
            task_id=job_id,
            queue=queue,
            producer=producer,
            retry=False,
            ignore_result=True,
            headers={"queued_at": time.time()},
        )


@signals.worker_ready.connect
def _start_heartbeat(sender: Any, **kwargs: Any) -> None:
    from media.heartbeat import Heartbeat

    Heartbeat(f"worker {sender.hostname}", every=15).start()
