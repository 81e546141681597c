"""Reads of quizzes and attempts. What leaves here before an attempt is sent never tells what is right."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, ForeignObjectRel, Max, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from cms.accounts.models import Person
from courses.assessment import rules, wording
from courses.assessment.models import AnswerOption, Attempt, AttemptItem, Question, Quiz, QuizPart

# --- Quizzes -----------------------------------------------------------------------------------------------------


def source_quiz(quiz: Quiz) -> Quiz:
    """The row that counts: the one in the source language, or ``quiz`` itself where there is none. One query."""
    twins = Quiz.objects.filter(translation_key=quiz.translation_key).select_related("locale")
    return _source_of(list(twins), quiz.pk)


def _source_of(twins: list[Quiz], quiz_id: int) -> Quiz:
    by_preference = sorted(twins, key=lambda q: (q.locale.language_code != settings.LANGUAGE_CODE, q.pk != quiz_id))
    if not by_preference:
        raise Quiz.DoesNotExist
    return by_preference[0]


def question_count(quiz: Quiz) -> int:
    """How many questions an attempt at the quiz asks. One query."""
    return _asked(quiz)[0]


def _asked(quiz: Quiz) -> tuple[int, bool]:
    """How many questions an attempt asks, and whether one of them may give a part of its point. One query."""
    in_parts = Question.objects.filter(live=True, kind=rules.Kind.MULTIPLE).filter(
        Q(pk=OuterRef("question")) | Q(bank=OuterRef("bank"))
    )
    rows = (
        QuizPart.objects.filter(quiz__translation_key=quiz.translation_key)
        .filter(Q(quiz__locale__language_code=settings.LANGUAGE_CODE) | Q(quiz=quiz.pk))
        .values_list("quiz__locale__language_code", "draw", "question__live", Exists(in_parts))
    )
    asked: dict[str, tuple[int, bool]] = {}
    for language, draw, live, parts in rows:
        count, divided = asked.get(language, (0, False))
        asked[language] = (count + draw + bool(live), divided or parts)
    return asked.get(settings.LANGUAGE_CODE) or next(iter(asked.values()), (0, False))


def questions_asked() -> Coalesce:
    """The same as a column of a list of quizzes: of the quiz in the source language, else of the quiz itself."""

    def of_parts(**of: Any) -> Subquery:
        parts = QuizPart.objects.filter(**of).order_by().values("quiz")
        asked = parts.annotate(asked=Count("question", filter=Q(question__live=True)) + Sum("draw"))
        return Subquery(asked.values("asked")[:1])

    source = of_parts(
        quiz__translation_key=OuterRef("translation_key"), quiz__locale__language_code=settings.LANGUAGE_CODE
    )
    return Coalesce(source, of_parts(quiz=OuterRef("pk")), 0)


def intro(*, person: Person, quiz_id: int, language: str) -> rules.QuizIntro:
    """What ``person`` should know before beginning the quiz, its title in ``language``. Three queries.

    ``available`` is false when the quiz is not published; ``open_number`` is the attempt to go on with, if any.
    """
    twins = list(
        Quiz.objects.filter(
            translation_key__in=Quiz.objects.filter(pk=quiz_id).values("translation_key")
        ).select_related("locale")
    )
    quiz = _source_of(twins, quiz_id)
    worded = next((twin for twin in twins if twin.live and twin.locale.language_code == language), quiz)
    facts = Attempt.objects.filter(person=person, quiz=quiz).aggregate(
        made=Max("number"),
        open_number=Max("number", filter=Q(submitted_at__isnull=True)),
        passes=Count("pk", filter=Q(passed=True)),
    )
    made = facts["made"] or 0
    left = rules.attempts_left(made=made, allowed=quiz.attempts_allowed)
    count, divided = _asked(quiz)
    return rules.QuizIntro(
        quiz_id=quiz.pk,
        title=worded.title,
        question_count=count,
        needed_text=wording.before(count, quiz.pass_mark, divided=divided),
        attempts_text=wording.attempts(left, quiz.attempts_allowed),
        attempts_made=made,
        attempts_left=left,
        open_number=facts["open_number"],
        passed=bool(facts["passes"]),
        available=quiz.live,
    )


# --- Attempts ----------------------------------------------------------------------------------------------------


def get_attempt_for(person: Person, *, quiz_id: int, number: int) -> Attempt:
    """The person's own attempt of that number; ``Attempt.DoesNotExist`` for any other. One query."""
    return Attempt.objects.of_quiz(quiz_id).get(person=person, number=number)


def open_attempt_for(person: Person, quiz_id: int) -> Attempt | None:
    """The attempt that the person has begun and not sent, with how many its quiz allows. One query."""
    attempts = Attempt.objects.of_quiz(quiz_id).still_open().filter(person=person).select_related("quiz")
    return attempts.only(*(field.name for field in Attempt._meta.concrete_fields), "quiz__attempts_allowed").first()


MOST_POSITION = 32_767
"""What the column holds; the address may name any number."""

# An answer is saved every few seconds, and in SQL this costs an eighth of the same question to the ORM.
_OPEN_ITEM = """
    SELECT item.*
    FROM courses_assessment_attemptitem AS item
    JOIN courses_assessment_attempt AS attempt ON attempt.id = item.attempt_id
    WHERE attempt.person_id = %s AND attempt.quiz_id = %s AND attempt.submitted_at IS NULL AND item.position = %s
"""


def open_item_for(person: Person, quiz_id: int, position: int) -> AttemptItem | None:
    """The question at ``position`` of the attempt that the person has begun and not sent. One query.

    None, too, where ``quiz_id`` is not the quiz in the source language.
    """
    if position > MOST_POSITION:
        return None
    return next(iter(AttemptItem.objects.raw(_OPEN_ITEM, [person.pk, quiz_id, position])), None)


def attempts_of(person: Person, quiz_id: int) -> list[Attempt]:
    """The person's attempts at the quiz, the first one first. One query."""
    return list(Attempt.objects.of_quiz(quiz_id).filter(person=person).order_by("number"))


def passed_quiz_ids(person: Person, quiz_ids: Collection[int]) -> set[int]:
    """Which of these quizzes (of the source language) the person has passed. One query."""
    passed = Attempt.objects.filter(person=person, quiz__in=quiz_ids, passed=True)
    return set(passed.values_list("quiz_id", flat=True))


def question_for(attempt: Attempt, position: int) -> rules.QuestionShown:
    """The question at ``position`` with the answer given so far, and nothing of what is right. One query.

    ``AttemptItem.DoesNotExist`` where the attempt has no such position.
    """
    item = AttemptItem.objects.get(attempt=attempt, position=position)
    return rules.QuestionShown(
        position=item.position,
        prompt=item.frozen["prompt"],
        kind=item.frozen["kind"],
        language=item.frozen["language"],
        options=tuple(
            rules.OptionShown(id=option["key"], text=option["text"], checked=option["key"] in item.answer)
            for option in item.frozen["options"]
        ),
        saved_at=item.saved_at,
    )


def overview(attempt: Attempt, *, with_chosen: bool = False) -> tuple[rules.AnswerState, ...]:
    """Every question of the attempt: answered or not, and when it was saved. One query, whatever their number.

    ``with_chosen`` brings the words of the options that were chosen, too.
    """
    rows = (
        AttemptItem.objects.filter(attempt=attempt)
        .order_by("position")
        .values_list(
            "position",
            "answer",
            "saved_at",
            *(KT(f"frozen__{fact}") for fact in ("prompt", "kind", "language")),
            *(["frozen__options"] if with_chosen else []),
        )
    )
    return tuple(
        rules.AnswerState(
            position=position,
            prompt=prompt,
            kind=kind,
            language=language,
            answered=bool(answer),
            saved_at=saved_at,
            state_word=gettext("answered") if answer else gettext("no answer"),
            chosen=tuple(option["text"] for options in more for option in options if option["key"] in answer),
        )
        for position, answer, saved_at, prompt, kind, language, *more in rows
    )


def about_attempt(attempt: Attempt, answers: tuple[rules.AnswerState, ...]) -> str:
    """What one should know of an open attempt, in a line: no time limit, which one it is, and what passes. No query."""
    return wording.meanwhile(
        attempt.number,
        attempt.quiz.attempts_allowed,
        len(answers),
        attempt.pass_mark,
        divided=any(answer.kind == rules.Kind.MULTIPLE for answer in answers),
    )


def result(attempt: Attempt, *, reveal: bool) -> rules.Result | None:
    """What there is to say about a sent attempt; None while it is open. One query.

    Without ``reveal`` it tells what was right and wrong in the own answers and the feedback on them, but neither the
    right answers nor the explanations: another attempt may follow.
    """
    if attempt.submitted_at is None or attempt.score is None:
        return None
    items = list(AttemptItem.objects.filter(attempt=attempt).order_by("position"))
    count, mark = int(attempt.max_score), attempt.pass_mark
    divided = any(item.frozen["kind"] == rules.Kind.MULTIPLE for item in items)
    shown = rules.shown_score(attempt.score, attempt.max_score, pass_mark=mark, passed=bool(attempt.passed))
    return rules.Result(
        number=attempt.number,
        submitted_at=attempt.submitted_at,
        score=attempt.score,
        max_score=attempt.max_score,
        pass_mark=mark,
        passed=bool(attempt.passed),
        score_text=wording.share(shown, count),
        needed_text=wording.after(shown, count, mark, divided=divided),
        items=tuple(_item_result(item, reveal=reveal) for item in items),
    )


def _item_result(item: AttemptItem, *, reveal: bool) -> rules.ItemResult:
    points, options = item.points or Decimal(0), item.frozen["options"]
    last_right = next((option["key"] for option in reversed(options) if option["correct"] and reveal), None)
    return rules.ItemResult(
        position=item.position,
        prompt=item.frozen["prompt"],
        kind=item.frozen["kind"],
        language=item.frozen["language"],
        options=tuple(
            rules.OptionResult(
                text=option["text"],
                chosen=option["key"] in item.answer,
                correct=option["correct"] and (reveal or option["key"] in item.answer),
                feedback=option["feedback"] if reveal or option["key"] in item.answer else "",
                explanation=item.frozen["explanation"] if option["key"] == last_right else "",
            )
            for option in options
        ),
        answered=bool(item.answer),
        points=points,
        points_text=wording.points(points, item.frozen["kind"]),
    )


# --- For beginning an attempt and for publishing ------------------------------------------------------------------


def candidates(*, questions: Collection[int], banks: Collection[int], locale_id: int) -> list[rules.Candidate]:
    """The published questions, in the quiz's own language, that its parts may ask. One query."""
    rows = (
        Question.objects.filter(live=True, locale=locale_id)
        .filter(Q(pk__in=questions) | Q(bank__in=banks))
        .values_list("pk", "bank_id", "tag")
    )
    return [rules.Candidate(id=pk, bank=bank, tag=tag) for pk, bank, tag in rows]


def question_facts(
    ids: Collection[int], *, language: str
) -> dict[int, tuple[rules.QuestionFacts, rules.QuestionFacts | None]]:
    """Each question with its published twin in ``language`` (None where it has none). Two queries, however many."""
    keys = Question.objects.filter(pk__in=ids).values("translation_key")
    questions = list(
        Question.objects.filter(
            Q(pk__in=ids) | Q(translation_key__in=keys, locale__language_code=language, live=True)
        ).select_related("locale")
    )
    options: dict[int, list[AnswerOption]] = {}
    for option in AnswerOption.objects.filter(question__in=[q.pk for q in questions]).order_by("sort_order", "pk"):
        options.setdefault(option.question_id, []).append(option)
    facts = {question.pk: _facts(question, options.get(question.pk, [])) for question in questions}
    twins = {question.translation_key: question.pk for question in questions if question.pk not in ids}
    return {
        question.pk: (facts[question.pk], facts.get(twins.get(question.translation_key, 0)))
        for question in questions
        if question.pk in ids
    }


def _facts(question: Question, options: list[Any]) -> rules.QuestionFacts:
    return rules.QuestionFacts(
        key=str(question.translation_key),
        language=question.locale.language_code,
        kind=question.kind,
        prompt=question.prompt,
        explanation=question.explanation,
        options=tuple(option_facts(option) for option in options),
    )


def option_facts(option: AnswerOption) -> rules.OptionFacts:
    """An option as plain facts."""
    return rules.OptionFacts(
        text=option.text, correct=option.correct, key=str(option.translation_key), feedback=option.feedback
    )


def source_question(question: Question) -> Question | None:
    """The question in the source language that ``question`` is a translation of; None for an original. One query."""
    twins = Question.objects.filter(
        translation_key=question.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    return twins.exclude(pk=question.pk).first()


def is_translation(quiz: Quiz) -> bool:
    """Whether the quiz is the translation of one in the source language. One query."""
    twins = Quiz.objects.filter(translation_key=quiz.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return twins.exclude(pk=quiz.pk).exists()


# --- For deleting ------------------------------------------------------------------------------------------------


def what_holds(row: models.Model) -> list[tuple[str, int]]:
    """What forbids to delete ``row``: each kind of thing that points at it, with their number.

    Asked of the database's own keys, whoever declared them, so that this room need not know who uses it.
    """
    holders = []
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and getattr(relation, "on_delete", None) is models.PROTECT:
            pointing = relation.related_model._base_manager.filter(**{relation.field.name: row}).count()
            if pointing:
                holders.append((str(relation.related_model._meta.verbose_name_plural), pointing))
    return sorted(holders)
