"""Publications reach the catalogue here; each handler is one call."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, published

from courses.assessment.models import Quiz
from courses.assessment.queries import source_quiz
from courses.catalogue.actions import close_course, freeze_outline, refresh_words
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.catalogue.queries import courses_with
from media.models import Film


@receiver(page_published, sender=CoursePage)
def freeze_published_outline(sender: type, instance: CoursePage, **kwargs: Any) -> None:
    """Scheduled publications arrive here too, which admin hooks do not see."""
    revision = kwargs.get("revision")
    freeze_outline(page=instance, by=revision.user if revision else None)


@receiver(page_unpublished, sender=CoursePage)
def close_withdrawn_course(sender: type, instance: CoursePage, **kwargs: Any) -> None:
    close_course(page=instance)


@receiver([page_published, page_unpublished], sender=LessonPage)
def refresh_lesson_titles(sender: type, instance: LessonPage, **kwargs: Any) -> None:
    parent = instance.get_parent()
    for course in Course.objects.filter(key=parent.translation_key) if parent else ():
        refresh_words(course=course)


@receiver(published, sender=Film)
def refresh_film_titles(sender: type, instance: Film, **kwargs: Any) -> None:
    for course in courses_with(instance):
        refresh_words(course=course)


@receiver(published, sender=Quiz)
def refresh_quiz_titles(sender: type, instance: Quiz, **kwargs: Any) -> None:
    for course in courses_with(source_quiz(instance)):
        refresh_words(course=course)
