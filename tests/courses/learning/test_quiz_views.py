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
    short = "1. Kolega ma Cię zastąpić podczas urlopu i\xa0prosi o\xa0Twoje…"
    full = "1. Kolega ma Cię zastąpić podczas urlopu i\xa0prosi o\xa0Twoje hasło. Co robisz w\xa0takiej sytuacji?"
    for name, more, words in (("show-question", {"position": 1}, short), ("show-summary", {}, full)):
        page = browser.get(address(name, course, step, **more)).content.decode()
        (row,) = re.findall(r'<li class="answers__row">.*?</li>', page, re.S)
        assert words in row
        assert "brak odpowiedzi" in row


@pytest.mark.rule("quiz-23")
def test_before_sending_the_answers_chosen_are_shown_and_can_be_changed(browser, learner) -> None:
    several = QuestionFactory(
        kind="multiple", prompt="Co należy zrobić?", options=[("Ukryć", True), ("Poprawić", True), ("Nic", False)]
    )
    course = make_course(lessons=0, targets=[QuizFactory(questions=[several, QuestionFactory()])])
    enrol(learner, course)
    step = steps_of(learner, course)[0]
    attempt = begin(browser, course, step)
    item = next(item for item in attempt.items.all() if item.frozen["prompt"] == "Co należy zrobić?")
    here = address("show-question", course, step, position=item.position)
    browser.post(here, {"answer": right_keys(item)})
    page = browser.get(address("show-summary", course, step)).content.decode().replace("\xa0", " ")
    rows = re.findall(r'<li class="answers__row">.*?</li>', page, re.S)
    row = rows[item.position - 1]
    assert sorted(re.findall(r'<p class="given__answer">(.*?)</p>', row)) == ["Poprawić", "Ukryć"]
    assert "odpowiedź zapisana o " in row
    link = re.search(rf'<a href="{here}">(.*?)</a>', row)
    assert link is not None
    assert re.sub("<.*?>", "", link[1]) == f"Zmień: {item.position}. Co należy zrobić?"
    (other,) = [each for each in rows if each is not row]
    assert "brak odpowiedzi" in other
    assert ">Odpowiedz<" in other


@pytest.mark.rule("quiz-24")
def test_a_double_click_that_reaches_the_summary_does_not_send_the_quiz(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    attempt = begin(browser, quiz_course, step)
    summary, send = address("show-summary", quiz_course, step), address("submit-quiz", quiz_course, step)
    page = browser.get(summary).content.decode()
    shown = re.search(r'<form class="bottom-bar__side bottom-bar__side--next".*? name="shown" value="([\d.]+)"', page)
    assert shown is not None
    again = browser.post(send, {"attempt": attempt.number, "shown": shown[1]}, follow=True)
    assert again.redirect_chain[-1][0] == summary
    assert "Nic jeszcze nie zostało wysłane." in again.content.decode()
    attempt.refresh_from_db()
    assert attempt.submitted_at is None
    read = f"{float(shown[1]) - 1:.3f}"
    assert browser.post(send, {"attempt": attempt.number, "shown": read}).url == address(
        "show-result", quiz_course, step, number=1
    )


@pytest.mark.rule("quiz-24")
@pytest.mark.parametrize("shown", ["", "x", "nan", "inf", "-1", "9" * 400])
def test_a_moment_that_makes_no_sense_holds_nobody_up(browser, learner, quiz_course, shown: str) -> None:
    step = steps_of(learner, quiz_course)[0]
    attempt = begin(browser, quiz_course, step)
    sent = browser.post(address("submit-quiz", quiz_course, step), {"attempt": attempt.number, "shown": shown})
    assert sent.url == address("show-result", quiz_course, step, number=1)


@pytest.mark.rule("quiz-22")
def test_one_big_line_says_what_the_result_is(browser, learner) -> None:
    course = make_course(lessons=0, targets=[QuizFactory(title="Konto i role", questions=3, attempts_allowed=3)])
    enrol(learner, course)
    step = steps_of(learner, course)[0]

    def result(right: int) -> str:
        attempt = begin(browser, course, step)
        answer_all(attempt, right=right, now=timezone.now())
        sent = browser.post(address("submit-quiz", course, step), {"attempt": attempt.number})
        return browser.get(sent.url).content.decode().replace("\xa0", " ")

    def heading(page: str) -> str:
        (words,) = re.findall(r"<h1 .*?</h1>", page, re.S)
        return re.sub("<.*?>", "", words).strip()

    failed = result(1)
    assert heading(failed) == "Jeszcze niezaliczony: 1 z 3"
    assert "<title>Jeszcze niezaliczony: 1 z 3 – " in failed
    assert '<p class="eyebrow">Konto i role</p>' in failed
    assert "Do zaliczenia potrzeba 3 z 3 punktów." in failed
    assert "Zostały 2 podejścia." in failed
    assert failed.count("<span>Twoja odpowiedź: dobra</span>") == 1
    assert failed.count("<span>Twoja odpowiedź: błędna</span>") == 2
    assert "z 1 punktu" not in failed
    passed = result(3)
    assert heading(passed) == "Zaliczony: 3 z 3"
    boxes = re.findall(r'<li class="review__option review__option--right">.*?</li>', passed, re.S)
    assert ["review__why" in box for box in boxes] == [True] * 3


@pytest.mark.rule("quiz-23")
def test_what_has_no_answer_is_counted_before_sending(browser, learner, quiz_course) -> None:
    step = steps_of(learner, quiz_course)[0]
    attempt = begin(browser, quiz_course, step)
    here = address("show-question", quiz_course, step, position=2)

    def said(page: str) -> str:
        words = re.findall(r'<p data-answered="\w+">(.*?)</p>', page, re.S)
        return " ".join(re.sub("<.*?>", "", "".join(words)).split())

    page = browser.get(here).content.decode().replace("\xa0", " ")
    assert said(page) == "3 pytania nie mają odpowiedzi. Przed wysłaniem możesz do nich wrócić."
    assert "podejście 1, do zaliczenia 3 z 3" in page
    browser.post(here, {"answer": right_keys(attempt.items.get(position=2))})
    assert said(browser.get(here).content.decode().replace("\xa0", " ")).startswith("2 pytania nie mają odpowiedzi.")
    other = address("show-question", quiz_course, step, position=1)
    browser.post(other, {"answer": right_keys(attempt.items.get(position=1))})
    page = browser.get(here).content.decode().replace("\xa0", " ")
    assert said(page) == "1 pytanie nie ma odpowiedzi. Przed wysłaniem możesz do niego wrócić."
    summary = browser.get(address("show-summary", quiz_course, step)).content.decode().replace("\xa0", " ")
    assert "1 pytanie nie ma odpowiedzi." in summary
    last = address("show-question", quiz_course, step, position=3)
    assert re.search(rf'<a class="button button--secondary" href="{last}">.*Wróć do\s+pytań</span></a>', summary)
    assert re.search(r'<button class="button button--secondary" type="submit"[^>]*>Wyślij quiz<', summary)
    browser.post(last, {"answer": right_keys(attempt.items.get(position=3))})
    page = browser.get(here).content.decode().replace("\xa0", " ")
    assert re.search(r"<div [^>]*data-unanswered hidden>", page)
    assert re.search(r'class="button button--primary[^"]*" data-send', page)
    assert page.count("button--primary") == 1
    summary = browser.get(address("show-summary", quiz_course, step)).content.decode().replace("\xa0", " ")
    assert "Każde pytanie ma odpowiedź." in summary
    assert re.search(r'<button class="button button--primary" type="submit"[^>]*>Wyślij quiz<', summary)


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
    with django_assert_max_num_queries(9):
        assert browser.get(address("show-summary", course, step)).status_code == 200
    keys = right_keys(attempt.items.get(position=1))
    with django_assert_max_num_queries(5):
        assert browser.post(here, {"answer": keys}, headers={"X-Requested-With": "fetch"}).status_code == 200
