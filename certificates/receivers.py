"""A completed course reaches certificates here."""

from typing import Any

from django.dispatch import receiver

from courses.events import course_completed
from media.jobs import queue_on_commit


@receiver(course_completed)
def issue_certificate(sender: type, completion_id: int, **kwargs: Any) -> None:
    queue_on_commit("certificates.tasks.issue", completion_id)
