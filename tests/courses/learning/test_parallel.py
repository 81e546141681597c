"""The same press ten times at once, on a database that really commits: one effect."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.actions import create_account
from cms.accounts.models import Person
from courses.assessment.actions import start_attempt
from courses.learning import actions
from courses.learning.models import Completion, Enrolment, ProgressEntry, StepProgress
from courses.learning.queries import standing_of
from tests.factories.assessment import QuizFactory, answer_all
from tests.factories.catalogue import make_course
from tests.factories.learning import enrol
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def person() -> Person:
    return create_account(email="nauka@example.org", password="x", name="Anna Przykładowa")


@pytest.mark.rule("progress-13")
def test_ten_enrolments_are_one(person) -> None:
    course = make_course(lessons=1)
    found = at_once(lambda _: actions.enrol(person=person, course=course, now=NOW))
    assert {enrolment.pk for enrolment in found} == {Enrolment.objects.get().pk}


@pytest.mark.rule("progress-11")
def test_ten_presses_on_the_last_step_complete_once(person) -> None:
    enrolment = enrol(person, make_course(lessons=1))
    step = standing_of(enrolment).outline.steps[0]
    at_once(
        lambda _: actions.complete_step(
            enrolment_id=enrolment.pk, step=step, source=StepProgress.Source.LEARNER, now=NOW
        )
    )
    assert Completion.objects.count() == 1
    assert StepProgress.objects.count() == 1
    assert ProgressEntry.objects.count() == 1


@pytest.mark.rule("progress-10", "progress-11")
def test_ten_sends_of_a_quiz_lead_to_one_result(person) -> None:
    course = make_course(lessons=0, targets=[QuizFactory(questions=2)])
    enrolment = enrol(person, course)
    step = standing_of(enrolment).outline.steps[0]
    attempt = start_attempt(person=person, quiz=course.outlines.get().steps.get().quiz, language="pl", now=NOW)
    answer_all(attempt, right=2)
    where = reverse("courses_learning:submit-quiz", args=[course.code, step.key])

    def press(_number: int) -> str:
        browser = Client()
        browser.force_login(person.user)
        return str(browser.post(where, {"attempt": attempt.number}).url)

    assert len(set(at_once(press))) == 1
    assert Completion.objects.count() == 1


@pytest.mark.rule("progress-7")
def test_ten_reports_of_a_film_are_one_union(person) -> None:
    from tests.factories.media import FilmFactory

    enrolment = enrol(person, make_course(lessons=0, targets=[FilmFactory(duration_seconds=100)]))
    standing = standing_of(enrolment)
    step = standing.outline.steps[0]
    actions.open_step(standing=standing, step=step, now=NOW)
    at_once(
        lambda n: actions.record_film(
            enrolment_id=enrolment.pk,
            step=step,
            duration=100,
            intervals=[[n * 0.5, n * 0.5 + 0.5]],
            position=5,
            now=NOW,
        )
    )
    total, _standing = actions.record_film(
        enrolment_id=enrolment.pk, step=step, duration=100, intervals=[], position=5, now=NOW
    )
    assert total.seconds == 5
