"""A term that is deleted stands no longer on any page. What is published or withdrawn is noticed by the pages' room."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from cms.glossary.models import Term
from cms.pages.generation import start_generation


@receiver(post_delete, sender=Term)
def renew_pages_without_the_term(sender: type, instance: Term, **kwargs: Any) -> None:
    if instance.live:
        start_generation()
