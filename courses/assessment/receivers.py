"""Copies for translation arrive here; Wagtail tells of them before they are saved."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import copy_for_translation_done

from cms.languages.drafts import begin_as_draft
from courses.assessment.models import Question, Quiz


@receiver(copy_for_translation_done)
def begin_translation_as_draft(sender: type, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    if isinstance(target_obj, Question | Quiz):
        begin_as_draft(target_obj)
