"""The list of courses and the page of one: search, paging, states, budgets."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.catalogue.models import Course
from tests.factories.catalogue import make_course, make_index, page_of
from tests.factories.learning import enrol, finish

pytestmark = pytest.mark.django_db


@pytest.mark.rule("catalogue-12")
@pytest.mark.parametrize("query", ["żółć", "ZOLC", "zolc", "Żół", "zolc gesla"])
def test_words_are_found_without_case_and_diacritics(client, query: str) -> None:
    make_course(title="Żółć i gęśla")
    make_course(title="Coś innego")
    page = client.get(make_index().get_url(), {"q": query}).content.decode()
    assert "Żółć" in page
    assert "Coś innego" not in page


@pytest.mark.rule("catalogue-12")
@pytest.mark.parametrize(
    "query", ['"', "   ", "\0", "(", "*", "AND", '=HYPERLINK("http://x")', "x" * 20_000, "'; --", "%", "_"]
)
def test_no_search_fails(client, query: str) -> None:
    make_course()
    assert client.get(make_index().get_url(), {"q": query}).status_code == 200


@pytest.mark.rule("catalogue-12")
def test_signs_alone_find_nothing(client) -> None:
    make_course(title="Jedyne szkolenie")
    assert "Jedyne szkolenie" not in client.get(make_index().get_url(), {"q": '"'}).content.decode()


@pytest.mark.rule("speed-3")
@pytest.mark.parametrize("courses", [1, 50])
def test_the_list_costs_the_same_with_many_courses(client, courses: int, django_assert_max_num_queries) -> None:
    first = page_of(make_course(lessons=1))
    index = make_index()
    for number in range(courses - 1):
        twin = first.__class__(
            title=f"Szkolenie nr {number}", slug=f"nr-{number}", code=f"nr-{number}", summary="x", locale=first.locale
        )
        index.add_child(instance=twin)
    client.get(first.get_url())
    with django_assert_max_num_queries(9):
        assert client.get(index.get_url()).status_code == 200
    with django_assert_max_num_queries(9):
        last = client.get(index.get_url(), {"page": "99999999999"})
    assert last.status_code == 200


@pytest.mark.rule("catalogue-11")
def test_the_action_of_a_course_page_tells_the_state(client, learner) -> None:
    course = make_course(lessons=2)
    where = page_of(course).get_url()
    enrol_url = reverse("courses_learning:enrol", args=[course.code])
    enter_url = reverse("courses_learning:enter-course", args=[course.code])
    assert enrol_url in client.get(where).content.decode()
    signed_in = Client()
    signed_in.force_login(learner.user)
    assert enrol_url in signed_in.get(where).content.decode()
    enrolment = enrol(learner, course)
    for steps in (0, 1, 2):
        finish(enrolment, steps=steps)
        page = signed_in.get(where).content.decode()
        assert f'href="{enter_url}"' in page
        assert f'href="{enrol_url}"' not in page
    Course.objects.update(active=False)
    closed = Client().get(where, {"fresh": "1"}).content.decode()
    assert f'href="{enrol_url}"' not in closed


def test_the_course_page_shows_the_frozen_plan(client) -> None:
    course = make_course(lessons=3, per_module=2)
    page = client.get(page_of(course).get_url()).content.decode()
    for module in course.words["pl"]["modules"].values():
        assert module["title"] in page
    for step in course.words["pl"]["steps"].values():
        assert step["title"] in page
