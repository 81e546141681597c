"""Background work of this room: sweeps, safe to repeat."""

from django.utils import timezone
from django_tasks import task

from media import actions


@task(queue_name="default")
def tidy_files() -> None:
    """Remove films and captions that nothing points at any more. Meant for every night."""
    actions.remove_unused_files(now=timezone.now())
