"""What editors of courses meet: forms that refuse in words, guards against deleting, duplicates."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from courses.catalogue.models import Course, CoursePage, LessonPage, ModuleStep
from courses.learning.models import Enrolment
from tests.factories.assessment import QuizFactory
from tests.factories.catalogue import make_course, make_course_page, make_index, make_lesson, page_of, set_outline
from tests.factories.learning import enrol
from tests.factories.pages import nothing_beside
from tests.reading import words_of

pytestmark = pytest.mark.django_db


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
            **nothing_beside(),
            **fields,
        }
    )


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
