"""Jobs of certificates: each loads by id and calls one action; the sweeps find what a crash left undone."""

from django.utils import timezone
from django_tasks import task

from certificates import actions, queries


@task()
def issue(completion_id: int) -> None:
    """Issue the certificate for a completion."""
    actions.issue(completion_id=completion_id, now=timezone.now())


@task()
def make_paper(certificate_id: int) -> None:
    """Make the PDF of a certificate."""
    actions.make_paper(certificate_id=certificate_id)


@task()
def issue_missing() -> None:
    """Each completion with an award has a certificate: issue what is missing."""
    for pk in queries.completions_without_certificate().values_list("pk", flat=True)[:500]:
        actions.issue(completion_id=pk, now=timezone.now())


@task()
def render_missing() -> None:
    """Each certificate has its paper: make what is missing; one that fails does not hold up the others."""
    for pk in queries.certificates_without_pdf().values_list("pk", flat=True)[:500]:
        try:
            actions.make_paper(certificate_id=pk)
        except actions.DocumentError:
            continue
