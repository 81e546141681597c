"""Addresses that take forms only: whoever comes back to one without a form finds a page."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Person
from courses.catalogue.models import Course
from courses.learning.models import StepProgress
from tests.architecture.access import ACCESS, Who
from tests.architecture.test_access import addresses
from tests.courses.learning.conftest import address, steps_of
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import make_course
from tests.factories.learning import enrol
from tests.factories.media import FilmFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rule("progress-19")]
LESSON, FILM, QUIZ = range(3)
# The address, the step at which it stands, and the screen to which it leads without a form.
FORMS = [
    ("complete-step", LESSON, "open-step"),
    ("undo-step", LESSON, "open-step"),
    ("record-film", FILM, "open-step"),
    ("complete-by-transcript", FILM, "open-step"),
    ("start-quiz", QUIZ, "open-step"),
    ("submit-quiz", QUIZ, "show-summary"),
]


@pytest.fixture
def course(learner: Person) -> Course:
    """A lesson, a film and a quiz that has been begun; all are open."""
    made = make_course(lessons=1, targets=[FilmFactory(), QuizFactory(questions=2)], sequential=False)
    enrol(learner, made)
    return made


@pytest.mark.parametrize(("name", "place", "screen"), FORMS)
def test_a_form_sent_after_the_session_ended_leads_to_its_screen(
    learner: Person, course: Course, name: str, place: int, screen: str
) -> None:
    step, visitor = steps_of(learner, course)[place], Client()
    signed_in = Client()
    signed_in.force_login(learner.user)
    signed_in.post(address("start-quiz", course, steps_of(learner, course)[QUIZ]))
    door = visitor.post(address(name, course, step))["Location"]
    assert door.startswith(f"{reverse('account_login')}?next=")
    answer = visitor.post(door, {"login": learner.user.email, "password": "x"}, follow=True)
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, address(screen, course, step))
    assert not StepProgress.objects.filter(state="done").exists()


@pytest.mark.parametrize(("name", "place", "screen"), FORMS)
def test_a_reload_leads_to_the_screen_and_other_methods_are_refused(
    browser: Client, learner: Person, course: Course, name: str, place: int, screen: str
) -> None:
    step = steps_of(learner, course)[place]
    assert browser.get(address(name, course, step))["Location"] == address(screen, course, step)
    assert browser.put(address(name, course, step)).status_code == 405


def test_the_summary_of_a_quiz_that_is_not_open_leads_to_its_start(
    browser: Client, learner: Person, course: Course
) -> None:
    step = steps_of(learner, course)[QUIZ]
    answer = browser.get(address("submit-quiz", course, step), follow=True)
    assert answer.redirect_chain[-1][0] == address("open-step", course, step)


def test_no_other_address_of_the_site_is_for_forms_only(browser: Client) -> None:
    tried, refused = 0, []
    for one in addresses():
        place = one.sample()
        if place and ACCESS.get(one.name) in {Who.EVERYBODY, Who.SIGNED_IN, Who.LEARNER, Who.OWNER}:
            tried += 1
            refused += [one.name] if browser.get(place).status_code == 405 else []
    assert tried > 40
    assert refused == []
