"""What this room adds to the administration: refusals, the list of exemptions, the guide, what waits for whom."""

import json
from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.checks import views
from cms.checks.home_panels import add_panels
from cms.checks.models import Exemption
from cms.checks.panels import address_of_faults
from cms.checks.permissions import can_see_exemptions
from cms.checks.queries import is_checked, refusal_words, standings_of, uses_of
from cms.checks.rules import Check
from cms.checks.wording import KINDS, kind_words, use_words


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("checks/<int:kind>/<int:pk>/", views.show_faults, name="cms_checks_faults"),
        path("checks/exemptions/<int:pk>/take-back/", views.take_back, name="cms_checks_take_back"),
        path("guide/", views.show_guide, name="cms_checks_guide_start"),
        path("guide/<slug:slug>/", views.show_guide, name="cms_checks_guide"),
    ]


# --- Refusals where no form of a page asks ------------------------------------------------------------------------


@hooks.register("before_publish_page")
def refuse_to_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A second look at what is stored: another form may have been used, or something was deleted meanwhile."""
    words = refusal_words(page)
    if not words:
        return None
    _say(request, [(page, words)])
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_publish")
def refuse_to_publish_a_snippet(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """A film, quiz or other snippet is saved as a draft and not published while a grave fault is there."""
    words = refusal_words(instance) if is_checked(instance) else []
    if not words:
        return None
    _say(request, [(instance, words)])
    return redirect(instance.snippet_viewset.get_url_name("edit"), instance.pk)


@hooks.register("before_bulk_action")
def refuse_to_publish_many(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Publishing many at once goes past all forms; nothing of it is done while one of them has a grave fault."""
    if action_type != "publish":
        return None
    rows = [row.get_latest_revision_as_object() for row in _all_of(request, objects)]
    refused = [(row, words) for row in rows if (words := refusal_words(row))]
    if not refused:
        return None
    _say(request, refused)
    first = objects[0]
    if isinstance(first, Page):
        return redirect("wagtailadmin_explore", first.get_parent().pk)
    return redirect(first.snippet_viewset.get_url_name("list"))


def _all_of(request: HttpRequest, objects: Sequence[Any]) -> list[Any]:
    """The rows to be published, with the drafts below them where the editor wants that."""
    rows = [row.specific if isinstance(row, Page) else row for row in objects if is_checked(row)]
    if "include_descendants" in request.POST:
        for page in [row for row in rows if isinstance(row, Page)]:
            rows += page.get_descendants().not_live().specific()
    return rows


def _say(request: HttpRequest, refused: list[tuple[Any, list[str]]]) -> None:
    for row, words in refused:
        messages.error(
            request,
            _("Not published: %(title)s. %(faults)s") % {"title": row, "faults": " ".join(words)},
            buttons=[messages.button(address_of_faults(row), _("Show the faults"))],
        )


@hooks.register("before_edit_snippet")
def tell_beforehand(request: HttpRequest, instance: Any) -> None:
    """What would stop a film or quiz is told as soon as its form is opened."""
    if request.method != "GET" or not is_checked(instance):
        return
    stopping = sum(standing.stops for standing in standings_of(instance.get_latest_revision_as_object()))
    if stopping:
        messages.warning(
            request,
            ngettext(
                "One fault keeps this from being published.",
                "%(count)d faults keep this from being published.",
                stopping,
            )
            % {"count": stopping},
            buttons=[messages.button(address_of_faults(instance), _("Show the faults"))],
        )


@hooks.register("before_edit_snippet")
@hooks.register("before_delete_snippet")
def tell_where_it_is_used(request: HttpRequest, instances: Any) -> None:
    """Whoever is about to change or delete a film, term or quiz sees first where it is used."""
    if request.method != "GET":
        return
    for row in instances if isinstance(instances, (list, tuple)) else [instances]:
        uses = uses_of(row)
        if words := use_words(uses.titles, uses.more):
            messages.info(request, words)


@hooks.register("before_delete_page")
def tell_where_a_page_is_used(request: HttpRequest, page: Page) -> None:
    """Whoever is about to delete a page sees first what links it."""
    uses = uses_of(page) if request.method == "GET" else None
    if uses is not None and (words := use_words(uses.titles, uses.more)):
        messages.warning(request, words)


# --- Exemptions ---------------------------------------------------------------------------------------------------


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Exemptions are written where the fault is shown; the list only tells of them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Exemption, ReadOnlyPolicy(Exemption))

OPEN, DUE, CLOSED = "open", "due", "closed"


class ExemptionFilterSet(WagtailFilterSet):
    """By state, language and kind of fault."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="by_state",
        choices=[(OPEN, gettext_lazy("open")), (DUE, gettext_lazy("past its day")), (CLOSED, gettext_lazy("closed"))],
    )
    check_id = django_filters.ChoiceFilter(
        label=gettext_lazy("Fault"), choices=[(check.value, KINDS[check]) for check in Check]
    )

    class Meta:
        model = Exemption
        fields = ["state", "language", "check_id"]

    def by_state(self, rows: QuerySet[Exemption], name: str, value: str) -> QuerySet[Exemption]:
        if value == CLOSED:
            return rows.exclude(closed_at=None)
        rows = rows.filter(closed_at=None)
        return rows.filter(mend_by__lt=timezone.localdate()) if value == DUE else rows


def state_words(one: Exemption) -> str:
    """Whether somebody has to act."""
    if one.closed_at is not None:
        return _("closed")
    return _("past its day") if one.mend_by < timezone.localdate() else _("open")


class ExemptionIndexView(generic.IndexView):
    """All exemptions, the soonest due first."""

    export_headings = {"check_id": gettext_lazy("Fault"), "granted_by": gettext_lazy("Let pass by")}


class ExemptionViewSet(ModelViewSet):
    """The list of exemptions among the reports."""

    model = Exemption
    name = "exemptions"
    url_prefix = "reports/exemptions"
    icon = "check"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = ExemptionIndexView
    index_template_name = "cms/checks/exemptions.html"
    form_fields: list[str] = []
    filterset_class = ExemptionFilterSet
    list_per_page = 50
    search_fields = ["title", "what", "reason"]
    list_display = [
        TitleColumn(
            "title",
            label=gettext_lazy("Where"),
            sort_key="title",
            get_url=lambda one: reverse("cms_checks_faults", args=[one.content_type_id, one.object_id]),
        ),
        Column("check_id", label=gettext_lazy("Fault"), accessor=lambda one: kind_words(one.check_id)),
        Column("what", label=gettext_lazy("What")),
        Column("reason", label=gettext_lazy("Reason")),
        Column("mend_by", label=gettext_lazy("Mended by"), sort_key="mend_by"),
        Column("state", label=gettext_lazy("State"), accessor=state_words),
        DateColumn("granted_at", label=gettext_lazy("Let pass on"), sort_key="granted_at"),
    ]
    list_export = [
        "title",
        "language",
        "check_id",
        "what",
        "reason",
        "mend_by",
        "granted_by",
        "granted_at",
        "closed_at",
    ]

    def get_urlpatterns(self) -> list[Any]:
        kept = {"index", "index_results"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        gone = ("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**dict.fromkeys(gone), **kwargs)


@hooks.register("register_admin_viewset")
def register_exemptions() -> ExemptionViewSet:
    return ExemptionViewSet()


class ExemptionsMenuItem(MenuItem):
    """Shown to whoever writes or reviews."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_exemptions(request.user)


@hooks.register("register_reports_menu_item")
def exemptions_in_the_menu() -> MenuItem:
    return ExemptionsMenuItem(
        gettext_lazy("Exemptions"), reverse("exemptions:index"), name="exemptions", icon_name="check", order=650
    )


@hooks.register("register_log_actions")
def name_acts_for_the_log(actions: Any) -> None:
    actions.register_action("checks.let_pass", gettext_lazy("Let a fault pass"), gettext_lazy("Fault let pass"))
    actions.register_action(
        "checks.take_back", gettext_lazy("Take back an exemption"), gettext_lazy("Exemption taken back")
    )


@hooks.register("insert_editor_js")
def clean_what_is_pasted() -> SafeString:
    """Text pasted from Word comes in clean, and a note says what was dropped."""
    words = {
        "dropped": _("Pasted from Word. Left out:"),
        "nothing": _("Pasted from Word. Nothing was left out."),
        "styles": _("colours and fonts"),
        "pictures": _("pictures (add them as blocks)"),
        "tables": _("tables (their cells came in as text; use the block “table”)"),
        "comments": _("comments"),
        "footnotes": _("footnotes"),
        "deletions": _("deleted words"),
    }
    return format_html('<script src="{}" data-words="{}"></script>', static("js/word_paste.js"), json.dumps(words))


@hooks.register("insert_global_admin_css")
def look_of_checks() -> SafeString:
    """The look of the checks and of the guide."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin_checks.css"))


# --- The guide, and what waits ------------------------------------------------------------------------------------


class GuideMenuItem(MenuItem):
    """Shown to whoever writes or reviews."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_exemptions(request.user)


@hooks.register("register_admin_menu_item")
def guide_in_the_menu() -> MenuItem:
    return GuideMenuItem(
        "Poradnik redakcji", reverse("cms_checks_guide_start"), name="guide", icon_name="help", order=900
    )


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    add_panels(request, panels)


@hooks.register("register_page_header_buttons")
def faults_of_a_page(page: Page, user: Any, view_name: str, next_url: str | None = None) -> list[Button]:
    """The way to all faults of a page from its menu."""
    if view_name != "edit" or not page.pk or not can_see_exemptions(user):
        return []
    return [Button(_("Check before publication"), address_of_faults(page.specific), icon_name="check", priority=60)]
