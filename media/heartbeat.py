"""A worker's sign of life."""

import logging
import threading

from django.db import DatabaseError, connection
from django.utils import timezone

from media.models import WorkerBeat

logger = logging.getLogger(__name__)

SCHEDULE = "schedule"
"""The name under which the schedule itself gives its sign of life, through a job that it queues."""


class Heartbeat(threading.Thread):
    """Notes every few seconds that the worker ``name`` is alive, also while it does a long job."""

    def __init__(self, name: str, *, every: float = 5) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self.worker = name
        self.every = every
        self._ended = threading.Event()

    def run(self) -> None:
        while True:
            beat(self.worker)
            # The connection is not kept: processes that the worker forks must not inherit it.
            connection.close()
            if self._ended.wait(self.every):
                return

    def end(self) -> None:
        """Stop beating and wait until it has."""
        self._ended.set()
        if self.is_alive():
            self.join(timeout=10)


def beat(name: str) -> None:
    """Note that ``name`` is alive; a database that is busy or away is not the end of it."""
    try:
        WorkerBeat.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
    except DatabaseError as error:
        logger.warning("the sign of life of %s could not be written: %s", name, type(error).__name__)
