"""The catalogue in the editors' side: forms, guards against deleting what records rest on, places for new lessons."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses.catalogue.actions import is_in_use, repoint_copied_steps
from courses.catalogue.models import CoursePage, LessonPage
from courses.catalogue.queries import draft_problem_steps
from courses.catalogue.rules import publish_problems
from courses.catalogue.views import offer_place
from courses.catalogue.wording import publish_refusal


@hooks.register("register_admin_urls")
def place_lesson_url() -> list[Any]:
    return [path("lessons/<int:pk>/place/", offer_place, name="courses_catalogue_place_lesson")]


@hooks.register("after_create_page")
def offer_module_for_new_lesson(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A lesson saved under a course is offered for one of its modules at once."""
    if isinstance(page, LessonPage):
        return redirect("courses_catalogue_place_lesson", page.pk)
    return None


@hooks.register("after_copy_page")
def mend_copied_course(request: HttpRequest, page: Page, new_page: Page) -> None:
    original, copy = page.specific, new_page.specific
    if isinstance(copy, CoursePage):
        repoint_copied_steps(original=original, copy=copy)


@hooks.register("before_delete_page")
def refuse_to_delete_what_is_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not is_in_use(page):
        return None
    text = _("“%(title)s” cannot be deleted: people may learn from it. Unpublish it instead.")
    messages.error(request, text % {"title": page.title})
    if page.live:
        return redirect("wagtailadmin_pages:unpublish", page.pk)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def refuse_to_delete_many_in_use(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    used = [page.title for page in objects if isinstance(page, Page) and is_in_use(page)]
    if not used:
        return None
    messages.error(
        request,
        _("Not deleted, because people may learn from it: %(titles)s. Unpublish it instead.")
        % {"titles": ", ".join(used)},
    )
    return redirect("wagtailadmin_explore_root")


@hooks.register("before_bulk_action")
def refuse_to_publish_many_unfinished(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Publishing many at once goes past the form of a course, so what the form refuses is refused here."""
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not pages:
        return None
    courses = list(CoursePage.objects.filter(pk__in=[page.pk for page in pages]))
    if "include_descendants" in request.POST:
        for page in pages:
            courses += CoursePage.objects.descendant_of(page).not_live()
    refusals = [
        f"{course.title}: {publish_refusal(code, step)}"
        for course in courses
        for code, step in publish_problems(draft_problem_steps(course.get_latest_revision_as_object()))
    ]
    if not refusals:
        return None
    for words in refusals:
        messages.error(request, words)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)
