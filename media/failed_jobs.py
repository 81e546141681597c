"""Jobs that were given up: noted by the workers, repeated or dismissed by people."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks.base import Task
from wagtail.log_actions import log

from media.jobs import queue_on_commit
from media.models import FailedJob

logger = logging.getLogger(__name__)

LONGEST_ERROR = 10_000


def note_failure(*, task_name: str, arguments: list[Any], error: str, tries: int) -> FailedJob:
    """Note that a job was given up. One job, known by its task and arguments, has one line, however often it fails."""
    changed = {"error": error[-LONGEST_ERROR:], "tries": tries, "failed_at": timezone.now(), "repeated_at": None}
    with transaction.atomic():
        job = FailedJob.objects.select_for_update(no_key=True).filter(task_name=task_name, arguments=arguments).first()
        if job is None:
            job = FailedJob.objects.create(task_name=task_name, arguments=arguments, **changed)
        else:
            for name, value in changed.items():
                setattr(job, name, value)
            job.save(update_fields=list(changed))
    logger.error("job %s%s was given up after %s tries", task_name, tuple(arguments), tries)
    return job


def note_success(*, task_name: str, arguments: list[Any]) -> None:
    """Take a job off the list: what it stood there for has been done."""
    FailedJob.objects.filter(task_name=task_name, arguments=arguments).delete()


def repeat_job(*, job_id: int, by: Any) -> FailedJob:
    """Queue a failed job again. Its line stays, marked as repeated, until the job succeeds. Safe to repeat; logged.

    Refused when the task no longer exists (code ``unknown_task``).
    """
    with transaction.atomic():
        job = FailedJob.objects.select_for_update(no_key=True, of=("self",)).get(pk=job_id)
        if not is_known(job.task_name):
            raise ValidationError(
                _("This kind of job no longer exists. It can only be dismissed."), code="unknown_task"
            )
        job.repeated_at = timezone.now()
        job.repeated_by = by
        job.save(update_fields=["repeated_at", "repeated_by"])
        log(job, "media.repeat_job", user=by)
        queue_on_commit(job.task_name, *job.arguments)
    return job


def dismiss_job(*, job_id: int, by: Any) -> None:
    """Take a failed job off the list without doing it. Safe to repeat; logged."""
    with transaction.atomic():
        job = FailedJob.objects.select_for_update(no_key=True, of=("self",)).filter(pk=job_id).first()
        if job is not None:
            log(job, "media.dismiss_job", user=by)
            job.delete()


def is_known(task_name: str) -> bool:
    """Whether a task of that name exists in the code that runs now."""
    try:
        return isinstance(import_string(task_name), Task)
    except ImportError:
        return False
