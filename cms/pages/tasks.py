"""Jobs about pages."""

from django_tasks import task

from cms.pages import actions


@task()
def renew_for_dates() -> None:
    """Sweep: pages on which a date has passed are shown anew. Meant for just after midnight."""
    actions.renew_for_dates()


@task()
def remind_of_reviews() -> None:
    """Sweep: whoever looks after a page is told that its review is near. Meant for every morning."""
    actions.remind_of_reviews()
