"""The outline is drawn once for all who see the same, and nobody sees another's."""

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms.accounts.models import Person
from courses.learning.queries import standing_of
from courses.learning.templatetags.outline import _drawn, outline_module
from tests.factories.catalogue import make_course
from tests.factories.learning import enrol, finish

pytestmark = pytest.mark.rule("speed-11")

STEP = {
    "title": "B1.1 Konto",
    "minutes": 7,
    "state": "todo",
    "is_current": False,
    "url": "/pl/nauka/x/y/",
    "reason": "",
}
MODULE = {
    "code": "B1",
    "title": "Początek",
    "minutes": 90,
    "is_current": False,
    "is_done": False,
    "locked_reason": "",
    "steps": [STEP],
}
CHANGES: list[dict[str, Any]] = [
    {"code": "B2"},
    {"title": "Koniec"},
    {"minutes": 91},
    {"is_current": True},
    {"is_done": True},
    {"locked_reason": "Najpierw krok 1."},
    {"steps": [STEP, STEP]},
    {"steps": []},
    *(
        {"steps": [STEP | change]}
        for change in (
            {"title": "B1.1 Hasło"},
            {"minutes": 8},
            {"state": "now"},
            {"state": "done"},
            {"state": "done", "is_current": True},
            {"is_current": True},
            {"state": "locked", "url": ""},
            {"url": "/pl/nauka/x/z/"},
            {"reason": "Najpierw krok 1."},
        )
    ),
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_every_fact_of_a_module_is_shown(change: dict[str, Any]) -> None:
    with translation.override("pl"):
        before, after = outline_module(MODULE), outline_module(MODULE | change)
        assert before != after
        assert (outline_module(MODULE), outline_module(MODULE | change)) == (before, after)


def test_each_language_has_its_own_outline() -> None:
    drawn = {}
    for language in ("pl", "en", "pl", "en"):
        with translation.override(language):
            drawn.setdefault(language, outline_module(MODULE))
            assert outline_module(MODULE) == drawn[language]
    assert "Do zrobienia" in drawn["pl"]
    assert "To do" in drawn["en"]


def test_words_are_escaped() -> None:
    module = MODULE | {"title": "<b>&", "steps": [STEP | {"title": '"><script>', "url": '"><i>'}]}
    page = Template("{% load outline %}{% outline_module module %}").render(Context({"module": module}))
    assert "<b>" not in page
    assert "<script>" not in page
    assert "<i>" not in page


def outline_of(person: Person, where: str) -> str:
    client = Client()
    client.force_login(person.user)
    page = client.get(where).content.decode()
    return re.search(r'<nav class="outline".*?</nav>', page, re.S).group()


@pytest.mark.django_db
def test_everybody_sees_their_own_progress(learner: Person, stranger: Person) -> None:
    course = make_course(lessons=6, per_module=2)
    mine, other = enrol(learner, course), enrol(stranger, course)
    first = standing_of(mine).outline.steps[0]
    where = reverse("courses_learning:open-step", args=[course.code, first.key])
    for ahead in range(4):
        finish(mine, steps=ahead)
        for person, done in ((learner, ahead), (stranger, 0)):
            page = outline_of(person, where)
            assert page.count("outline__step--done") == done
            # What comes first is open, the step where one stands or the next one; all after it is closed.
            assert page.count("outline__step--locked") == 6 - max(done, 0) - 1
    assert outline_of(stranger, where) == outline_of(stranger, where)
    finish(other, steps=3)
    assert outline_of(stranger, where) == outline_of(learner, where)


@pytest.mark.django_db
@pytest.mark.rule("progress-18")
@pytest.mark.parametrize("done", [0, 1, 3])
def test_one_sees_where_one_is_also_at_a_step_that_is_done(learner: Person, done: int) -> None:
    course = make_course(lessons=3)
    enrolment = enrol(learner, course)
    finish(enrolment, steps=done)
    for here, step in enumerate(standing_of(enrolment).outline.steps[: done + 1]):
        client = Client()
        client.force_login(learner.user)
        page = client.get(reverse("courses_learning:open-step", args=[course.code, step.key])).content.decode()
        assert page.count('aria-current="step"') == 1
        (row,) = re.findall(r'<li class="outline__step [^>]*aria-current.*?</li>', page, re.S)
        assert "outline__step--current" in row
        assert ("outline__step--done" in row) == (here < done)
        assert str(step.key) not in row
        arches = re.findall(r'<svg class="arcade__arch".*?</svg>', page, re.S)
        assert ["i-brick-edge" in arch for arch in arches] == [number == here for number in range(3)]
        assert ["i-moss" in arch for arch in arches] == [number < done for number in range(3)]


@pytest.mark.django_db
def test_what_is_remembered_has_an_end() -> None:
    for number in range(600):
        outline_module(MODULE | {"minutes": number})
    assert _drawn.cache_info().currsize <= 512
