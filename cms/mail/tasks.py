"""Jobs of the outbox."""

from django_tasks import task

from cms.mail import actions


@task()
def send(mail_id: int) -> None:
    """Send one letter; trouble is noted in its row, and the sweep tries again."""
    actions.send_mail(mail_id=mail_id)


@task()
def send_due() -> None:
    """Sweep: every queued letter is tried. Meant for every minute."""
    actions.send_due()


@task()
def tidy() -> None:
    """Sweep: old letters and old links are forgotten. Meant for every night."""
    actions.tidy_outbox()
