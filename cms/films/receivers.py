"""What changes the pages of films beside their own publication."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.films.models import ForeignPlayers
from cms.pages.generation import start_generation
from media.models import FilmRendition


@receiver(post_save, sender=FilmRendition)
def offer_files_of_films(sender: type, instance: FilmRendition, **kwargs: Any) -> None:
    """A page offers a file as soon as it is ready, and no longer when it is made anew."""
    start_generation()


@receiver([post_save, post_delete], sender=ForeignPlayers)
def withdraw_foreign_players(sender: type, **kwargs: Any) -> None:
    """A host that was taken from the list is shown on no page any longer."""
    start_generation()
