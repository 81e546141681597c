"""Builds a quiz of the demonstration from its files: bank, questions, quiz, published as an editor would."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from wagtail.models import Locale

from courses.assessment import queries, rules
from courses.assessment.models import AnswerOption, Question, QuestionBank, Quiz, QuizPart


@transaction.atomic
def build_quiz(*, bank: str, spec_pl: dict[str, Any], spec_en: dict[str, Any] | None = None) -> Quiz:
    """The Polish quiz of ``spec_pl``, published; and its English twin, where ``spec_en`` has the words.

    Safe to repeat: everything is found again by the keys of the questions, and only what differs from the files is
    published anew. A file that an editor could not publish is a ``ValueError``.
    """
    shelf, _created = QuestionBank.objects.get_or_create(name=bank)
    polish = Locale.objects.get(language_code="pl")
    questions = [_question(shelf, spec, polish) for spec in spec_pl["questions"]]
    quiz = _quiz(spec_pl, polish, spec_pl["questions"][0]["key"], questions)
    if spec_en is not None:
        english = Locale.objects.get(language_code="en")
        _refuse_other_questions(spec_pl, spec_en)
        for spec in spec_en["questions"]:
            _question(shelf, spec, english)
        _quiz(spec_en, english, spec_pl["questions"][0]["key"], [])
    return Quiz.objects.get(pk=quiz.pk)


def _key(*names: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(("demo", *names)))


def _option_key(question: str, place: int) -> UUID:
    return _key("question", question, str(place))


def _question(bank: QuestionBank, spec: dict[str, Any], locale: Locale) -> Question:
    """The question of a file, in one language."""
    key = _key("question", spec["key"])
    question = Question.objects.filter(translation_key=key, locale=locale).first()
    question = question or Question(translation_key=key, locale=locale, live=False)
    wanted = tuple(
        rules.OptionFacts(
            text=option["text"],
            correct=option["correct"],
            key=str(_option_key(spec["key"], place)),
            feedback=option["feedback"],
        )
        for place, option in enumerate(spec["options"])
    )
    problems = rules.question_problems(spec["kind"], spec["prompt"], spec["explanation"], wanted)
    if problems:
        raise ValueError(f"{spec['key']}: {problems}")
    there = {str(option.translation_key): option for option in question.options.all()} if question.pk else {}
    values = {"bank": bank, "kind": spec["kind"], "prompt": spec["prompt"], "explanation": spec["explanation"]}
    unchanged = question.live and all(getattr(question, name) == value for name, value in values.items())
    if unchanged and tuple(queries.option_facts(option) for option in there.values()) == wanted:
        return question
    for name, value in values.items():
        setattr(question, name, value)
    options = []
    for place, facts in enumerate(wanted):
        option = there.get(facts.key) or AnswerOption(translation_key=UUID(facts.key), locale=locale)
        option.sort_order, option.text, option.correct, option.feedback = (
            place,
            facts.text,
            facts.correct,
            facts.feedback,
        )
        options.append(option)
    question.options = options
    _publish(question)
    return question


def _quiz(spec: dict[str, Any], locale: Locale, first_question: str, questions: list[Question]) -> Quiz:
    """The quiz of a file, in one language; its key hangs on that of its first question."""
    key = _key("quiz", first_question)
    quiz = Quiz.objects.filter(translation_key=key, locale=locale).first()
    quiz = quiz or Quiz(translation_key=key, locale=locale, live=False)
    parts = list(quiz.parts.all()) if quiz.pk else []
    values = {"title": spec["title"], "pass_mark": spec["pass_mark"], "attempts_allowed": spec["attempts"]}
    unchanged = quiz.live and all(getattr(quiz, name) == value for name, value in values.items())
    if unchanged and [part.question_id for part in parts] == [question.pk for question in questions]:
        return quiz
    for name, value in values.items():
        setattr(quiz, name, value)
    there = {part.question_id: part for part in parts}
    wanted = []
    for place, question in enumerate(questions):
        part = there.get(question.pk) or QuizPart(question=question)
        part.sort_order = place
        wanted.append(part)
    quiz.parts = wanted
    _publish(quiz)
    return quiz


def _refuse_other_questions(source: dict[str, Any], twin: dict[str, Any]) -> None:
    """A translation has the questions of its source, and of each the same options right."""
    shapes = [
        [
            (question["key"], question["kind"], [option["correct"] for option in question["options"]])
            for question in spec["questions"]
        ]
        for spec in (source, twin)
    ]
    if shapes[0] != shapes[1]:
        raise ValueError(f"{twin['title']}: not the questions of {source['title']}")


def _publish(row: Question | Quiz) -> None:
    if row.pk is None:
        row.save()
    row.save_revision().publish()
