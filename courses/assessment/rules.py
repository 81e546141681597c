"""Rules of quizzes: grading, passing, attempts, order, drawing, what may be published. Pure: no Django."""

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

T = TypeVar("T")

POINTS_PER_QUESTION = Fraction(1)
# A score that misses the pass mark by less than this was lost to arithmetic, not to a wrong answer.
TOLERANCE = Fraction(1, 10**9)
# The right answer must not be recognisable by its length: this many times the longest wrong one, and this much longer.
TELLING_RATIO = 1.5
TELLING_CHARACTERS = 20


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"


# --- Grading -----------------------------------------------------------------------------------------------------


def grade_item(kind: str, options: Collection[str], correct: Collection[str], chosen: Collection[str]) -> Fraction:
    """The exact points, from 0 to 1, for the ``chosen`` options of a question whose right ones are ``correct``.

    Single choice and true or false: one point for exactly the right option, else none. Multiple choice: the share of
    the right options that were chosen, less the share of the wrong ones that were; never below nothing. So choosing
    everything gives nothing.
    """
    right, picked = set(correct), set(chosen)
    if kind != Kind.MULTIPLE:
        return POINTS_PER_QUESTION if picked and picked == right else Fraction(0)
    wrong = set(options) - right
    if not right:
        return Fraction(0)
    gained = Fraction(len(picked & right), len(right))
    lost = Fraction(len(picked - right), len(wrong)) if wrong else Fraction(0)
    return max(Fraction(0), gained - lost) * POINTS_PER_QUESTION


def as_points(exact: Fraction) -> Decimal:
    """Points as they are shown and stored: two decimals, half a hundredth rounded up."""
    return Decimal(math.floor(exact * 100 + Fraction(1, 2))).scaleb(-2)


def passed(score: Fraction, maximum: Fraction, pass_mark: int) -> bool:
    """Whether the exact, unrounded score reaches the pass mark (in percent of the maximum)."""
    return score * 100 + TOLERANCE >= pass_mark * maximum


def points_needed(questions: int, pass_mark: int) -> int:
    """The whole points that pass where each question gives one or none: the pass mark rounded up."""
    return -(-pass_mark * questions // 100)


def shown_score(score: Decimal, maximum: Decimal, *, pass_mark: int, passed: bool) -> Decimal:
    """The score as it is shown. One that was rounded up to the pass mark without reaching it stays below."""
    return score if passed else min(score, pass_mark * maximum / 100 - Decimal("0.01"))


def percent_reached(score: Decimal, maximum: Decimal) -> int:
    """The shown score in whole percents, rounded down, so that it reaches a pass mark only if the score does."""
    return int(score * 100 // maximum)


# --- Attempts ----------------------------------------------------------------------------------------------------


def attempt_refusal(*, made: int, allowed: int) -> str | None:
    """Why no further attempt may begin (``attempts_exhausted``), or None. ``allowed`` 0 means as many as needed."""
    return "attempts_exhausted" if allowed and made >= allowed else None


def attempts_left(*, made: int, allowed: int) -> int | None:
    """How many attempts may still begin, or None when there is no limit."""
    return max(0, allowed - made) if allowed else None


def may_reveal(*, passed: bool, left: int | None, is_open: bool) -> bool:
    """Whether right answers and explanations may be seen: once the quiz is passed, or no attempt is left.

    Never while an attempt is open, for what is seen could be written into it.
    """
    return not is_open and (passed or left == 0)


def answer_refusal(kind: str, options: Collection[str], chosen: Collection[str]) -> str | None:
    """Why an answer cannot be kept (``unknown_option``, ``one_answer_only``), or None. An empty answer is fine."""
    if not set(chosen) <= set(options):
        return "unknown_option"
    if kind != Kind.MULTIPLE and len(set(chosen)) > 1:
        return "one_answer_only"
    return None


def shuffle(items: Sequence[T], seed: int | str) -> list[T]:
    """The items in an order that the seed alone decides."""
    order = list(items)
    random.Random(seed).shuffle(order)  # noqa: S311 - a fair order, not a secret
    return order


def order_options(kind: str, options: Sequence[T], seed: int | str) -> list[T]:
    """The options in the order shown. "True" and "false" keep their place: there the order tells nothing."""
    return list(options) if kind == Kind.TRUE_FALSE else shuffle(options, seed)


# --- A question and its frozen copy ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An answer option. ``key`` is the same in every language."""

    text: str
    correct: bool
    key: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question in one language. ``key`` is the same in every language."""

    key: str
    language: str
    kind: str
    prompt: str
    explanation: str
    options: tuple[OptionFacts, ...]


def freeze_question(source: QuestionFacts, twin: QuestionFacts | None, order: Sequence[str]) -> dict[str, Any]:
    """The copy of a question that an attempt keeps, its options in ``order`` (of their keys).

    What is right comes from the source; the words come from its twin in the person's language. A twin that is missing,
    or has not the very same options, is not used at all: a question in two languages helps nobody.
    """
    words = twin if twin and {o.key for o in twin.options} == {o.key for o in source.options} else source
    said = {option.key: option for option in words.options}
    right = {option.key: option.correct for option in source.options}
    return {
        "language": words.language,
        "kind": source.kind,
        "prompt": words.prompt,
        "explanation": words.explanation,
        "options": [
            {"key": key, "text": said[key].text, "correct": right[key], "feedback": said[key].feedback} for key in order
        ],
    }


# --- Drawing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a quiz: a fixed ``question``, or ``draw`` questions of a ``bank`` (with a ``tag``, if any)."""

    question: int | None = None
    bank: int | None = None
    tag: str = ""
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A published question that a quiz may ask."""

    id: int
    bank: int
    tag: str = ""


def draw_questions(parts: Sequence[Part], candidates: Sequence[Candidate], seed: int | str) -> list[int]:
    """The ids of the questions of one attempt, in the order of the parts, none of them twice.

    Fixed questions come first in choosing, then draws with a tag, then draws without: the choosier a draw, the earlier
    its turn, so that no draw takes what only another one could use. Questions that are not among the candidates (not
    published any more) are left out, and a pool that became too small gives what it has.
    """
    pool = sorted(candidates, key=lambda candidate: candidate.id)
    known = {candidate.id for candidate in pool}
    chosen: dict[int, list[int]] = {}
    taken: set[int] = set()
    for index, part in enumerate(parts):
        if part.question in known and part.question not in taken:
            chosen[index] = [part.question]
            taken.add(part.question)
    draws = [(index, part) for index, part in enumerate(parts) if part.question is None]
    for index, part in sorted(draws, key=lambda entry: (not entry[1].tag, entry[0])):
        free = [c.id for c in pool if c.id not in taken and _fits(c, part)]
        chosen[index] = shuffle(free, f"{seed}/{index}")[: part.draw]
        taken.update(chosen[index])
    return [question for index in sorted(chosen) for question in chosen[index]]


def _fits(candidate: Candidate, part: Part) -> bool:
    return candidate.bank == part.bank and part.tag in ("", candidate.tag)


# --- Publishing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something cannot be published: a stable code, and the place (counted from 1) where there is one."""

    code: str
    position: int | None = None


def question_problems(kind: str, prompt: str, explanation: str, options: Sequence[OptionFacts]) -> list[Problem]:
    """Why a question cannot be published; empty when it can."""
    problems = []
    if not prompt.strip():
        problems.append(Problem("prompt_missing"))
    if not explanation.strip():
        problems.append(Problem("explanation_missing"))
    right = sum(option.correct for option in options)
    if kind == Kind.TRUE_FALSE and len(options) != 2:
        problems.append(Problem("true_false_needs_two_options"))
    elif len(options) < 2:
        problems.append(Problem("too_few_options"))
    if kind != Kind.MULTIPLE and right != 1:
        problems.append(Problem("needs_exactly_one_correct"))
    if kind == Kind.MULTIPLE and not right:
        problems.append(Problem("needs_a_correct_option"))
    if kind == Kind.MULTIPLE and options and right == len(options):
        problems.append(Problem("needs_a_wrong_option"))
    seen: set[str] = set()
    for position, option in enumerate(options, start=1):
        text = " ".join(option.text.split()).casefold()
        if not text:
            problems.append(Problem("option_without_text", position))
        elif text in seen:
            problems.append(Problem("option_twice", position))
        seen.add(text)
    return problems


def question_warnings(kind: str, options: Sequence[OptionFacts]) -> list[Problem]:
    """What an editor should think about: ``right_answer_is_longest`` by so much that it gives itself away."""
    right = [len(option.text.strip()) for option in options if option.correct]
    wrong = [len(option.text.strip()) for option in options if not option.correct]
    if kind == Kind.TRUE_FALSE or not right or not wrong:
        return []
    telling = min(right) > TELLING_RATIO * max(wrong) and min(right) >= max(wrong) + TELLING_CHARACTERS
    return [Problem("right_answer_is_longest")] if telling else []


def twin_problems(source: Sequence[OptionFacts], twin: Sequence[OptionFacts]) -> list[Problem]:
    """Why a translation cannot be published: ``twin_differs``, in its answers or in which of them are right."""
    same = {option.key: option.correct for option in source} == {option.key: option.correct for option in twin}
    return [] if same else [Problem("twin_differs")]


def quiz_problems(
    parts: Sequence[Part], candidates: Sequence[Candidate], *, foreign: Collection[int] = ()
) -> list[Problem]:
    """Why a quiz cannot be published; empty when it can. ``candidates`` are the published questions it may ask.

    Codes: ``no_parts``, ``question_not_published``, ``question_twice``, ``draw_exceeds_pool``. The last one counts what
    the parts together take from a bank and from each tag of it, for no question comes twice in an attempt.
    ``foreign`` are the fixed questions that are not in the language of the quiz (``question_of_other_language``).
    """
    if not parts:
        return [Problem("no_parts")]
    problems = []
    pool = {candidate.id: candidate for candidate in candidates}
    fixed: set[int] = set()
    for position, part in enumerate(parts, start=1):
        if part.question is None:
            continue
        if part.question in foreign:
            problems.append(Problem("question_of_other_language", position))
        elif part.question not in pool:
            problems.append(Problem("question_not_published", position))
        elif part.question in fixed:
            problems.append(Problem("question_twice", position))
        fixed.add(part.question)
    free = [candidate for candidate in candidates if candidate.id not in fixed]
    by_tag: dict[tuple[int | None, str], int] = {}
    by_bank: dict[int | None, int] = {}
    draws = [(position, part) for position, part in enumerate(parts, start=1) if part.question is None]
    # Draws with a tag take from their bank first, as in draw_questions.
    for position, part in sorted(draws, key=lambda entry: (not entry[1].tag, entry[0])):
        by_bank[part.bank] = by_bank.get(part.bank, 0) + part.draw
        short = by_bank[part.bank] > sum(candidate.bank == part.bank for candidate in free)
        if part.tag:
            wanted = by_tag[part.bank, part.tag] = by_tag.get((part.bank, part.tag), 0) + part.draw
            short = short or wanted > sum(_fits(candidate, part) for candidate in free)
        if short:
            problems.append(Problem("draw_exceeds_pool", position))
    return sorted(problems, key=lambda problem: problem.position or 0)


# --- What is shown -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OptionShown:
    """An option of an open question: nothing in it tells whether it is right."""

    id: str
    text: str
    checked: bool


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question of an open attempt, without its right answers, feedback and explanation."""

    position: int
    prompt: str
    kind: str
    language: str
    options: tuple[OptionShown, ...]
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerState:
    """A question as the list of answers names it: whether it has one (in a word, too), which one, and since when."""

    position: int
    prompt: str
    kind: str
    language: str
    answered: bool
    saved_at: datetime | None
    state_word: str
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizIntro:
    """What a person should know before beginning, in their language."""

    quiz_id: int
    title: str
    question_count: int
    needed_text: str
    attempts_text: str
    attempts_made: int
    attempts_left: int | None
    open_number: int | None
    passed: bool
    available: bool


@dataclass(frozen=True, slots=True)
class OptionResult:
    """An option after sending, and what is said about it; the last right one carries the question's explanation."""

    text: str
    chosen: bool
    correct: bool
    feedback: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """A question after sending, with its points and its right answers; ``points_text`` only where it tells more."""

    position: int
    prompt: str
    kind: str
    language: str
    options: tuple[OptionResult, ...]
    answered: bool
    points: Decimal
    points_text: str


@dataclass(frozen=True, slots=True)
class Result:
    """A sent attempt: the score in words, what was needed, whether it is enough, and every question."""

    number: int
    submitted_at: datetime
    score: Decimal
    max_score: Decimal
    pass_mark: int
    passed: bool
    score_text: str
    needed_text: str
    items: tuple[ItemResult, ...]
