"""Whether the platform works: database, queue, worker, schedule and disk. For people, proxies and monitors."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends

from media.heartbeat import SCHEDULE
from media.models import WorkerBeat

LONGEST_WAIT = 10 * 60
WORKER_SILENCE = timedelta(seconds=60)
SCHEDULE_SILENCE = timedelta(minutes=5)
LEAST_FREE = 500 * 1024 * 1024


class Finding(NamedTuple):
    """What one look found, with nothing in it that a stranger may not know."""

    ok: bool
    detail: str


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 when something is not; the body tells what. Four small queries."""
    findings = {name: _look(check) for name, check in CHECKS.items()}
    well = all(finding.ok for finding in findings.values())
    body = {"ok": well, **{name: finding._asdict() for name, finding in findings.items()}}
    return JsonResponse(body, status=200 if well else 503)


def _look(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:
        # Only the kind of trouble: its text may hold addresses and names.
        return Finding(False, f"cannot be told ({type(error).__name__})")


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Finding(False, "does not answer")
    return Finding(True, "answers")


def _queue() -> Finding:
    backend = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    waiting = round(backend.oldest_waiting()) if hasattr(backend, "oldest_waiting") else 0
    return Finding(waiting <= LONGEST_WAIT, f"the oldest job has been waiting for {waiting} s")


def _worker() -> Finding:
    return _sign_of_life(WorkerBeat.objects.exclude(name=SCHEDULE), WORKER_SILENCE)


def _schedule() -> Finding:
    return _sign_of_life(WorkerBeat.objects.filter(name=SCHEDULE), SCHEDULE_SILENCE)


def _sign_of_life(beats: QuerySet[WorkerBeat], silence: timedelta) -> Finding:
    last = beats.order_by("-seen_at").values_list("seen_at", flat=True).first()
    if last is None:
        return Finding(False, "has never been seen")
    ago = timezone.now() - last
    return Finding(ago <= silence, f"last seen {max(0, round(ago.total_seconds()))} s ago")


def _disk() -> Finding:
    free = shutil.disk_usage(settings.VAR_DIR).free
    return Finding(free >= LEAST_FREE, f"{free // (1024 * 1024)} MB free")


CHECKS: dict[str, Callable[[], Finding]] = {
    "database": _database,
    "queue": _queue,
    "worker": _worker,
    "schedule": _schedule,
    "disk": _disk,
}
