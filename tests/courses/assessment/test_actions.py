import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cms.accounts.models import Person
from courses.assessment import actions
from courses.assessment.models import Attempt, AttemptItem, Question, QuizPart
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


def start(person: Person, quiz: Any, language: str = "pl") -> Attempt:
    return actions.start_attempt(person=person, quiz=quiz, language=language, now=NOON)


def save(person: Person, attempt: Attempt, position: int, chosen: list[str]) -> AttemptItem:
    return actions.save_answer(person=person, attempt_id=attempt.pk, position=position, chosen=chosen, now=LATER)


def frozen_state(attempt: Attempt) -> list[Any]:
    return [
        list(AttemptItem.objects.filter(attempt=attempt).order_by("position").values()),
        Attempt.objects.filter(pk=attempt.pk).values().get(),
    ]


# --- Beginning -------------------------------------------------------------------------------------------------


@pytest.mark.rule("quiz-5", "quiz-7")
def test_an_attempt_carries_a_copy_of_every_question(learner: Person) -> None:
    quiz = QuizFactory(questions=3, pass_mark=66)
    attempt = start(learner, quiz)
    assert (attempt.number, attempt.language, attempt.pass_mark, attempt.max_score) == (1, "pl", 66, Decimal("3.00"))
    assert (attempt.submitted_at, attempt.score, attempt.passed) == (None, None, None)
    items = list(attempt.items.all())
    assert [item.position for item in items] == [1, 2, 3]
    questions = {question.translation_key: question for question in Question.objects.all()}
    assert {item.question_key for item in items} == set(questions)
    for item in items:
        question = questions[item.question_key]
        options = {str(option.translation_key): option for option in question.options.all()}
        assert item.frozen["prompt"] == question.prompt
        assert {option["key"] for option in item.frozen["options"]} == set(options)
        assert right_keys(item) == [key for key, option in options.items() if option.correct]
        assert (item.answer, item.saved_at, item.points) == ([], None, None)


@pytest.mark.rule("quiz-9")
def test_beginning_twice_leads_to_the_same_attempt(learner: Person) -> None:
    quiz = QuizFactory()
    first = start(learner, quiz)
    before = frozen_state(first)
    assert start(learner, quiz, "en") == first
    assert frozen_state(first) == before
    assert Attempt.objects.count() == 1


@pytest.mark.rule("quiz-9")
def test_the_database_holds_one_open_attempt_whatever_the_code_does(learner: Person) -> None:
    attempt = start(learner, QuizFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            person=learner, quiz=attempt.quiz, number=2, language="pl", pass_mark=70, max_score=1, started_at=NOON
        )


@pytest.mark.rule("quiz-4")
def test_a_further_attempt_begins_until_the_quiz_allows_no_more(learner: Person, stranger: Person) -> None:
    quiz = QuizFactory(attempts_allowed=2)
    for number in (1, 2):
        attempt = start(learner, quiz)
        assert attempt.number == number
        assert start(learner, quiz) == attempt, "the open one is returned, allowed or not"
        actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    with pytest.raises(ValidationError) as refused:
        start(learner, quiz)
    assert refused.value.code == "attempts_exhausted"
    assert Attempt.objects.count() == 2
    assert start(stranger, quiz).number == 1


@pytest.mark.rule("quiz-4")
def test_without_a_limit_attempts_go_on_and_on(learner: Person) -> None:
    quiz = QuizFactory(questions=1, attempts_allowed=0)
    for number in range(1, 6):
        attempt = start(learner, quiz)
        assert attempt.number == number
        actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)


@pytest.mark.rule("quiz-19")
def test_an_unpublished_quiz_is_not_begun_but_can_be_finished(learner: Person, stranger: Person) -> None:
    quiz = QuizFactory()
    attempt = start(learner, quiz)
    quiz.unpublish()
    with pytest.raises(ValidationError) as refused:
        start(stranger, quiz)
    assert refused.value.code == "quiz_unavailable"
    assert start(learner, quiz) == attempt
    answer_all(attempt, right=3)
    assert actions.submit(person=learner, attempt_id=attempt.pk, now=LATER).passed


@pytest.mark.rule("quiz-5", "quiz-19")
def test_only_published_questions_are_asked(learner: Person, stranger: Person) -> None:
    quiz = QuizFactory(questions=2)
    first, second = Question.objects.order_by("pk")
    first.unpublish()
    assert [item.question_key for item in start(learner, quiz).items.all()] == [second.translation_key]
    second.unpublish()
    with pytest.raises(ValidationError) as refused:
        start(stranger, quiz)
    assert refused.value.code == "quiz_unavailable"


@pytest.mark.rule("quiz-5")
def test_draws_take_published_questions_of_the_quizs_language(learner: Person) -> None:
    bank = QuestionBankFactory()
    tagged = QuestionFactory(bank=bank, tag="prawo")
    plain = QuestionFactory(bank=bank)
    QuestionFactory(bank=bank, live=False)
    QuestionFactory(bank=bank, locale=locale("en"))
    quiz = QuizFactory(questions=0)
    QuizPart.objects.create(quiz=quiz, bank=bank, draw=5, sort_order=0)
    QuizPart.objects.create(quiz=quiz, bank=bank, tag="prawo", draw=1, sort_order=1)
    drawn = {item.question_key for item in start(learner, quiz).items.all()}
    assert drawn == {tagged.translation_key, plain.translation_key}


@pytest.mark.rule("quiz-6")
def test_each_attempt_has_an_order_of_its_own_unless_the_quiz_keeps_it(learner: Person) -> None:
    shuffled, kept = QuizFactory(questions=5), QuizFactory(questions=5, shuffle=False)
    orders: dict[Any, set[Any]] = {shuffled: set(), kept: set()}
    for quiz, seen in orders.items():
        for _ in range(8):
            attempt = start(learner, quiz)
            items = attempt.items.all()
            seen.add(tuple((i.question_key, *(o["key"] for o in i.frozen["options"])) for i in items))
            actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    assert len(orders[shuffled]) > 1
    questions = [part.question for part in kept.parts.all()]
    assert orders[kept] == {
        tuple((q.translation_key, *(str(o.translation_key) for o in q.options.all())) for q in questions)
    }


@pytest.mark.rule("quiz-16")
def test_words_come_in_the_persons_language_where_a_published_twin_has_them(learner: Person) -> None:
    with_twin, without, draft = QuestionFactory(), QuestionFactory(), QuestionFactory()
    translated(with_twin, prompt="In English?", texts=["Yes", "No", "Maybe"])
    translated(draft, prompt="Draft?", texts=["Yes", "No", "Maybe"], live=False)
    attempt = start(learner, QuizFactory(questions=[with_twin, without, draft]), "en")
    items = {item.question_key: item for item in attempt.items.all()}
    english = items[with_twin.translation_key]
    assert (english.frozen["language"], english.frozen["prompt"]) == ("en", "In English?")
    assert {option["text"] for option in english.frozen["options"]} == {"Yes", "No", "Maybe"}
    assert right_keys(english) == [str(with_twin.options.get(correct=True).translation_key)]
    for question in (without, draft):
        frozen = items[question.translation_key].frozen
        assert (frozen["language"], frozen["prompt"]) == ("pl", question.prompt)


@pytest.mark.rule("quiz-16", "quiz-9")
def test_a_quiz_in_two_languages_is_one_quiz(learner: Person) -> None:
    quiz = QuizFactory()
    twin = QuizFactory(locale=locale("en"), translation_key=quiz.translation_key, title="Quiz in English", questions=0)
    attempt = start(learner, twin, "en")
    assert attempt.quiz == quiz
    assert start(learner, quiz, "pl") == attempt


@pytest.mark.parametrize("questions", [3, 60])
def test_beginning_costs_the_same_for_few_and_many_questions(
    learner: Person, questions: int, django_assert_num_queries: Any
) -> None:
    quiz = QuizFactory(questions=questions)
    # Savepoint, person, quiz, latest attempt, parts, candidates, questions, options, look, savepoint, attempt,
    # release, items, release.
    with django_assert_num_queries(14):
        start(learner, quiz, "en")


# --- Answering -------------------------------------------------------------------------------------------------


@pytest.mark.rule("quiz-8")
def test_an_answer_is_saved_and_the_last_write_stands(learner: Person) -> None:
    attempt = start(learner, QuizFactory())
    first, second, _third = (option["key"] for option in attempt.items.get(position=2).frozen["options"])
    assert save(learner, attempt, 2, [first]).answer == [first]
    saved = save(learner, attempt, 2, [second])
    again = save(learner, attempt, 2, [second])
    item = AttemptItem.objects.get(pk=saved.pk)
    assert (item.answer, item.saved_at) == ([second], LATER) == (again.answer, again.saved_at)
    assert save(learner, attempt, 2, []).answer == []
    assert AttemptItem.objects.get(pk=saved.pk).answer == []


@pytest.mark.rule("quiz-8")
def test_several_answers_are_kept_in_the_order_shown(learner: Person) -> None:
    question = QuestionFactory(kind="multiple", options=[("A", True), ("B", True), ("C", False)])
    attempt = start(learner, QuizFactory(questions=[question]))
    keys = [option["key"] for option in attempt.items.get().frozen["options"]]
    assert save(learner, attempt, 1, [keys[2], keys[0], keys[0]]).answer == [keys[0], keys[2]]


@pytest.mark.rule("quiz-8")
@pytest.mark.parametrize(
    ("choose", "code"),
    [
        (lambda keys, foreign: ["nie ma takiej"], "unknown_option"),
        (lambda keys, foreign: [foreign], "unknown_option"),
        (lambda keys, foreign: [keys[0], foreign], "unknown_option"),
        (lambda keys, foreign: [""], "unknown_option"),
        (lambda keys, foreign: ["\x00"], "unknown_option"),
        (lambda keys, foreign: keys[:2], "one_answer_only"),
    ],
)
def test_other_answers_are_refused_and_change_nothing(learner: Person, choose: Any, code: str) -> None:
    attempt = start(learner, QuizFactory(questions=2))
    keys = [option["key"] for option in attempt.items.get(position=1).frozen["options"]]
    foreign = attempt.items.get(position=2).frozen["options"][0]["key"]
    save(learner, attempt, 1, [keys[2]])
    before = frozen_state(attempt)
    with pytest.raises(ValidationError) as refused:
        save(learner, attempt, 1, choose(keys, foreign))
    assert refused.value.code == code
    assert frozen_state(attempt) == before


@pytest.mark.rule("quiz-17")
def test_another_persons_attempt_is_not_found(learner: Person, stranger: Person) -> None:
    attempt = start(learner, QuizFactory())
    key = attempt.items.get(position=1).frozen["options"][0]["key"]
    before = frozen_state(attempt)
    with pytest.raises(AttemptItem.DoesNotExist):
        save(stranger, attempt, 1, [key])
    with pytest.raises(Attempt.DoesNotExist):
        actions.submit(person=stranger, attempt_id=attempt.pk, now=LATER)
    assert frozen_state(attempt) == before


@pytest.mark.parametrize("position", [0, -1, 4, 10**18, 10**30])
def test_a_position_that_is_not_there_is_not_found(learner: Person, position: int) -> None:
    attempt = start(learner, QuizFactory())
    with pytest.raises(AttemptItem.DoesNotExist):
        save(learner, attempt, position, [])


@pytest.mark.rule("quiz-11")
def test_a_sent_attempt_takes_no_more_answers(learner: Person) -> None:
    attempt = start(learner, QuizFactory())
    answer_all(attempt, right=1)
    actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    before = frozen_state(attempt)
    with pytest.raises(ValidationError) as refused:
        save(learner, attempt, 2, right_keys(attempt.items.get(position=2)))
    assert refused.value.code == "attempt_closed"
    assert frozen_state(attempt) == before


@pytest.mark.parametrize("questions", [3, 60])
def test_saving_an_answer_takes_two_queries(learner: Person, questions: int, django_assert_num_queries: Any) -> None:
    attempt = start(learner, QuizFactory(questions=questions))
    key = attempt.items.get(position=3).frozen["options"][0]["key"]
    with django_assert_num_queries(2):
        save(learner, attempt, 3, [key])


# --- Sending ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("quiz-1", "quiz-3", "quiz-11")
@pytest.mark.parametrize(("right", "passed"), [(0, False), (2, False), (3, True), (4, True)])
def test_sending_grades_the_answers(learner: Person, right: int, passed: bool) -> None:
    attempt = start(learner, QuizFactory(questions=4, pass_mark=75))
    answer_all(attempt, right=right)
    sent = actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    assert (sent.score, sent.passed, sent.submitted_at) == (Decimal(right), passed, LATER)
    stored = Attempt.objects.get(pk=attempt.pk)
    assert (stored.score, stored.passed, stored.submitted_at) == (Decimal(right), passed, LATER)
    points = list(stored.items.order_by("position").values_list("points", flat=True))
    assert points == [Decimal(1)] * right + [Decimal(0)] * (4 - right)


@pytest.mark.rule("quiz-2", "quiz-3")
def test_thirds_are_added_before_they_are_rounded(learner: Person) -> None:
    options = [("A", True), ("B", True), ("C", True), ("D", False)]
    quiz = QuizFactory(questions=[QuestionFactory(kind="multiple", options=options) for _ in range(3)], pass_mark=67)
    attempt = start(learner, quiz)
    for item in attempt.items.all():
        save(learner, attempt, item.position, right_keys(item)[:2])
    sent = actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    assert list(sent.items.values_list("points", flat=True)) == [Decimal("0.67")] * 3
    assert sent.score == Decimal("2.00")
    assert not sent.passed, "two of three are 66.7 percent"


@pytest.mark.rule("quiz-11")
def test_an_empty_attempt_gives_no_points(learner: Person) -> None:
    attempt = start(learner, QuizFactory())
    sent = actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    assert (sent.score, sent.passed) == (Decimal(0), False)


@pytest.mark.rule("quiz-11")
def test_sending_twice_is_sending_once(learner: Person) -> None:
    attempt = start(learner, QuizFactory())
    answer_all(attempt, right=3)
    first = actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)
    before = frozen_state(attempt)
    second = actions.submit(person=learner, attempt_id=attempt.pk, now=LATER + datetime.timedelta(hours=1))
    assert second == first
    assert second.submitted_at == LATER
    assert frozen_state(attempt) == before


@pytest.mark.rule("quiz-3")
def test_the_pass_mark_is_the_one_from_the_beginning(learner: Person) -> None:
    quiz = QuizFactory(questions=2, pass_mark=50)
    attempt = start(learner, quiz)
    quiz.pass_mark = 100
    quiz.save()
    answer_all(attempt, right=1)
    assert actions.submit(person=learner, attempt_id=attempt.pk, now=LATER).passed


@pytest.mark.rule("quiz-7")
def test_editing_and_deleting_a_question_changes_no_attempt(learner: Person) -> None:
    question = QuestionFactory(prompt="Stare słowa?", options=[("Stare", True), ("Inne", False)])
    quiz = QuizFactory(questions=[question])
    sent = start(learner, quiz)
    answer_all(sent, right=1)
    actions.submit(person=learner, attempt_id=sent.pk, now=LATER)
    still_open = start(learner, quiz)
    before = frozen_state(sent), frozen_state(still_open)

    question.prompt = "Nowe słowa?"
    old, other = question.options.all()
    old.correct, other.correct, old.text = False, True, "Nowe"
    question.options = [old, other]
    question.save_revision().publish()
    assert (frozen_state(sent), frozen_state(still_open)) == before
    assert "Stare słowa?" in still_open.items.get().frozen["prompt"]

    quiz.parts.all().delete()
    QuizPart.objects.all().delete()
    Question.objects.get(pk=question.pk).delete()
    assert (frozen_state(sent), frozen_state(still_open)) == before

    answer_all(still_open, right=1)
    assert actions.submit(person=learner, attempt_id=still_open.pk, now=LATER).passed, "graded by its own copy"


@pytest.mark.parametrize("questions", [3, 60])
def test_sending_costs_the_same_for_few_and_many_questions(
    learner: Person, questions: int, django_assert_num_queries: Any
) -> None:
    attempt = start(learner, QuizFactory(questions=questions))
    # Savepoint, attempt, items, points, attempt, release.
    with django_assert_num_queries(6):
        actions.submit(person=learner, attempt_id=attempt.pk, now=LATER)


@pytest.mark.rule("quiz-9")
def test_who_comes_second_gets_the_attempt_of_the_first(learner: Person) -> None:
    """Should two starts meet in spite of the lock, the second one takes the attempt that is there."""
    quiz = QuizFactory()
    rivals: list[Attempt] = []

    def rival_is_quicker(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not rivals and sql.startswith("SELECT") and '"submitted_at" IS NULL' in sql:
            rivals.append(Attempt(person=learner, quiz=quiz, number=1, language="pl", pass_mark=70, max_score=3))
            rivals[0].save()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(rival_is_quicker):
        assert start(learner, quiz) == rivals[0]
    assert Attempt.objects.count() == 1
    assert not AttemptItem.objects.exists()
