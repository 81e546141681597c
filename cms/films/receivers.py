"""What changes the pages of films beside their own publication."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from cms.films.models import FilmPage
from cms.library.actions import renew_files_with
from cms.pages.generation import start_generation
from media.events import film_files_changed


@receiver(film_files_changed)
def offer_files_of_films(sender: type, **kwargs: Any) -> None:
    """A page offers a file as soon as it is ready, and no longer when it is made anew."""
    start_generation()


@receiver([page_published, page_unpublished], sender=FilmPage)
def lead_books_to_the_page(sender: type, instance: FilmPage, **kwargs: Any) -> None:
    """The PDF and EPUB of an edition lead to the minutes of its films, on the page that each has in public."""
    renew_files_with(film=instance.film)
