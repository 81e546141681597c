"""Question banks, questions, quizzes and attempts."""

import datetime
from collections.abc import Sequence
from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from courses.assessment import actions
from courses.assessment.models import AnswerOption, Attempt, AttemptItem, Question, QuestionBank, Quiz, QuizPart

NOON = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)


def locale(language: str) -> Locale:
    """The locale of a language, made where the database has none yet."""
    return Locale.objects.get_or_create(language_code=language)[0]


class QuestionBankFactory(DjangoModelFactory):
    class Meta:
        model = QuestionBank

    name = factory.Sequence(lambda n: f"Bank {n}")


class QuestionFactory(DjangoModelFactory):
    """A published single choice in Polish with three options, the first of them right; ``options=`` sets others.

    ``options`` is a list of (text, correct) or (text, correct, feedback).
    """

    class Meta:
        model = Question
        skip_postgeneration_save = True

    bank = factory.SubFactory(QuestionBankFactory)
    locale = factory.LazyFunction(lambda: locale("pl"))
    kind = "single"
    prompt = factory.Sequence(lambda n: f"Pytanie {n}?")
    explanation = factory.Sequence(lambda n: f"Wyjaśnienie {n}.")
    live = True

    @factory.post_generation
    def options(self, create: bool, extracted: Sequence[Sequence[Any]] | None, **kwargs: Any) -> None:
        wanted = extracted if extracted is not None else [("Tak", True), ("Nie", False), ("Może", False)]
        for place, (text, correct, *feedback) in enumerate(wanted):
            AnswerOption.objects.create(
                question=self,
                locale=self.locale,
                sort_order=place,
                text=text,
                correct=correct,
                feedback=feedback[0] if feedback else f"O odpowiedzi {text}.",
            )


class QuizFactory(DjangoModelFactory):
    """A published quiz in Polish; ``questions=3`` or a list of questions as its fixed parts."""

    class Meta:
        model = Quiz
        skip_postgeneration_save = True

    locale = factory.LazyFunction(lambda: locale("pl"))
    title = factory.Sequence(lambda n: f"Quiz {n}")
    live = True

    @factory.post_generation
    def questions(self, create: bool, extracted: int | Sequence[Question] | None, **kwargs: Any) -> None:
        wanted = extracted if extracted is not None else 3
        if isinstance(wanted, int):
            bank = QuestionBankFactory() if wanted else None
            wanted = [QuestionFactory(bank=bank) for _ in range(wanted)]
        for place, question in enumerate(wanted):
            QuizPart.objects.create(quiz=self, question=question, sort_order=place)


def translated(question: Question, *, prompt: str, texts: Sequence[str], live: bool = True) -> Question:
    """The English twin of a question, with the same keys."""
    twin = Question.objects.create(
        bank=question.bank,
        locale=locale("en"),
        translation_key=question.translation_key,
        kind=question.kind,
        prompt=prompt,
        explanation=f"Why: {prompt}",
        live=live,
    )
    for option, text in zip(question.options.all(), texts, strict=True):
        AnswerOption.objects.create(
            question=twin,
            locale=twin.locale,
            translation_key=option.translation_key,
            sort_order=option.sort_order,
            text=text,
            correct=option.correct,
            feedback=f"About {text}.",
        )
    return twin


def right_keys(item: AttemptItem) -> list[str]:
    """The keys of the right options, as the frozen copy has them."""
    return [option["key"] for option in item.frozen["options"] if option["correct"]]


def answer_all(attempt: Attempt, *, right: int, now: datetime.datetime = NOON) -> None:
    """Answer the first ``right`` questions rightly and the others with one wrong option."""
    for item in attempt.items.all():
        wrong = [option["key"] for option in item.frozen["options"] if not option["correct"]]
        chosen = right_keys(item) if item.position <= right else wrong[:1]
        actions.save_answer(
            person=attempt.person, attempt_id=attempt.pk, position=item.position, chosen=chosen, now=now
        )
