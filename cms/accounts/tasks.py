"""Jobs about accounts."""

from django_tasks import task

from cms.accounts import actions


@task()
def remove_unverified() -> None:
    """Sweep: accounts whose address nobody proved in time are deleted. Meant for every night."""
    actions.remove_unverified()
