"""What this room does when Wagtail says that something happened."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Revision
from wagtail.signals import page_published

from cms.declaration.actions import keep_list
from cms.pages.models import AccessibilityPage


@receiver(page_published, sender=AccessibilityPage)
def keep_what_was_listed(instance: AccessibilityPage, revision: Revision | None = None, **kwargs: Any) -> None:
    """A published version keeps its list, so that it can be read as it stood."""
    if revision is not None:
        keep_list(page=instance, revision=revision)
