"""What the learner's screens cost: the first reader of a lesson full of drawings, a film, everybody after them."""

import json
import re
from collections.abc import Callable

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Person
from courses.catalogue import queries
from courses.catalogue.models import Course, LessonPage
from courses.catalogue.rules import StepFacts
from courses.learning.models import Enrolment
from courses.learning.queries import get_enrolment_for, is_closed, standing_of
from media.models import CustomImage
from media.pictures import picture_ids, pictures_at_hand
from tests.factories.catalogue import make_course, make_course_page, make_lesson, publish, set_outline
from tests.factories.learning import enrol, finish
from tests.factories.media import FilmFactory, ImageFactory
from tests.factories.site import DRAWING

pytestmark = pytest.mark.django_db


def drawing(number: int) -> CustomImage:
    """A drawing as the course has them."""
    return ImageFactory(
        title=f"Rysunek {number}", description="", file=ContentFile(DRAWING.encode(), name=f"rysunek-{number}.svg")
    )


def picture(image: CustomImage, alt: str) -> dict[str, object]:
    return {"image": image.pk, "decorative": False, "alt_text": alt}


@pytest.fixture
def lesson(learner: Person) -> LessonPage:
    """Twelve drawings in a procedure and between the paragraphs, half of them with a narrow one for phones."""
    drawings = [drawing(number) for number in range(18)]
    wide, narrow = drawings[:12], drawings[12:]
    page = make_course_page()
    steps = [
        {"text": "<p>Krok.</p>", "image": picture(image, f"Ekran {n}"), "narrow": narrow[n].pk, "caption": "Podpis"}
        for n, image in enumerate(wide[:6])
    ]
    body = [
        {"type": "text", "value": "<h2>Po co</h2><p>Treść.</p>"},
        {"type": "procedure", "value": {"title": "Jak", "steps": steps}},
        *(
            {"type": "image", "value": {"image": picture(image, f"Widok {n}"), "narrow": None, "caption": ""}}
            for n, image in enumerate(wide[6:])
        ),
    ]
    lesson = make_lesson(page, body=json.dumps(body))
    set_outline(page, [lesson])
    publish(page)
    return lesson


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def first_step(person: Person, course: Course) -> tuple[str, StepFacts]:
    """The address of the first step, and the step."""
    step = standing_of(Enrolment.objects.get(person=person, course=course)).outline.steps[0]
    return reverse("courses_learning:open-step", kwargs={"course": course.code, "key": step.key}), step


def as_after_a_publication(browser: Client) -> None:
    """In a process that has just begun; only menu and footer were read by the page before."""
    cache.clear()
    queries._outline_facts.cache_clear()
    ContentType.objects.clear_cache()
    browser.get(reverse("courses_learning:list-mine"))


@pytest.mark.rule("speed-8", "progress-17")
def test_a_lesson_full_of_drawings_stays_within_the_budget(
    learner: Person, stranger: Person, lesson: LessonPage, django_assert_max_num_queries: Callable
) -> None:
    course = Course.objects.get()
    for person in (learner, stranger):
        enrol(person, course)
    where, _step = first_step(learner, course)
    before = browser_of(stranger).get(where).content.decode()  # makes the smaller copies, once for ever
    browser = browser_of(learner)
    as_after_a_publication(browser)
    with django_assert_max_num_queries(8):
        first = browser.get(where).content.decode()
    with django_assert_max_num_queries(5):
        second = browser.get(where).content.decode()
    for page in (before, first, second):
        assert re.findall(r'alt="([^"]+)"', page) == [
            *(f"Ekran {number}" for number in range(6)),
            *(f"Widok {number}" for number in range(6)),
        ]
        assert page.count("<source media") == 6
        assert len(set(re.findall(r'<img src="([^"]+)"', page))) == 12


@pytest.mark.rule("speed-8")
def test_a_film_stays_within_the_budget(
    learner: Person, stranger: Person, django_assert_max_num_queries: Callable
) -> None:
    course = make_course(lessons=0, targets=[FilmFactory(duration_seconds=100, poster=drawing(1))])
    for person in (learner, stranger):
        enrol(person, course)
    where, _step = first_step(learner, course)
    browser_of(stranger).get(where)
    browser = browser_of(learner)
    with django_assert_max_num_queries(8):
        assert browser.get(where).status_code == 200
    with django_assert_max_num_queries(5):
        assert "Dzień dobry" in browser.get(where).content.decode()


@pytest.mark.rule("speed-8")
def test_a_lesson_is_rendered_once_for_everybody_and_anew_after_a_publication(
    learner: Person, stranger: Person, lesson: LessonPage, on_commit: Callable
) -> None:
    course = Course.objects.get()
    for person in (learner, stranger):
        enrol(person, course)
    where, _step = first_step(learner, course)
    assert "Treść." in browser_of(learner).get(where).content.decode()
    lesson.refresh_from_db()
    lesson.body = [("text", "<p>Poprawione.</p>")]
    with on_commit():
        publish(lesson)
    for person in (learner, stranger):
        page = browser_of(person).get(where).content.decode()
        assert "Poprawione." in page
        assert "Treść." not in page
        assert person.name not in page
    with on_commit():
        LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert "Poprawione." not in browser_of(stranger).get(where).content.decode()


@pytest.mark.rule("speed-9")
def test_the_same_picture_twice_keeps_both_alternative_texts(
    learner: Person, django_assert_max_num_queries: Callable
) -> None:
    image = drawing(1)
    page = make_course_page()
    alone = [
        {"type": "image", "value": {"image": picture(image, alt), "narrow": None, "caption": ""}}
        for alt in ("Pierwszy", "Drugi")
    ]
    step = {"text": "", "image": picture(image, "Trzeci"), "narrow": None, "caption": ""}
    within = {"type": "procedure", "value": {"title": "", "steps": [step]}}
    lesson = make_lesson(page, body=json.dumps([*alone, within]))
    set_outline(page, [lesson])
    publish(page)
    enrol(learner, Course.objects.get())
    where, _step = first_step(learner, Course.objects.get())
    for _time in range(2):
        shown = browser_of(learner).get(where).content.decode()
        assert re.findall(r'alt="([^"]+)"', shown) == ["Pierwszy", "Drugi", "Trzeci"]
        cache.clear()


def test_pictures_without_copies_and_pictures_that_are_gone(lesson: LessonPage) -> None:
    raw = list(LessonPage.objects.get(pk=lesson.pk).body.raw_data)
    ids = picture_ids(raw)
    assert len(ids) == 18
    with pictures_at_hand(ids):
        blocks = list(LessonPage.objects.get(pk=lesson.pk).body)
        assert [step["image"].pk for step in blocks[1].value["steps"]] == sorted(ids)[:6]
    CustomImage.objects.get(pk=min(ids)).delete()
    with pictures_at_hand(ids):
        blocks = list(LessonPage.objects.get(pk=lesson.pk).body)
        assert blocks[1].value["steps"][0]["image"] is None
        assert blocks[1].value["steps"][1]["image"] is not None


def test_the_enrolment_is_the_one_that_the_models_know(
    learner: Person, stranger: Person, django_assert_num_queries: Callable
) -> None:
    course, other = make_course(lessons=3), make_course(lessons=1)
    mine = enrol(learner, course)
    enrol(learner, other)
    enrol(stranger, course)
    with django_assert_num_queries(1):
        found = get_enrolment_for(learner.user, course.code)
        assert found == mine
        assert found.course.words == course.words
        assert (found.course.code, found.person.pk, found.person.user_id) == (course.code, learner.pk, learner.user.pk)
        version = found.outline_version
        assert (version.content_hash, version.sequential, version.minutes) == (
            mine.outline_version.content_hash, True, mine.outline_version.minutes,
        )  # fmt: skip
    for field in Enrolment._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(Enrolment.objects.get(pk=mine.pk), field.attname)
    assert found.course.active is True
    assert found.person.name == learner.name
    assert version.course_id == course.pk
    assert get_enrolment_for(learner.user, "nie-ma") is None


@pytest.mark.rule("progress-1")
def test_what_is_closed_is_the_same_asked_in_both_ways(learner: Person) -> None:
    enrolment = enrol(learner, make_course(lessons=4, optional=1))
    for done in range(4):
        finish(enrolment, steps=done)
        enrolment.refresh_from_db()
        standing = standing_of(enrolment)
        for step in standing.outline.steps:
            assert is_closed(standing, step.key) == (standing.lock(step.key) is not None)
