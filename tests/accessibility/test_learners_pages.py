"""What learners see: their account, my learning, the player with its three kinds of steps, the certificate."""

import pytest
from django.utils import timezone

from certificates.actions import confirm_name
from certificates.models import Certificate
from cms.accounts.actions import create_account
from cms.accounts.models import Person
from courses.assessment.actions import start_attempt
from courses.learning.actions import submit_quiz
from courses.learning.models import Enrolment
from courses.learning.queries import standing_of
from tests.accessibility.inspection import Inspection
from tests.browsers import sign_in
from tests.factories.assessment import answer_all
from tests.factories.learning import enrol, finish
from tests.factories.site import Academy, make_academy

pytestmark = pytest.mark.axe


def learner(academy: Academy, *, steps: int | None) -> tuple[Person, Enrolment | None]:
    """Somebody with so many steps done; None is not enrolled yet."""
    person = create_account(
        email=f"krok-{steps}@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska-Śliwińska"
    )
    if steps is None:
        return person, None
    enrolment = enrol(person, academy.course)
    finish(enrolment, steps=steps)
    return person, enrolment


def as_person(inspection: Inspection, person: Person) -> None:
    """Be this person from now on."""
    inspection.page.context.clear_cookies()
    sign_in(inspection.page.context, inspection.site, person.user)


def attempt(enrolment: Enrolment, academy: Academy, *, right: int) -> None:
    """A sent attempt with so many right answers."""
    quiz = academy.quiz.quiz
    assert quiz is not None
    now = timezone.now()
    opened = start_attempt(person=enrolment.person, quiz=quiz, language="pl", now=now)
    answer_all(opened, right=right, now=now)
    step = standing_of(enrolment).outline.step(academy.quiz.key)
    assert step is not None
    submit_quiz(enrolment_id=enrolment.pk, step=step, attempt_id=opened.pk, now=now)


@pytest.mark.rule("page-6", "page-7")
def test_the_account(inspection: Inspection) -> None:
    academy = make_academy()
    person, _none = learner(academy, steps=None)
    as_person(inspection, person)
    inspection.visit("profile", inspection.at("cms_accounts:show-profile"))
    for name in (
        "account_email",
        "account_change_password",
        "mfa_index",
        "usersessions_list",
        "cms_accounts:show-data",
        "cms_accounts:delete-account",
        "account_logout",
    ):
        inspection.visit(name, inspection.at(name))
    inspection.visit(
        "profile with errors",
        inspection.at("cms_accounts:show-profile"),
        empty="[name=name]",
        press="main form button[type=submit]",
    )


@pytest.mark.rule("page-6", "page-7")
def test_the_way_through_a_course(inspection: Inspection) -> None:
    academy = make_academy()
    course = {"course": academy.course.code}
    mine = inspection.at("courses_learning:list-mine")

    def step(name: str, which: str, **kwargs: int) -> str:
        return inspection.at(f"courses_learning:{name}", **academy.address(getattr(academy, which)), **kwargs)

    person, _none = learner(academy, steps=None)
    as_person(inspection, person)
    inspection.visit("my learning, empty", mine)
    inspection.visit("enrol", inspection.at("courses_learning:enrol", **course))

    person, _enrolment = learner(academy, steps=1)
    as_person(inspection, person)
    inspection.visit("my learning, on the way", mine)
    inspection.visit("course page of a learner", f"/{inspection.language}/szkolenia/narzedzie/")
    inspection.visit("lesson that is done", step("open-step", "lesson"))
    inspection.visit("lesson, answered", step("open-step", "lesson"), press=".check .option, .check button")
    inspection.visit("film", step("open-step", "film"))
    # The words of the film are Polish, whatever the page speaks.
    spoken = "pl" if inspection.language == "en" else None
    assert inspection.page.locator(".transcript").get_attribute("lang") == spoken
    inspection.visit("locked step", step("open-step", "quiz"), status=403)

    person, enrolment = learner(academy, steps=2)
    assert enrolment is not None
    as_person(inspection, person)
    inspection.visit("quiz start", step("open-step", "quiz"))
    attempt(enrolment, academy, right=0)
    inspection.visit("result, failed", step("show-result", "quiz", number=1))
    inspection.visit("question", step("open-step", "quiz"), press=f'form[action="{step("start-quiz", "quiz")}"] button')
    inspection.visit("question, answered", step("show-question", "quiz", position=2), press="label.option")
    inspection.visit("summary", step("show-summary", "quiz"))
    inspection.visit("quiz start, attempt open", step("open-step", "quiz"))


@pytest.mark.rule("page-6", "page-7")
def test_the_end_of_a_course(inspection: Inspection) -> None:
    academy = make_academy()
    person, enrolment = learner(academy, steps=2)
    assert enrolment is not None
    attempt(enrolment, academy, right=3)
    as_person(inspection, person)
    quiz = academy.address(academy.quiz)
    course = {"course": academy.course.code}
    inspection.visit("course done, name asked", inspection.at("courses_learning:enter-course", **course))
    inspection.visit("my learning, name asked", inspection.at("courses_learning:list-mine"))
    inspection.visit("name for the certificate", inspection.at("certificates_own:confirm-name", **course))
    confirm_name(person_id=person.pk, name=person.name, now=timezone.now())
    certificate = Certificate.objects.get()
    inspection.visit("result, passed", inspection.at("courses_learning:show-result", **quiz, number=1))
    inspection.visit("course done", inspection.at("courses_learning:enter-course", **course))
    inspection.visit("my learning, completed", inspection.at("courses_learning:list-mine"))
    inspection.visit("certificates", inspection.at("certificates_own:list-mine"))
    inspection.visit("certificate", inspection.at("certificates_own:show-certificate", pk=certificate.pk))
    inspection.visit("course page, done", f"/{inspection.language}/szkolenia/narzedzie/")
