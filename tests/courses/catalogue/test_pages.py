"""The list of courses and the page of one: search, paging, states, budgets."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from courses.catalogue.actions import close_course
from courses.catalogue.models import CourseIndexPage, CoursePage
from tests.factories.catalogue import make_course, make_home, make_index, page_of
from tests.factories.certificates import make_award
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


def add_courses(index: CourseIndexPage, count: int) -> None:
    """So many live course pages at once; only what a list asks of them."""
    key = ContentType.objects.get_for_model(CoursePage)
    last = index.get_last_child()
    rows = [
        Page(
            path=CoursePage._get_path(index.path, index.depth + 1, number),
            depth=index.depth + 1,
            title=f"Szkolenie nr {number:03}",
            slug=f"nr-{number}",
            url_path=f"{index.url_path}nr-{number}/",
            translation_key=uuid4(),
            locale=index.locale,
            content_type=key,
        )
        for number in range(int(last.path[-4:], 36) + 1, int(last.path[-4:], 36) + 1 + count)
    ]
    Page.objects.bulk_create(rows)
    for row in Page.objects.filter(path__in=[row.path for row in rows]):
        CoursePage(page_ptr=row, code=row.slug, summary="Opis.").save_base(raw=True)


@pytest.mark.rule("speed-1", "speed-3")
@pytest.mark.parametrize("courses", [1, 500])
def test_the_list_costs_the_same_with_many_courses(client, courses: int, django_assert_max_num_queries) -> None:
    make_course(lessons=1)
    index = make_index()
    add_courses(index, courses - 1)
    with django_assert_max_num_queries(9):
        first = client.get(index.get_url())
    assert first.content.decode().count('class="card ') == min(courses, 20)
    with django_assert_max_num_queries(3):
        last = client.get(index.get_url(), {"page": "99999999999"})
    assert last.content.decode().count('class="card ') == min(courses, 20)
    with django_assert_max_num_queries(3):
        assert client.get(index.get_url(), {"q": "szkolenie"}).status_code == 200


@pytest.mark.rule("speed-3")
@pytest.mark.parametrize("where", ["0", "-1", "x", "1e9", "", "999", "\0", "9" * 4000])
def test_no_number_of_a_page_fails(client, where: str) -> None:
    make_course()
    assert client.get(make_index().get_url(), {"page": where}).status_code == 200


@pytest.mark.rule("speed-1")
@pytest.mark.parametrize("courses", [1, 500])
def test_the_home_page_costs_the_same_with_many_courses(client, courses: int, django_assert_max_num_queries) -> None:
    make_course(lessons=1)
    add_courses(make_index(), courses - 1)
    home = make_home().get_url()
    with django_assert_max_num_queries(9):
        page = client.get(home).content.decode()
    assert page.count('class="card ') == min(courses, 3)


@pytest.mark.rule("speed-1", "speed-4")
@pytest.mark.parametrize("steps", [3, 60])
def test_a_course_page_costs_the_same_with_many_steps(client, steps: int, django_assert_max_num_queries) -> None:
    where = page_of(make_course(lessons=steps)).get_url()
    with django_assert_max_num_queries(9):
        assert client.get(where).content.decode().count("Lekcja ") >= steps


@pytest.mark.rule("catalogue-11")
def test_the_action_of_a_course_page_tells_the_state(client, learner, on_commit) -> None:
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
    with on_commit():
        close_course(page=page_of(course))
    closed = Client().get(where).content.decode()
    assert f'href="{enrol_url}"' not in closed


def test_the_course_page_shows_the_frozen_plan(client) -> None:
    course = make_course(lessons=3, per_module=2)
    page = client.get(page_of(course).get_url()).content.decode()
    for module in course.words["pl"]["modules"].values():
        assert module["title"] in page
    for step in course.words["pl"]["steps"].values():
        assert step["title"] in page


@pytest.mark.rule("page-18")
def test_time_is_told_in_minutes_and_teaching_hours_with_the_certificate_alone(client) -> None:
    course = make_course(lessons=90)
    page = page_of(course)
    for address in (page.get_parent().get_parent().get_url(), page.get_parent().get_url(), page.get_url()):
        words = text_of(client.get(address))
        assert "90 minut" in words, address
        assert "godz" not in words, address
    make_award(course)
    cache.clear()
    words = text_of(client.get(page.get_url()))
    assert words.count("godziny dydaktyczne") == 1
    assert "Wymiar na zaświadczeniu: 2 godziny dydaktyczne (1 godzina = 45 minut)." in words


@pytest.mark.rule("page-19")
def test_how_quizzes_are_passed_stands_with_what_the_certificate_asks_for(client) -> None:
    course = make_course()
    page = page_of(course)
    page.outcomes_knowledge, page.verification_method = "Zna narzędzie.", "Quiz: 70% punktów."
    page.save_revision().publish()
    assert re.search(r"Efekty uczenia się.*70% punktów", text_of(client.get(page.get_url())))
    make_award(course)
    cache.clear()
    parts = text_of(client.get(page.get_url())).split("zaliczone wszystkie quizy")
    assert ["70% punktów" in part for part in parts] == [False, True]


def test_the_plan_is_folded_in_the_words_that_unfolded_it(client) -> None:
    words = text_of(client.get(page_of(make_course()).get_url()))
    shown = re.search(r"Pokaż (.+?) ?Ukryj (.+?) :", words)
    assert shown, words
    assert shown[1] == shown[2]


def text_of(answer: HttpResponse) -> str:
    """What a page says, with plain blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())
