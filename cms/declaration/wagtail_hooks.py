"""What this room adds to the administration: its screen, the history of reviews, refusals, the first screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.declaration import views
from cms.declaration.models import Review
from cms.declaration.panels import add_panels
from cms.declaration.permissions import can_see_declaration
from cms.declaration.queries import contradiction
from cms.declaration.wording import status_words
from cms.pages.models import AccessibilityPage


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("declaration/", views.show_declaration, name="cms_declaration_overview"),
        path("declaration/review/", views.record, name="cms_declaration_review"),
        path("declaration/heading/<str:key>/", views.put_under_heading, name="cms_declaration_place"),
    ]


class DeclarationMenuItem(MenuItem):
    """Shown to whoever writes, reviews or administers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_declaration(request.user)  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def declaration_in_the_menu() -> MenuItem:
    return DeclarationMenuItem(
        _("Accessibility declaration"),
        reverse("cms_declaration_overview"),
        name="declaration",
        icon_name="clipboard-list",
        order=850,
    )


@hooks.register("construct_homepage_panels")
def how_the_declaration_stands(request: HttpRequest, panels: list[Any]) -> None:
    add_panels(request, panels)


@hooks.register("before_publish_page")
def refuse_a_status_that_contradicts(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A declaration is not published with a status that its own list contradicts. What was typed stays as a draft."""
    if not isinstance(page, AccessibilityPage):
        return None
    fault = contradiction(page, language=page.locale.language_code)
    if fault is None:
        return None
    messages.error(request, status_words(fault))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_page_header_buttons")
def to_the_declaration(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """From the page to the screen of its reviews and of its list."""
    if not can_see_declaration(user) or page.cached_content_type.model_class() is not AccessibilityPage:
        return []
    return [Button(_("Reviews and list"), reverse("cms_declaration_overview"), icon_name="date", priority=60)]


class KeptPolicy(ModelPermissionPolicy):
    """Reviews are recorded on the declaration's screen and never changed; the history only tells of them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Review, KeptPolicy(Review))


class HistoryView(generic.IndexView):
    """Every review, the newest first."""

    export_headings = {"reviewed_by": _("Recorded by")}

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("reviewed_by__person")


class ReviewViewSet(ModelViewSet):
    """The history of reviews."""

    model = Review
    name = "declaration_reviews"
    url_prefix = "declaration/history"
    icon = "date"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = HistoryView
    index_template_name = "cms/declaration/history.html"
    form_fields: list[str] = []
    list_per_page = 50
    list_filter = ["kind", "method", "status"]
    search_fields = ["auditor", "notes"]
    list_display = [
        DateColumn("reviewed_on", label=_("Reviewed on"), sort_key="reviewed_on"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("method", label=_("How it was assessed"), accessor="get_method_display"),
        Column("auditor", label=_("Auditor")),
        Column("status", label=_("Result"), accessor="get_status_display", sort_key="status"),
        DateColumn("next_on", label=_("Next review by"), sort_key="next_on"),
        Column("reviewed_by", label=_("Recorded by")),
        Column("notes", label=_("Notes")),
    ]
    list_export = [
        "reviewed_on",
        "kind",
        "method",
        "auditor",
        "status",
        "next_on",
        "reviewed_by",
        "recorded_at",
        "notes",
    ]

    def get_urlpatterns(self) -> list[Any]:
        kept = {"index", "index_results"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = ("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**dict.fromkeys(gone), **kwargs)


@hooks.register("register_admin_viewset")
def register_history() -> ReviewViewSet:
    return ReviewViewSet()


@hooks.register("register_log_actions")
def name_acts_for_the_log(actions: Any) -> None:
    actions.register_action("declaration.review", _("Record a review"), _("Review of the declaration recorded"))
    actions.register_action("declaration.place", _("Put under a heading"), _("Content put under a heading"))
