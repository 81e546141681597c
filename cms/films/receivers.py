"""What changes the pages of films beside their own publication."""

from typing import Any

from django.dispatch import receiver

from cms.pages.generation import start_generation
from media.events import film_files_changed


@receiver(film_files_changed)
def offer_files_of_films(sender: type, **kwargs: Any) -> None:
    """A page offers a file as soon as it is ready, and no longer when it is made anew."""
    start_generation()
