"""Writes of attempts: begin, answer, send. Grading happens here, on the server, and nowhere else."""

import secrets
from collections.abc import Collection
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import Person
from courses.assessment import queries, rules
from courses.assessment.models import Attempt, AttemptItem, Quiz

REFUSALS = {
    "attempts_exhausted": _("You have used all attempts that this quiz allows."),
    "quiz_unavailable": _("This quiz is not available at the moment."),
    "attempt_closed": _("This attempt has already been sent. Its answers can no longer be changed."),
    "unknown_option": _("This answer does not belong to the question. Nothing was saved."),
    "one_answer_only": _("Choose one answer. Nothing was saved."),
}


def _refusal(code: str) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code)


def start_attempt(*, person: Person, quiz: Quiz, language: str, now: datetime) -> Attempt:
    """Begin an attempt with a frozen copy of its questions, in an order that stays, in the words of ``language``.

    Safe to repeat: the attempt that is open is returned, even when no further one would be allowed. Refuses with
    ``quiz_unavailable`` (not published, or no published question left) and ``attempts_exhausted``. ``quiz`` may be a
    translation: the attempt belongs to the quiz in the source language.
    """
    with transaction.atomic():
        # One start of a person at a time, so that the limit of attempts holds; Quiz rows stay free for editors.
        Person.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=person.pk)
        source = queries.source_quiz(quiz)
        latest = Attempt.objects.filter(person=person, quiz=source).order_by("-number").first()
        if latest and latest.submitted_at is None:
            return latest
        made = latest.number if latest else 0
        if code := rules.attempt_refusal(made=made, allowed=source.attempts_allowed):
            raise _refusal(code)
        questions = _questions_of(source, language) if source.live else []
        if not questions:
            raise _refusal("quiz_unavailable")
        # The constraint "one open attempt" is the last word: whoever comes second gets the first one's attempt.
        attempt, created = Attempt.objects.get_or_create(
            person=person,
            quiz=source,
            submitted_at=None,
            defaults={
                "number": made + 1,
                "language": language,
                "pass_mark": source.pass_mark,
                "started_at": now,
                "max_score": rules.as_points(rules.POINTS_PER_QUESTION * len(questions)),
            },
        )
        if created:
            AttemptItem.objects.bulk_create(
                AttemptItem(attempt=attempt, position=position, question_key=key, frozen=frozen)
                for position, (key, frozen) in enumerate(questions, start=1)
            )
    return attempt


def _questions_of(quiz: Quiz, language: str) -> list[tuple[str, dict[str, Any]]]:
    """The questions of one attempt in the order shown: each one's key and frozen copy."""
    parts = [part.as_rule() for part in quiz.parts.all()]
    seed = secrets.randbits(64)
    found = queries.candidates(
        questions=[part.question for part in parts if part.question],
        banks=[part.bank for part in parts if part.bank],
        locale_id=quiz.locale_id,
    )
    ids = rules.draw_questions(parts, found, seed)
    facts = queries.question_facts(ids, language=language)
    questions = []
    for question_id in rules.shuffle(ids, seed) if quiz.shuffle else ids:
        source, twin = facts[question_id]
        order = [option.key for option in source.options]
        if quiz.shuffle:
            order = rules.order_options(source.kind, order, f"{seed}/options/{question_id}")
        questions.append((source.key, rules.freeze_question(source, twin, order)))
    return questions


def save_answer(
    *, person: Person, attempt_id: int, position: int, chosen: Collection[str], now: datetime
) -> AttemptItem:
    """Keep the chosen options of one question; none chosen takes the answer back. The last write counts.

    Two queries. Safe to repeat. ``AttemptItem.DoesNotExist`` for another person's attempt and for a position that it
    has not; refuses, changing nothing, with ``attempt_closed``, ``unknown_option`` and ``one_answer_only``.
    """
    item = AttemptItem.objects.select_related("attempt").get(
        attempt=attempt_id, attempt__person=person, position=position
    )
    if item.attempt.submitted_at is not None:
        raise _refusal("attempt_closed")
    return _keep(item, chosen, now)


def save_open_answer(
    *, person: Person, quiz_id: int, position: int, chosen: Collection[str], now: datetime
) -> AttemptItem:
    """The same in the attempt at a quiz that is open, without asking for it before. Two queries.

    Where no attempt is open it refuses with ``attempt_closed``.
    """
    item = queries.open_item_for(person, quiz_id, position)
    if item is not None:
        return _keep(item, chosen, now)
    attempt = queries.open_attempt_for(person, quiz_id)
    if attempt is None:
        raise _refusal("attempt_closed")
    return save_answer(person=person, attempt_id=attempt.pk, position=position, chosen=chosen, now=now)


def _keep(item: AttemptItem, chosen: Collection[str], now: datetime) -> AttemptItem:
    keys = [option["key"] for option in item.frozen["options"]]
    if code := rules.answer_refusal(item.frozen["kind"], keys, chosen):
        raise _refusal(code)
    answer = [key for key in keys if key in set(chosen)]
    # The attempt may be sent at this very moment. Sending gives every item its points in the same transaction, so an
    # item without points belongs to an attempt that is open. PostgreSQL looks at that again after waiting for the row.
    if not AttemptItem.objects.filter(pk=item.pk, points__isnull=True).update(answer=answer, saved_at=now):
        raise _refusal("attempt_closed")
    item.answer, item.saved_at = answer, now
    return item


def submit(*, person: Person, attempt_id: int, now: datetime) -> Attempt:
    """Close the attempt and grade it by its own frozen copy; questions without an answer give no points.

    Safe to repeat: an attempt that was sent is returned as it is. ``Attempt.DoesNotExist`` for another person's.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update(no_key=True, of=("self",)).get(pk=attempt_id, person=person)
        if attempt.submitted_at is not None:
            return attempt
        items = list(AttemptItem.objects.select_for_update(no_key=True).filter(attempt=attempt).order_by("pk"))
        total = Fraction(0)
        for item in items:
            options = item.frozen["options"]
            exact = rules.grade_item(
                item.frozen["kind"],
                [option["key"] for option in options],
                [option["key"] for option in options if option["correct"]],
                item.answer,
            )
            item.points = rules.as_points(exact)
            total += exact
        AttemptItem.objects.bulk_update(items, ["points"])
        attempt.submitted_at = now
        attempt.score = rules.as_points(total)
        attempt.passed = rules.passed(total, Fraction(attempt.max_score), attempt.pass_mark)
        attempt.save(update_fields=["submitted_at", "score", "passed"])
    return attempt
