"""Rules of the catalogue: planned minutes, what an outline demands, what may be published. Pure: no Django."""

import hashlib
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

WORDS_PER_MINUTE = 120
MINUTES_PER_QUESTION = 1


class StepKind(StrEnum):
    """What a step leads to."""

    LESSON = "lesson"
    FILM = "film"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of an outline as plain facts; ``target_id`` is the id of its lesson, film or quiz."""

    key: UUID
    module_key: UUID
    kind: StepKind
    target_id: int
    required: bool
    minutes: int


@dataclass(frozen=True, slots=True)
class OutlineFacts:
    """A frozen outline: its steps in order, and whether they open in that order."""

    version_id: int
    sequential: bool
    steps: tuple[StepFacts, ...]

    def step(self, key: UUID) -> StepFacts | None:
        """The step with this key, or None when the outline has none."""
        return next((step for step in self.steps if step.key == key), None)

    @property
    def required_minutes(self) -> int:
        """Planned minutes of all required steps: what a certificate may claim, and no more."""
        return sum(step.minutes for step in self.steps if step.required)


def lesson_minutes(words: int, questions: int) -> int:
    """Planned minutes of a lesson: 120 words a minute, one minute for each question, rounded half up; at least one."""
    return max(1, math.floor(words / WORDS_PER_MINUTE + questions * MINUTES_PER_QUESTION + 0.5))


def film_minutes(seconds: float) -> int:
    """Planned minutes of a film: its length, rounded up; at least one."""
    return max(1, math.ceil(seconds / 60))


def quiz_minutes(questions: int) -> int:
    """Planned minutes of a quiz: one for each question; at least one."""
    return max(1, questions * MINUTES_PER_QUESTION)


def fraction_of_hours(minutes: int, length: int) -> str:
    """Hours with one decimal place, rounded down: never more is told than there is."""
    tenths = minutes * 10 // length
    return f"{tenths // 10}.{tenths % 10}"


_NOT_READ = frozenset(
    {"id", "type", "kind", "as_of", "image", "narrow", "film", "document", "alt_text", "decorative", "correct"}
)
_TAG = re.compile(r"<[^>]+>")


def visible_words(content: object) -> int:
    """How many words of a lesson's stored content a reader sees; alternative texts of pictures are not counted.

    ``content`` is the stored form of a StreamField: lists, dicts and texts, rich text as HTML.
    """
    if isinstance(content, str):
        return len(_TAG.sub(" ", content).replace("–", " ").split())
    if isinstance(content, dict):
        return sum(visible_words(value) for name, value in content.items() if name not in _NOT_READ)
    if isinstance(content, list | tuple):
        return sum(visible_words(value) for value in content)
    return 0


def step_code(module_code: str, kinds_before: Sequence[StepKind], kind: StepKind) -> str:
    """The short code of a step: lessons and films count within their module (``B1.2``); a quiz has none."""
    if kind is StepKind.QUIZ:
        return ""
    return f"{module_code}.{sum(1 for k in kinds_before if k is not StepKind.QUIZ) + 1}"


def outline_hash(steps: Sequence[StepFacts], *, sequential: bool) -> str:
    """A fingerprint of what an outline demands: equal exactly when nothing that a learner is held to has changed."""
    rows = [[str(s.key), str(s.module_key), s.kind.value, s.target_id, s.required, s.minutes] for s in steps]
    return hashlib.sha256(json.dumps([sequential, rows]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step as an editor left it: whether its lesson, film or quiz was chosen, which one, and if it is published."""

    module_title: str
    position: int
    has_target: bool
    required: bool
    kind: StepKind = StepKind.LESSON
    target_title: str = ""
    target_is_live: bool = True


def publish_problems(steps: Sequence[DraftStep]) -> list[tuple[str, DraftStep | None]]:
    """Why a course cannot be published, in the order of its steps.

    Codes ``step_without_target`` and ``target_not_published``, with the step, and ``no_required_step``. An optional
    step is held to the same: to whoever learns it would be a row that leads nowhere.
    """
    problems: list[tuple[str, DraftStep | None]] = []
    for step in steps:
        if not step.has_target:
            problems.append(("step_without_target", step))
        elif not step.target_is_live:
            problems.append(("target_not_published", step))
    if not any(step.required for step in steps):
        problems.append(("no_required_step", None))
    return problems
