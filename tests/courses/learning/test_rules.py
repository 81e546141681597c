"""What is open, done and counted."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.rules import OutlineFacts, StepFacts, StepKind
from courses.learning import rules
from courses.learning.rules import StepState

KEYS = [UUID(int=n) for n in range(1, 6)]
MODULE = UUID(int=99)


def outline(required: str = "rrr", *, sequential: bool = True, minutes: int = 10) -> OutlineFacts:
    """An outline with one step per letter: r is required, o optional."""
    return OutlineFacts(
        version_id=1,
        sequential=sequential,
        steps=tuple(
            StepFacts(KEYS[n], MODULE, StepKind.LESSON, n, letter == "r", minutes) for n, letter in enumerate(required)
        ),
    )


@pytest.mark.rule("progress-1", "progress-2")
@pytest.mark.parametrize(
    ("steps", "sequential", "done", "asked", "first"),
    [
        ("rrr", True, "", 0, None),
        ("rrr", True, "", 1, 0),
        ("rrr", True, "", 2, 0),
        ("rrr", True, "0", 1, None),
        ("rrr", True, "0", 2, 1),
        ("rrr", True, "2", 2, None),
        ("ror", True, "0", 2, None),
        ("orr", True, "", 1, None),
        ("rrr", False, "", 2, None),
    ],
)
def test_steps_open_in_order(steps: str, sequential: bool, done: str, asked: int, first: int | None) -> None:
    lock = rules.lock_of(outline(steps, sequential=sequential), {KEYS[int(n)] for n in done}, KEYS[asked])
    assert (lock.first.key if lock else None) == (KEYS[first] if first is not None else None)


@pytest.mark.rule("progress-2")
@pytest.mark.parametrize(
    ("done", "asked", "first", "before"),
    [
        ("", 1, 0, None),
        ("", 2, 0, 1),
        ("", 3, 0, 1),
        ("", 4, 0, 3),
        ("0", 2, 1, 1),
        ("0", 4, 1, 3),
        ("1", 2, 0, 0),
        ("01", 3, 2, None),
        ("01", 4, 2, 3),
        ("03", 4, 1, 2),
        ("23", 4, 0, 1),
        ("012", 4, 3, 3),
    ],
)
def test_a_lock_tells_after_which_module_it_opens(done: str, asked: int, first: int, before: int | None) -> None:
    """Three modules: two steps, two steps, one."""
    facts = outline("rrrrr")
    steps = tuple(replace(step, module_key=UUID(int=90 + n // 2)) for n, step in enumerate(facts.steps))
    finished = {KEYS[int(n)] for n in done}
    lock = rules.lock_of(replace(facts, steps=steps), finished, KEYS[asked])
    assert lock == rules.Lock(steps[first], None if before is None else steps[before])
    for key in KEYS:
        opened = rules.lock_of(replace(facts, steps=steps), finished | {key}, KEYS[asked]) is None
        assert lock.ends_with(key) == (opened and key != KEYS[asked])


def test_a_key_of_another_outline_is_locked_by_nothing_here() -> None:
    assert rules.lock_of(outline("o"), set(), UUID(int=50)) is None


@pytest.mark.parametrize(
    ("done", "asked", "current", "state"),
    [
        ("0", 0, 0, StepState.DONE),
        ("", 0, 0, StepState.NOW),
        ("", 0, None, StepState.TODO),
        ("", 1, 1, StepState.LOCKED),
        ("0", 1, None, StepState.TODO),
    ],
)
def test_each_step_has_one_state(done: str, asked: int, current: int | None, state: StepState) -> None:
    finished = {KEYS[int(n)] for n in done}
    found = rules.state_of(
        KEYS[asked],
        done=finished,
        locks=rules.locks_of(outline(), finished),
        current=KEYS[current] if current is not None else None,
    )
    assert found is state


@pytest.mark.rule("progress-3", "progress-4")
@pytest.mark.parametrize(
    ("steps", "done", "complete", "percent", "left"),
    [
        ("rrr", "", False, 0, 30),
        ("rrr", "0", False, 33, 20),
        ("rrr", "01", False, 66, 10),
        ("rrr", "012", True, 100, 0),
        ("ror", "02", True, 100, 0),
        ("ror", "01", False, 50, 10),
        ("oo", "01", False, 0, 0),
        ("", "", False, 0, 0),
    ],
)
def test_completion_and_percent(steps: str, done: str, complete: bool, percent: int, left: int) -> None:
    facts, keys = outline(steps), {KEYS[int(n)] for n in done}
    assert rules.is_complete(facts, keys) is complete
    assert rules.progress_percent(facts, keys) == percent
    assert rules.minutes_left(facts.steps, keys) == left


@pytest.mark.rule("progress-4")
def test_a_hundred_is_never_rounded_up_to() -> None:
    steps = (
        StepFacts(KEYS[0], MODULE, StepKind.LESSON, 0, True, 9_999),
        StepFacts(KEYS[1], MODULE, StepKind.LESSON, 1, True, 1),
    )
    assert rules.progress_percent(OutlineFacts(1, True, steps), {KEYS[0]}) == 99


@pytest.mark.rule("progress-5")
@pytest.mark.parametrize(
    ("steps", "done", "last", "goes_on"),
    [
        ("rrr", "", None, 0),
        ("rrr", "0", 0, 1),
        ("rrr", "0", 1, 1),
        ("rrr", "", 2, 0),
        ("rro", "0", 2, 1),
        ("rro", "01", None, 2),
        ("rro", "012", None, None),
        ("orr", "", None, 1),
    ],
)
def test_where_one_goes_on(steps: str, done: str, last: int | None, goes_on: int | None) -> None:
    key = rules.resume_key(outline(steps), {KEYS[int(n)] for n in done}, KEYS[last] if last is not None else None)
    assert key == (KEYS[goes_on] if goes_on is not None else None)


@pytest.mark.rule("progress-5")
@given(
    required=st.text("ro", min_size=1, max_size=5),
    done=st.sets(st.sampled_from(KEYS)),
    last=st.sampled_from([None, *KEYS]),
    sequential=st.booleans(),
)
def test_nobody_is_led_to_a_locked_or_done_step(
    required: str, done: set[UUID], last: UUID | None, sequential: bool
) -> None:
    facts = outline(required, sequential=sequential)
    key = rules.resume_key(facts, done, last)
    if key is None:
        assert all(step.key in done for step in facts.steps)
    else:
        assert key not in done
        assert rules.lock_of(facts, done, key) is None


def test_neighbours_are_named() -> None:
    facts = outline()
    assert rules.neighbours(facts, KEYS[0]) == (None, facts.steps[1])
    assert rules.neighbours(facts, KEYS[1]) == (facts.steps[0], facts.steps[2])
    assert rules.neighbours(facts, KEYS[2]) == (facts.steps[1], None)
    assert rules.neighbours(facts, UUID(int=50)) == (None, None)


@pytest.mark.rule("progress-7")
@pytest.mark.parametrize(
    ("intervals", "percent", "enough"),
    [
        ([], 0, False),
        ([[0, 50]], 50, False),
        ([[0, 50], [0, 50]], 50, False),
        ([[0, 30], [20, 50]], 50, False),
        ([[0, 89]], 89, False),
        ([[0, 89.5]], 90, True),
        ([[0, 90]], 90, True),
        ([[10, 100]], 90, True),
        ([[0, 500]], 100, True),
        ([[200, 300]], 0, False),
    ],
)
def test_a_film_counts_its_union(intervals: list[list[float]], percent: int, enough: bool) -> None:
    total = rules.coverage(intervals, 100)
    assert (total.percent, total.is_enough) == (percent, enough)


def test_a_film_without_length_counts_nothing() -> None:
    assert rules.coverage([[0, 10]], 0).percent == 0


@pytest.mark.rule("progress-7")
@given(st.lists(st.tuples(st.floats(0, 120), st.floats(0, 120)), max_size=8), st.randoms())
def test_order_and_repeats_never_change_coverage(pairs: list[tuple[float, float]], dice) -> None:
    shuffled = [*pairs, *pairs]
    dice.shuffle(shuffled)
    assert rules.coverage(shuffled, 100) == rules.coverage(pairs, 100)
    assert rules.coverage(pairs, 100).seconds <= 100


@pytest.mark.rule("progress-8")
@pytest.mark.parametrize(
    ("reported", "passed", "plausible"),
    [
        ([[0, 12]], 12, True),
        ([[0, 24]], 12, True),
        ([[0, 31]], 12, True),
        ([[0, 32]], 12, False),
        ([[0, 5]], 0, True),
        ([[0, 5]], -100, True),
        ([[0, 6]], 0, False),
        ([[0, 270]], 60, False),
        ([[0, 10], [0, 10], [5, 10]], 5, True),
    ],
)
def test_nobody_plays_faster_than_double(reported: list[list[float]], passed: float, plausible: bool) -> None:
    assert rules.report_is_plausible(reported, seconds_since_last=passed) is plausible


@pytest.mark.rule("progress-9")
@pytest.mark.parametrize(
    ("words", "film", "seconds"), [(400, 270, 60), (40, 270, 6), (4000, 270, 162), (20, 6, 3), (0, 6, 0)]
)
def test_reading_takes_its_time(words: int, film: float, seconds: int) -> None:
    assert rules.transcript_seconds(words, film) == seconds


@pytest.mark.rule("progress-15")
@pytest.mark.parametrize(("stopped", "goes_on"), [(0, 0), (2, 0), (3, 0), (63.5, 60.5)])
def test_a_film_goes_on_a_little_before(stopped: float, goes_on: float) -> None:
    assert rules.resume_position(stopped) == goes_on
