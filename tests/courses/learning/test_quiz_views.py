"""Quizzes as the learner meets them: begun, answered, sent, failed and passed."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from courses.assessment.models import Attempt
from courses.catalogue.models import Course
from courses.learning.models import Completion
from tests.courses.learning.conftest import address, steps_of
from tests.factories.assessment import QuestionFactory, QuizFactory, answer_all, right_keys
from tests.factories.catalogue import make_course
from tests.factories.learning import enrol

pytestmark = pytest.mark.django_db


# --- Quizzes -------------------------------------------------------------------------------------------------------


@pytest.fixture
def quiz_course(learner) -> Course:
    """A course with one quiz of three questions, in which the learner is enrolled."""
    course = make_course(lessons=0, targets=[QuizFactory(questions=3)])
    enrol(learner, course)
    return course


def begin(browser: Client, course: Course, step) -> Attempt:
    answer = browser.post(address("start-quiz", course, step))
    assert answer.url == address("show-question", course, step, position=1)
    return Attempt.objects.get(submitted_at=None)


@pytest.mark.rule("progress-10", "quiz-10")
def test_a_quiz_is_failed_and_then_passed(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    assert browser.get(address("open-step", quiz_course, step)).status_code == 200
    attempt = begin(browser, quiz_course, step)
    assert b"Wyja\xc5\x9bnienie" not in browser.get(address("show-question", quiz_course, step, position=1)).content
    summary = browser.get(address("show-summary", quiz_course, step))
    assert summary.context["unanswered"] == [1, 2, 3]
    sent = browser.post(address("submit-quiz", quiz_course, step), {"attempt": attempt.number})
    assert sent.url == address("show-result", quiz_course, step, number=1)
    failed = browser.get(sent.url)
    assert failed.context["retry_url"]
    assert b"Wyja\xc5\x9bnienie" not in failed.content
    attempt = begin(browser, quiz_course, step)
    answer_all(attempt, right=3, now=timezone.now())
    for _time in range(2):
        sent = browser.post(address("submit-quiz", quiz_course, step), {"attempt": attempt.number})
    passed = browser.get(sent.url)
    assert passed.context["result"].passed
    assert passed.context["retry_url"] == ""
    assert b"Wyja\xc5\x9bnienie" in passed.content
    assert Completion.objects.count() == 1


@pytest.mark.rule("progress-16")
def test_answers_are_saved_one_by_one_for_scripts_and_for_browsers(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    attempt = begin(browser, quiz_course, step)
    item = attempt.items.get(position=1)
    here = address("show-question", quiz_course, step, position=1)
    receipt = browser.post(here, {"answer": right_keys(item)}, headers={"X-Requested-With": "fetch"})
    assert receipt.json()["state"] == "saved"
    on = browser.post(here, {"answer": right_keys(item), "go": "2"})
    assert on.url == address("show-question", quiz_course, step, position=2)
    assert browser.post(here, {"go": "summary", "answer": right_keys(item)}).url == address(
        "show-summary", quiz_course, step
    )
    assert browser.post(here, {"go": "x" * 99, "answer": right_keys(item)}).url == here
    item.refresh_from_db()
    assert item.answer == right_keys(item)
    again = Client()
    again.force_login(learner.user)
    assert sum(option.checked for option in again.get(here).context["question"].options) == 1


@pytest.mark.rule("quiz-10")
def test_answers_that_do_not_belong_are_refused(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    here = address("show-question", quiz_course, step, position=1)
    begin(browser, quiz_course, step)
    assert browser.post(here, {"answer": "obca"}).status_code == 400
    script = browser.post(here, {"answer": "obca"}, headers={"X-Requested-With": "fetch"})
    assert (script.status_code, script.json()["state"]) == (400, "refused")
    for nowhere in (9, 40_000, 10**19):
        assert browser.get(address("show-question", quiz_course, step, position=nowhere)).status_code == 404
        assert browser.post(address("show-question", quiz_course, step, position=nowhere)).status_code == 404


def test_a_sent_attempt_takes_nothing_more(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    attempt = begin(browser, quiz_course, step)
    browser.post(address("submit-quiz", quiz_course, step), {"attempt": attempt.number})
    here = address("show-question", quiz_course, step, position=1)
    late = browser.post(
        here, {"answer": right_keys(attempt.items.get(position=1))}, headers={"X-Requested-With": "fetch"}
    )
    assert (late.status_code, late.json()["state"]) == (409, "closed")
    for name in ("show-question", "show-summary"):
        more = {"position": 1} if name == "show-question" else {}
        assert browser.get(address(name, quiz_course, step, **more)).url == address("open-step", quiz_course, step)
    assert browser.post(here, {}).url == address("open-step", quiz_course, step)
    assert attempt.items.get(position=1).answer == []
    for number in ("", "99", "x", "9" * 5000):
        assert browser.post(address("submit-quiz", quiz_course, step), {"attempt": number}).status_code == 404
    assert browser.get(address("show-result", quiz_course, step, number=99)).status_code == 404


def test_attempts_that_are_used_up_are_said(browser, learner) -> None:
    course = make_course(lessons=0, targets=[QuizFactory(questions=1, attempts_allowed=1)])
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    attempt = begin(browser, course, step)
    browser.post(address("submit-quiz", course, step), {"attempt": attempt.number})
    assert browser.post(address("start-quiz", course, step)).url == address("open-step", course, step)
    assert Attempt.objects.count() == 1
    assert browser.get(address("show-result", course, step, number=1)).context["retry_url"] == ""


@pytest.mark.rule("quiz-21")
def test_the_last_attempt_is_not_answered_out_of_the_result_of_the_one_before(browser, learner) -> None:
    course = make_course(lessons=0, targets=[QuizFactory(questions=1, attempts_allowed=2)])
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    browser.post(address("submit-quiz", course, step), {"attempt": begin(browser, course, step).number})
    begin(browser, course, step)
    page = browser.get(address("show-result", course, step, number=1))
    assert "Wyjaśnienie" not in page.content.decode()
    browser.post(address("submit-quiz", course, step), {"attempt": 2})
    assert "Wyjaśnienie" in browser.get(address("show-result", course, step, number=1)).content.decode()


def test_an_open_attempt_has_no_result_yet(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    begin(browser, quiz_course, step)
    answer = browser.get(address("show-result", quiz_course, step, number=1))
    assert answer.url == address("show-question", quiz_course, step, position=1)


@pytest.mark.rule("quiz-23")
def test_a_question_is_known_by_its_first_words(browser, learner) -> None:
    long = "Kolega ma Cię zastąpić podczas urlopu i prosi o Twoje hasło. Co robisz w takiej sytuacji?"
    course = make_course(lessons=0, targets=[QuizFactory(questions=[QuestionFactory(prompt=long)])])
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    begin(browser, course, step)
    for name, more in (("show-question", {"position": 1}), ("show-summary", {})):
        page = browser.get(address(name, course, step, **more)).content.decode()
        (row,) = re.findall(r'<li class="answers__row">.*?</li>', page, re.S)
        assert "1. Kolega ma Cię zastąpić podczas urlopu i\xa0prosi o\xa0Twoje…" in row
        assert "brak odpowiedzi" in row


@pytest.mark.rule("quiz-23")
def test_what_has_no_answer_is_counted_before_sending(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    attempt = begin(browser, quiz_course, step)
    here = address("show-question", quiz_course, step, position=2)

    def said(page: str) -> str:
        words = re.findall(r'<p data-answered="\w+">(.*?)</p>', page, re.S)
        return " ".join(re.sub("<.*?>", "", "".join(words)).split())

    page = browser.get(here).content.decode()
    assert said(page) == "3 pytania nie mają odpowiedzi. Przed wysłaniem możesz do nich wrócić."
    assert "podejście 1, próg 70% (3\xa0z\xa03 dobrych odpowiedzi)" in page
    browser.post(here, {"answer": right_keys(attempt.items.get(position=2))})
    assert said(browser.get(here).content.decode()).startswith("2 pytania nie mają odpowiedzi.")
    other = address("show-question", quiz_course, step, position=1)
    browser.post(other, {"answer": right_keys(attempt.items.get(position=1))})
    page = browser.get(here).content.decode()
    assert said(page) == "1 pytanie nie ma odpowiedzi. Przed wysłaniem możesz do niego wrócić."
    summary = browser.get(address("show-summary", quiz_course, step)).content.decode()
    assert "1 pytanie nie ma odpowiedzi." in summary
    last = address("show-question", quiz_course, step, position=3)
    assert re.search(rf'<a class="button button--secondary" href="{last}">.*Wróć do\s+pytań</a>', summary)
    browser.post(last, {"answer": right_keys(attempt.items.get(position=3))})
    page = browser.get(here).content.decode()
    assert re.search(r"<div [^>]*data-unanswered hidden>", page)
    assert re.search(r'class="button button--primary[^"]*" data-send', page)
    assert page.count("button--primary") == 1
    assert "Każde pytanie ma odpowiedź." in browser.get(address("show-summary", quiz_course, step)).content.decode()


@pytest.mark.rule("progress-17")
@pytest.mark.parametrize("questions", [3, 60])
def test_a_quiz_costs_the_same_with_many_questions(
    browser, learner, questions: int, django_assert_max_num_queries
) -> None:
    course = make_course(lessons=0, targets=[QuizFactory(questions=questions)])
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    attempt = begin(browser, course, step)
    here = address("show-question", course, step, position=1)
    with django_assert_max_num_queries(9):
        assert browser.get(here).status_code == 200
    keys = right_keys(attempt.items.get(position=1))
    with django_assert_max_num_queries(5):
        assert browser.post(here, {"answer": keys}, headers={"X-Requested-With": "fetch"}).status_code == 200
