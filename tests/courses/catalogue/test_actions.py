"""Freezing outlines, words of a course, copies, guards."""

import pytest
from wagtail.actions.copy_page import CopyPageAction

from courses.catalogue import actions
from courses.catalogue.models import Course, CoursePage, LessonPage, OutlineStep, OutlineVersion
from courses.catalogue.queries import lesson_in, outline_facts
from courses.events import outline_frozen
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import (
    make_course,
    make_course_page,
    make_home,
    make_lesson,
    page_of,
    publish,
    set_outline,
)

pytestmark = pytest.mark.django_db


@pytest.mark.rule("catalogue-3")
def test_publishing_freezes_what_learners_are_held_to(on_commit) -> None:
    heard = []
    outline_frozen.connect(lambda **kw: heard.append(kw["outline_version_id"]), weak=False, dispatch_uid="test")
    try:
        with on_commit():
            course = make_course(lessons=2, targets=[QuizFactory()], per_module=2)
    finally:
        outline_frozen.disconnect(dispatch_uid="test")
    version = course.outlines.get()
    assert heard == [version.pk]
    assert version.number == 1
    assert [step.kind for step in version.steps.all()] == ["lesson", "lesson", "quiz"]
    assert version.minutes == 1 + 1 + 3
    assert len({step.module_key for step in version.steps.all()}) == 2


@pytest.mark.rule("catalogue-3")
def test_publishing_again_without_change_adds_no_version() -> None:
    course = make_course()
    publish(page_of(course).get_latest_revision_as_object())
    actions.freeze_outline(page=page_of(course))
    assert course.outlines.count() == 1


@pytest.mark.rule("catalogue-3")
def test_a_new_step_makes_a_new_version_and_leaves_the_old_one() -> None:
    course = make_course(lessons=1)
    first = course.outlines.get()
    page = page_of(course)
    set_outline(page, [*LessonPage.objects.child_of(page), make_lesson(page)])
    publish(page)
    assert [version.number for version in course.outlines.all()] == [1, 2]
    assert OutlineStep.objects.filter(version=first).count() == 1
    assert len(outline_facts(course.outlines.last()).steps) == 2


@pytest.mark.rule("catalogue-3")
def test_keys_of_steps_survive_a_draft_and_its_publication() -> None:
    course = make_course(lessons=2)
    before = set(OutlineStep.objects.values_list("key", flat=True))
    draft = page_of(course).get_latest_revision_as_object()
    draft.title = "Inny tytuł"
    publish(draft)
    course.refresh_from_db()
    assert set(OutlineStep.objects.values_list("key", flat=True)) == before
    assert course.title("pl") == "Inny tytuł"


@pytest.mark.rule("catalogue-4")
def test_a_translation_gives_words_and_freezes_nothing() -> None:
    make_home("en")
    course = make_course(title="Tytuł")
    english = page_of(course).copy_for_translation(locale=make_home("en").locale, copy_parents=True)
    english.title = "Title"
    publish(english)
    course.refresh_from_db()
    assert OutlineVersion.objects.filter(course=course).count() == 1
    assert Course.objects.count() == 1
    assert (course.title("pl"), course.title("en"), course.title("de")) == ("Tytuł", "Title", "Tytuł")


@pytest.mark.rule("catalogue-4", "catalogue-13")
def test_a_lesson_is_read_in_the_readers_language_and_never_as_a_draft() -> None:
    course = make_course(lessons=1)
    lesson = LessonPage.objects.get()
    assert lesson_in(lesson.pk, "en") == lesson
    lesson.title = "Szkic"
    lesson.save_revision()
    shown = lesson_in(lesson.pk, "pl")
    assert shown is not None
    assert shown.title != "Szkic"
    lesson.unpublish()
    assert lesson_in(lesson.pk, "pl") is None
    assert course.outlines.count() == 1


@pytest.mark.rule("catalogue-5")
def test_an_outline_that_cannot_be_frozen_is_not() -> None:
    page = make_course_page()
    publish(page)
    assert not Course.objects.exists()


@pytest.mark.rule("catalogue-14")
def test_nothing_is_frozen_while_a_target_is_a_draft() -> None:
    page = make_course_page()
    lesson = make_lesson(page)
    set_outline(page, [lesson])
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    publish(CoursePage.objects.get(pk=page.pk))
    assert not Course.objects.exists()


@pytest.mark.rule("catalogue-5", "catalogue-10")
def test_a_second_course_under_a_known_code_freezes_nothing() -> None:
    course = make_course(code="ten-sam")
    page = make_course_page(code="inny")
    set_outline(page, [make_lesson(page)])
    page.code = "ten-sam"
    publish(page)
    assert list(Course.objects.all()) == [course]


@pytest.mark.rule("catalogue-10")
def test_a_duplicated_course_leads_to_its_own_lessons() -> None:
    course = make_course(lessons=2)
    original = page_of(course)
    copy = CopyPageAction(
        page=original, recursive=True, keep_live=False, update_attrs={"slug": "kopia", "title": "Kopia"}
    ).execute(skip_permission_checks=True)
    actions.repoint_copied_steps(original=original, copy=copy.specific)
    actions.repoint_copied_steps(original=original, copy=CoursePage.objects.get(pk=copy.pk))
    draft = CoursePage.objects.get(pk=copy.pk).get_latest_revision_as_object()
    own = set(LessonPage.objects.child_of(copy).values_list("pk", flat=True))
    assert {step.lesson_id for module in draft.modules.all() for step in module.steps.all()} == own
    assert draft.code == "kopia"


@pytest.mark.rule("catalogue-11")
def test_a_withdrawn_course_is_closed_and_opens_again() -> None:
    course = make_course()
    page_of(course).unpublish()
    course.refresh_from_db()
    assert not course.active
    publish(page_of(course))
    course.refresh_from_db()
    assert course.active


@pytest.mark.rule("catalogue-8")
def test_what_an_outline_rests_on_is_in_use() -> None:
    course = make_course(lessons=1)
    page = page_of(course)
    spare = make_lesson(page)
    assert actions.is_in_use(page)
    assert actions.is_in_use(LessonPage.objects.exclude(pk=spare.pk).get())
    assert not actions.is_in_use(spare)


@pytest.mark.rule("catalogue-9")
def test_a_lesson_joins_the_draft_once(learner) -> None:
    course = make_course(lessons=1)
    page = page_of(course)
    lesson = make_lesson(page)
    module = page.modules.first()
    by = learner.user
    assert actions.place_lesson(lesson=lesson, module_key=str(module.key), by=by)
    assert not actions.place_lesson(lesson=lesson, module_key=str(module.key), by=by)
    draft = page_of(course).get_latest_revision_as_object()
    assert [step.lesson_id for step in draft.modules.first().steps.all()][-1] == lesson.pk
    assert course.outlines.count() == 1
    assert not actions.place_lesson(lesson=make_lesson(page), module_key="nie ma", by=by)


def test_titles_follow_publications_of_lessons_films_and_quizzes() -> None:
    quiz = QuizFactory(title="Stary quiz")
    course = make_course(lessons=1, targets=[quiz])
    lesson = LessonPage.objects.get()
    lesson.title = "Nowa lekcja"
    lesson.save_revision().publish()
    quiz.title = "Nowy quiz"
    quiz.save_revision().publish()
    course.refresh_from_db()
    assert {words["title"] for words in course.words["pl"]["steps"].values()} == {"Nowa lekcja", "Nowy quiz"}
