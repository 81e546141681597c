"""What editors meet: forms that refuse in words, the offer of a module, guards against deleting, previews."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.accounts.actions import create_account
from cms.accounts.models import Person
from cms.accounts.rules import Role
from courses.catalogue.blocks import LessonBlock
from courses.catalogue.forms import LessonPageForm
from courses.catalogue.models import Course, CoursePage, LessonPage, ModuleStep
from courses.learning.models import Enrolment
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import make_course, make_course_page, make_index, make_lesson, page_of, set_outline
from tests.factories.learning import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> Person:
    """Somebody of the editors."""
    return create_account(email="redakcja@example.org", password="x", name="Piotr Przykładowy", roles=[Role.EDITORS])


@pytest.fixture
def desk(editor: Person) -> Client:
    """The editor's browser, signed in."""
    client = Client()
    client.force_login(editor.user)
    return client


def course_form(steps: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """The form of a course with one module of these steps, as the browser sends it."""
    rows = [{"kind": "lesson", "lesson": "", "film": "", "quiz": "", "required": "on"} | step for step in steps]
    for row in rows:
        if not row["required"]:
            row.pop("required")
    module = {"code": "B1", "title": "Moduł", "aim": "", "steps": inline_formset(rows)}
    return nested_form_data(
        {
            "title": "Nowe szkolenie",
            "slug": "nowe-szkolenie",
            "code": "nowe-szkolenie",
            "summary": "Opis.",
            "abilities": "",
            "modules": inline_formset([module] if steps else []),
            "form": "online",
            "legal_as_of": "",
            "sequential": "on",
            "audience": rich_text(""),
            "requirements": rich_text(""),
            "outcomes_knowledge": "",
            "outcomes_skills": "",
            "outcomes_social": "",
            "verification_method": "",
            "trainer": "",
            "validator": "",
            **fields,
        }
    )


def words_of(answer: Any) -> str:
    """All that the page says."""
    return " ".join(answer.content.decode().split())


@pytest.mark.rule("catalogue-5")
@pytest.mark.parametrize(
    "steps",
    [[], [{"kind": "lesson"}], [{"kind": "quiz"}]],
    ids=["no step", "a lesson step without a lesson", "a quiz step without a quiz"],
)
def test_an_unfinished_course_is_saved_as_a_draft_but_not_published(desk, steps) -> None:
    page = make_course_page(code="nowe-szkolenie")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    draft = desk.post(edit, course_form(steps))
    assert draft.status_code == 302, "a draft may be unfinished"
    refused = desk.post(edit, course_form(steps) | {"action-publish": "1"})
    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()
    page.refresh_from_db()
    assert not page.live
    assert not Course.objects.exists()


@pytest.mark.rule("catalogue-5")
def test_the_error_stands_at_the_step(desk) -> None:
    page = make_course_page(code="nowe-szkolenie")
    answer = desk.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), course_form([{"kind": "quiz"}]) | {"action-publish": "1"}
    )
    module_form = answer.context["form"].formsets["modules"].forms[0]
    assert "quiz" in module_form.formsets["steps"].forms[0].errors


@pytest.mark.rule("catalogue-5")
def test_a_course_whose_steps_are_all_optional_is_not_published(desk) -> None:
    page = make_course_page(code="nowe-szkolenie")
    lesson = make_lesson(page)
    steps = [{"lesson": str(lesson.pk), "required": ""}]
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert desk.post(edit, course_form(steps) | {"action-publish": "1"}).status_code == 200
    assert not Course.objects.exists()
    assert desk.post(edit, course_form([{"lesson": str(lesson.pk)}]) | {"action-publish": "1"}).status_code == 302
    assert Course.objects.get().outlines.get().steps.get().lesson_id == lesson.pk


@pytest.mark.rule("catalogue-14")
@pytest.mark.parametrize("required", ["on", ""])
def test_a_step_to_a_draft_is_refused_by_name(desk, required: str) -> None:
    page = make_course_page(code="nowe-szkolenie")
    lesson, quiz = make_lesson(page), QuizFactory(title="Quiz o rolach", live=False)
    form = course_form([{"lesson": str(lesson.pk)}, {"kind": "quiz", "quiz": str(quiz.pk), "required": required}])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    refused = desk.post(edit, form | {"action-publish": "1"})
    assert refused.status_code == 200
    words = "Krok 2 w module „Moduł”: quiz „Quiz o rolach” nie jest opublikowany. Opublikuj go najpierw albo usuń krok."
    assert words in words_of(refused)
    steps = refused.context["form"].formsets["modules"].forms[0].formsets["steps"].forms
    assert "quiz" in steps[1].errors
    assert not Course.objects.exists()
    quiz.live = True
    quiz.save()
    assert desk.post(edit, form | {"action-publish": "1"}).status_code == 302
    assert Course.objects.get().outlines.get().steps.count() == 2


@pytest.mark.rule("catalogue-5", "catalogue-14")
@pytest.mark.parametrize("below", [False, True], ids=["the course itself", "with the list above it"])
def test_many_pages_are_not_published_past_the_form(desk, below: bool) -> None:
    page = make_course_page()
    lesson = make_lesson(page, title="Szkic lekcji")
    set_outline(page, [lesson])
    page.save_revision()
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    asked = page.get_parent() if below else page
    form = {"include_descendants": "on"} if below else {}
    answer = desk.post(f"{bulk}?id={asked.pk}", form, follow=True)
    assert "lekcja „Szkic lekcji” nie jest opublikowana" in words_of(answer)
    page.refresh_from_db()
    assert not page.live
    assert not Course.objects.exists()
    lesson.save_revision().publish()
    desk.post(f"{bulk}?id={asked.pk}", form)
    assert Course.objects.get().outlines.get().steps.get().lesson_id == lesson.pk


@pytest.mark.rule("catalogue-5", "catalogue-6")
@pytest.mark.parametrize("code", ["zajety", "inny"])
def test_a_code_is_neither_taken_nor_changed(desk, code: str) -> None:
    make_course(code="zajety")
    course = make_course(code="nowe-szkolenie", lessons=1)
    page = page_of(course)
    lesson = LessonPage.objects.child_of(page).get()
    form = course_form([{"lesson": str(lesson.pk)}], code=code) | {"action-publish": "1"}
    answer = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors
    course.refresh_from_db()
    assert course.code == "nowe-szkolenie"


def test_a_step_has_only_the_target_of_its_kind() -> None:
    lesson = make_lesson(make_course_page())
    with pytest.raises(ValidationError, check=lambda error: error.code == "target_of_other_kind"):
        ModuleStep(kind="quiz", lesson=lesson).clean()
    ModuleStep(kind="lesson", lesson=lesson).clean()
    assert str(ModuleStep(kind="lesson", lesson=lesson)) == lesson.title
    assert str(ModuleStep(kind="quiz"))


def lesson_form(**fields: Any) -> dict[str, Any]:
    """The form of a lesson with one paragraph."""
    return nested_form_data(
        {
            "title": "Nowa lekcja",
            "slug": "nowa-lekcja",
            "summary": "",
            "body": streamfield([("text", rich_text("<p>Tekst.</p>"))]),
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


@pytest.mark.rule("catalogue-8")
def test_what_people_learn_from_is_not_deleted(desk, learner) -> None:
    course = make_course(lessons=1)
    enrol(learner, course)
    page = page_of(course)
    lesson = LessonPage.objects.get()
    for target in (lesson, page, make_index(), page.get_parent().get_parent()):
        answer = desk.post(reverse("wagtailadmin_pages:delete", args=[target.pk]))
        assert answer.status_code == 302
        assert Page.objects.filter(pk=target.pk).exists()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert desk.post(f"{bulk}?id={lesson.pk}").status_code == 302
    assert LessonPage.objects.filter(pk=lesson.pk).exists()
    assert Enrolment.objects.exists()


def test_what_nobody_rests_on_is_deleted(desk) -> None:
    lesson = make_lesson(make_course_page())
    assert desk.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk])).status_code == 302
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()


@pytest.mark.rule("catalogue-10")
def test_a_course_is_duplicated_with_its_lessons(desk) -> None:
    course = make_course(lessons=2)
    page = page_of(course)
    form = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": str(page.get_parent().pk),
        "copy_subpages": "on",
        "publish_copies": "",
        "alias": "",
    }
    assert desk.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form).status_code == 302
    copy = CoursePage.objects.get(slug="kopia")
    own = set(LessonPage.objects.child_of(copy).values_list("pk", flat=True))
    assert {step.lesson_id for module in copy.modules.all() for step in module.steps.all()} == own
    assert copy.code == "kopia"


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


TEXT_TABLE = {"columns": [{"type": "text", "heading": "Rola"}], "rows": [{"values": [""]}], "caption": ""}
CHECK = {"question": "Co?", "options": [{"text": "A", "feedback": "a"}, {"text": "B", "feedback": "b"}]}


@pytest.mark.rule("catalogue-7")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("callout", {"kind": "law", "title": "", "as_of": None, "text": "<p>Ustawa.</p>"}),
        ("check_yourself", CHECK),
        ("check_yourself", CHECK | {"options": [dict(o, correct=True) for o in CHECK["options"]]}),
        ("image", {"image": None, "caption": ""}),
        ("table", {"caption": "Role", "table": {"columns": [], "rows": [], "caption": ""}}),
        ("table", {"caption": "Role", "table": TEXT_TABLE}),
        ("check_yourself", {"question": "", "options": []}),
    ],
    ids=[
        "law without its day",
        "no right answer",
        "two right answers",
        "no picture",
        "table without columns",
        "table without words",
        "empty question",
    ],
)
def test_blocks_refuse_what_would_mislead_but_keep_it_in_a_draft(kind: str, value: dict[str, Any]) -> None:
    block = LessonBlock()
    entered = block.to_python([{"type": kind, "value": value, "id": "1"}])
    with pytest.raises(StreamBlockValidationError):
        block.clean(entered)
    assert len(block.clean_deferred(entered)) == 1
    with pytest.raises(StreamBlockValidationError):
        block.clean(entered)


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


@pytest.mark.rule("catalogue-7")
def test_blocks_take_what_is_whole() -> None:
    block = LessonBlock()
    options = [{"text": "A", "feedback": "a", "correct": True}, {"text": "B", "feedback": "b"}]
    day = datetime.date(2026, 11, 24).isoformat()
    law = {"kind": "law", "title": "", "as_of": day, "text": "<p>Ustawa.</p>"}
    stored = [
        {"type": "check_yourself", "value": CHECK | {"options": options}, "id": "1"},
        {"type": "callout", "value": law, "id": "2"},
    ]
    assert len(block.clean(block.to_python(stored))) == 2
