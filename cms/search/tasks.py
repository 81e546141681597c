"""Jobs of the index: each loads by key and calls one action; the sweep finds what a crash left undone."""

from django.utils import timezone
from django_tasks import task

from cms.search import actions


@task()
def index_target(key: str) -> None:
    """Read one thing and write what can be found of it."""
    actions.index_target(key=key, now=timezone.now())


@task()
def index_missing() -> None:
    """Sweep: whatever can be found stands in the index as it is, and nothing else. Meant for every other minute."""
    actions.sweep(now=timezone.now())


@task()
def tidy() -> None:
    """Forget words that no text has any longer. Meant for every night."""
    actions.forget_unused_words()
