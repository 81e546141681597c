"""Enrol, open, done, film, transcript, quiz, completion: each once and twice, and each refusal by its code."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from courses.assessment.actions import start_attempt
from courses.events import course_completed
from courses.learning import actions
from courses.learning.models import Completion, Enrolment, FilmCoverage, ProgressEntry, StepProgress
from courses.learning.queries import get_enrolment_for, standing_of
from tests.factories.assessment import QuizFactory, answer_all
from tests.factories.catalogue import make_course, make_lesson, page_of, publish, set_outline
from tests.factories.learning import enrol, finish, make_completion
from tests.factories.media import FilmFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HAND = StepProgress.Source.LEARNER


def refused(code: str):
    """Expect a refusal with this code."""
    return pytest.raises(ValidationError, check=lambda error: error.code == code)


@pytest.mark.rule("progress-13")
def test_enrolling_twice_is_one_enrolment(learner) -> None:
    course = make_course()
    first = enrol(learner, course)
    assert enrol(learner, course) == first
    assert Enrolment.objects.count() == 1


@pytest.mark.rule("progress-13", "catalogue-11")
def test_a_closed_course_takes_nobody_and_keeps_whom_it_has(learner, stranger) -> None:
    course = make_course()
    enrolment = enrol(learner, course)
    page_of(course).unpublish()
    course.refresh_from_db()
    with refused("course_closed"):
        enrol(stranger, course)
    assert enrol(learner, course) == enrolment
    assert finish(enrolment).is_completed


def test_who_comes_back_goes_on_where_they_left(learner) -> None:
    course = make_course()
    enrolment = enrol(learner, course)
    finish(enrolment, steps=1)
    Enrolment.objects.update(state="withdrawn", closed_at=NOW)
    assert get_enrolment_for(learner.user, course.code) is None
    back = enrol(learner, course)
    assert back == enrolment
    assert len(standing_of(back).done) == 1


@pytest.mark.rule("progress-12")
def test_an_enrolment_stays_on_its_outline(learner) -> None:
    course = make_course(lessons=1)
    enrolment = enrol(learner, course)
    page = page_of(course)
    set_outline(page, [make_lesson(page), make_lesson(page)])
    publish(page)
    assert len(standing_of(Enrolment.objects.get(pk=enrolment.pk)).outline.steps) == 1


def test_opening_is_noted_once(learner) -> None:
    standing = standing_of(enrol(learner, make_course()))
    step = standing.outline.steps[0]
    actions.open_step(standing=standing, step=step, now=NOW)
    actions.open_step(standing=standing_of(standing.enrolment), step=step, now=NOW + timedelta(days=1))
    row = StepProgress.objects.get()
    assert (row.state, row.first_opened_at) == ("opened", NOW)
    assert Enrolment.objects.get().last_step_key == step.key


@pytest.mark.rule("progress-6")
def test_a_lesson_is_done_once_by_hand(learner) -> None:
    enrolment = enrol(learner, make_course())
    step = standing_of(enrolment).outline.steps[0]
    for day in (0, 1):
        standing = actions.complete_step(
            enrolment_id=enrolment.pk, step=step, source=HAND, now=NOW + timedelta(days=day)
        )
    assert standing.done == {step.key}
    assert StepProgress.objects.get().done_at == NOW
    assert [entry.change for entry in ProgressEntry.objects.all()] == ["done"]


@pytest.mark.rule("progress-6")
def test_only_a_lesson_is_done_by_hand(learner) -> None:
    enrolment = enrol(learner, make_course(lessons=0, targets=[QuizFactory()]))
    step = standing_of(enrolment).outline.steps[0]
    with refused("not_marked_by_hand"):
        actions.complete_step(enrolment_id=enrolment.pk, step=step, source=HAND, now=NOW)
    assert not StepProgress.objects.exists()


@pytest.mark.rule("progress-1")
def test_a_locked_step_is_not_done(learner) -> None:
    enrolment = enrol(learner, make_course(lessons=2))
    second = standing_of(enrolment).outline.steps[1]
    with refused("locked"):
        actions.complete_step(enrolment_id=enrolment.pk, step=second, source=HAND, now=NOW)
    assert not StepProgress.objects.exists()


@pytest.mark.rule("progress-6")
def test_the_mark_is_taken_back_until_the_course_is_completed(learner) -> None:
    enrolment = enrol(learner, make_course(lessons=2))
    first, second = standing_of(enrolment).outline.steps
    actions.complete_step(enrolment_id=enrolment.pk, step=first, source=HAND, now=NOW)
    for _time in range(2):
        assert not actions.undo_step(enrolment_id=enrolment.pk, step=first, now=NOW).done
    assert [entry.change for entry in ProgressEntry.objects.all()] == ["done", "undone"]
    finish(enrolment)
    with refused("completed"):
        actions.undo_step(enrolment_id=enrolment.pk, step=second, now=NOW)


@pytest.mark.rule("progress-6")
def test_what_was_not_marked_by_hand_is_not_taken_back(learner) -> None:
    enrolment = enrol(learner, make_course(lessons=1, targets=[QuizFactory()]))
    lesson, quiz = standing_of(enrolment).outline.steps
    actions.complete_step(enrolment_id=enrolment.pk, step=lesson, source=StepProgress.Source.FILM, now=NOW)
    with refused("not_marked_by_hand"):
        actions.undo_step(enrolment_id=enrolment.pk, step=lesson, now=NOW)
    assert standing_of(enrolment).done == {lesson.key}
    assert quiz.key not in standing_of(enrolment).done


@pytest.mark.rule("progress-3", "progress-11")
def test_the_last_required_step_completes_the_course_once(learner, on_commit) -> None:
    heard: list[int] = []

    def hear(completion_id: int, **kwargs) -> None:
        heard.append(completion_id)

    course_completed.connect(hear)
    course = make_course(lessons=3, optional=1)
    enrolment = enrol(learner, course)
    with on_commit():
        finish(enrolment, steps=2, now=NOW)
    with on_commit():
        finish(enrolment, now=NOW + timedelta(days=1))
    completion = Completion.objects.get()
    assert heard == [completion.pk]
    assert completion.completed_at == NOW
    assert completion.minutes == course.outlines.get().minutes == 2
    assert Enrolment.objects.get().state == "completed"


def test_a_completion_is_made_step_by_step(learner) -> None:
    assert make_completion(learner, make_course()).enrolment.person == learner


@pytest.fixture
def film_step(learner):
    """An enrolment in a course with one film of 100 seconds, opened at NOW, and its step."""
    enrolment = enrol(learner, make_course(lessons=0, targets=[FilmFactory(duration_seconds=100)]))
    standing = standing_of(enrolment)
    step = standing.outline.steps[0]
    actions.open_step(standing=standing, step=step, now=NOW)
    return enrolment, step


def report(film_step, intervals, *, seconds: float, position: float = 0):
    """A report of the player so many seconds after the page was opened."""
    enrolment, step = film_step
    return actions.record_film(
        enrolment_id=enrolment.pk,
        step=step,
        duration=100,
        intervals=intervals,
        position=position,
        now=NOW + timedelta(seconds=seconds),
    )


@pytest.mark.rule("progress-7", "progress-15")
def test_a_film_is_done_when_enough_was_played(film_step) -> None:
    total, standing = report(film_step, [[0, 60]], seconds=60, position=60)
    assert (total.percent, standing.is_completed) == (60, False)
    for _time in range(2):
        total, standing = report(film_step, [[50, 95]], seconds=110, position=95)
    assert (total.percent, standing.is_completed) == (95, True)
    assert StepProgress.objects.get().source == "film"
    assert StepProgress.objects.get().position == 95
    assert Completion.objects.count() == 1


@pytest.mark.rule("progress-7", "progress-8")
def test_seeking_and_impossible_reports_add_nothing(film_step) -> None:
    total, standing = report(film_step, [[0, 100]], seconds=10, position=99)
    assert (total.percent, standing.is_completed) == (0, False)
    total, _standing = report(film_step, [], seconds=20, position=99)
    assert total.percent == 0
    assert StepProgress.objects.get().position == 99
    assert FilmCoverage.objects.get().intervals == []


@pytest.mark.rule("progress-9")
def test_reading_the_transcript_counts_when_there_was_time_to_read(film_step) -> None:
    enrolment, step = film_step

    def read(seconds: float):
        return actions.complete_by_transcript(
            enrolment_id=enrolment.pk, step=step, words=200, duration=100, now=NOW + timedelta(seconds=seconds)
        )

    with refused("too_early"):
        read(29)
    assert not Completion.objects.exists()
    for seconds in (31, 5):
        assert read(seconds).is_completed
    assert StepProgress.objects.get().source == "transcript"


@pytest.mark.rule("progress-9")
def test_a_transcript_that_was_never_opened_is_not_read(learner) -> None:
    enrolment = enrol(learner, make_course(lessons=0, targets=[FilmFactory(duration_seconds=100)]))
    step = standing_of(enrolment).outline.steps[0]
    with refused("too_early"):
        actions.complete_by_transcript(enrolment_id=enrolment.pk, step=step, words=200, duration=100, now=NOW)


@pytest.mark.rule("progress-10")
@pytest.mark.parametrize(("right", "done"), [(3, True), (2, False), (0, False)])
def test_a_quiz_step_is_done_when_passed(learner, right: int, done: bool) -> None:
    quiz = QuizFactory(questions=3)
    enrolment = enrol(learner, make_course(lessons=0, targets=[quiz]))
    step = standing_of(enrolment).outline.steps[0]
    attempt = start_attempt(person=learner, quiz=quiz, language="pl", now=NOW)
    answer_all(attempt, right=right)
    for _time in range(2):
        sent, standing = actions.submit_quiz(enrolment_id=enrolment.pk, step=step, attempt_id=attempt.pk, now=NOW)
    assert sent.passed is done
    assert standing.is_completed is done
    assert Completion.objects.count() == int(done)


@pytest.mark.rule("progress-10")
def test_an_attempt_at_another_quiz_marks_nothing(learner) -> None:
    quiz, other = QuizFactory(questions=1), QuizFactory(questions=1)
    enrolment = enrol(learner, make_course(lessons=0, targets=[quiz]))
    step = standing_of(enrolment).outline.steps[0]
    attempt = start_attempt(person=learner, quiz=other, language="pl", now=NOW)
    answer_all(attempt, right=1)
    _sent, standing = actions.submit_quiz(enrolment_id=enrolment.pk, step=step, attempt_id=attempt.pk, now=NOW)
    assert not standing.done
