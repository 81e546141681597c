import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from cms.accounts.models import Person
from courses.assessment import actions, queries
from courses.assessment.models import Attempt, AttemptItem, Quiz, QuizPart
from courses.assessment.rules import Candidate, QuizIntro
from tests.factories.assessment import (
    NOON,
    QuestionBankFactory,
    QuestionFactory,
    QuizFactory,
    answer_all,
    locale,
    right_keys,
    translated,
)

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(minutes=10)


def start(person: Person, quiz: Quiz, language: str = "pl") -> Attempt:
    return actions.start_attempt(person=person, quiz=quiz, language=language, now=NOON)


def send(attempt: Attempt) -> Attempt:
    return actions.submit(person=attempt.person, attempt_id=attempt.pk, now=LATER)


def english_twin(quiz: Quiz, **fields: Any) -> Quiz:
    return QuizFactory(locale=locale("en"), translation_key=quiz.translation_key, questions=0, **fields)


# --- Quizzes ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("quiz-16")
def test_the_source_of_a_quiz_is_the_row_in_the_source_language(django_assert_num_queries: Any) -> None:
    quiz = QuizFactory()
    twin = english_twin(quiz)
    alone = QuizFactory(locale=locale("en"))
    with django_assert_num_queries(1):
        assert queries.source_quiz(twin) == quiz
    assert queries.source_quiz(quiz) == quiz
    assert queries.source_quiz(alone) == alone
    twin.delete()
    quiz.delete()
    with pytest.raises(Quiz.DoesNotExist):
        queries.source_quiz(Quiz(pk=1, translation_key=quiz.translation_key))


@pytest.mark.parametrize("questions", [3, 60])
def test_questions_are_counted_in_one_query(questions: int, django_assert_num_queries: Any) -> None:
    bank = QuestionBankFactory()
    quiz = QuizFactory(questions=[QuestionFactory(bank=bank) for _ in range(questions)])
    QuizPart.objects.create(quiz=quiz, question=QuestionFactory(live=False))
    QuizPart.objects.create(quiz=quiz, bank=bank, draw=4)
    twin, empty = english_twin(quiz), QuizFactory(questions=0)
    with django_assert_num_queries(1):
        assert queries.question_count(quiz) == questions + 4
    assert queries.question_count(twin) == questions + 4
    assert queries.question_count(empty) == 0
    assert queries.question_count(QuizFactory(locale=locale("en"), questions=2)) == 2


@pytest.mark.parametrize("questions", [3, 60])
def test_the_introduction_says_what_lies_ahead(learner: Person, questions: int, django_assert_num_queries: Any) -> None:
    quiz = QuizFactory(questions=questions, pass_mark=80, attempts_allowed=3)
    with django_assert_num_queries(3), translation.override("en"):
        before = queries.intro(person=learner, quiz_id=quiz.pk, language="pl")
    assert before == QuizIntro(
        quiz_id=quiz.pk,
        title=quiz.title,
        question_count=questions,
        needed_text={3: "3\xa0of\xa03", 60: "48\xa0of\xa060"}[questions] + " points. Each question is one point.",
        attempts_text="You may try 3 times.",
        attempts_made=0,
        attempts_left=3,
        open_number=None,
        passed=False,
        available=True,
    )
    attempt = start(learner, quiz)
    assert queries.intro(person=learner, quiz_id=quiz.pk, language="pl").open_number == 1
    answer_all(attempt, right=questions)
    send(attempt)
    after = queries.intro(person=learner, quiz_id=quiz.pk, language="pl")
    assert (after.attempts_made, after.attempts_left, after.open_number, after.passed) == (1, 2, None, True)
    assert after.attempts_text.replace("\xa0", " ") == "Zostały 2 podejścia."


def test_the_introduction_speaks_the_language_of_the_person(learner: Person) -> None:
    quiz = QuizFactory(title="Po polsku")
    twin = english_twin(quiz, title="In English")
    assert queries.intro(person=learner, quiz_id=quiz.pk, language="en").title == "In English"
    assert queries.intro(person=learner, quiz_id=twin.pk, language="pl").title == "Po polsku"
    assert queries.intro(person=learner, quiz_id=twin.pk, language="en").quiz_id == quiz.pk
    twin.unpublish()
    shown = queries.intro(person=learner, quiz_id=quiz.pk, language="en")
    assert (shown.title, shown.available) == ("Po polsku", True)
    quiz.unpublish()
    assert not queries.intro(person=learner, quiz_id=quiz.pk, language="en").available
    with translation.override("en"):
        shown = queries.intro(person=learner, quiz_id=quiz.pk, language="en")
    assert (shown.attempts_text, shown.attempts_left) == ("You may try as many times as you like.", None)
    with pytest.raises(Quiz.DoesNotExist):
        queries.intro(person=learner, quiz_id=10**18, language="pl")


# --- Attempts --------------------------------------------------------------------------------------------------


@pytest.mark.rule("quiz-17")
def test_attempts_are_found_by_their_owner_only(
    learner: Person, stranger: Person, django_assert_num_queries: Any
) -> None:
    quiz = QuizFactory()
    twin = english_twin(quiz)
    first = send(start(learner, quiz))
    assert queries.open_attempt_for(learner, quiz.pk) is None
    second = start(learner, quiz)
    with django_assert_num_queries(3):
        assert queries.get_attempt_for(learner, quiz_id=quiz.pk, number=2) == second
        assert queries.open_attempt_for(learner, quiz.pk) == second
        assert queries.attempts_of(learner, quiz.pk) == [first, second]
    assert queries.get_attempt_for(learner, quiz_id=twin.pk, number=1) == first
    assert queries.open_attempt_for(learner, twin.pk) == second
    assert queries.attempts_of(learner, twin.pk) == [first, second]
    assert queries.open_attempt_for(stranger, quiz.pk) is None
    assert queries.attempts_of(stranger, quiz.pk) == []
    for person, number in ((stranger, 1), (stranger, 2), (learner, 3), (learner, 10**18)):
        with pytest.raises(Attempt.DoesNotExist):
            queries.get_attempt_for(person, quiz_id=quiz.pk, number=number)


def test_passed_quizzes_are_told_in_one_query(
    learner: Person, stranger: Person, django_assert_num_queries: Any
) -> None:
    passed, failed, untried = QuizFactory(), QuizFactory(), QuizFactory()
    for quiz, right in ((passed, 3), (failed, 0)):
        attempt = start(learner, quiz)
        answer_all(attempt, right=right)
        send(attempt)
    everything = [passed.pk, failed.pk, untried.pk]
    with django_assert_num_queries(1):
        assert queries.passed_quiz_ids(learner, everything) == {passed.pk}
    assert queries.passed_quiz_ids(stranger, everything) == set()


def test_a_question_is_shown_with_the_answer_so_far(learner: Person, django_assert_num_queries: Any) -> None:
    attempt = start(learner, QuizFactory())
    item = attempt.items.get(position=2)
    chosen = item.frozen["options"][1]["key"]
    actions.save_answer(person=learner, attempt_id=attempt.pk, position=2, chosen=[chosen], now=LATER)
    with django_assert_num_queries(1):
        shown = queries.question_for(attempt, 2)
    assert (shown.position, shown.prompt, shown.kind, shown.language) == (2, item.frozen["prompt"], "single", "pl")
    assert shown.saved_at == LATER
    assert [(o.id, o.text, o.checked) for o in shown.options] == [
        (o["key"], o["text"], o["key"] == chosen) for o in item.frozen["options"]
    ]
    assert queries.question_for(attempt, 2) == shown, "the order stays"
    for position in (0, 4, 10**18):
        with pytest.raises(AttemptItem.DoesNotExist):
            queries.question_for(attempt, position)


@pytest.mark.parametrize("questions", [3, 60])
def test_the_overview_tells_which_questions_have_an_answer(
    learner: Person, questions: int, django_assert_num_queries: Any
) -> None:
    attempt = start(learner, QuizFactory(questions=questions))
    for position, chosen in ((1, right_keys(attempt.items.get(position=1))), (2, [])):
        actions.save_answer(person=learner, attempt_id=attempt.pk, position=position, chosen=chosen, now=LATER)
    with django_assert_num_queries(1), translation.override("en"):
        states = queries.overview(attempt)
    assert [(state.position, state.answered, state.saved_at, state.state_word) for state in states[:3]] == [
        (1, True, LATER, "answered"),
        (2, False, LATER, "no answer"),
        (3, False, None, "no answer"),
    ]
    assert [(state.prompt, state.kind, state.language) for state in states] == [
        (item.frozen["prompt"], "single", "pl") for item in attempt.items.order_by("position")
    ]
    assert len(states) == questions
    assert not any(state.chosen for state in states)
    with django_assert_num_queries(1):
        told = queries.overview(attempt, with_chosen=True)
    first = attempt.items.get(position=1)
    assert told[0].chosen == tuple(o["text"] for o in first.frozen["options"] if o["key"] in first.answer)
    assert len(told[0].chosen) == 1
    assert not any(state.chosen for state in told[1:])


@pytest.mark.parametrize("questions", [3, 60])
def test_the_result_tells_everything_once_the_attempt_was_sent(
    learner: Person, questions: int, django_assert_num_queries: Any
) -> None:
    attempt = start(learner, QuizFactory(questions=questions))
    answer_all(attempt, right=2)
    assert queries.result(attempt, reveal=True) is None
    sent = send(attempt)
    with django_assert_num_queries(1), translation.override("en"):
        result = queries.result(sent, reveal=True)
    assert result is not None
    assert (result.number, result.submitted_at, result.pass_mark) == (1, LATER, 70)
    assert (result.score, result.max_score, result.passed) == (Decimal(2), Decimal(questions), False)
    needed = {3: 3, 60: 42}[questions]
    assert result.score_text == f"2\xa0of\xa0{questions}"
    assert result.needed_text == f"To pass you need {needed}\xa0of\xa0{questions} points."
    assert [item.answered for item in result.items] == [
        bool(item.answer) for item in attempt.items.order_by("position")
    ]
    assert {item.points_text for item in result.items} == {""}, "right or wrong says it"
    for item, stored in zip(result.items, attempt.items.order_by("position"), strict=True):
        assert (item.position, item.prompt) == (stored.position, stored.frozen["prompt"])
        assert [o.explanation for o in item.options if o.correct] == [stored.frozen["explanation"]]
        assert not any(o.explanation for o in item.options if not o.correct)
        assert (item.kind, item.language, item.points) == ("single", "pl", stored.points)
        assert [(o.text, o.chosen, o.correct, o.feedback) for o in item.options] == [
            (o["text"], o["key"] in stored.answer, o["correct"], o["feedback"]) for o in stored.frozen["options"]
        ]


@pytest.mark.rule("quiz-22")
def test_what_is_needed_is_told_before_and_after_in_the_same_measure(learner: Person) -> None:
    divided = QuestionFactory(kind="multiple", options=[("A", True), ("B", True), ("C", False)])
    quiz = QuizFactory(questions=[divided, QuestionFactory(), QuestionFactory()])
    plain = QuizFactory(questions=4, pass_mark=75)
    drawn = QuizFactory(questions=1)
    QuizPart.objects.create(quiz=drawn, bank=divided.bank, draw=1)
    with translation.override("en"):
        shown = [
            queries.intro(person=learner, quiz_id=each.pk, language="pl").needed_text for each in (quiz, plain, drawn)
        ]
    assert shown[0].startswith("at least 70% of the points. Each question is one point. Where several answers")
    assert shown[1] == "3\xa0of\xa04 points. Each question is one point."
    assert shown[2].startswith("at least 70% of the points. ")
    attempt = start(learner, quiz)
    with translation.override("en"):
        during = [queries.about_attempt(each, queries.overview(each)) for each in (attempt, start(learner, plain))]
    assert during == [
        "no time limit, attempt 1, at least 70% of the points to pass",
        "no time limit, attempt 1, 3\xa0of\xa04 to pass",
    ]
    answer_all(attempt, right=3)
    with translation.override("en"):
        result = queries.result(send(attempt), reveal=True)
    assert result is not None
    assert result.score_text == "3\xa0of\xa03"
    assert result.needed_text == "To pass you need at least 70% of the points. Your score is 100%."


@pytest.mark.rule("quiz-22")
def test_a_pass_mark_that_is_whole_points_is_told_in_points_even_where_they_can_be_divided(learner: Person) -> None:
    divided = [QuestionFactory(kind="multiple", options=[("A", True), ("B", True), ("C", False)]) for _ in range(2)]
    quiz = QuizFactory(questions=divided, pass_mark=50)
    before = queries.intro(person=learner, quiz_id=quiz.pk, language="pl").needed_text.replace("\xa0", " ")
    assert before.startswith("1 z 2 punktów. Każde pytanie to 1 punkt. Gdy dobrych odpowiedzi jest kilka,")
    attempt = start(learner, quiz)
    during = queries.about_attempt(attempt, queries.overview(attempt)).replace("\xa0", " ")
    assert during == "bez limitu czasu, podejście 1, do zaliczenia 1 z 2"
    result = queries.result(send(attempt), reveal=False)
    assert result is not None
    assert result.needed_text.replace("\xa0", " ") == "Do zaliczenia potrzeba 1 z 2 punktów."


def test_an_open_attempt_says_how_many_there_are(learner: Person, django_assert_num_queries: Any) -> None:
    quiz = QuizFactory(questions=[QuestionFactory(prompt="12"), QuestionFactory(prompt="true")], attempts_allowed=3)
    start(learner, quiz)
    with django_assert_num_queries(2), translation.override("en"):
        attempt = queries.open_attempt_for(learner, quiz.pk)
        assert attempt is not None
        answers = queries.overview(attempt)
        about = queries.about_attempt(attempt, answers)
    assert about == "no time limit, attempt 1 of 3, 2\xa0of\xa02 to pass"
    assert {answer.prompt for answer in answers} == {"12", "true"}, "words stay words, whatever they look like"


def test_points_are_written_in_the_language_of_the_page(learner: Person) -> None:
    question = QuestionFactory(kind="multiple", options=[("A", True), ("B", True), ("C", True), ("D", False)])
    attempt = start(learner, QuizFactory(questions=[question]))
    chosen = right_keys(attempt.items.get())[:1]
    actions.save_answer(person=learner, attempt_id=attempt.pk, position=1, chosen=chosen, now=LATER)
    sent = send(attempt)
    with translation.override("en"):
        result = queries.result(sent, reveal=True)
    assert result is not None
    assert (result.score_text, result.items[0].points_text) == ("0.33\xa0of\xa01", "0.33 of 1 point")
    assert result.needed_text.endswith(" Your score is 33%.")
    with translation.override("pl"):
        result = queries.result(sent, reveal=True)
    assert result is not None
    assert result.score_text == "0,33\xa0z\xa01"


@pytest.mark.rule("quiz-10")
def test_nothing_that_is_shown_before_sending_tells_what_is_right(learner: Person) -> None:
    secrets = ["SEKRET-informacja", "SEKRET-wyjasnienie", "SECRET-why", "SECRET-feedback"]
    questions = []
    for _ in range(5):
        question = QuestionFactory(
            explanation="SEKRET-wyjasnienie",
            options=[("A", False, "SEKRET-informacja"), ("B", True, "SEKRET-informacja"), ("C", False, "")],
        )
        twin = translated(question, prompt="In English?", texts=["A", "B", "C"])
        twin.explanation = "SECRET-why"
        twin.save()
        twin.options.all().update(feedback="SECRET-feedback")
        questions.append(question)
    quiz = QuizFactory(questions=questions)
    for language in ("pl", "en"):
        attempt = start(learner, quiz, language)
        answer_all(attempt, right=3)
        attempt.refresh_from_db()
        shown = [
            queries.intro(person=learner, quiz_id=quiz.pk, language=language),
            queries.overview(attempt, with_chosen=True),
            *[queries.question_for(attempt, position) for position in range(1, 6)],
        ]
        text = repr(shown)
        assert not [secret for secret in secrets if secret in text]
        assert "correct" not in text
        assert "points" not in text
        assert queries.result(attempt, reveal=True) is None
        assert (attempt.score, attempt.passed) == (None, None)
        assert set(attempt.items.values_list("points", flat=True)) == {None}
        told = repr(queries.result(send(attempt), reveal=True))
        assert [secret for secret in secrets if secret in told], "afterwards it is told"


@pytest.mark.rule("quiz-21")
def test_what_is_right_is_held_back_while_another_attempt_may_follow(learner: Person) -> None:
    options = [("Dobra", True, "DOBRA-informacja"), ("Zła", False, "ZLA-informacja")]
    quiz = QuizFactory(questions=[QuestionFactory(explanation="SEKRET", options=options)])
    attempt = start(learner, quiz)
    answer_all(attempt, right=0)
    held_back = queries.result(send(attempt), reveal=False)
    assert held_back is not None
    assert [(o.chosen, o.correct, o.feedback) for o in held_back.items[0].options if o.chosen] == [
        (True, False, "ZLA-informacja")
    ]
    assert "SEKRET" not in repr(held_back)
    assert "DOBRA-informacja" not in repr(held_back)
    assert not any(option.correct for option in held_back.items[0].options)


@pytest.mark.rule("quiz-10", "quiz-6")
def test_right_and_wrong_options_cannot_be_told_apart_by_their_keys_or_places(learner: Person) -> None:
    quiz = QuizFactory(questions=1)
    places = set()
    for _ in range(30):
        attempt = start(learner, quiz)
        item = attempt.items.get()
        keys = [option.id for option in queries.question_for(attempt, 1).options]
        places.add(keys.index(right_keys(item)[0]))
        assert {len(key) for key in keys} == {36}
        send(attempt)
    assert places == {0, 1, 2}


def test_candidates_are_the_published_questions_of_one_language(django_assert_num_queries: Any) -> None:
    bank, other = QuestionBankFactory(), QuestionBankFactory()
    in_bank, fixed = QuestionFactory(bank=bank, tag="x"), QuestionFactory(bank=other)
    QuestionFactory(bank=bank, live=False)
    QuestionFactory(bank=bank, locale=locale("en"))
    QuestionFactory(bank=other)
    with django_assert_num_queries(1):
        found = queries.candidates(questions=[fixed.pk], banks=[bank.pk], locale_id=fixed.locale_id)
    assert sorted(found, key=lambda c: c.id) == [Candidate(in_bank.pk, bank.pk, "x"), Candidate(fixed.pk, other.pk, "")]
