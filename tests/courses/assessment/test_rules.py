from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.assessment import rules
from courses.assessment.rules import Candidate, OptionFacts, Part, Problem, QuestionFacts

KEYS = ("a", "b", "c", "d", "e")


@pytest.mark.rule("quiz-1")
@pytest.mark.parametrize("kind", ["single", "true_false"])
@pytest.mark.parametrize(
    ("chosen", "points"),
    [(["a"], 1), (["b"], 0), ([], 0), (["a", "b"], 0), (["a", "a"], 1)],
)
def test_one_right_answer_gives_all_or_nothing(kind: str, chosen: list[str], points: int) -> None:
    assert rules.grade_item(kind, KEYS, ["a"], chosen) == points


@pytest.mark.rule("quiz-2")
@pytest.mark.parametrize(
    ("correct", "chosen", "points"),
    [
        ("ab", "ab", Fraction(1)),
        ("ab", "a", Fraction(1, 2)),
        ("ab", "", Fraction(0)),
        ("ab", "c", Fraction(0)),
        ("ab", "ac", Fraction(1, 2) - Fraction(1, 3)),
        ("ab", "abc", Fraction(2, 3)),
        ("ab", "abcde", Fraction(0)),
        ("abc", "a", Fraction(1, 3)),
        ("abc", "ad", Fraction(0)),
        ("abcde", "abcde", Fraction(1)),
        ("", "a", Fraction(0)),
        ("", "", Fraction(0)),
    ],
)
def test_multiple_choice_gives_the_share_of_right_less_the_share_of_wrong(
    correct: str, chosen: str, points: Fraction
) -> None:
    assert rules.grade_item("multiple", KEYS, correct, chosen) == points


subsets = st.sets(st.sampled_from(KEYS))


@pytest.mark.rule("quiz-2")
@given(correct=subsets.filter(lambda keys: 0 < len(keys) < 5), chosen=subsets)
def test_grading_a_multiple_choice_keeps_its_promises(correct: set[str], chosen: set[str]) -> None:
    points = rules.grade_item("multiple", KEYS, correct, chosen)
    assert 0 <= points <= 1
    assert (points == 1) == (chosen == correct)
    # One more right option never lowers the points, one more wrong one never raises them.
    for key in set(KEYS) - chosen:
        more = rules.grade_item("multiple", KEYS, correct, chosen | {key})
        assert more >= points if key in correct else more <= points
    assert rules.grade_item("multiple", KEYS, correct, KEYS) == 0


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (Fraction(0), "0.00"),
        (Fraction(1), "1.00"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(1, 200), "0.01"),
        (Fraction(1, 8), "0.13"),
        (Fraction(59), "59.00"),
    ],
)
def test_points_are_shown_with_two_decimals_rounded_half_up(exact: Fraction, shown: str) -> None:
    assert str(rules.as_points(exact)) == shown


@pytest.mark.rule("quiz-3")
@pytest.mark.parametrize(
    ("score", "maximum", "mark", "enough"),
    [
        (Fraction(7), 10, 70, True),
        (Fraction(699, 100), 10, 70, False),
        (Fraction(6996, 1000), 10, 70, False),  # shown as 7.00, and still not reached
        (Fraction(1, 3) * 3, 1, 100, True),
        (Fraction(7) - Fraction(1, 10**12), 10, 70, True),  # lost to arithmetic only
        (Fraction(0), 10, 1, False),
        (Fraction(2), 3, 67, False),
        (Fraction(2), 3, 66, True),
    ],
)
def test_the_exact_score_is_held_against_the_pass_mark(score: Fraction, maximum: int, mark: int, enough: bool) -> None:
    assert rules.passed(score, Fraction(maximum), mark) is enough


@pytest.mark.rule("quiz-3")
@given(st.lists(st.fractions(0, 1, max_denominator=12), min_size=1, max_size=60), st.integers(1, 100))
def test_passing_is_monotonous_and_full_marks_always_pass(points: list[Fraction], mark: int) -> None:
    maximum = Fraction(len(points))
    assert rules.passed(maximum, maximum, mark)
    if rules.passed(sum(points, Fraction(0)), maximum, mark):
        assert rules.passed(maximum, maximum, mark)
        assert sum(points) * 100 >= mark * maximum - Fraction(1, 10**8)


@pytest.mark.rule("quiz-22")
@pytest.mark.parametrize(
    ("questions", "mark", "needed"), [(3, 70, 3), (3, 66, 2), (4, 75, 3), (10, 70, 7), (1, 1, 1), (60, 80, 48)]
)
def test_needed_points_are_rounded_up(questions: int, mark: int, needed: int) -> None:
    assert rules.points_needed(questions, mark) == needed
    assert rules.passed(Fraction(needed), Fraction(questions), mark)
    assert not rules.passed(Fraction(needed - 1), Fraction(questions), mark)


@pytest.mark.rule("quiz-22", "quiz-3")
@given(points=st.lists(st.fractions(0, 1, max_denominator=30), min_size=1, max_size=12), mark=st.integers(1, 100))
def test_the_score_shown_never_contradicts_the_pass_mark(points: list[Fraction], mark: int) -> None:
    total, maximum = sum(points, Fraction(0)), Decimal(len(points))
    passed = rules.passed(total, Fraction(maximum), mark)
    shown = rules.shown_score(rules.as_points(total), maximum, pass_mark=mark, passed=passed)
    assert (shown >= mark * maximum / 100) is passed
    assert (rules.percent_reached(shown, maximum) >= mark) is passed
    assert abs(Fraction(shown) - total) <= Fraction(1, 100)


@pytest.mark.rule("quiz-4")
@pytest.mark.parametrize(
    ("made", "allowed", "code", "left"),
    [
        (0, 0, None, None),
        (99, 0, None, None),
        (0, 2, None, 2),
        (1, 2, None, 1),
        (2, 2, "attempts_exhausted", 0),
        (3, 2, "attempts_exhausted", 0),
    ],
)
def test_attempts_are_limited_unless_zero_are_allowed(
    made: int, allowed: int, code: str | None, left: int | None
) -> None:
    assert rules.attempt_refusal(made=made, allowed=allowed) == code
    assert rules.attempts_left(made=made, allowed=allowed) == left


@pytest.mark.rule("quiz-8")
@pytest.mark.parametrize(
    ("kind", "chosen", "code"),
    [
        ("single", ["a"], None),
        ("single", [], None),
        ("single", ["a", "a"], None),
        ("single", ["a", "b"], "one_answer_only"),
        ("true_false", ["a", "b"], "one_answer_only"),
        ("multiple", ["a", "b"], None),
        ("multiple", ["a", "x"], "unknown_option"),
        ("single", ["\x00"], "unknown_option"),
        ("single", ["a", "x"], "unknown_option"),
    ],
)
def test_an_answer_is_of_the_questions_own_options(kind: str, chosen: list[str], code: str | None) -> None:
    assert rules.answer_refusal(kind, KEYS, chosen) == code


@pytest.mark.rule("quiz-6")
@given(st.lists(st.integers(), max_size=20), st.integers(0, 2**64))
def test_shuffling_keeps_everything_and_is_decided_by_the_seed(items: list[int], seed: int) -> None:
    first = rules.shuffle(items, seed)
    assert first == rules.shuffle(items, seed)
    assert Counter(first) == Counter(items)


@pytest.mark.rule("quiz-6")
def test_the_right_option_has_no_fixed_place() -> None:
    places = Counter(rules.order_options("single", KEYS, f"{seed}/options/1").index("a") for seed in range(200))
    assert len(places) == 5
    assert max(places.values()) < 80


@pytest.mark.rule("quiz-6")
def test_true_and_false_keep_their_order() -> None:
    assert all(rules.order_options("true_false", ["t", "f"], seed) == ["t", "f"] for seed in range(50))


# --- Drawing -----------------------------------------------------------------------------------------------------

tags = st.sampled_from(["", "x", "y"])
pools = st.lists(st.tuples(st.integers(1, 2), tags), max_size=14).map(
    lambda rows: [Candidate(id=place, bank=bank, tag=tag) for place, (bank, tag) in enumerate(rows, start=1)]
)
parts_of_a_quiz = st.lists(
    st.one_of(
        st.integers(1, 14).map(lambda question: Part(question=question)),
        st.builds(
            lambda bank, tag, draw: Part(bank=bank, tag=tag, draw=draw), st.integers(1, 2), tags, st.integers(1, 5)
        ),
    ),
    max_size=6,
)


@pytest.mark.rule("quiz-5", "quiz-13")
@given(parts_of_a_quiz, pools, st.integers(0, 2**64))
def test_a_quiz_without_problems_draws_as_many_as_it_says_and_none_twice(
    parts: list[Part], pool: list[Candidate], seed: int
) -> None:
    drawn = rules.draw_questions(parts, pool, seed)
    assert drawn == rules.draw_questions(parts, list(reversed(pool)), seed)
    assert len(drawn) == len(set(drawn))
    assert set(drawn) <= {candidate.id for candidate in pool}
    wanted = sum(part.draw or 1 for part in parts)
    assert len(drawn) <= wanted
    if not rules.quiz_problems(parts, pool):
        assert len(drawn) == wanted


@pytest.mark.rule("quiz-5")
def test_drawn_questions_stand_where_their_part_stands() -> None:
    pool = [Candidate(1, 1), Candidate(2, 1, "x"), Candidate(3, 2)]
    assert rules.draw_questions([Part(bank=1, tag="x", draw=1), Part(question=3), Part(question=1)], pool, 7) == [
        2,
        3,
        1,
    ]


@pytest.mark.rule("quiz-5")
def test_a_draw_from_the_whole_bank_leaves_the_tagged_ones_to_who_needs_them() -> None:
    pool = [Candidate(1, 1), Candidate(2, 1, "x")]
    for seed in range(30):
        assert rules.draw_questions([Part(bank=1, draw=1), Part(bank=1, tag="x", draw=1)], pool, seed) == [1, 2]


# --- Publishing --------------------------------------------------------------------------------------------------


def options(*marks: bool) -> list[OptionFacts]:
    return [OptionFacts(text=f"Odpowiedź {place}", correct=mark) for place, mark in enumerate(marks)]


@pytest.mark.rule("quiz-12")
@pytest.mark.parametrize(
    ("kind", "marks", "codes"),
    [
        ("single", (True, False), []),
        ("single", (True, False, False, False), []),
        ("single", (True,), ["too_few_options"]),
        ("single", (), ["too_few_options", "needs_exactly_one_correct"]),
        ("single", (False, False), ["needs_exactly_one_correct"]),
        ("single", (True, True, False), ["needs_exactly_one_correct"]),
        ("multiple", (True, True, False), []),
        ("multiple", (True, False), []),
        ("multiple", (False, False), ["needs_a_correct_option"]),
        ("multiple", (True, True), ["needs_a_wrong_option"]),
        ("multiple", (), ["too_few_options", "needs_a_correct_option"]),
        ("true_false", (True, False), []),
        ("true_false", (False, True), []),
        ("true_false", (True, False, False), ["true_false_needs_two_options"]),
        ("true_false", (True, True), ["needs_exactly_one_correct"]),
        ("true_false", (), ["true_false_needs_two_options", "needs_exactly_one_correct"]),
    ],
)
def test_a_question_needs_options_that_fit_its_kind(kind: str, marks: tuple[bool, ...], codes: list[str]) -> None:
    assert [p.code for p in rules.question_problems(kind, "Pytanie?", "Bo tak.", options(*marks))] == codes


@pytest.mark.rule("quiz-12")
def test_a_question_needs_words() -> None:
    assert rules.question_problems("single", " ", "\n", options(True, False)) == [
        Problem("prompt_missing"),
        Problem("explanation_missing"),
    ]
    texts = [OptionFacts("Tak", True), OptionFacts(" tak ", False), OptionFacts(" ", False)]
    assert rules.question_problems("single", "P?", "W.", texts) == [
        Problem("option_twice", 2),
        Problem("option_without_text", 3),
    ]


@pytest.mark.rule("quiz-14")
@pytest.mark.parametrize(
    ("kind", "right", "wrong", "warned"),
    [
        ("single", 80, 30, True),
        ("single", 46, 30, False),
        ("single", 30, 10, True),
        ("single", 29, 10, False),
        ("single", 30, 80, False),
        ("true_false", 80, 30, False),
    ],
)
def test_a_right_answer_that_is_the_longest_by_far_is_remarked(kind: str, right: int, wrong: int, warned: bool) -> None:
    texts = [OptionFacts("w" * wrong, False), OptionFacts("r" * right, True), OptionFacts("w" * (wrong - 1), False)]
    assert bool(rules.question_warnings(kind, texts)) is warned


def test_nothing_is_remarked_where_nothing_can_be_compared() -> None:
    assert rules.question_warnings("single", []) == []
    assert rules.question_warnings("multiple", options(True, True)) == []


@pytest.mark.rule("quiz-13")
@pytest.mark.parametrize(
    ("parts", "problems"),
    [
        ([], [Problem("no_parts")]),
        ([Part(question=1), Part(question=2)], []),
        ([Part(question=1), Part(question=1)], [Problem("question_twice", 2)]),
        ([Part(question=9)], [Problem("question_not_published", 1)]),
        ([Part(question=8)], [Problem("question_of_other_language", 1)]),
        ([Part(bank=1, draw=4)], []),
        ([Part(bank=1, draw=5)], [Problem("draw_exceeds_pool", 1)]),
        ([Part(bank=1, draw=3), Part(question=1)], []),
        ([Part(question=1), Part(bank=1, draw=4)], [Problem("draw_exceeds_pool", 2)]),
        ([Part(bank=1, tag="x", draw=2)], []),
        ([Part(bank=1, tag="x", draw=3)], [Problem("draw_exceeds_pool", 1)]),
        ([Part(bank=1, tag="x", draw=2), Part(bank=1, draw=2)], []),
        ([Part(bank=1, draw=3), Part(bank=1, tag="x", draw=2)], [Problem("draw_exceeds_pool", 1)]),
        ([Part(bank=1, tag="x", draw=1), Part(bank=1, tag="x", draw=2)], [Problem("draw_exceeds_pool", 2)]),
        ([Part(bank=3, draw=1)], [Problem("draw_exceeds_pool", 1)]),
    ],
)
def test_a_quiz_needs_parts_that_its_banks_can_fill(parts: list[Part], problems: list[Problem]) -> None:
    pool = [Candidate(1, 1), Candidate(2, 1), Candidate(3, 1, "x"), Candidate(4, 1, "x"), Candidate(5, 2)]
    assert rules.quiz_problems(parts, pool, foreign={8}) == problems


@pytest.mark.rule("quiz-15")
def test_a_translation_has_the_answers_of_its_source() -> None:
    source = [OptionFacts("Tak", True, "1"), OptionFacts("Nie", False, "2")]
    assert rules.twin_problems(source, [OptionFacts("No", False, "2"), OptionFacts("Yes", True, "1")]) == []
    for twin in (
        [OptionFacts("Yes", True, "1")],
        [OptionFacts("Yes", True, "1"), OptionFacts("No", False, "3")],
        [OptionFacts("Yes", False, "1"), OptionFacts("No", True, "2")],
    ):
        assert rules.twin_problems(source, twin) == [Problem("twin_differs")]


# --- The frozen copy -------------------------------------------------------------------------------------------


def facts(language: str, *texts: tuple[str, str, bool]) -> QuestionFacts:
    made = tuple(OptionFacts(text, correct, key, f"o {text}") for key, text, correct in texts)
    return QuestionFacts("k", language, "single", f"P {language}?", f"W {language}.", made)


@pytest.mark.rule("quiz-7", "quiz-16")
def test_the_frozen_copy_takes_words_from_the_twin_and_the_right_answer_from_the_source() -> None:
    source = facts("pl", ("1", "Tak", True), ("2", "Nie", False))
    twin = facts("en", ("1", "Yes", False), ("2", "No", True))
    assert rules.freeze_question(source, twin, ["2", "1"]) == {
        "language": "en",
        "kind": "single",
        "prompt": "P en?",
        "explanation": "W en.",
        "options": [
            {"key": "2", "text": "No", "correct": False, "feedback": "o No"},
            {"key": "1", "text": "Yes", "correct": True, "feedback": "o Yes"},
        ],
    }


@pytest.mark.rule("quiz-16")
@pytest.mark.parametrize(
    "twin", [None, facts("en", ("1", "Yes", True)), facts("en", ("1", "Yes", True), ("3", "No", False))]
)
def test_a_twin_that_is_missing_or_incomplete_is_not_used_at_all(twin: QuestionFacts | None) -> None:
    frozen = rules.freeze_question(facts("pl", ("1", "Tak", True), ("2", "Nie", False)), twin, ["1", "2"])
    assert frozen["language"] == "pl"
    assert [option["text"] for option in frozen["options"]] == ["Tak", "Nie"]


@pytest.mark.rule("quiz-21")
@pytest.mark.parametrize(
    ("passed", "left", "is_open", "reveal"),
    [
        (True, None, False, True),
        (True, 2, False, True),
        (False, None, False, False),
        (False, 1, False, False),
        (False, 0, False, True),
        (False, 0, True, False),
        (True, None, True, False),
    ],
)
def test_what_is_right_is_revealed_at_the_end(passed: bool, left: int | None, is_open: bool, reveal: bool) -> None:
    assert rules.may_reveal(passed=passed, left=left, is_open=is_open) is reveal
