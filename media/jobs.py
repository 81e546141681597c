"""The only way to queue background work: by the name of a task and ids, after the transaction has been committed.

A job that fails is tried again after a growing delay, up to ``TRIES`` times; then it stands in the list of failed jobs.
"""

import logging
from functools import partial

from django.db import transaction
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

DELAYS = (5, 30, 2 * 60, 10 * 60)
"""Seconds before the second, third, fourth and fifth try."""

TRIES = len(DELAYS) + 1

QUEUES = ("default", "index")
"""Wagtail's own index updates have a queue of their own: their failures harm nobody and are not shown."""


def queue_on_commit(task_name: str, *ids: int | str) -> None:
    """Queue the task ``task_name`` (dotted path) with ``ids`` once the current transaction is committed.

    A rollback queues nothing. A queue that cannot be reached is logged and does not disturb the caller: the row that
    asked for the work stays, and the sweep of that promise finds it.
    """
    transaction.on_commit(partial(_enqueue, task_name, *ids))


def _enqueue(task_name: str, *ids: int | str) -> None:
    task = import_string(task_name)
    try:
        task.enqueue(*ids)
    except Exception:
        if task.get_backend().options.get("raise_errors"):
            raise
        logger.exception("could not queue %s", task_name)


def delay_before_next(tries: int) -> int | None:
    """How many seconds to wait after ``tries`` failed tries; None when the job is given up."""
    return DELAYS[tries - 1] if tries < TRIES else None


def runs_in(task_path: str) -> str:
    """The name of the queue in which a task of ours, or one that Wagtail brings, is put."""
    return "index" if task_path.startswith(("wagtail.", "modelsearch.")) else "default"
