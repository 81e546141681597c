"""Jobs of the newsletter."""

from django_tasks import task

from cms.newsletter import actions, sending


@task()
def send_batch(release_id: int) -> None:
    """Send some letters of an issue; the next batch is queued when this one is done."""
    sending.send_batch(release_id=release_id)


@task()
def continue_sending() -> None:
    """Sweep: issues whose batches were lost, or that wait for the mail server, go on. Meant for every minute."""
    sending.continue_sending()


@task()
def tidy() -> None:
    """Sweep: addresses that nobody confirmed, and those that left, are forgotten. Meant for every night."""
    actions.tidy()
