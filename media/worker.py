"""The worker of the embedded mode: does the jobs of the database's queue, one after the other, and keeps the schedule.

There is one per folder of data, held by a lock on a file. Whatever it finds marked as running when it starts was
interrupted, by a crash or a power cut, and is put back.
"""

import fcntl
import logging
import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Protocol

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from media import failed_jobs, jobs
from media.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

NAME = "worker"


class Timing(Protocol):
    """When something is due, as Celery's ``crontab`` tells it."""

    def is_due(self, last_run_at: datetime) -> tuple[bool, float]:
        """Whether it is due, seen from its last run, and in how many seconds to look again."""


class ScheduleEntry(Protocol):
    """One line of the schedule."""

    task: str
    when: Timing


class AnotherWorkerError(Exception):
    """Somebody else already works on this folder of data; carries the number of the process."""


class JobTooLongError(Exception):
    """A job took longer than any job may."""


@contextmanager
def only_worker(folder: Path) -> Iterator[None]:
    """Hold the lock that lets one worker at a time work; it ends with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "worker.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise AnotherWorkerError(file.read().strip()) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Interrupt the block after ``seconds``. Works in the main thread only; elsewhere there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise JobTooLongError(f"the job took longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Worker:
    """Does what is queued until it is told to stop.

    ``poll`` is how many seconds it waits when there is nothing to do; with ``once`` it ends then.
    """

    def __init__(
        self, *, schedule: Sequence[ScheduleEntry] = (), limit: int = 600, poll: float = 0.3, once: bool = False
    ) -> None:
        self.schedule = schedule
        self.limit = limit
        self.poll = poll
        self.once = once
        self.stopping = threading.Event()
        self._last_run: dict[str, datetime] = {}
        self._next_look = 0.0

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """End after the job at hand; asked twice, end at once and leave the job for the next start."""
        if self.stopping.is_set():
            raise SystemExit(1)
        self.stopping.set()

    def run(self) -> None:
        """Work. A database that is away for a while is waited for."""
        put_back = False
        heartbeat = Heartbeat(NAME)
        heartbeat.start()
        try:
            while not self.stopping.is_set():
                try:
                    close_old_connections()
                    if not put_back:
                        put_back_interrupted()
                        put_back = True
                    self.queue_due()
                    worked = self.do_next()
                except (DatabaseError, InterfaceError):
                    logger.exception("the queue cannot be reached; trying again")
                    connection.close()
                    # A job whose end could not be noted is still marked as running, though nobody runs it.
                    put_back, worked = False, False
                    self.stopping.wait(2)
                    continue
                if not worked:
                    if self.once:
                        return
                    self.stopping.wait(self.poll)
        finally:
            heartbeat.end()
            connection.close()

    def queue_due(self) -> None:
        """Queue the entries of the schedule that are due, each at most once at a time. At the start all are due."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + 1
        for entry in self.schedule:
            last_run = self._last_run.get(entry.task)
            if last_run is None or entry.when.is_due(last_run)[0]:
                self._last_run[entry.task] = timezone.localtime()
                waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=entry.task)
                if not waiting.exists():
                    jobs.queue_on_commit(entry.task)

    def do_next(self) -> bool:
        """Do the first job that is due. False when there is none."""
        job = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS).first()
        if job is None:
            return False
        # There is one worker only; the condition guards against the row being deleted in between.
        worker_ids = [*job.worker_ids, str(os.getpid())]
        claimed = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=worker_ids
        )
        if claimed:
            job.worker_ids, job.status = worker_ids, TaskResultStatus.RUNNING
            self._do(job)
        return True

    def _do(self, job: DBTaskResult) -> None:
        arguments, keywords = job.args_kwargs["args"], job.args_kwargs["kwargs"]
        try:
            task = job.task
            context = [TaskContext(task_result=job.task_result)] if task.takes_context else []
            with time_limit(self.limit):
                task.call(*context, *arguments, **keywords)
        except Exception as error:
            settle_failure(job, "".join(traceback.format_exception(error)))
        else:
            job.set_successful(None)
            if job.queue_name != "index":
                failed_jobs.note_success(task_name=job.task_path, arguments=arguments)


def settle_failure(job: DBTaskResult, error: str) -> None:
    """Set a failed job to its next try, or give it up. Its failures in the index queue are not shown to anybody."""
    tries = len(job.worker_ids)
    delay = jobs.delay_before_next(tries)
    job.traceback = error
    if delay is None:
        job.status = TaskResultStatus.FAILED
        job.finished_at = timezone.now()
    else:
        job.status = TaskResultStatus.READY
        job.run_after = timezone.now() + timedelta(seconds=delay)
    job.save(update_fields=["status", "finished_at", "run_after", "traceback"])
    if job.queue_name == "index":
        logger.info("index job %s failed, try %s", job.task_path, tries)
    elif delay is None:
        failed_jobs.note_failure(task_name=job.task_path, arguments=job.args_kwargs["args"], error=error, tries=tries)
    else:
        # Only the kind of trouble: its text may name people.
        reason = error.strip().rsplit("\n", 1)[-1].partition(":")[0]
        logger.warning(
            "job %s failed, try %s of %s, again in %s s: %s", job.task_path, tries, jobs.TRIES, delay, reason
        )


def put_back_interrupted() -> int:
    """Put back what is marked as running: nobody runs it. A job that took its worker down each time is given up."""
    interrupted = list(DBTaskResult.objects.running().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS))
    for job in interrupted:
        if len(job.worker_ids) >= jobs.TRIES:
            settle_failure(job, "The worker ended, or was ended, each time it did this job.")
        else:
            job.status = TaskResultStatus.READY
            job.save(update_fields=["status"])
    if interrupted:
        logger.warning("%s interrupted jobs were put back", len(interrupted))
    return len(interrupted)
