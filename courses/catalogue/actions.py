"""Writes of the catalogue: freezing an outline at publication, keeping the words of a course, mending copies."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from wagtail.models import Page

from cms.accounts.models import User
from cms.accounts.rules import search_name as fold
from cms.pages.generation import start_generation
from courses.catalogue.models import Course, CoursePage, LessonPage, ModuleStep, OutlineStep, OutlineVersion
from courses.catalogue.queries import draft_facts, draft_problem_steps, words_in
from courses.catalogue.rules import StepKind, outline_hash, publish_problems
from courses.events import outline_frozen

logger = logging.getLogger(__name__)


def freeze_outline(*, page: CoursePage, by: User | None = None) -> OutlineVersion | None:
    """Freeze what the published ``page`` demands of learners from now on.

    Only the page in the source language freezes; a translation supplies words. When nothing that learners are held to
    has changed, no version is added. Safe to repeat. A page that may not be published freezes nothing (None).
    After commit ``outline_frozen`` is sent for a new version.
    """
    if page.locale.language_code != settings.LANGUAGE_CODE:
        if course := Course.objects.filter(key=page.translation_key).first():
            refresh_words(course=course)
        return None
    code_is_taken = Course.objects.filter(code=page.code).exclude(key=page.translation_key).exists()
    if code_is_taken or publish_problems(draft_problem_steps(page)):
        logger.error("course page %s was published with an outline that cannot be frozen", page.pk)
        return None
    with transaction.atomic():
        course, _created = Course.objects.get_or_create(key=page.translation_key, defaults={"code": page.code})
        course = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        steps = draft_facts(page)
        fingerprint = outline_hash(steps, sequential=page.sequential)
        latest = course.outlines.order_by("-number").first()
        if not course.active:
            course.active = True
            course.save(update_fields=["active"])
        refresh_words(course=course)
        if latest is not None and latest.content_hash == fingerprint:
            return latest
        version = OutlineVersion.objects.create(
            course=course,
            number=(course.outlines.aggregate(last=Max("number"))["last"] or 0) + 1,
            content_hash=fingerprint,
            sequential=page.sequential,
            minutes=sum(step.minutes for step in steps if step.required),
            published_by=by,
        )
        OutlineStep.objects.bulk_create(
            OutlineStep(
                version=version,
                key=step.key,
                position=position,
                module_key=step.module_key,
                kind=step.kind.value,
                required=step.required,
                minutes=step.minutes,
                **{f"{step.kind.value}_id": step.target_id},
            )
            for position, step in enumerate(steps, start=1)
        )
        start_generation()
        transaction.on_commit(lambda: outline_frozen.send_robust(sender=Course, outline_version_id=version.pk))
    return version


def close_course(*, page: CoursePage) -> None:
    """Close a course for new people when its page in the source language is withdrawn. Who learns goes on."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        Course.objects.filter(key=page.translation_key).update(active=False)
        start_generation()


def refresh_words(*, course: Course) -> Course:
    """Take the titles of a course, its modules and steps from what is published, in every language. Safe to repeat."""
    pages = CoursePage.objects.filter(translation_key=course.key).filter(live=True).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    source = by_language.get(settings.LANGUAGE_CODE)
    if source is None:
        return course
    words = {language: words_in(page, source, language) for language, page in by_language.items()}
    texts = [f"{w['title']} {w['summary']}" for w in words.values()]
    course.words = words
    course.search_text = fold(" ".join(texts))
    course.save(update_fields=["words", "search_text"])
    start_generation()
    return course


def repoint_copied_steps(*, original: CoursePage, copy: CoursePage) -> None:
    """Let the steps of a duplicated course lead to its own copies of the lessons, and give it a code of its own.

    Wagtail copies the steps as they are, so they still point below the original. Lessons are matched by their order.
    Safe to repeat.
    """
    old = LessonPage.objects.child_of(original).order_by("path").values_list("pk", flat=True)
    new = LessonPage.objects.child_of(copy).order_by("path")
    twins = dict(zip(old, new, strict=False))
    draft = copy.get_latest_revision_as_object()
    for page in (copy, draft):
        page.code = copy.slug
        for module in page.modules.get_object_list():
            for step in module.steps.get_object_list():
                if step.lesson_id in twins:
                    step.lesson = twins[step.lesson_id]
    copy.save()
    draft.save_revision(log_action=False)


def place_lesson(*, lesson: LessonPage, module_key: str, by: User) -> bool:
    """Add a lesson as the last step of a module in the draft of its course. False when it stands there already."""
    parent = lesson.get_parent(update=True).specific
    draft = parent.get_latest_revision_as_object()
    if any(step.lesson_id == lesson.pk for module in draft.modules.all() for step in module.steps.all()):
        return False
    # The mutable list: ``all()`` gives copies whenever the draft equals what is stored.
    module = next((module for module in draft.modules.get_object_list() if str(module.key) == module_key), None)
    if module is None:
        return False
    steps = module.steps.get_object_list()
    module.steps.add(ModuleStep(kind=StepKind.LESSON.value, lesson=lesson, sort_order=len(steps)))
    draft.save_revision(user=by, log_action=True)
    return True


def is_in_use(page: Page) -> bool:
    """Whether a lesson below or at ``page`` stands in a frozen outline, so that deleting it would break a record."""
    below = LessonPage.objects.descendant_of(page, inclusive=True).values("pk")
    if OutlineStep.objects.filter(lesson_id__in=below).exists():
        return True
    keys = CoursePage.objects.descendant_of(page, inclusive=True).values("translation_key")
    return OutlineVersion.objects.filter(course__key__in=keys).exists()
