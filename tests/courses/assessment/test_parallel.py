"""Ten requests at once, each with a connection of its own, on a database that really commits."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.accounts.models import Person
from courses.assessment import actions
from courses.assessment.models import Attempt, AttemptItem
from tests.factories.assessment import NOON, QuizFactory, answer_all, right_keys
from tests.parallel import TIMES, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def attempt() -> Attempt:
    person = Person.objects.create(name="Anna Przykładowa")
    return actions.start_attempt(person=person, quiz=QuizFactory(), language="pl", now=NOON)


@pytest.mark.rule("quiz-9", "quiz-4")
def test_ten_starts_begin_one_attempt() -> None:
    person, quiz = Person.objects.create(name="Anna Przykładowa"), QuizFactory(attempts_allowed=1)
    found = at_once(lambda _: actions.start_attempt(person=person, quiz=quiz, language="pl", now=NOON))
    assert {attempt.pk for attempt in found} == set(Attempt.objects.values_list("pk", flat=True))
    assert Attempt.objects.count() == 1
    assert AttemptItem.objects.count() == 3


@pytest.mark.rule("quiz-11")
def test_ten_sends_grade_once(attempt: Attempt) -> None:
    answer_all(attempt, right=3)
    sent = at_once(
        lambda n: actions.submit(person=attempt.person, attempt_id=attempt.pk, now=NOON + datetime.timedelta(seconds=n))
    )
    assert len({one.submitted_at for one in sent}) == 1
    assert {one.score for one in sent} == {Decimal(3)}
    assert Attempt.objects.filter(passed=True).count() == 1


@pytest.mark.rule("quiz-8")
def test_ten_answers_from_ten_tabs_leave_one_of_them(attempt: Attempt) -> None:
    keys = [option["key"] for option in attempt.items.get(position=1).frozen["options"]]
    at_once(
        lambda n: actions.save_answer(
            person=attempt.person, attempt_id=attempt.pk, position=1, chosen=[keys[n % 3]], now=NOON
        )
    )
    assert attempt.items.get(position=1).answer in [[key] for key in keys]


@pytest.mark.rule("quiz-8", "quiz-11")
def test_an_answer_saved_while_the_attempt_is_sent_counts_or_is_refused(attempt: Attempt) -> None:
    """Never kept without being graded, whichever of the two comes first."""
    right = right_keys(attempt.items.get(position=1))

    def work(number: int) -> Any:
        if number == TIMES - 1:
            return actions.submit(person=attempt.person, attempt_id=attempt.pk, now=NOON)
        return actions.save_answer(person=attempt.person, attempt_id=attempt.pk, position=1, chosen=right, now=NOON)

    done = at_once(work)
    assert {one.code for one in done if isinstance(one, ValidationError)} <= {"attempt_closed"}
    item = attempt.items.get(position=1)
    assert item.points == (1 if item.answer else 0)
    assert Attempt.objects.get(pk=attempt.pk).score == item.points


@pytest.mark.rule("quiz-11")
def test_an_answer_that_waits_for_the_sending_is_refused(attempt: Attempt) -> None:
    """The answer found the attempt open, then had to wait for the row: it looks again before it writes."""
    right = right_keys(attempt.items.get(position=1))
    begun, answered = Event(), Event()

    def answer(_: int) -> Any:
        begun.wait(20)
        try:
            return actions.save_answer(person=attempt.person, attempt_id=attempt.pk, position=1, chosen=right, now=NOON)
        except ValidationError as refused:
            return refused
        finally:
            answered.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(answer, 1)
        with transaction.atomic():
            actions.submit(person=attempt.person, attempt_id=attempt.pk, now=NOON)
            begun.set()
            assert not answered.wait(0.5)
        refused = waiting.result(20)
    assert isinstance(refused, ValidationError)
    assert refused.code == "attempt_closed"
    item = attempt.items.get(position=1)
    assert (item.answer, item.points) == ([], Decimal(0))
