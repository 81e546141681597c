"""A step whose lesson, film or quiz is not published at the moment: said in words, and nobody waits behind it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.assessment.models import Attempt
from courses.catalogue.models import Course
from courses.learning import actions
from courses.learning.models import Enrolment
from courses.learning.queries import past_unpublished, standing_of
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import make_course, make_lesson, page_of, publish, set_outline
from tests.factories.learning import enrol
from tests.factories.media import FilmFactory

pytestmark = pytest.mark.django_db

TARGETS: dict[str, Any] = {"film": FilmFactory, "quiz": QuizFactory}


def course_with(kind: str) -> tuple[Course, Any]:
    """A course in order: this kind of step first, then two lessons; and what stands at the first step."""
    course = make_course(lessons=1)
    page = page_of(course)
    target = make_lesson(page) if kind == "lesson" else TARGETS[kind]()
    set_outline(page, [target, make_lesson(page, title="Druga"), make_lesson(page, title="Trzecia")])
    publish(page)
    return course, type(target).objects.get(pk=target.pk)


def address(enrolment: Enrolment, place: int, name: str = "open-step") -> str:
    step = standing_of(enrolment).outline.steps[place]
    return reverse(f"courses_learning:{name}", args=[enrolment.course.code, step.key])


@pytest.mark.rule("progress-20")
@pytest.mark.parametrize("kind", ["lesson", "film", "quiz"])
def test_a_step_without_anything_published_says_so_and_lets_past(client, learner, kind: str) -> None:
    course, target = course_with(kind)
    enrolment = enrol(learner, course)
    client.force_login(learner.user)
    assert client.get(address(enrolment, 1)).status_code == 403, "while it is published, it comes first"
    target.unpublish()
    shown = client.get(address(enrolment, 0)).content.decode().replace("\xa0", " ")
    assert shown.count("Ten krok jest w przygotowaniu.") == 2, "in place of the content, and at the button"
    assert f'href="{address(enrolment, 1)}" rel="next"' in shown
    assert client.get(address(enrolment, 1)).status_code == 200
    assert client.get(address(enrolment, 2)).status_code == 403, "what is published is not passed over"
    assert client.post(address(enrolment, 1, "complete-step")).url == address(enrolment, 2)
    assert client.get(address(enrolment, 2)).status_code == 200


@pytest.mark.rule("progress-20")
@pytest.mark.parametrize("kind", ["film", "quiz"])
def test_what_was_passed_over_is_still_required(learner, kind: str) -> None:
    course, target = course_with(kind)
    enrolment = enrol(learner, course)
    target.unpublish()
    for step in standing_of(enrolment).outline.steps[1:]:
        actions.complete_step(enrolment_id=enrolment.pk, step=step, source="learner", now=timezone.now())
    standing = standing_of(enrolment)
    assert not standing.is_completed
    assert standing.percent < 100
    assert standing.resume_key == standing.outline.steps[0].key


@pytest.mark.rule("progress-20")
def test_an_open_step_is_not_asked_about(learner, django_assert_num_queries) -> None:
    course, target = course_with("quiz")
    standing = standing_of(enrol(learner, course))
    with django_assert_num_queries(0):
        assert past_unpublished(standing, standing.outline.steps[0].key) is standing
    with django_assert_num_queries(1):
        assert past_unpublished(standing, standing.outline.steps[1].key) is standing
    target.unpublish()
    with django_assert_num_queries(2):
        assert past_unpublished(standing, standing.outline.steps[2].key).lock(standing.outline.steps[2].key)


@pytest.mark.rule("progress-20")
@pytest.mark.parametrize(
    ("kind", "name", "body"),
    [
        ("lesson", "complete-step", {}),
        ("film", "complete-by-transcript", {}),
        ("film", "record-film", {"intervals": [[0, 6]], "position": 6}),
        ("quiz", "start-quiz", {}),
    ],
)
def test_what_is_not_published_cannot_be_marked(client, learner, kind: str, name: str, body: dict) -> None:
    course, target = course_with(kind)
    enrolment = enrol(learner, course)
    client.force_login(learner.user)
    target.unpublish()
    sent = {"content_type": "application/json"} if body else {}
    assert client.post(address(enrolment, 0, name), body, **sent).status_code in {302, 409}
    assert not standing_of(enrolment).done
    assert not Attempt.objects.exists()
