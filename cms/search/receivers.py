"""Whatever is published, withdrawn or deleted reaches the index here, by what the rooms declare."""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.search.actions import touch
from cms.search.sources import sources
from media.events import document_read


def keys_of(instance: Model) -> list[str]:
    """The keys of all targets that a change of ``instance`` changes."""
    return [
        source.key(pk)
        for source in sources().values()
        for label, ids in source.models.items()
        if isinstance(instance, apps.get_model(label))
        for pk in ids(instance)
    ]


@receiver([page_published, page_unpublished, published, unpublished])
def read_again(sender: type, instance: Model, **kwargs: Any) -> None:
    if keys := keys_of(instance):
        touch(keys=keys, now=timezone.now())


@receiver(document_read)
def read_with_its_document(sender: type, document_id: int, **kwargs: Any) -> None:
    telling = [source for source in sources().values() if source.documents is not None]
    keys = [source.key(pk) for source in telling for pk in source.documents(document_id)]
    if keys:
        touch(keys=keys, now=timezone.now())


@receiver(post_delete)
def forget(sender: type, instance: Model, **kwargs: Any) -> None:
    # Asked by class first: this hears of every row that is deleted anywhere.
    if sender in watched() and (keys := keys_of(instance)):
        touch(keys=keys, now=timezone.now())


def watched() -> frozenset[type]:
    """The models that some room declares."""
    return frozenset(apps.get_model(label) for source in sources().values() for label in source.models)
