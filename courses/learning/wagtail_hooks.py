"""In the editors' side: nothing that learners need is withdrawn, deleted or moved away under their feet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from courses.catalogue.models import CoursePage, LessonPage
from courses.learning.staying import needs_of
from media.staying import reasons_to_stay

# These look before the hooks of the rooms below, which advise to unpublish what cannot be deleted.
FIRST = -10


def _refused(request: HttpRequest, rows: Iterable[models.Model]) -> bool:
    """Say why the rows have to stay; False when nothing keeps them."""
    reasons = reasons_to_stay(rows)
    for reason in reasons:
        messages.error(request, reason)
    return bool(reasons)


def _lessons(pages: Iterable[Page]) -> list[LessonPage]:
    return list(LessonPage.objects.filter(pk__in=[page.pk for page in pages]))


def _refused_below(request: HttpRequest, pages: Sequence[Page]) -> bool:
    """Say that lessons below pages that are withdrawn have to stay. The courses among the pages close with them."""
    below: list[models.Model] = []
    closing: list[Any] = []
    for page in pages:
        below += LessonPage.objects.descendant_of(page).live()
        closing += CoursePage.objects.descendant_of(page, inclusive=True).values_list("translation_key", flat=True)
    needed = needs_of(below, closing=closing)
    if needed:
        courses = sorted({need.course for needs in needed.values() for need in needs})
        text = _(
            "Nothing was unpublished, because people still learn from lessons below it (%(courses)s). "
            "Unpublish the page alone: the course then takes no new learners, and who began it can finish."
        )
        messages.error(request, text % {"courses": ", ".join(courses)})
    return bool(needed)


def _back_to(page: Page) -> HttpResponse:
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk) if parent else redirect("wagtailadmin_explore_root")


@hooks.register("before_unpublish_page", order=FIRST)
def refuse_to_withdraw_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    if _refused(request, _lessons([page])):
        return _back_to(page)
    if request.POST.get("include_descendants") and _refused_below(request, [page]):
        return _back_to(page)
    return None


@hooks.register("before_unpublish", order=FIRST)
def refuse_to_withdraw_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    if _refused(request, [instance]):
        return redirect(instance.snippet_viewset.get_url_name("edit"), instance.pk)
    return None


@hooks.register("before_delete_snippet", order=FIRST)
def refuse_to_delete_snippets(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    if not _refused(request, instances):
        return None
    viewset = instances[0].snippet_viewset
    if len(instances) == 1:
        return redirect(viewset.get_url_name("edit"), instances[0].pk)
    return redirect(viewset.get_url_name("list"))


@hooks.register("before_delete_page", order=FIRST)
def refuse_to_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _back_to(page) if _refused(request, _lessons([page])) else None


@hooks.register("before_move_page", order=FIRST)
def refuse_to_move_lesson(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """A lesson that a course needs stays below that course: its titles are kept with it."""
    if destination.pk != page.get_parent().pk and _refused(request, _lessons([page])):
        return _back_to(page)
    return None


@hooks.register("before_bulk_action", order=FIRST)
def refuse_many(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    pages = [row for row in objects if isinstance(row, Page)]
    if action_type not in {"unpublish", "delete", "move"} or not pages:
        return None
    if _refused(request, _lessons(pages)):
        return _back_to(pages[0])
    if action_type == "unpublish" and "include_descendants" in request.POST and _refused_below(request, pages):
        return _back_to(pages[0])
    return None


class PagesToRead(PagesAdminAPIViewSet):
    """Wagtail's endpoint for pages without its actions: they ask none of the hooks above, nor any other room's.

    The editors' side itself only reads here; whatever it changes, it changes through its own forms.
    """

    actions = {}


@hooks.register("construct_admin_api")
def offer_no_actions(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesToRead)
