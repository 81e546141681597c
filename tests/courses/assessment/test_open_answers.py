"""An answer goes to the attempt that is open, whoever else has one, and nowhere else."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.accounts.models import Person
from courses.assessment.actions import save_open_answer, start_attempt, submit
from courses.assessment.models import AttemptItem, Quiz
from courses.assessment.queries import open_item_for
from tests.factories.accounts import PersonFactory
from tests.factories.assessment import NOON, QuizFactory, locale, right_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    return QuizFactory(questions=3)


def begin(person: Person, quiz: Quiz) -> list[AttemptItem]:
    attempt = start_attempt(person=person, quiz=quiz, language="pl", now=timezone.now())
    return list(attempt.items.order_by("position"))


def answer(person: Person, quiz_id: int, item: AttemptItem, position: int | None = None) -> AttemptItem:
    return save_open_answer(
        person=person, quiz_id=quiz_id, position=position or item.position, chosen=right_keys(item), now=NOON
    )


def test_it_is_kept_in_the_own_attempt_in_two_queries(quiz: Quiz, django_assert_num_queries: Callable) -> None:
    me, other = PersonFactory(), PersonFactory()
    mine, theirs = begin(me, quiz), begin(other, quiz)
    begin(me, QuizFactory(questions=3))
    with django_assert_num_queries(2):
        assert answer(me, quiz.pk, mine[1]).pk == mine[1].pk
    for item in (*mine, *theirs):
        item.refresh_from_db()
    assert [item.answer for item in mine] == [[], right_keys(mine[1]), []]
    assert [item.answer for item in theirs] == [[], [], []]
    assert mine[1].saved_at == NOON


def test_the_translation_of_a_quiz_names_the_same_attempt(quiz: Quiz) -> None:
    twin = Quiz.objects.create(locale=locale("en"), translation_key=quiz.translation_key, title="Quiz", live=True)
    person = PersonFactory()
    item = begin(person, quiz)[0]
    assert open_item_for(person, twin.pk, 1) is None
    assert answer(person, twin.pk, item).answer == right_keys(item)


@pytest.mark.parametrize("position", [4, 40_000, 10**19])
def test_there_is_no_such_question(quiz: Quiz, position: int) -> None:
    person = PersonFactory()
    item = begin(person, quiz)[0]
    with pytest.raises(AttemptItem.DoesNotExist):
        answer(person, quiz.pk, item, position)


def test_without_an_open_attempt_it_is_refused(quiz: Quiz) -> None:
    person = PersonFactory()
    other = begin(PersonFactory(), quiz)
    with pytest.raises(ValidationError) as refused:
        answer(person, quiz.pk, other[0])
    assert refused.value.code == "attempt_closed"
    item = begin(person, quiz)[0]
    submit(person=person, attempt_id=item.attempt_id, now=NOON)
    with pytest.raises(ValidationError) as refused:
        answer(person, quiz.pk, item)
    assert refused.value.code == "attempt_closed"
    item.refresh_from_db()
    assert item.answer == []
