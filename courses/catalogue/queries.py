"""Reads of the catalogue: draft facts of a page, frozen outlines, a lesson in the reader's language."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery
from wagtail.models import ReferenceIndex

from courses.assessment.models import Quiz
from courses.assessment.queries import question_count
from courses.catalogue.models import Course, CoursePage, LessonPage, OutlineStep, OutlineVersion
from courses.catalogue.rules import (
    DraftStep,
    OutlineFacts,
    StepFacts,
    StepKind,
    film_minutes,
    lesson_minutes,
    quiz_minutes,
    step_code,
    visible_words,
)
from media.models import Film


def draft_problem_steps(page: CoursePage) -> list[DraftStep]:
    """The steps of a page as an editor left them, for the rule of what may be published."""
    return [
        draft_step(
            module_title=module.title,
            position=position,
            kind=StepKind(step.kind),
            target=step.target,
            required=step.required,
        )
        for module in page.modules.all()
        for position, step in enumerate(module.steps.all(), start=1)
    ]


def draft_step(
    *, module_title: str, position: int, kind: StepKind, target: LessonPage | Film | Quiz | None, required: bool
) -> DraftStep:
    """One step as an editor left it, with what its target is at the moment."""
    return DraftStep(
        module_title=module_title,
        position=position,
        has_target=target is not None,
        required=required,
        kind=kind,
        target_title=str(target) if target is not None else "",
        target_is_live=target is not None and target.live,
    )


def draft_facts(page: CoursePage) -> list[StepFacts]:
    """The steps of a published page as facts, with the minutes that follow from their content today."""
    facts = []
    for module in page.modules.all():
        for step in module.steps.all():
            target = step.target
            if target is None:
                continue
            kind = StepKind(step.kind)
            facts.append(
                StepFacts(
                    key=step.key,
                    module_key=module.key,
                    kind=kind,
                    target_id=target.pk,
                    required=step.required,
                    minutes=planned_minutes(kind, target),
                )
            )
    return facts


def planned_minutes(kind: StepKind, target: object) -> int:
    """How long a step is planned to take, by what its target holds today."""
    if isinstance(target, LessonPage):
        # The stored form, for loading every picture of a lesson would only be in the way of counting its words.
        blocks = list(target.body.raw_data)
        checks = sum(1 for block in blocks if block["type"] == "check_yourself")
        words = visible_words([target.title, target.summary, [block["value"] for block in blocks]])
        return lesson_minutes(words, checks)
    if kind is StepKind.FILM:
        return film_minutes(target.duration_seconds or 0)  # type: ignore[attr-defined]
    return quiz_minutes(question_count(target))  # type: ignore[arg-type]


def latest_outline(course: Course) -> OutlineVersion | None:
    """The outline that new enrolments take."""
    return course.outlines.order_by("-number").first()


def outline_facts(version: OutlineVersion) -> OutlineFacts:
    """The frozen outline of ``version``. It never changes, so each process reads it once: 1 query, later none."""
    return _outline_facts(version.pk, version.content_hash, version.sequential)


def preload_outlines(versions: Iterable[OutlineVersion]) -> dict[int, OutlineFacts]:
    """The frozen outlines of many versions by their id: 1 query for all together."""
    wanted = {version.pk: version for version in versions}
    steps: dict[int, list[OutlineStep]] = {pk: [] for pk in wanted}
    for step in OutlineStep.objects.filter(version_id__in=wanted).order_by("version_id", "position"):
        steps[step.version_id].append(step)
    return {pk: _facts(pk, version.sequential, steps[pk]) for pk, version in wanted.items()}


@lru_cache(maxsize=256)
def _outline_facts(version_id: int, content_hash: str, sequential: bool) -> OutlineFacts:
    # The hash is part of the key: a row that took over an id (after a restore, in a test) is not mistaken.
    return _facts(version_id, sequential, OutlineStep.objects.filter(version_id=version_id).order_by("position"))


def _facts(version_id: int, sequential: bool, steps: Iterable[OutlineStep]) -> OutlineFacts:
    return OutlineFacts(
        version_id=version_id,
        sequential=sequential,
        steps=tuple(
            StepFacts(
                key=step.key,
                module_key=step.module_key,
                kind=StepKind(step.kind),
                target_id=step.lesson_id or step.film_id or step.quiz_id or 0,
                required=step.required,
                minutes=step.minutes,
            )
            for step in steps
        ),
    )


def lesson_in(lesson_id: int, language: str) -> LessonPage | None:
    """The published lesson in ``language``, else in the source language, else None: 1 query. Drafts are never shown.

    ``lesson_id`` is the page in the source language; only what a learner sees of a lesson is read.
    """
    shown = ("title", "summary", "body", "live", "live_revision", "locale__language_code")
    lessons = LessonPage.objects.select_related("locale").only(*shown)
    if language == settings.LANGUAGE_CODE:
        found = lessons.filter(pk=lesson_id).first()
        if found is None or (found.live and found.locale.language_code == language):
            return found
    key = LessonPage.objects.filter(pk=lesson_id).values("translation_key")
    wanted = {language, settings.LANGUAGE_CODE}
    twins = list(lessons.live().filter(translation_key__in=key, locale__language_code__in=wanted))
    return next((page for page in twins if page.locale.language_code == language), twins[0] if twins else None)


def words_in(page: CoursePage, source: CoursePage, language: str) -> dict[str, Any]:
    """The words of one language. Modules are matched by key; a step's words are its target's, in that language."""
    modules = {
        str(m.key): {"code": m.code, "title": m.title, "aim": m.aim, "language": language} for m in page.modules.all()
    }
    steps: dict[str, dict[str, str]] = {}
    for module in source.modules.all():
        kinds: list[StepKind] = []
        for step in module.steps.all():
            kind = StepKind(step.kind)
            if step.target is not None:
                title, its_language = _title_in(step.target, language)
                code = step_code(module.code, kinds, kind)
                steps[str(step.key)] = {"code": code, "title": title, "language": its_language}
            kinds.append(kind)
    words = {"title": page.title, "summary": page.summary, "language": language}
    return words | {"modules": modules, "steps": steps}


def _title_in(target: Any, language: str) -> tuple[str, str]:
    """The title of a target in a language, and the language that it really has."""
    if isinstance(target, LessonPage | Quiz):
        twin = target.get_translations(inclusive=True).filter(locale__language_code=language, live=True).first()
        if twin is not None:
            return str(twin.title), language
    return str(target.title), settings.LANGUAGE_CODE


def is_published(step: StepFacts) -> bool:
    """Whether learners find something at this step at the moment: 1 query."""
    if step.kind is StepKind.LESSON:
        key = LessonPage.objects.filter(pk=step.target_id).values("translation_key")
        return LessonPage.objects.live().filter(translation_key__in=key).exists()
    model: type[Film] | type[Quiz] = Film if step.kind is StepKind.FILM else Quiz
    return model._default_manager.filter(pk=step.target_id, live=True).exists()


def course_page_in(course: Course, language: str) -> CoursePage | None:
    """The published page of a course in ``language``, else in the source language."""
    pages = CoursePage.objects.live().filter(translation_key=course.key).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    return found.get(language) or found.get(settings.LANGUAGE_CODE)


def courses_with(target: Film | Quiz) -> QuerySet[Course]:
    """The courses in whose outlines a film or a quiz stands."""
    wanted = {"film": target} if isinstance(target, Film) else {"quiz": target}
    return Course.objects.filter(pk__in=OutlineStep.objects.filter(**wanted).values("version__course_id"))


def steps_showing(film_id: int) -> QuerySet[OutlineStep]:
    """The steps of outlines in force, of open courses, that are this film or a lesson with it: 1 query for the lessons,
    1 for the steps."""
    shown_in = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Film), to_object_id=str(film_id)
    ).values_list("object_id", flat=True)
    lessons = [int(pk) for pk in shown_in if pk.isdigit()]
    keys = LessonPage.objects.filter(pk__in=lessons).live().values("translation_key")
    newest = OutlineVersion.objects.filter(course=OuterRef("version__course")).order_by("-number").values("pk")[:1]
    return (
        OutlineStep.objects.filter(Q(film=film_id) | Q(lesson__translation_key__in=keys))
        .filter(version=Subquery(newest), version__course__active=True)
        .select_related("version__course")
        .order_by("version__course__code", "position")
    )


def stands_in_draft(lesson: LessonPage) -> bool:
    """Whether the lesson is a step in the draft of the course above it, in whichever language the course is."""
    draft = lesson.get_parent().specific.get_latest_revision_as_object()
    steps = [step for module in draft.modules.all() for step in module.steps.all() if step.lesson_id]
    twins = LessonPage.objects.filter(translation_key=lesson.translation_key)
    return twins.filter(pk__in=[step.lesson_id for step in steps]).exists()


def newest_outline_of_page(page: CoursePage) -> OutlineVersion | None:
    """The outline in force of the course that a page shows, in whichever language, with its record: 1 query."""
    versions = OutlineVersion.objects.filter(course__key=page.translation_key).select_related("course")
    return versions.order_by("-number").first()
