"""Jobs that keep the house in order. All are sweeps: safe to repeat, and a missed one is made up by the next."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from media.heartbeat import SCHEDULE, beat
from media.models import WorkerBeat

KEPT = timedelta(days=1)


@task(queue_name="default")
def note_schedule() -> None:
    """Note that the schedule still queues jobs and that a worker still does them. Meant for every minute."""
    beat(SCHEDULE)


@task(queue_name="default")
def publish_scheduled() -> None:
    """Publish and withdraw what editors set a time for, but nothing that learners need. Meant for every minute."""
    call_command("publish_scheduled")


@task(queue_name="default")
def clear_sessions() -> None:
    """Forget sessions that have ended, and the addresses noted with them. Meant for every night."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@task(queue_name="default")
def prune() -> None:
    """Forget finished jobs and the signs of life of workers that are gone, after a day. Meant for every hour."""
    before = timezone.now() - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    WorkerBeat.objects.filter(seen_at__lt=before).delete()
