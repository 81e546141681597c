"""Jobs of certificates: each loads by id and calls one action; the sweeps find what a crash left undone."""

import logging

from django.utils import timezone
from django_tasks import task

from certificates import actions, queries
from certificates.documents import DocumentError

logger = logging.getLogger(__name__)

BATCH = 500


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
    """Sweep: each completion with an award and a settled name has a certificate. A failure holds up nobody else."""
    failure: Exception | None = None
    for pk in list(queries.completions_without_certificate(timezone.now()).values_list("pk", flat=True)[:BATCH]):
        try:
            actions.issue(completion_id=pk, now=timezone.now())
        except Exception as error:
            logger.exception("no certificate could be issued for completion %s", pk)
            failure = error
    if failure is not None:
        raise failure


@task()
def render_missing() -> None:
    """Sweep: each certificate has its paper. A flaw stands in the coordinators' list and holds up nobody."""
    for pk in list(queries.certificates_without_pdf().values_list("pk", flat=True)[:BATCH]):
        try:
            actions.make_paper(certificate_id=pk)
        except DocumentError as error:
            logger.warning("the paper of certificate %s cannot be made: %s", pk, error.code)


@task()
def forget_holders() -> None:
    """Sweep: names are kept for ten years from the year of issue, and then forgotten. Meant for every night."""
    year = timezone.localtime().year
    for pk in list(queries.holders_past_keeping(year).values_list("pk", flat=True)[:BATCH]):
        actions.forget_holder(certificate_id=pk)
