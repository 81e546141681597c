"""The only way to queue background work: by the name of a task and ids, after the transaction has been committed."""

import logging
from functools import partial

from django.db import transaction
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def queue_on_commit(task_name: str, *ids: int | str) -> None:
    """Queue the task ``task_name`` (dotted path) with ``ids`` once the current transaction is committed.

    A rollback queues nothing. A broker that cannot be reached is logged and does not disturb the caller: the row that
    asked for the work stays, and the sweep of that promise finds it.
    """
    transaction.on_commit(partial(_enqueue, task_name, *ids))


def _enqueue(task_name: str, *ids: int | str) -> None:
    try:
        import_string(task_name).enqueue(*ids)
    except Exception:
        logger.exception("could not queue %s", task_name)
