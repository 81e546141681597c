"""The loader of demonstration quizzes, and the quizzes themselves: they must hold what editors are held to."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from wagtail.models import Revision

from cms.accounts.models import Person
from courses.assessment import actions, queries, rules
from courses.assessment.demo import build_quiz
from courses.assessment.models import AnswerOption, Question, QuestionBank, Quiz, QuizPart
from tests.factories.assessment import NOON, locale, right_keys

COURSE = Path(settings.BASE_DIR) / "courses" / "catalogue" / "demo" / "course_b"
FILES = sorted(COURSE.glob("*-quiz.*.yaml"))


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def spec(title: str = "Quiz próbny", **question: Any) -> dict[str, Any]:
    options = [
        {"text": "Tak", "correct": True, "feedback": "Dobrze."},
        {"text": "Nie", "correct": False, "feedback": "Źle."},
    ]
    first = {"key": "t-q1", "kind": "single", "prompt": "Czy?", "explanation": "Bo tak.", "options": options} | question
    second = copy.deepcopy(first) | {"key": "t-q2", "prompt": "A czy?"}
    return {"title": title, "pass_mark": 70, "attempts": 0, "questions": [first, second]}


def english() -> dict[str, Any]:
    options = [
        {"text": "Yes", "correct": True, "feedback": "Good."},
        {"text": "No", "correct": False, "feedback": "Bad."},
    ]
    made = spec("A quiz", prompt="Is it?", explanation="It is.", options=options)
    made["questions"][1] |= {"prompt": "And is it?"}
    return made


@pytest.fixture(autouse=True)
def _locales(db: None) -> None:
    locale("pl")
    locale("en")


def everything() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values()) for model in (QuestionBank, Question, AnswerOption, Quiz, QuizPart)
    ]


def test_a_quiz_is_built_in_both_languages(learner: Person) -> None:
    quiz = build_quiz(bank="Próbny", spec_pl=spec(), spec_en=english())
    assert (quiz.live, quiz.title, quiz.pass_mark, quiz.locale.language_code) == (True, "Quiz próbny", 70, "pl")
    assert queries.question_count(quiz) == 2
    assert quiz.get_translation(locale("en")).title == "A quiz"
    attempt = actions.start_attempt(person=learner, quiz=quiz, language="en", now=NOON)
    for item in attempt.items.all():
        assert item.frozen["language"] == "en"
        (right,) = right_keys(item)
        assert next(o["text"] for o in item.frozen["options"] if o["key"] == right) == "Yes"


def test_building_twice_changes_nothing() -> None:
    built = build_quiz(bank="Próbny", spec_pl=spec(), spec_en=english())
    before, revisions = everything(), Revision.objects.count()
    assert build_quiz(bank="Próbny", spec_pl=spec(), spec_en=english()) == built
    assert everything() == before
    assert Revision.objects.count() == revisions


def test_only_what_the_file_changed_is_published_anew() -> None:
    quiz = build_quiz(bank="Próbny", spec_pl=spec())
    revisions = Revision.objects.count()
    changed = spec()
    changed["questions"][0]["options"][1]["text"] = "Nigdy"
    changed["questions"][0]["options"].append({"text": "Może", "correct": False, "feedback": "Nie."})
    assert build_quiz(bank="Próbny", spec_pl=changed) == quiz
    assert Revision.objects.count() == revisions + 1
    question = Question.objects.get(prompt="Czy?")
    assert [o.text for o in question.options.all()] == ["Tak", "Nigdy", "Może"]
    changed["questions"].pop()
    changed["title"] = "Inaczej"
    build_quiz(bank="Próbny", spec_pl=changed)
    quiz.refresh_from_db()
    assert (quiz.title, quiz.parts.count()) == ("Inaczej", 1)
    assert Question.objects.count() == 2, "questions stay in their bank"


def test_a_file_that_does_not_hold_is_an_error_and_leaves_nothing() -> None:
    wrong = spec()
    wrong["questions"][1]["options"][0]["correct"] = False
    with pytest.raises(ValueError, match=r"t-q2.*needs_exactly_one_correct"):
        build_quiz(bank="Próbny", spec_pl=wrong)
    other = english()
    other["questions"][0]["options"].reverse()
    with pytest.raises(ValueError, match="not the questions of Quiz próbny"):
        build_quiz(bank="Próbny", spec_pl=spec(), spec_en=other)
    assert everything() == [[], [], [], [], []]


@pytest.mark.rule("quiz-12", "quiz-14")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_quizzes_of_the_course_hold(path: Path) -> None:
    quiz = read(path)
    assert 1 <= quiz["pass_mark"] <= 100
    for question in quiz["questions"]:
        options = [rules.OptionFacts(option["text"], option["correct"]) for option in question["options"]]
        assert rules.question_problems(question["kind"], question["prompt"], question["explanation"], options) == []
        assert rules.question_warnings(question["kind"], options) == []
        assert all(option["feedback"].strip() for option in question["options"])
        assert all(len(option[field]) <= 500 for option in question["options"] for field in ("text", "feedback"))


def test_the_quizzes_of_the_course_can_be_built() -> None:
    polish = [path for path in FILES if path.stem.endswith(".pl")]
    assert len(polish) == 5
    for path in polish:
        twin = path.with_name(path.name.replace(".pl.", ".en."))
        build_quiz(bank="Narzędzie IT", spec_pl=read(path), spec_en=read(twin) if twin.exists() else None)
    assert Quiz.objects.filter(locale__language_code="pl", live=True).count() == 5
    keys = [question["key"] for path in polish for question in read(path)["questions"]]
    assert len(keys) == len(set(keys)) == Question.objects.filter(locale__language_code="pl", live=True).count()
