"""What editors of lessons meet: the offer of a module, drafts that may be unfinished, previews in the player."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.catalogue.forms import LessonPageForm
from courses.catalogue.models import CoursePage, LessonPage
from tests.factories.catalogue import make_course, make_course_page, make_lesson, page_of
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def lesson_form(**fields: Any) -> dict[str, Any]:
    """The form of a lesson with one paragraph."""
    return nested_form_data(
        {
            "title": "Nowa lekcja",
            "slug": "nowa-lekcja",
            "summary": "",
            "body": streamfield([("text", rich_text("<p>Tekst.</p>"))]),
            **nothing_beside(),
            **fields,
        }
    )


@pytest.mark.rule("catalogue-9")
def test_a_new_lesson_is_offered_for_a_module_and_joins_the_draft(desk) -> None:
    course = make_course(lessons=1)
    page = page_of(course)
    add = reverse("wagtailadmin_pages:add", args=["courses_catalogue", "lessonpage", page.pk])
    created = desk.post(add, lesson_form() | {"action-publish": "1"})
    lesson = LessonPage.objects.get(title="Nowa lekcja")
    offer = reverse("courses_catalogue_place_lesson", args=[lesson.pk])
    assert created.url == offer
    module = page.modules.get()
    assert str(module) in words_of(desk.get(offer))
    assert desk.post(offer, {"module": "nie ma"}).status_code == 200
    for _time in range(2):
        assert desk.post(offer, {"module": str(module.key)}).status_code == 302
    draft = page_of(course).get_latest_revision_as_object()
    assert [step.lesson_id for step in draft.modules.first().steps.all()].count(lesson.pk) == 1
    assert course.outlines.get().steps.count() == 1, "learners see it after publication"


@pytest.mark.rule("catalogue-9")
def test_a_lesson_in_no_module_is_offered_for_one_whenever_it_is_edited(desk) -> None:
    page = page_of(make_course(lessons=1))
    placed, spare = LessonPage.objects.get(), make_lesson(page)
    edit = reverse("wagtailadmin_pages:edit", args=[spare.pk])
    offer = reverse("courses_catalogue_place_lesson", args=[spare.pk])
    assert f'href="{offer}"' in words_of(desk.get(edit))
    assert "/place/" not in words_of(desk.get(reverse("wagtailadmin_pages:edit", args=[placed.pk])))
    desk.post(offer, {"module": str(page.modules.get().key)})
    assert f'href="{offer}"' not in words_of(desk.get(edit))
    add = reverse("wagtailadmin_pages:add", args=["courses_catalogue", "lessonpage", page.pk])
    assert "/place/" not in words_of(desk.get(add))


@pytest.mark.rule("catalogue-17")
def test_two_lessons_of_one_title_both_find_a_place(desk) -> None:
    page = make_course_page()
    add = reverse("wagtailadmin_pages:add", args=["courses_catalogue", "lessonpage", page.pk])
    for _time in range(3):
        assert desk.post(add, lesson_form()).status_code == 302
    slugs = LessonPage.objects.child_of(page).order_by("path").values_list("slug", flat=True)
    assert list(slugs) == ["nowa-lekcja", "nowa-lekcja-2", "nowa-lekcja-3"]
    page.refresh_from_db()
    assert page.numchild == 3


@pytest.mark.rule("catalogue-17")
@pytest.mark.parametrize("button", [{}, {"action-publish": "1"}], ids=["save", "publish"])
def test_an_automatic_save_between_the_look_and_the_save_breaks_nothing(desk, monkeypatch, button) -> None:
    page = make_course_page()
    add = reverse("wagtailadmin_pages:add", args=["courses_catalogue", "lessonpage", page.pk])
    valid = LessonPageForm.is_valid

    def valid_and_overtaken(form: LessonPageForm) -> bool:
        answer = valid(form)
        monkeypatch.setattr(LessonPageForm, "is_valid", valid)
        saved = Client()
        saved.cookies = desk.cookies
        assert saved.post(add, lesson_form(), headers={"Accept": "application/json"}).json()["success"]
        return answer

    monkeypatch.setattr(LessonPageForm, "is_valid", valid_and_overtaken)
    assert desk.post(add, lesson_form() | button).status_code == 302
    lessons = LessonPage.objects.child_of(page).order_by("path")
    assert [lesson.slug for lesson in lessons] == ["nowa-lekcja", "nowa-lekcja-2"]
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.rule("catalogue-9")
def test_only_who_may_edit_the_course_places_a_lesson(client, learner) -> None:
    page = page_of(make_course(lessons=1))
    lesson = make_lesson(page)
    offer = reverse("courses_catalogue_place_lesson", args=[lesson.pk])
    client.force_login(learner.user)
    assert client.get(offer).status_code == 403
    assert client.post(offer, {"module": str(page.modules.get().key)}).status_code == 403
    draft = CoursePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.modules.first().steps.count() == 1


def test_a_course_without_modules_says_so_when_a_lesson_is_placed(desk) -> None:
    lesson = make_lesson(make_course_page())
    answer = desk.get(reverse("courses_catalogue_place_lesson", args=[lesson.pk]))
    assert answer.status_code == 200
    assert b'name="module"' not in answer.content


def test_an_empty_lesson_is_not_published(desk) -> None:
    page = make_course_page()
    add = reverse("wagtailadmin_pages:add", args=["courses_catalogue", "lessonpage", page.pk])
    answer = desk.post(add, lesson_form(body=streamfield([])) | {"action-publish": "1"})
    assert answer.status_code == 200
    assert "body" in answer.context["form"].errors


@pytest.mark.rule("catalogue-7")
def test_an_empty_question_is_saved_but_not_published(desk) -> None:
    page = make_course_page()
    options = {"options-count": "1", "options-0-type": "", "options-0-deleted": "", "options-0-order": "0"}
    options |= {"options-0-id": "", "options-0-value-text": "", "options-0-value-feedback": ""}
    form = lesson_form(body=streamfield([("check_yourself", {"question": "", **options})]))
    add = reverse("wagtailadmin_pages:add", args=["courses_catalogue", "lessonpage", page.pk])
    assert desk.post(add, form | {"action-publish": "1"}).status_code == 200
    assert not LessonPage.objects.exists()
    assert desk.post(add, form).status_code == 302
    assert LessonPage.objects.get().get_latest_revision_as_object().body[0].block_type == "check_yourself"


@pytest.mark.rule("catalogue-13")
def test_a_lesson_is_previewed_as_learners_see_it(desk) -> None:
    lesson = make_lesson(page_of(make_course(lessons=1)), title="Lekcja do podglądu")
    answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    assert answer.status_code == 200
    assert "Lekcja do podglądu" in words_of(answer)


@pytest.mark.rule("catalogue-18")
@pytest.mark.parametrize("placed", [True, False], ids=["in a module", "in no module yet"])
def test_a_preview_stands_in_the_players_frame(desk, placed: bool) -> None:
    page = page_of(make_course(lessons=3, title="Role i konta"))
    lesson = LessonPage.objects.order_by("path")[1] if placed else make_lesson(page)
    lesson.title, lesson.summary = "Nowy tytuł", "Nowy lead."
    lesson.save_revision()
    words = words_of(desk.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])))
    assert 'class="player-header"' in words
    assert "site--player" in words
    assert ">Role i konta" in words
    assert "<h1>Nowy tytuł</h1>" in words
    assert "Nowy lead." in words
    assert ("Krok 2 z 3" if placed else "Krok 4 z 4") in words.replace("&nbsp;", " ")
    assert "słowo słowo" in words


@pytest.mark.rule("catalogue-18")
def test_the_first_lesson_of_an_empty_course_is_previewed(desk) -> None:
    lesson = make_lesson(make_course_page())
    answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    assert 'class="player-header"' in words_of(answer)


@pytest.mark.rule("catalogue-18")
def test_a_lesson_is_previewed_while_it_is_typed(desk) -> None:
    page = page_of(make_course(lessons=1))
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["courses_catalogue", "lessonpage", page.pk])
    assert desk.post(preview, lesson_form()).json()["is_valid"]
    words = words_of(desk.get(preview))
    assert 'class="player-header"' in words
    assert "<h1>Nowa lekcja</h1>" in words


@pytest.mark.rule("catalogue-13")
def test_a_lessons_address_leads_into_the_player(client) -> None:
    course = make_course(lessons=1)
    lesson = LessonPage.objects.get()
    step = course.outlines.get().steps.get()
    answer = client.get(lesson.get_url())
    assert answer.url == reverse("courses_learning:open-step", args=[course.code, step.key])
    spare = make_lesson(page_of(course))
    assert client.get(spare.get_url()).url == page_of(course).get_url()
