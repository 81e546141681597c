"""A published edition has its files made; a document that was read anew may be a cover."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from cms.library.actions import expect_files
from cms.library.models import PublicationPage
from cms.library.queries import gives_a_cover
from media.events import document_read
from media.jobs import queue_on_commit


@receiver(page_published, sender=PublicationPage)
def have_files_made(sender: type, instance: PublicationPage, **kwargs: Any) -> None:
    expect_files(publication=instance)


@receiver(document_read)
def have_cover_drawn(sender: type, document_id: int, **kwargs: Any) -> None:
    if gives_a_cover(document_id):
        queue_on_commit("cms.library.tasks.draw_cover", document_id)
