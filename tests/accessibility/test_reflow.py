"""Narrow windows and large letters: nothing is cut off, nothing scrolls sideways, with script and without."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from certificates.actions import confirm_name
from certificates.models import Certificate
from cms.accounts.actions import create_account
from courses.assessment.actions import start_attempt
from courses.learning.models import Enrolment
from tests.accessibility import reflow
from tests.accessibility.test_learners_pages import attempt
from tests.browsers import PHONE, Site, Watch, address, sign_in
from tests.factories.learning import enrol, finish
from tests.factories.site import Academy, make_academy

pytestmark = pytest.mark.axe
SIZES = [(360, "200%"), (320, "100%")]


class Walk:
    """Opens pages one after the other and gathers what does not fit."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.faults: list[str] = []

    def visit(self, path: str) -> None:
        """Open a page and look at it in each size."""
        answer = self.page.goto(self.site.at(path))
        assert answer is not None
        assert answer.status in {200, 404}, (path, answer.status)
        self.look()

    def look(self) -> None:
        """Look at the page that is open, with everything unfolded."""
        for button in self.page.locator("[data-menu-button]:visible, [data-outline-button]:visible").all():
            button.click()
        for width, letters in SIZES:
            self.faults += reflow.faults(self.page, width=width, letters=letters)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]) -> Page:
    """A phone, with script and without."""
    return open_context(viewport=PHONE, java_script_enabled=request.param, reduced_motion="reduce").new_page()


@pytest.fixture
def walk(page: Page, site: Site, watch: Watch) -> Iterator[Walk]:
    """What was found fails the test at the end, all of it at once."""
    walk = Walk(page, site)
    yield walk
    assert not walk.faults, "\n".join(walk.faults)


def learner(walk: Walk, academy: Academy, *, steps: int) -> Enrolment:
    """Be somebody who has done so many steps."""
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska-Śliwińska")
    enrolment = enrol(person, academy.course)
    finish(enrolment, steps=steps)
    sign_in(walk.page.context, walk.site, person.user)
    return enrolment


@pytest.mark.rule("page-10")
def test_public_pages(walk: Walk, watch: Watch) -> None:
    make_academy()
    watch.allow("/pl/tej-strony-nie-ma/", 404)
    for path in (
        "/pl/",
        "/pl/szkolenia/",
        "/pl/szkolenia/narzedzie/",
        "/pl/moje-zaswiadczenia/wzor/narzedzie/",
        "/pl/pomoc/",
        "/pl/deklaracja-dostepnosci/",
        "/pl/tej-strony-nie-ma/",
        "/en/",
        address("account_login"),
        address("account_signup"),
        "/c/",
    ):
        walk.visit(path)


@pytest.mark.rule("page-10")
def test_the_player(walk: Walk) -> None:
    academy = make_academy()
    learner(walk, academy, steps=1)
    walk.visit(address("courses_learning:list-mine"))
    for step in (academy.lesson, academy.film):
        walk.visit(address("courses_learning:open-step", **academy.address(step)))


@pytest.mark.rule("page-10")
def test_a_quiz(walk: Walk) -> None:
    academy = make_academy()
    enrolment = learner(walk, academy, steps=2)
    quiz = academy.address(academy.quiz)
    walk.visit(address("courses_learning:open-step", **quiz))
    attempt(enrolment, academy, right=0)
    walk.visit(address("courses_learning:show-result", **quiz, number=1))
    assert academy.quiz.quiz is not None
    start_attempt(person=enrolment.person, quiz=academy.quiz.quiz, language="pl", now=timezone.now())
    walk.visit(address("courses_learning:show-question", **quiz, position=2))
    walk.visit(address("courses_learning:show-summary", **quiz))


@pytest.mark.rule("page-10")
def test_a_certificate(walk: Walk) -> None:
    academy = make_academy()
    enrolment = learner(walk, academy, steps=2)
    attempt(enrolment, academy, right=3)
    person = enrolment.person
    confirm_name(person_id=person.pk, name=person.name, now=timezone.now())
    certificate = Certificate.objects.get()
    walk.visit(address("courses_learning:list-mine"))
    walk.visit(address("certificates_own:list-mine"))
    walk.visit(address("certificates_own:show-certificate", pk=certificate.pk))
    walk.visit(f"/c/{certificate.code}/")
