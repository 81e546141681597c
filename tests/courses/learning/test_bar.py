"""The bar at the foot of the player: its neighbours, what is locked, and one reason; and the name over it."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from courses.catalogue.models import Course
from courses.learning.models import Enrolment
from courses.learning.presentation import SUBTITLE
from tests.courses.learning.conftest import address, steps_of
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import make_course
from tests.factories.learning import enrol, finish
from tests.factories.media import FilmFactory

pytestmark = pytest.mark.django_db
REASON = "Obejrzyj 90% filmu albo przeczytaj transkrypcję."


@pytest.fixture
def course(learner) -> Course:
    """A lesson, a film and a quiz; the learner is enrolled."""
    course = make_course(lessons=1, targets=[FilmFactory(duration_seconds=100), QuizFactory(questions=2)])
    enrol(learner, course)
    return course


def bar_of(browser: Client, where: str) -> tuple[str, str]:
    """The bar of a page: as it is, and its words."""
    page = browser.get(where).content.decode().replace("\u00a0", " ")
    bar = page[page.index('id="bottom-bar"') : page.index("<script", page.index('id="bottom-bar"'))]
    return bar, " ".join(strip_tags(bar).split())


@pytest.mark.rule("page-15")
def test_a_film_says_once_what_to_do_and_shows_the_next_step_as_locked(browser, learner, course) -> None:
    lesson, film, quiz = steps_of(learner, course)
    finish(Enrolment.objects.get(person=learner), steps=1)
    bar, words = bar_of(browser, address("open-step", course, film))
    assert f'href="{address("open-step", course, lesson)}" rel="prev"' in bar
    assert re.search(r'<button[^>]* disabled aria-describedby="bottom-bar-reason">', bar)
    assert "<svg" not in bar.partition(" disabled ")[2].partition("</button>")[0], "a tick would say that it is done"
    assert words.count(REASON) == 1
    assert "Otworzy się" not in words
    assert 'rel="next"' not in bar
    assert address("open-step", course, quiz) not in bar
    assert "Następny krok Quiz" in words
    assert "Nie można jeszcze zacząć" in words
    finish(Enrolment.objects.get(person=learner), steps=2)
    bar, words = bar_of(browser, address("open-step", course, film))
    assert REASON not in words
    assert "disabled" not in bar
    assert 'data-say="Ten krok jest zrobiony."' in bar
    assert f'href="{address("open-step", course, quiz)}" rel="next"' in bar


@pytest.mark.rule("page-15", "progress-2")
def test_a_step_that_can_be_marked_says_that_it_opens_the_next_one(browser, learner, course) -> None:
    lesson, _film, quiz = steps_of(learner, course)
    bar, words = bar_of(browser, address("open-step", course, lesson))
    assert f'action="{address("complete-step", course, lesson)}"' in bar
    assert "disabled" not in bar
    assert words.count("Następny krok, gdy ukończysz ten") == 1
    assert 'rel="next"' not in bar
    finish(Enrolment.objects.get(person=learner), steps=2)
    bar, words = bar_of(browser, address("open-step", course, quiz))
    assert f'action="{address("start-quiz", course, quiz)}"' in bar


@pytest.mark.rule("page-15")
def test_the_first_and_the_last_step_say_so_and_the_end_leads_on(browser, learner, course) -> None:
    lesson, _film, quiz = steps_of(learner, course)
    assert "To pierwszy krok." in bar_of(browser, address("open-step", course, lesson))[1]
    enrolment = Enrolment.objects.get(person=learner)
    finish(enrolment, steps=2)
    assert "To ostatni krok." in bar_of(browser, address("open-step", course, quiz))[1]
    finish(enrolment)
    bar, words = bar_of(browser, address("open-step", course, quiz))
    assert "To ostatni krok." not in words
    assert f'href="{address("enter-course", course)}"' in bar
    assert "Koniec szkolenia" in words


@pytest.mark.rule("page-15")
def test_a_lock_further_back_is_named(browser, learner) -> None:
    course = make_course(lessons=3)
    enrol(learner, course)
    first, second, _third = steps_of(learner, course)
    finish(Enrolment.objects.get(person=learner), steps=2)
    browser.post(address("undo-step", course, first))
    _bar, words = bar_of(browser, address("open-step", course, second))
    assert words.count("Nie można jeszcze zacząć. Najpierw zrób krok") == 1
    assert "gdy ukończysz ten" not in words


@pytest.mark.rule("page-15")
def test_the_first_question_says_so_and_the_next_one_leads_back(browser, learner, course) -> None:
    quiz = steps_of(learner, course)[2]
    finish(Enrolment.objects.get(person=learner), steps=2)
    browser.post(address("start-quiz", course, quiz))
    first, second = (bar_of(browser, address("show-question", course, quiz, position=at)) for at in (1, 2))
    assert "To pierwsze pytanie." in first[1]
    assert "Poprzednie pytanie" not in first[1]
    assert "To pierwsze pytanie." not in second[1]
    assert "Poprzednie pytanie" in second[1]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Narzędzie IT programu współpracy – obsługa", "Narzędzie IT programu współpracy"),
        ("The IT tool: how to use it", "The IT tool"),
        ("E-usługi w Toruniu", "E-usługi w Toruniu"),
        ("Zajęcia 9.30–10.15", "Zajęcia 9.30–10.15"),
    ],
)
def test_a_name_does_without_its_subtitle(title: str, name: str) -> None:
    assert SUBTITLE.sub("", title) == name
