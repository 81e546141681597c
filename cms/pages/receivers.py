"""A publication starts a new generation of cached pages."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from cms.pages.generation import start_generation
from cms.pages.models import CoveredPage
from media.models import CustomDocument, CustomImage


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished])
def renew_cached_pages(sender: type, **kwargs: Any) -> None:
    """Whatever was published, moved or withdrawn may stand in a menu or a list."""
    start_generation()


@receiver(page_published)
def keep_cover_of_first_publication(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, CoveredPage):
        instance.keep_cover()


@receiver([post_save, post_delete], sender=PageViewRestriction)
def withdraw_private_pages(sender: type, **kwargs: Any) -> None:
    """A page that was made private must not be answered from the cache any longer, nor stand in a list."""
    start_generation()


@receiver([post_save, post_delete], sender=CustomImage)
@receiver([post_save, post_delete], sender=CustomDocument)
def renew_pages_with_changed_files(sender: type, created: bool = False, **kwargs: Any) -> None:
    """A replaced picture takes its smaller copies with it, and pages that name those would show holes."""
    if not created:
        start_generation()
