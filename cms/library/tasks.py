"""Jobs of the library: each loads by id and calls one action; the sweeps find what a crash left undone."""

import logging

from django.utils import timezone
from django_tasks import task

from cms.library import actions, queries
from cms.library.paper import PaperError

logger = logging.getLogger(__name__)

BATCH = 20


@task()
def make_files(publication_id: int) -> None:
    """Make the PDF and the EPUB of an edition."""
    actions.make_files(publication_id=publication_id, now=timezone.now())


@task()
def draw_cover(document_id: int) -> None:
    """Draw the cover of a publication from its file."""
    actions.draw_cover(document_id=document_id)


@task()
def make_missing() -> None:
    """Sweep: each published edition has its files, each file that gives a cover its picture. A flaw holds up nobody."""
    for pk in queries.editions_without_files()[:BATCH]:
        try:
            actions.make_files(publication_id=pk, now=timezone.now())
        except (PaperError, OSError) as error:
            logger.warning("the files of publication %s cannot be made: %s", pk, type(error).__name__)
    for pk in queries.documents_without_cover()[:BATCH]:
        try:
            actions.draw_cover(document_id=pk)
        except OSError:
            logger.exception("the cover of document %s cannot be drawn now", pk)


@task()
def tidy_files() -> None:
    """Remove made files and covers that nothing points at any more. Meant for every night."""
    actions.remove_unused_files(now=timezone.now())
