"""Do background jobs and keep the schedule (embedded mode)."""

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db import DatabaseBackend

from media.worker import AnotherWorkerError, Worker, only_worker


class Command(BaseCommand):
    """The worker of a machine without Redis; in production Celery does its work."""

    requires_system_checks = []
    help = "Does background jobs and keeps the schedule. One at a time is enough; a second one says so and ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--without-schedule", action="store_true", help="only do what is queued")

    def handle(self, *args: Any, once: bool, without_schedule: bool, **options: Any) -> None:
        if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
            raise CommandError(
                "Jobs are queued at the broker here (BROKER_URL is set), so a Celery worker does them: "
                "celery --app cms.celery worker"
            )
        worker = Worker(
            schedule=() if without_schedule else import_string(settings.JOB_SCHEDULE),
            limit=settings.JOB_TIME_LIMIT,
            once=once,
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        try:
            with only_worker(Path(settings.VAR_DIR)):
                worker.run()
        except AnotherWorkerError as error:
            self.stdout.write(f"Another worker is at work here (process {error}). One is enough, so this one ends.")
