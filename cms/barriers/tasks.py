"""Recurring jobs of this room."""

from django_tasks import task

from cms.barriers import actions


@task()
def remind() -> None:
    """Sweep: whoever answers is told of reports whose last day is near, here or past. Meant for every morning."""
    actions.remind()


@task()
def tidy() -> None:
    """Sweep: reports that ended a year ago lose words and contact. Meant for every night."""
    actions.tidy()
