"""The learner's screens: the way through, strangers, budgets of queries, scripts and no scripts."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import Course, LessonPage
from courses.learning.models import Completion, Enrolment, StepProgress
from tests.courses.learning.conftest import address, steps_of
from tests.factories.catalogue import make_course, make_course_page, make_lesson, page_of, publish, set_outline
from tests.factories.learning import enrol, finish
from tests.factories.media import FilmFactory

pytestmark = pytest.mark.django_db


# --- Enrolment -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("progress-13")
def test_a_press_enrols_and_a_second_one_leads_into_the_course(browser, learner) -> None:
    course = make_course()
    assert browser.get(address("enrol", course)).status_code == 200
    for _time in range(2):
        answer = browser.post(address("enrol", course))
        assert answer.url == address("enter-course", course)
    assert Enrolment.objects.filter(person=learner, course=course).count() == 1
    first = steps_of(learner, course)[0]
    assert browser.get(address("enter-course", course)).url == address("open-step", course, first)


@pytest.mark.rule("progress-14")
def test_a_visitor_signs_in_first_and_comes_back(client) -> None:
    course = make_course()
    answer = client.get(address("enrol", course))
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={address('enrol', course)}")
    assert client.post(address("enrol", course)).status_code == 302
    assert not Enrolment.objects.exists()


def test_who_is_signed_in_is_not_told_that_an_account_is_needed(client, learner) -> None:
    where = page_of(make_course()).get_url()
    browser = Client()
    browser.force_login(learner.user)
    words = "bezpłatnego konta"
    assert words in client.get(where).content.decode().replace("\u00a0", " ")
    assert words not in browser.get(where).content.decode().replace("\u00a0", " ")


@pytest.mark.rule("progress-2")
def test_the_current_step_says_that_it_opens_the_next_one(browser, learner) -> None:
    course = make_course(lessons=3)
    enrol(learner, course)
    first, second, third = steps_of(learner, course)
    shown = browser.get(address("open-step", course, first))
    opens = shown.context["next"]["reason"]
    assert opens.startswith("Otworzy się, gdy ukończysz ten krok")
    finish(Enrolment.objects.get(person=learner, course=course), steps=1)
    elsewhere = browser.get(address("open-step", course, first)).context["outline"]["modules"]
    reasons = [step["reason"] for module in elsewhere for step in module["steps"] if step["reason"]]
    assert len(reasons) == 1
    assert reasons[0].startswith("Nie można jeszcze zacząć. Najpierw")
    assert browser.get(address("open-step", course, third)).status_code == 403
    assert browser.get(address("open-step", course, second)).status_code == 200


@pytest.mark.rule("progress-14")
def test_unknown_and_closed_courses_are_not_found(browser) -> None:
    closed = make_course()
    Course.objects.filter(pk=closed.pk).update(active=False)
    assert browser.get(reverse("courses_learning:enrol", kwargs={"course": "nie-ma"})).status_code == 404
    assert browser.get(address("enrol", closed)).status_code == 404
    assert browser.post(address("enrol", closed)).status_code == 404


# --- Steps ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("progress-6")
def test_a_lesson_is_read_marked_and_the_next_one_opens(browser, learner) -> None:
    course = make_course(lessons=2)
    enrol(learner, course)
    first, second = steps_of(learner, course)
    page = browser.get(address("open-step", course, first))
    assert page.status_code == 200
    assert b"s\xc5\x82owo" in page.content
    done = browser.post(address("complete-step", course, first))
    assert done.url == address("open-step", course, second)
    assert browser.get(address("enter-course", course)).url == address("open-step", course, second)
    assert browser.post(address("complete-step", course, second)).url == address("enter-course", course)
    assert browser.get(address("enter-course", course)).status_code == 200
    assert Completion.objects.filter(enrolment__person=learner).count() == 1


@pytest.mark.rule("progress-6")
def test_a_mark_is_taken_back(browser, learner) -> None:
    course = make_course(lessons=2)
    enrol(learner, course)
    first = steps_of(learner, course)[0]
    browser.post(address("complete-step", course, first))
    assert address("undo-step", course, first).encode() in browser.get(address("open-step", course, first)).content
    assert browser.post(address("undo-step", course, first)).url == address("open-step", course, first)
    assert StepProgress.objects.get(step_key=first.key).state == "opened"


@pytest.mark.rule("progress-6")
def test_a_mark_is_taken_back_from_its_message(browser, learner) -> None:
    course = make_course(lessons=1, targets=[FilmFactory(duration_seconds=100), FilmFactory()])
    enrolment = enrol(learner, course)
    first, film, _last = steps_of(learner, course)
    page = browser.post(address("complete-step", course, first), follow=True).content.decode()
    told = page[page.index('class="messages"') : page.index("</header>", page.index('class="messages"'))]
    assert "Zrobione:" in told
    assert f'<form method="post" action="{address("undo-step", course, first)}">' in told
    assert page.index("<main") < page.index('class="messages"') < page.index("<h1")
    again = browser.post(address("undo-step", course, first), follow=True).content.decode()
    assert "Cofnij" not in again[: again.index("<h1")]
    # What a film has made done nobody takes back.
    finish(enrolment, steps=2)
    answer = browser.post(address("complete-by-transcript", course, film), follow=True).content.decode()
    assert "Cofnij" not in answer[: answer.index("<h1")]


@pytest.mark.rule("progress-1", "progress-2")
@pytest.mark.parametrize("name", ["open-step", "complete-step", "undo-step"])
def test_a_locked_step_says_why_at_every_address(browser, learner, name: str) -> None:
    course = make_course(lessons=3)
    enrol(learner, course)
    first, _second, third = steps_of(learner, course)
    send = browser.get if name == "open-step" else browser.post
    answer = send(address(name, course, third))
    assert answer.status_code == 403
    assert answer.context["reason"]
    assert not StepProgress.objects.filter(step_key=third.key).exists()
    assert answer.context["next_step"]["url"] == address("open-step", course, first)


@pytest.mark.rule("progress-2")
def test_a_locked_module_names_the_module_after_which_it_opens(browser, learner) -> None:
    course = make_course(lessons=7, per_module=2)
    enrolment = enrol(learner, course)
    finish(enrolment, steps=2)
    steps = steps_of(learner, course)
    mine = browser.get(reverse("courses_learning:list-mine"))
    (row,) = mine.context["courses"]
    assert [(item["state"], item["word"], item["reason"]) for item in row["conditions"]] == [
        ("done", "zrobione", ""),
        ("now", "teraz", ""),
        ("locked", "nie można jeszcze zacząć", "Otworzy się po module M2."),
        ("locked", "nie można jeszcze zacząć", "Otworzy się po module M3."),
    ]
    plan = browser.get(address("open-step", course, steps[2])).context["outline"]["modules"]
    assert [module["locked_reason"] for module in plan] == ["", "", *(f"Otworzy się po module M{n}." for n in (2, 3))]
    assert [[bool(step["reason"]) for step in module["steps"]] for module in plan[1:]] == [
        [False, True],
        [False, False],
        [False],
    ]
    # Nothing but the step where one stands is missing: that one is named.
    finish(enrolment, steps=3)
    answer = browser.get(address("open-step", course, steps[3])).context
    assert "ten krok" in answer["outline"]["modules"][2]["locked_reason"]
    assert answer["next"]["after_this"]
    assert browser.get(address("open-step", course, steps[6])).context["reason"] == "Moduł M4 otworzy się po module M3."


def test_whoever_has_done_nothing_yet_is_told_what_lies_ahead(browser, learner) -> None:
    course = make_course(lessons=3, per_module=3)
    enrolment = enrol(learner, course)
    first, _second, _third = steps_of(learner, course)
    # Having looked at a step is not having done it.
    browser.get(address("open-step", course, first))
    mine = browser.get(reverse("courses_learning:list-mine"))
    page = " ".join(mine.content.decode().replace("\u00a0", " ").split())
    (row,) = mine.context["courses"]
    assert mine.context["next_step"]["label"] == "Zacznij: M1.1"
    assert '<span class="numeral">3</span> <span class="small">kroki przed Tobą</span>' in page
    assert row["done_text"] == "3 kroki przed Tobą"
    assert [(item["state"], item["word"]) for item in row["conditions"]] == [("now", "teraz")]
    finish(enrolment, steps=1)
    mine = browser.get(reverse("courses_learning:list-mine"))
    page = " ".join(mine.content.decode().replace("\u00a0", " ").split())
    assert mine.context["next_step"]["label"] == "Ucz się dalej: M1.2"
    assert '<span class="numeral">1 z 3</span> <span class="small">kroków za Tobą</span>' in page
    assert mine.context["courses"][0]["done_text"] == "Zrobione: 1 z\u00a03 kroków"


@pytest.mark.rule("progress-14")
def test_steps_of_others_and_of_other_kinds_are_not_found(browser, learner, stranger) -> None:
    course, other = make_course(lessons=1), make_course(lessons=1)
    enrol(learner, course)
    enrol(stranger, other)
    own, foreign = steps_of(learner, course)[0], steps_of(stranger, other)[0]
    assert browser.get(address("open-step", course, foreign)).status_code == 404
    assert browser.get(reverse("courses_learning:open-step", args=[course.code, uuid4()])).status_code == 404
    assert browser.get(address("open-step", other, foreign)).url == address("enrol", other)
    for name in ("record-film", "complete-by-transcript", "start-quiz", "submit-quiz"):
        assert browser.post(address(name, course, own)).status_code == 404
    assert not StepProgress.objects.filter(enrolment__person=stranger).exists()


def test_changes_are_made_by_post_alone_and_with_a_token(learner) -> None:
    course = make_course(lessons=1)
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner.user)
    for name in ("complete-step", "undo-step"):
        assert strict.get(address(name, course, step))["Location"] == address("open-step", course, step)
        assert strict.post(address(name, course, step)).status_code == 403
    assert not StepProgress.objects.filter(state="done").exists()


def test_a_withdrawn_lesson_says_so_and_harms_nothing(browser, learner) -> None:
    page = make_course_page()
    lesson = make_lesson(page)
    set_outline(page, [lesson])
    publish(page)
    course = Course.objects.get(key=page.translation_key)
    enrol(learner, course)
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    answer = browser.get(address("open-step", course, steps_of(learner, course)[0]))
    assert answer.status_code == 200
    assert answer.context["lesson"] is None


def test_check_yourself_tells_after_an_answer_and_stores_nothing(browser, learner) -> None:
    check = {
        "question": "Kto?",
        "options": [
            {"text": "Ja", "correct": True, "feedback": "dobrze-bo"},
            {"text": "Ty", "correct": False, "feedback": "zle-bo"},
        ],
    }
    page = make_course_page()
    set_outline(page, [make_lesson(page, body=[("check_yourself", check)])])
    publish(page)
    course = Course.objects.get(key=page.translation_key)
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    before = browser.get(address("open-step", course, step))
    assert b"-bo" not in before.content
    block = next(iter(LessonPage.objects.get().body)).id
    here = address("open-step", course, step)
    right = browser.get(here, {"check": block, "answer": "0"})
    assert b"dobrze-bo" in right.content
    assert b"zle-bo" not in right.content
    assert b"zle-bo" in browser.get(here, {"check": block, "answer": "1"}).content
    for nonsense in ({"check": block, "answer": "9"}, {"check": "nie ma", "answer": "0"}, {"check": block}):
        answer = browser.get(here, nonsense)
        assert answer.status_code == 200
        assert b"-bo" not in answer.content


# --- Films ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def film_course(learner) -> Course:
    """A course with one film of a hundred seconds, in which the learner is enrolled."""
    course = make_course(lessons=0, targets=[FilmFactory(duration_seconds=100)])
    enrol(learner, course)
    return course


def report(browser: Client, course: Course, step, **data):
    return browser.post(address("record-film", course, step), json.dumps(data), content_type="application/json")


@pytest.mark.rule("progress-7", "progress-15")
def test_the_player_reports_and_goes_on(browser, learner, film_course) -> None:
    step = steps_of(learner, film_course)[0]
    assert browser.get(address("open-step", film_course, step)).status_code == 200
    StepProgress.objects.update(first_opened_at=timezone.now() - timedelta(seconds=50))
    answer = report(browser, film_course, step, intervals=[[0, 40]], position=40)
    assert (answer.json()["percent"], answer.json()["done"]) == (40, False)
    assert browser.get(address("open-step", film_course, step)).context["film_position"] == 37


@pytest.mark.rule("progress-7", "progress-8")
@pytest.mark.parametrize(
    "body",
    [
        "",
        "nie json",
        "[]",
        '{"intervals": [[0, 1]]}',
        '{"intervals": [[0]], "position": 1}',
        '{"intervals": "x", "position": 1}',
        '{"intervals": [[0, 1e999]], "position": 1}',
        '{"intervals": [[0, NaN]], "position": 1}',
        '{"intervals": [[-5, 1]], "position": 1}',
        '{"intervals": [], "position": -1}',
        json.dumps({"intervals": [[0, 1]] * 201, "position": 1}),
        "[" * 100_000,
        '{"intervals": [], "position": ' + "9" * 400 + "}",
    ],
)
def test_a_malformed_report_changes_nothing(browser, learner, film_course, body: str) -> None:
    step = steps_of(learner, film_course)[0]
    answer = browser.post(address("record-film", film_course, step), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Completion.objects.exists()


@pytest.mark.rule("progress-9")
def test_the_transcript_is_refused_early_and_taken_later(browser, learner, film_course) -> None:
    step = steps_of(learner, film_course)[0]
    before = browser.get(address("open-step", film_course, step)).content.decode().replace("\u00a0", " ")
    assert "Przycisk zadziała po około 5 s czytania." in before
    early = browser.post(address("complete-by-transcript", film_course, step))
    assert early.status_code == 409
    assert "Spokojnie, przycisk zadziała za" in early.content.decode()
    # Whoever reads fast has made no mistake.
    assert "alert--error" not in early.content.decode().partition('id="transcript-done"')[2]
    StepProgress.objects.update(first_opened_at=timezone.now() - timedelta(minutes=5))
    assert browser.post(address("complete-by-transcript", film_course, step)).status_code == 302
    assert Completion.objects.count() == 1


@pytest.mark.rule("progress-9")
def test_a_film_that_is_done_lacks_nothing_however_little_was_watched(browser, learner, film_course) -> None:
    step = steps_of(learner, film_course)[0]
    finish(Enrolment.objects.get(person=learner, course=film_course))
    shown = browser.get(address("open-step", film_course, step))
    assert shown.context["missing"] == []
    assert "data-film-chapter-missing" not in shown.content.decode()
    assert "Ten krok jest zrobiony." in shown.content.decode().replace("\u00a0", " ")
    reply = report(browser, film_course, step, intervals=[[0, 3]], position=3).json()
    assert (reply["done"], reply["missing"]) == (True, [])


@pytest.mark.rule("progress-9", "progress-21")
def test_a_film_that_was_read_is_not_called_watched(browser, learner, film_course) -> None:
    step = steps_of(learner, film_course)[0]
    unread = browser.get(address("open-step", film_course, step))
    assert unread.content.decode().count('class="strip"') == 1
    StepProgress.objects.update(first_opened_at=timezone.now() - timedelta(minutes=5))
    browser.post(address("complete-by-transcript", film_course, step))
    shown = browser.get(address("open-step", film_course, step))
    page = shown.content.decode().replace("\u00a0", " ")
    assert "Zaliczone przez przeczytanie transkrypcji." in page
    assert (
        "Ten krok jest zrobiony." not in page.partition('class="film__chapters"')[0].partition("data-film-watched")[2]
    )
    assert 'class="strip' not in page
    assert shown.context["unwatched"] == [[0, 100]]
    chapters = page.partition('<ol class="chapters"')[2].partition("</ol>")[0]
    todo = page.partition('<template data-icon="todo">')[2].partition("</template>")[0]
    assert chapters.count(todo) == chapters.count("data-film-chapter=") == 2
    reply = report(browser, film_course, step, intervals=[[0, 3]], position=3).json()
    assert (reply["missing"], reply["unwatched"]) == ([], [[3, 100]])


@pytest.mark.rule("progress-16")
def test_a_script_without_a_session_is_told(client, learner, film_course) -> None:
    step = steps_of(learner, film_course)[0]
    assert report(client, film_course, step, intervals=[[0, 5]], position=5).status_code == 401


# --- Budgets of queries --------------------------------------------------------------------------------------------


@pytest.mark.rule("progress-17")
@pytest.mark.parametrize("lessons", [3, 60])
def test_a_step_costs_the_same_with_many_steps(browser, learner, lessons: int, django_assert_max_num_queries) -> None:
    course = make_course(lessons=lessons)
    enrol(learner, course)
    first = steps_of(learner, course)[0]
    with django_assert_max_num_queries(8):
        assert browser.get(address("open-step", course, first)).status_code == 200
    with django_assert_max_num_queries(5):
        assert browser.get(address("open-step", course, first)).status_code == 200
    with django_assert_max_num_queries(10):
        assert browser.post(address("complete-step", course, first)).status_code == 302


@pytest.mark.rule("progress-17")
@pytest.mark.parametrize("courses", [0, 1, 3])
def test_my_learning_costs_the_same_with_many_courses(
    browser, learner, courses: int, django_assert_max_num_queries
) -> None:
    for _number in range(courses):
        finish(enrol(learner, make_course(lessons=2)), steps=1)
    with django_assert_max_num_queries(10):
        page = browser.get(address("list-mine"))
    assert len(page.context["courses"]) == courses
    assert bool(page.context["next_step"]) == bool(courses)
