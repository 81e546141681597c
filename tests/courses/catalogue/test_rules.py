"""Planned minutes, words, fingerprints of outlines, what may be published."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import translation

from courses.catalogue import rules
from courses.catalogue.rules import DraftStep, StepFacts, StepKind
from courses.catalogue.wording import steps_in_words

A, B, M = UUID(int=1), UUID(int=2), UUID(int=9)
STEP = StepFacts(key=A, module_key=M, kind=StepKind.LESSON, target_id=1, required=True, minutes=5)


@pytest.mark.rule("catalogue-1")
@pytest.mark.parametrize(
    ("words", "questions", "minutes"),
    [(0, 0, 1), (10, 0, 1), (120, 0, 1), (179, 0, 1), (180, 0, 2), (600, 0, 5), (600, 1, 6), (659, 1, 6), (660, 1, 7)],
)
def test_a_lesson_takes_its_words_and_questions(words: int, questions: int, minutes: int) -> None:
    assert rules.lesson_minutes(words, questions) == minutes


@pytest.mark.rule("catalogue-2")
@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (6, 1), (60, 1), (61, 2), (270, 5), (300, 5)])
def test_a_film_takes_its_length(seconds: float, minutes: int) -> None:
    assert rules.film_minutes(seconds) == minutes


@pytest.mark.rule("catalogue-2")
@pytest.mark.parametrize(("questions", "minutes"), [(0, 1), (1, 1), (3, 3), (20, 20)])
def test_a_quiz_takes_a_minute_a_question(questions: int, minutes: int) -> None:
    assert rules.quiz_minutes(questions) == minutes


@pytest.mark.rule("catalogue-1")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", 0),
        ("<p>Dwa <b>słowa</b></p>", 2),
        ("raz – dwa", 2),
        ({"type": "text", "value": "<p>Jedno</p>", "id": "a b c"}, 1),
        ({"image": {"image": 3, "alt_text": "nie liczy się", "decorative": False}, "caption": "to się liczy"}, 3),
        ({"kind": "law", "as_of": "2026-11-24", "title": "Tytuł", "text": "<p>i treść</p>"}, 3),
        ([{"text": "a b", "correct": True, "feedback": "c"}, None, 7], 3),
    ],
)
def test_only_what_is_read_counts(content: object, words: int) -> None:
    assert rules.visible_words(content) == words


@pytest.mark.rule("catalogue-3")
@pytest.mark.parametrize(
    "changed",
    [
        replace(STEP, key=B),
        replace(STEP, module_key=B),
        replace(STEP, kind=StepKind.FILM),
        replace(STEP, target_id=2),
        replace(STEP, required=False),
        replace(STEP, minutes=6),
    ],
)
def test_every_goalpost_is_in_the_fingerprint(changed: StepFacts) -> None:
    before = rules.outline_hash([STEP], sequential=True)
    assert rules.outline_hash([changed], sequential=True) != before
    assert rules.outline_hash([STEP], sequential=False) != before
    assert rules.outline_hash([STEP], sequential=True) == before


@pytest.mark.rule("catalogue-3")
def test_order_is_in_the_fingerprint() -> None:
    other = replace(STEP, key=B)
    assert rules.outline_hash([STEP, other], sequential=True) != rules.outline_hash([other, STEP], sequential=True)


@pytest.mark.rule("catalogue-5")
@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        ([], ["no_required_step"]),
        ([(True, True)], []),
        ([(True, False)], ["no_required_step"]),
        ([(False, True)], ["step_without_target"]),
        ([(True, True), (False, False)], ["step_without_target"]),
        ([(False, False), (False, False)], ["step_without_target", "step_without_target", "no_required_step"]),
    ],
)
def test_what_may_not_be_published(steps: list[tuple[bool, bool]], codes: list[str]) -> None:
    drafts = [
        DraftStep(module_title="B1", position=place, has_target=target, required=required)
        for place, (target, required) in enumerate(steps, start=1)
    ]
    assert [code for code, _step in rules.publish_problems(drafts)] == codes


@pytest.mark.rule("catalogue-14")
@pytest.mark.parametrize("required", [True, False])
def test_a_step_to_something_unpublished_is_not_published(required: bool) -> None:
    draft = DraftStep("B1", 2, True, required, StepKind.QUIZ, "Quiz", target_is_live=False)
    whole = DraftStep("B1", 1, True, True)
    assert rules.publish_problems([whole, draft]) == [("target_not_published", draft)]


@pytest.mark.parametrize(
    ("before", "kind", "code"),
    [
        ([], StepKind.LESSON, "B1.1"),
        ([StepKind.LESSON], StepKind.FILM, "B1.2"),
        ([StepKind.LESSON, StepKind.QUIZ], StepKind.LESSON, "B1.2"),
        ([StepKind.LESSON], StepKind.QUIZ, ""),
    ],
)
def test_lessons_and_films_are_numbered(before: list[StepKind], kind: StepKind, code: str) -> None:
    assert rules.step_code("B1", before, kind) == code


def test_an_outline_finds_its_steps_and_sums_what_is_required() -> None:
    outline = rules.OutlineFacts(1, True, (STEP, replace(STEP, key=B, required=False, minutes=30)))
    assert outline.step(B) is not None
    assert outline.step(UUID(int=7)) is None
    assert outline.required_minutes == 5


@pytest.mark.rule("certificate-8")
@pytest.mark.parametrize(("minutes", "hours"), [(44, "0.9"), (45, "1.0"), (50, "1.1"), (134, "2.9"), (135, "3.0")])
def test_fractions_of_hours_are_rounded_down(minutes: int, hours: str) -> None:
    assert rules.fraction_of_hours(minutes, 45) == hours


@pytest.mark.parametrize(
    ("lessons", "films", "quizzes", "polish", "english"),
    [
        (4, 0, 1, "4 lekcje i quiz", "4 lessons and a quiz"),
        (5, 1, 1, "5 lekcji, film i quiz", "5 lessons, a film and a quiz"),
        (1, 2, 5, "1 lekcję, 2 filmy i 5 quizów", "1 lesson, 2 films and 5 quizzes"),
        (0, 5, 2, "5 filmów i 2 quizy", "5 films and 2 quizzes"),
        (0, 0, 1, "quiz", "a quiz"),
        (0, 0, 0, "", ""),
    ],
)
def test_what_a_module_holds_is_told_in_words(
    lessons: int, films: int, quizzes: int, polish: str, english: str
) -> None:
    kinds = [StepKind.QUIZ] * quizzes + [StepKind.LESSON] * lessons + [StepKind.FILM] * films
    for language, words in (("pl", polish), ("en", english)):
        with translation.override(language):
            assert steps_in_words(kinds).replace("\xa0", " ") == words
