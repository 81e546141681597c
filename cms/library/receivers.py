"""A published edition has its files made and its films noted; a document that was read anew may be a cover."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, published

from cms.library.actions import expect_files, note_films, renew_files_with
from cms.library.models import PublicationPage
from cms.library.queries import gives_a_cover
from media.events import document_read
from media.jobs import queue_on_commit
from media.models import Film


@receiver(page_published, sender=PublicationPage)
def have_files_made(sender: type, instance: PublicationPage, **kwargs: Any) -> None:
    note_films(publication=instance)
    expect_files(publication=instance)


@receiver(page_unpublished, sender=PublicationPage)
def forget_films(sender: type, instance: PublicationPage, **kwargs: Any) -> None:
    note_films(publication=instance)


@receiver(published, sender=Film)
def have_films_words_renewed(sender: type, instance: Film, **kwargs: Any) -> None:
    renew_files_with(film=instance)


@receiver(copy_for_translation_done)
def begin_in_its_language(sender: type, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """The text of a translation is in the language into which it is translated."""
    if isinstance(target_obj, PublicationPage):
        target_obj.language = target_obj.locale.language_code


@receiver(document_read)
def have_cover_drawn(sender: type, document_id: int, **kwargs: Any) -> None:
    if gives_a_cover(document_id):
        queue_on_commit("cms.library.tasks.draw_cover", document_id)
