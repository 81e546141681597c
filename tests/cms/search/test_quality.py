"""How good search is: sixty questions over the demonstration, with what answers them. The numbers are printed."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.utils import timezone, translation

from cms.search.queries import Reader, find
from cms.search.showing import Narrowing, answer
from cms.search.sources import doors_of
from courses.catalogue.models import Course
from tests.factories.accounts import PersonFactory
from tests.factories.learning import enrol, finish
from tests.factories.search import index_everything

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("queries.yaml").read_text())["questions"]
R_PRECISION, FIRST_RIGHT, RECALL_AT_20 = 0.85, 0.9, 0.95


@dataclass(frozen=True)
class Marks:
    """How a question was answered: which of the answers are where."""

    question: str
    found: list[str]
    wanted: list[str]

    def among(self, first: int) -> int:
        """How many of the answers stand among the first so many results."""
        return sum(1 for one in self.wanted if any(found.startswith(one) for found in self.found[:first]))

    @property
    def r_precision(self) -> float:
        return self.among(len(self.wanted)) / len(self.wanted)

    @property
    def first_is_right(self) -> bool:
        return bool(self.found) and self.found[0].startswith(tuple(self.wanted))

    @property
    def recall(self) -> float:
        return self.among(20) / len(self.wanted)


def ask(asked: dict[str, Any], reader: Reader) -> Marks:
    """What the first two pages of results hold."""
    language = asked.get("lang", "pl")
    found: list[str] = []
    with translation.override(language):
        for page in "12":
            told = answer(find(asked["q"], reader), Narrowing(language=language, kind="", page=page), reader)
            if told.page_obj.number == int(page):
                found += [f"{row['name']}/{''.join(part.text for part in row['title'])}" for row in told.rows]
    return Marks(asked["q"], found, asked["find"])


@pytest.mark.django_db
@pytest.mark.rule("search-10")
def test_sixty_questions_are_answered(record_property: Callable[[str, object], None]) -> None:
    assert len(QUESTIONS) == 60
    call_command("demo", stdout=StringIO())
    index_everything()
    learner = PersonFactory()
    for course in Course.objects.filter(active=True):
        finish(enrol(learner, course))
    reader = Reader(doors=doors_of(learner.user), closed=(), today=timezone.localdate())
    marks = [ask(asked, reader) for asked in QUESTIONS]
    share = len(marks)
    precision = sum(one.r_precision for one in marks) / share
    first = sum(one.first_is_right for one in marks) / share
    recall = sum(one.recall for one in marks) / share
    told = f"search on {connection.vendor}: R-precision {precision:.3f}, first right {first:.3f}, "
    record_property("told", f"{told}recall at 20 {recall:.3f} ({share} questions)")
    for one in marks:
        if one.r_precision < 1 or not one.first_is_right:
            record_property("told", f"  {one.question}: {', '.join(one.found[:4])}; wanted {', '.join(one.wanted)}")
    assert precision >= R_PRECISION
    assert first >= FIRST_RIGHT
    assert recall >= RECALL_AT_20
