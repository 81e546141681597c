"""Background work of this house, safe to repeat: the text of documents, the files of films, and sweeps."""

import logging

from django.utils import timezone
from django_tasks import task

from media import actions, queries, renditions

logger = logging.getLogger(__name__)

BATCH = 20


@task(queue_name="default")
def tidy_files() -> None:
    """Remove films and captions that nothing points at any more. Meant for every night."""
    actions.remove_unused_files(now=timezone.now())


@task(queue_name="default")
def read_document(document_id: int) -> None:
    """Read the text of a document."""
    actions.read_document(document_id=document_id, now=timezone.now())


@task(queue_name="default")
def read_missing() -> None:
    """Sweep: the file of every document is read. One that cannot be reached holds up no other."""
    for pk in list(queries.unread_documents().values_list("pk", flat=True)[:BATCH]):
        try:
            actions.read_document(document_id=pk, now=timezone.now())
        except OSError:
            logger.exception("document %s cannot be read now", pk)


@task(queue_name="default")
def make_rendition(rendition_id: int) -> None:
    """Make one file of a film: small, full, sound or poster."""
    renditions.make_rendition(rendition_id=rendition_id)


@task(queue_name="default")
def make_missing_renditions() -> None:
    """Ask again for the files of films on which nobody works. Meant for every ten minutes."""
    renditions.request_missing(now=timezone.now())
