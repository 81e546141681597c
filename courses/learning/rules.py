"""Rules of learning: what is open, what is done, where one goes on, what a played film counts. Pure."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from courses.catalogue.rules import OutlineFacts, StepFacts
from media.rules import covered_seconds, merge_intervals

FILM_NEEDED_PERCENT = 90
"""How much of a film must have been played."""
MAX_PLAYBACK_RATE = 2.0
RATE_TOLERANCE = 1.1
REPORT_SLACK_SECONDS = 5.0
"""What a report may claim beyond the time that passed: a report on its way, rounding, a clock."""
TRANSCRIPT_WORDS_PER_MINUTE = 400
TRANSCRIPT_MOST_OF_FILM = 0.6
RESUME_STEP_BACK_SECONDS = 3.0


class StepState(StrEnum):
    """How a step stands for a learner."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Lock:
    """Why a step is not open yet: the required step that comes first, and how far the modules before it are to be done.

    ``before`` is the last step still required in an earlier module; None where only the step's own module closes it.
    """

    first: StepFacts
    before: StepFacts | None = None

    def ends_with(self, key: UUID) -> bool:
        """Whether nothing but the step ``key`` is missing."""
        return self.first.key == key and self.before in (None, self.first)


def locks_of(outline: OutlineFacts, done: Collection[UUID]) -> dict[UUID, Lock]:
    """What keeps each closed step closed; an open step is not in it.

    Where the course goes in order, every required step before it must be done. A step that is done stays open.
    """
    locks: dict[UUID, Lock] = {}
    first: StepFacts | None = None
    last: StepFacts | None = None
    lock: Lock | None = None
    module: UUID | None = None
    for step in outline.steps if outline.sequential else ():
        if step.module_key != module:
            module, lock = step.module_key, Lock(first, last) if first else None
        if step.key in done:
            continue
        if lock is not None:
            locks[step.key] = lock
        if step.required:
            first, last = first or step, step
            lock = lock or Lock(first)
    return locks


def lock_of(outline: OutlineFacts, done: Collection[UUID], key: UUID) -> Lock | None:
    """What keeps the step ``key`` closed, or None when it is open."""
    return locks_of(outline, done).get(key)


def state_of(key: UUID, *, done: Collection[UUID], locks: Mapping[UUID, Lock], current: UUID | None) -> StepState:
    """The one state of a step. Done stays done where one stands, too: which step is current is told apart from it."""
    if key in done:
        return StepState.DONE
    if key in locks:
        return StepState.LOCKED
    return StepState.NOW if key == current else StepState.TODO


def is_complete(outline: OutlineFacts, done: Collection[UUID]) -> bool:
    """A course is completed when all its required steps are done; one without required steps never is."""
    required = [step for step in outline.steps if step.required]
    return bool(required) and all(step.key in done for step in required)


def progress_percent(outline: OutlineFacts, done: Collection[UUID]) -> int:
    """Planned minutes of done required steps in percent of all required ones. 100 exactly when completed."""
    total = outline.required_minutes
    if is_complete(outline, done):
        return 100
    if not total:
        return 0
    earned = sum(step.minutes for step in outline.steps if step.required and step.key in done)
    return min(99, math.floor(100 * earned / total))


def minutes_left(steps: Iterable[StepFacts], done: Collection[UUID]) -> int:
    """Planned minutes of the required steps that are not done."""
    return sum(step.minutes for step in steps if step.required and step.key not in done)


def resume_key(outline: OutlineFacts, done: Collection[UUID], last_visited: UUID | None) -> UUID | None:
    """Where a learner goes on, never a locked step.

    First the step visited last, while it is open, required and not done; then the first open required one that is not
    done; then the first open optional one; None when nothing is left.
    """

    locks = locks_of(outline, done)

    def is_open(step: StepFacts) -> bool:
        return step.key not in done and step.key not in locks

    last = outline.step(last_visited) if last_visited else None
    if last is not None and last.required and is_open(last):
        return last.key
    for wanted in (True, False):
        for step in outline.steps:
            if step.required is wanted and is_open(step):
                return step.key
    return None


def neighbours(outline: OutlineFacts, key: UUID) -> tuple[StepFacts | None, StepFacts | None]:
    """The step before and the step after ``key``."""
    keys = [step.key for step in outline.steps]
    if key not in keys:
        return None, None
    index = keys.index(key)
    before = outline.steps[index - 1] if index else None
    after = outline.steps[index + 1] if index + 1 < len(keys) else None
    return before, after


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a film has been played: its union of intervals in seconds, their sum, and the percent of the film."""

    intervals: list[list[float]]
    seconds: float
    percent: int

    @property
    def is_enough(self) -> bool:
        return self.percent >= FILM_NEEDED_PERCENT


def coverage(intervals: Sequence[Sequence[float]], duration: float) -> Coverage:
    """The coverage of a film of ``duration`` seconds. Watching twice and seeking add nothing."""
    merged = [[max(0.0, start), min(end, duration)] for start, end in merge_intervals(intervals) if start < duration]
    seconds = covered_seconds(merged)
    # A film's last frames are often never reported: rounding up by half a second forgives them.
    percent = min(100, math.floor(100 * (seconds + 0.5) / duration)) if duration > 0 else 0
    return Coverage(intervals=[list(pair) for pair in merged], seconds=seconds, percent=percent)


def report_is_plausible(reported: Sequence[Sequence[float]], *, seconds_since_last: float) -> bool:
    """Whether so much film can have been played in the time that passed: at most at double speed, and a little more."""
    length = covered_seconds(merge_intervals(reported))
    return length <= max(0.0, seconds_since_last) * MAX_PLAYBACK_RATE * RATE_TOLERANCE + REPORT_SLACK_SECONDS


def transcript_seconds(words: int, film_seconds: float) -> int:
    """The least time for which a transcript must have been open: 400 words a minute, never above 60 % of the film."""
    return math.ceil(min(60 * words / TRANSCRIPT_WORDS_PER_MINUTE, TRANSCRIPT_MOST_OF_FILM * film_seconds))


def resume_position(position: float) -> float:
    """Where a film goes on: a little before the place where it stopped."""
    return max(0.0, position - RESUME_STEP_BACK_SECONDS)
