"""What learners need stays on the site: unpublishing, deleting, moving, expiry, one by one and many at once."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.accounts.rules import Role
from courses.assessment.models import Quiz
from courses.catalogue.models import Course, LessonPage
from courses.learning.models import Enrolment
from courses.learning.staying import needs_of, reasons_to_stay
from media.models import Film
from media.upkeep import publish_scheduled
from tests.factories.accounts import UserFactory, staff
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import locale, make_course, make_course_page, make_lesson, page_of, publish, set_outline
from tests.factories.learning import enrol, finish
from tests.factories.media import FilmFactory
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db

# Wagtail's command and its older name.
COMMANDS = ["publish_scheduled", "publish_scheduled_pages"]


@pytest.fixture
def desk(db: None) -> Client:
    """A lead editor's browser, signed in."""
    client = Client()
    client.force_login(staff(Role.LEAD_EDITORS))
    return client


@pytest.fixture
def course(db: None) -> Course:
    """An open course of a lesson, a film and a quiz."""
    return make_course(lessons=1, targets=[FilmFactory(title="Film"), QuizFactory(title="Quiz")], title="Role i konta")


def drop_all_steps_but(course: Course, lesson: LessonPage) -> None:
    """Publish the course with this lesson as its only step."""
    page = page_of(course)
    set_outline(page, [lesson])
    publish(page)


@pytest.mark.rule("catalogue-15")
def test_a_step_of_an_open_course_is_needed(course) -> None:
    rows = [LessonPage.objects.get(), Film.objects.get(), Quiz.objects.get()]
    assert set(needs_of(rows)) == set(rows)
    spare = make_lesson(page_of(course))
    assert not reasons_to_stay([spare, QuizFactory(), course])
    assert not reasons_to_stay([])
    page_of(course).unpublish()
    assert not reasons_to_stay(rows), "nobody has begun the closed course"


@pytest.mark.rule("catalogue-15")
def test_an_old_outline_needs_its_steps_until_its_learners_finish(course, learner) -> None:
    enrolment = enrol(learner, course)
    drop_all_steps_but(course, make_lesson(page_of(course)))
    quiz = Quiz.objects.get()
    [need] = needs_of([quiz])[quiz]
    assert not need.in_force
    assert "zaczęły je wcześniej" in " ".join(reasons_to_stay([quiz])[0].split())
    finish(enrolment)
    assert not reasons_to_stay([quiz])


@pytest.mark.rule("catalogue-15")
def test_the_courses_are_named_once_and_all(course) -> None:
    lesson = LessonPage.objects.get()
    other = make_course_page(title="Drugie")
    set_outline(other, [lesson])
    publish(other)
    [reason] = reasons_to_stay([lesson])
    assert "„Role i konta”" in reason.replace("\xa0", " ")
    assert "„Drugie”" in reason


@pytest.mark.rule("catalogue-15")
@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_as_many_queries_for_many_as_for_one(course, django_assert_num_queries, count: int) -> None:
    for _number in range(count):
        enrol(staff().person, course)
        make_course(lessons=count)
    rows = [*LessonPage.objects.all(), Film.objects.get(), Quiz.objects.get()]
    # One for the courses, one for the editions that show films.
    with django_assert_num_queries(2):
        assert len(reasons_to_stay(rows)) == len(rows)


@pytest.mark.rule("catalogue-15")
@pytest.mark.parametrize("model", [Film, Quiz])
@pytest.mark.parametrize("verb", ["unpublish", "delete"])
def test_a_film_and_a_quiz_stay(desk, course, model: type, verb: str) -> None:
    row = model.objects.get()
    answer = desk.post(reverse(row.snippet_viewset.get_url_name(verb), args=[row.pk]), follow=True)
    assert f"„{row.title}” to krok szkolenia „Role i konta”. Najpierw usuń ten krok z planu" in words_of(answer)
    assert "Wycofaj" not in words_of(answer).split("Najpierw usuń")[1][:80]
    row.refresh_from_db()
    assert row.live
    page_of(course).unpublish()
    desk.post(reverse(row.snippet_viewset.get_url_name("unpublish"), args=[row.pk]))
    row.refresh_from_db()
    assert not row.live, "who needs it no more lets it go"


@pytest.mark.rule("catalogue-15")
def test_many_quizzes_stay(desk, course) -> None:
    spare = QuizFactory(title="Wolny")
    bulk = reverse("wagtail_bulk_action", args=["courses_assessment", "quiz", "delete"])
    ids = "&".join(f"id={quiz.pk}" for quiz in Quiz.objects.all())
    assert "to krok szkolenia" in words_of(desk.post(f"{bulk}?{ids}", follow=True))
    assert Quiz.objects.filter(pk=spare.pk).exists()
    assert Quiz.objects.count() == 2


@pytest.mark.rule("catalogue-15")
@pytest.mark.parametrize("verb", ["unpublish", "delete"])
@pytest.mark.parametrize("many", [False, True])
def test_a_lesson_stays(desk, course, verb: str, many: bool) -> None:
    lesson = LessonPage.objects.get()
    address = reverse(f"wagtailadmin_pages:{verb}", args=[lesson.pk])
    if many:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", verb]) + f"?id={lesson.pk}"
    answer = desk.post(address, follow=True)
    if (verb, many) != ("delete", True):  # There Wagtail sees the outline itself, and offers no button beforehand.
        assert f"„{lesson.title}” to krok szkolenia „Role i konta”." in words_of(answer)
    lesson.refresh_from_db()
    assert lesson.live


@pytest.mark.rule("catalogue-15")
@pytest.mark.parametrize("many", [False, True])
def test_a_lesson_is_not_moved_away(desk, course, many: bool) -> None:
    lesson, other = LessonPage.objects.get(), make_course_page()
    if many:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={lesson.pk}"
        answer = desk.post(address, {"chooser": str(other.pk)}, follow=True)
    else:
        answer = desk.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk]), follow=True)
    assert "to krok szkolenia" in words_of(answer)
    assert LessonPage.objects.get().get_parent().pk == page_of(course).pk
    spare = make_lesson(page_of(course))
    desk.post(reverse("wagtailadmin_pages:move_confirm", args=[spare.pk, other.pk]))
    assert LessonPage.objects.child_of(other).get().pk == spare.pk


@pytest.mark.rule("catalogue-15", "catalogue-11")
@pytest.mark.parametrize("many", [False, True])
def test_a_course_is_closed_without_the_lessons_of_its_learners(desk, course, learner, many: bool) -> None:
    enrolment = enrol(learner, course)
    page = page_of(course)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    if many:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={page.pk}"
    answer = desk.post(address, {"include_descendants": "on"}, follow=True)
    assert "korzystają osoby uczące się (Role i konta)" in words_of(answer)
    page.refresh_from_db()
    assert page.live
    Enrolment.objects.filter(pk=enrolment.pk).update(state=Enrolment.State.WITHDRAWN)
    desk.post(address, {"include_descendants": "on"})
    assert not Page.objects.filter(pk__in=[page.pk, LessonPage.objects.get().pk], live=True).exists()


# Every action of Wagtail's API for pages: its name, the page it is asked of, and what is sent.
API_ACTIONS: list[tuple[str, str, dict[str, Any]]] = [
    ("unpublish", "lesson", {}),
    ("unpublish", "course", {"recursive": True}),
    ("delete", "lesson", {}),
    ("delete", "course", {}),
    ("publish", "draft", {}),
    ("move", "lesson", {"destination_page_id": "draft"}),
    ("copy", "course", {"recursive": True}),
    ("copy", "lesson", {"destination_page_id": "draft"}),
    ("create_alias", "lesson", {"destination_page_id": "draft"}),
    ("convert_alias", "lesson", {}),
    ("copy_for_translation", "course", {"locale": "en", "copy_parents": True}),
    ("revert_to_page_revision", "lesson", {"revision_id": "revision"}),
]


def state_of_pages() -> list[Any]:
    """All pages and courses as they stand, to be compared."""
    pages = Page.objects.order_by("path").values("pk", "path", "live", "latest_revision", "live_revision")
    return [*pages, *Course.objects.order_by("pk").values()]


@pytest.mark.rule("catalogue-15")
@pytest.mark.parametrize(("action", "asked", "data"), API_ACTIONS)
@pytest.mark.parametrize("operator", [False, True])
def test_the_api_of_the_administration_changes_nothing(
    desk, course, learner, action: str, asked: str, data: dict[str, Any], operator: bool
) -> None:
    if operator:
        desk.force_login(UserFactory(is_superuser=True))
    enrol(learner, course)
    locale("en")
    lesson, draft = LessonPage.objects.get(), make_course_page(title="Szkic")
    set_outline(draft, [QuizFactory(live=False)])
    draft.save_revision()
    ids = {"draft": draft.pk, "revision": lesson.latest_revision_id}
    page = {"lesson": lesson, "course": page_of(course), "draft": draft}[asked]
    before = state_of_pages()
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    body = {key: ids.get(value, value) for key, value in data.items()}
    assert desk.post(address, body, content_type="application/json", follow=True).status_code == 404
    assert state_of_pages() == before
    # What the editors' side reads there stays.
    assert desk.get(reverse("wagtailadmin_api:pages:detail", args=[page.pk])).json()["id"] == page.pk
    assert desk.get(reverse("wagtailadmin_api:pages:listing")).status_code == 200


@pytest.mark.rule("catalogue-16")
def test_an_expiry_date_of_a_needed_lesson_is_refused(desk, course) -> None:
    lesson = LessonPage.objects.get()
    form = nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "summary": "",
            "body": streamfield([("text", rich_text("<p>Tekst.</p>"))]),
            "go_live_at": "",
            "expire_at": (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M"),
        }
        | nothing_beside()
    )
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = desk.post(edit, form | {"action-publish": "1"})
    assert answer.status_code == 200
    assert "to krok szkolenia" in str(answer.context["form"].errors["expire_at"]).replace("\xa0", " ")
    assert desk.post(edit, form).status_code == 302, "a draft can be saved"
    lesson.refresh_from_db()
    assert lesson.live
    assert lesson.expire_at is None


@pytest.mark.rule("catalogue-16")
@pytest.mark.parametrize("way", [publish_scheduled.call, *(lambda name=name: call_command(name) for name in COMMANDS)])
def test_what_expires_while_it_is_needed_is_put_off(course, learner, way: Callable[[], Any]) -> None:
    enrolment = enrol(learner, course)
    past = timezone.now() - timedelta(minutes=5)
    for model in (LessonPage, Film, Quiz):
        model.objects.update(expire_at=past)
    spare = QuizFactory(expire_at=past)
    for _time in range(2):
        way()
    for model in (LessonPage, Film):
        assert model.objects.get().live
        assert model.objects.get().expire_at > timezone.now() + timedelta(hours=23)
    spare.refresh_from_db()
    assert not spare.live
    finish(enrolment)
    page_of(course).unpublish()
    for model in (LessonPage, Film, Quiz):
        model.objects.update(expire_at=past)
    way()
    assert not LessonPage.objects.get().live
    assert not Quiz.objects.filter(live=True).exists()


@pytest.mark.rule("catalogue-16")
def test_what_expires_while_the_sweep_looks_is_put_off(course) -> None:
    """Wagtail reads the clock after us; what is needed and expires in between must not slip through."""
    soon = timezone.now() + timedelta(seconds=30)
    Film.objects.update(expire_at=soon)
    spare = QuizFactory(expire_at=soon)
    call_command("publish_scheduled")
    assert Film.objects.get().expire_at > soon + timedelta(hours=23)
    spare.refresh_from_db()
    assert spare.live
    assert spare.expire_at == soon, "nobody needs it, so it goes when it was meant to"


@pytest.mark.rule("catalogue-16")
def test_a_dry_run_puts_nothing_off(course) -> None:
    past = timezone.now() - timedelta(minutes=5)
    Film.objects.update(expire_at=past)
    call_command("publish_scheduled", dryrun=True, stdout=StringIO())
    assert Film.objects.get().live
    assert Film.objects.get().expire_at == past
