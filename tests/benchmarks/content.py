"""The site that is measured: the demonstration, plain pages with the same words, and somebody who learns."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from certificates.actions import confirm_name, issue
from certificates.models import Certificate
from cms.accounts.actions import create_account
from cms.accounts.models import Person
from cms.pages.models import HomePage, StandardPage
from courses.assessment.actions import start_attempt
from courses.assessment.models import Quiz
from courses.catalogue.models import Course, CoursePage, LessonPage
from courses.catalogue.rules import StepFacts, StepKind
from courses.learning.actions import complete_step, enrol
from courses.learning.models import Completion, Enrolment, StepProgress
from courses.learning.queries import standing_of
from media.pictures import picture_ids
from tests.benchmarks.meter import Asked
from tests.benchmarks.models import PlainListPage, PlainPage


@dataclass
class Content:
    """Addresses and rows that the works need."""

    person: Person
    enrolment: Enrolment
    cookies: dict[str, str]
    certificate: Certificate
    lesson: StepFacts
    text_lesson: StepFacts
    film: StepFacts
    quiz: StepFacts
    quiz_answers: list[str]
    plain_text: str
    plain_lesson: str
    plain_text_lesson: str
    plain_list: str
    plain_course: str

    def step(self, step: StepFacts, name: str = "open-step", **more: int) -> str:
        """The address of a step."""
        kwargs = {"course": self.enrolment.course.code, "key": step.key, **more}
        return reverse(f"courses_learning:{name}", kwargs=kwargs)

    def get(self, path: str) -> Asked:
        """A page asked for by the learner."""
        return Asked(path=path, cookies=self.cookies)

    def post(self, path: str, body: bytes = b"", *, json: bool = False) -> Asked:
        """Something sent by the learner's page, with the token that it got."""
        return Asked(
            path=path,
            method="POST",
            cookies=self.cookies,
            body=body,
            content_type="application/json" if json else "application/x-www-form-urlencoded",
            headers={"X-CSRFToken": self.cookies[settings.CSRF_COOKIE_NAME], "X-Requested-With": "fetch"}
            if json or body
            else {"X-CSRFToken": self.cookies[settings.CSRF_COOKIE_NAME]},
        )


def prepare() -> Content:
    """Take the demonstration course as it is, and let somebody be half-way through it."""
    course = Course.objects.get(code=CoursePage.objects.filter(locale__language_code="pl").first().code)
    person, graduate = (
        create_account(email=f"pomiar-{name}@example.org", password="most-nad-wisla", name="Anna Przykładowa")
        for name in ("nauka", "koniec")
    )
    certificate = _graduate(graduate, course)
    enrolment = enrol(person=person, course=course, now=timezone.now())
    steps = standing_of(enrolment).outline.steps
    lessons = [step for step in steps if step.kind is StepKind.LESSON]
    by_pictures = sorted(lessons, key=_pictures)
    # One as most of them are, with two pictures, and one without any.
    lesson, text_lesson = by_pictures[len(by_pictures) // 2], by_pictures[0]
    film, quiz = (next(s for s in steps if s.kind is kind) for kind in (StepKind.FILM, StepKind.QUIZ))
    for step in steps[: max(steps.index(step) for step in (lesson, text_lesson, film, quiz)) + 1]:
        _complete(enrolment, step)
    attempt = start_attempt(person=person, quiz=Quiz.objects.get(pk=quiz.target_id), language="pl", now=timezone.now())
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(person.user)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    content = Content(
        person=person,
        enrolment=enrolment,
        cookies=cookies,
        certificate=certificate,
        lesson=lesson,
        text_lesson=text_lesson,
        film=film,
        quiz=quiz,
        quiz_answers=[option["key"] for option in attempt.items.get(position=1).frozen["options"]],
        plain_text=_plain(StandardPage.objects.filter(locale__language_code="pl").order_by("path").first()),
        plain_lesson=_plain(LessonPage.objects.get(pk=lesson.target_id)),
        plain_text_lesson=_plain(LessonPage.objects.get(pk=text_lesson.target_id)),
        plain_list=_plain_list("list", CoursePage.objects.filter(locale__language_code="pl")),
        plain_course=_plain_list("course", LessonPage.objects.filter(locale__language_code="pl")),
    )
    client.get(content.step(lesson))
    content.cookies |= {name: morsel.value for name, morsel in client.cookies.items() if morsel.value}
    return content


def _pictures(step: StepFacts) -> int:
    return len(picture_ids(list(LessonPage.objects.get(pk=step.target_id).body.raw_data)))


def _complete(enrolment: Enrolment, step: StepFacts) -> None:
    source = {"lesson": "learner", "film": "film", "quiz": "quiz"}[step.kind.value]
    complete_step(enrolment_id=enrolment.pk, step=step, source=StepProgress.Source(source), now=timezone.now())


def _graduate(person: Person, course: Course) -> Certificate:
    enrolment = enrol(person=person, course=course, now=timezone.now())
    for step in standing_of(enrolment).outline.steps:
        _complete(enrolment, step)
    confirm_name(person_id=person.pk, name=person.name, now=timezone.now())
    certificate = issue(completion_id=Completion.objects.get(enrolment=enrolment).pk, now=timezone.now())
    assert certificate is not None
    return certificate


def _plain(source: StandardPage | LessonPage) -> str:
    """The address of a plain page that says the same as ``source``."""
    page = PlainPage(title=source.title, slug=f"plain-{source.pk}", locale=source.locale)
    page.body = json.dumps(list(source.body.raw_data), default=str)
    return str(_below_home(page).get_url())


def _plain_list(name: str, sources: Iterable[Page]) -> str:
    """The address of a plain page that lists as many pages as ``sources`` are."""
    page = _below_home(PlainListPage(title=name, slug=f"plain-{name}", locale=Locale.objects.get(language_code="pl")))
    if not page.numchild:
        for number, source in enumerate(sources):
            page.add_child(
                instance=PlainPage(
                    title=source.title,
                    slug=f"plain-{name}-{number}",
                    locale=page.locale,
                    search_description=source.summary,  # type: ignore[attr-defined]
                )
            )
    return str(page.get_url())


def _below_home(page: Page) -> Page:
    known: Page | None = Page.objects.filter(slug=page.slug).first()
    if known is None:
        known = HomePage.objects.get(locale=page.locale).add_child(instance=page)
    return known
