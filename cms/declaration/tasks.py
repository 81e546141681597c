"""Recurring jobs of this room."""

from django.utils import timezone
from django_tasks import task

from cms.declaration.actions import remind_of_review


@task(queue_name="default")
def remind() -> None:
    """Write to lead editors when the review of the declaration is near or overdue. Meant for every morning."""
    remind_of_review(today=timezone.localdate())
