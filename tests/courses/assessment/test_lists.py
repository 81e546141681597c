"""What the editors' lists of quizzes, questions and banks tell."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.rules import Role
from courses.assessment.models import Question, QuestionBank, Quiz, QuizPart
from tests.factories.accounts import staff
from tests.factories.assessment import QuestionBankFactory, QuestionFactory, QuizFactory, locale

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(staff(Role.EDITORS))
    return client


def rows(editor: Client, model: type[Question | QuestionBank | Quiz]) -> list:
    return list(editor.get(reverse(model.snippet_viewset.get_url_name("list"))).context["object_list"])


def test_the_lists_tell_how_many_questions_there_are(editor: Client) -> None:
    bank = QuestionBankFactory()
    quiz = QuizFactory(title="Licz mnie", questions=[QuestionFactory(bank=bank)], pass_mark=65)
    QuizPart.objects.create(quiz=quiz, bank=bank, draw=7)
    assert [(row.title, row.question_count) for row in rows(editor, Quiz)] == [("Licz mnie", 8)]
    assert [row.question_count for row in rows(editor, QuestionBank)] == [1]


def test_a_translation_asks_the_questions_of_the_quiz_that_it_translates(editor: Client) -> None:
    quiz = QuizFactory(title="A", questions=3)
    twin = QuizFactory(title="B", locale=locale("en"), translation_key=quiz.translation_key, questions=0)
    # What a machine copied into the translation does not count.
    QuizPart.objects.create(quiz=twin, question=quiz.parts.first().question)
    QuizFactory(title="C", questions=0)
    QuizFactory(title="D", locale=locale("en"), questions=2)
    assert [(row.title, row.question_count) for row in rows(editor, Quiz)] == [("A", 3), ("B", 3), ("C", 0), ("D", 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_tell_what_is_published_and_cost_the_same(
    editor: Client, count: int, django_assert_max_num_queries: Callable
) -> None:
    for live in [False, True, True][:count]:
        QuizFactory(questions=1, live=live)
    for model in (Quiz, Question):
        address = reverse(model.snippet_viewset.get_url_name("list"))
        editor.get(address)
        with django_assert_max_num_queries(16):
            page = editor.get(address).content.decode()
        states = Counter(re.findall(r"<td[^>]*>\s*(szkic|opublikowano)\s*</td>", page))
        assert states == Counter({"szkic": int(model is Quiz), "opublikowano": count - (model is Quiz)})
