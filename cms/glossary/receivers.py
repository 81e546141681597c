"""A term that is deleted stands no longer on any page. What is published or withdrawn is noticed by the pages' room."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from cms.glossary.models import Term
from cms.languages.drafts import begin_as_draft
from cms.pages.generation import start_generation


@receiver(post_delete, sender=Term)
def renew_pages_without_the_term(sender: type, instance: Term, **kwargs: Any) -> None:
    if instance.live:
        start_generation()


@receiver(copy_for_translation_done)
def begin_without_foreign_forms(sender: type, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A translated term begins as a draft, without the inflected forms of the other language. The caller saves it."""
    if isinstance(target_obj, Term):
        target_obj.forms = ""
        begin_as_draft(target_obj)
