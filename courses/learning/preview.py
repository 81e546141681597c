"""A lesson in the player before anybody can learn from it: the course as its draft has it, and nothing is written."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.catalogue.queries import draft_facts, planned_minutes, words_in
from courses.catalogue.reading import Lesson, blocks_as_html
from courses.catalogue.rules import OutlineFacts, StepFacts, StepKind
from courses.learning.models import Enrolment, StepProgress
from courses.learning.presentation import player_facts
from courses.learning.queries import Standing


def preview_facts(page: LessonPage) -> dict[str, Any]:
    """What the player shows of the lesson to somebody who has done all before it.

    A lesson that stands in no module yet is shown as the last step of its course.
    """
    course_page: CoursePage = page.get_parent().specific.get_latest_revision_as_object()
    language = page.locale.language_code
    words = words_in(course_page, course_page, language)
    steps = draft_facts(course_page)
    minutes = planned_minutes(StepKind.LESSON, page)
    key = _step_key(course_page, page)
    if key is None:
        key, module = uuid4(), steps[-1].module_key if steps else uuid4()
        steps.append(StepFacts(key, module, StepKind.LESSON, page.pk or 0, required=True, minutes=minutes))
        words["modules"].setdefault(str(module), {"code": "", "title": words["title"], "language": language})
    code = words["steps"].get(str(key), {}).get("code", "")
    words["steps"][str(key)] = {"code": code, "title": page.title, "language": language}
    steps = [replace(step, minutes=minutes) if step.key == key else step for step in steps]
    step = next(step for step in steps if step.key == key)
    standing = Standing(
        enrolment=Enrolment(
            course=Course(
                key=course_page.translation_key,
                code=course_page.code or course_page.slug,
                words={language: words, "pl": words},
            )
        ),
        outline=OutlineFacts(version_id=0, sequential=course_page.sequential, steps=tuple(steps)),
        progress={
            earlier.key: StepProgress(step_key=earlier.key, state=StepProgress.State.DONE, done_at=timezone.now())
            for earlier in steps[: steps.index(step)]
        },
    )
    lesson = Lesson(language=language, summary=page.summary, html=blocks_as_html(page))
    return player_facts(standing, step) | {"lesson": lesson, "lesson_language": language, "being_prepared": False}


def _step_key(course_page: CoursePage, page: LessonPage) -> UUID | None:
    """The step of the draft outline that leads to this lesson, in whichever language."""
    for module in course_page.modules.all():
        for step in module.steps.all():
            if step.lesson is not None and step.lesson.translation_key == page.translation_key:
                return UUID(str(step.key))
    return None
