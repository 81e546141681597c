"""A film that is published, or saved for the first time, gets its files made."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from media.models import Film
from media.renditions import request_renditions


@receiver(published, sender=Film)
def make_files_of_film(sender: type, instance: Film, **kwargs: Any) -> None:
    """The file that is shown may be another one than before."""
    request_renditions(film=instance)
