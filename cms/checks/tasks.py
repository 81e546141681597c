"""Recurring jobs of this room."""

from django.utils import timezone
from django_tasks import task

from cms.checks.actions import remind_of_exemptions


@task(queue_name="default")
def remind() -> None:
    """Write to whoever let a fault pass whose day has gone by. Meant for every night."""
    remind_of_exemptions(today=timezone.localdate())
