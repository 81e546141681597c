"""What this room adds to the administration: the list of reports, its entry in the menu, a panel, the log's words."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from cms.barriers.home_panel import WaitingReportsPanel
from cms.barriers.permissions import can_handle
from cms.barriers.queries import open_reports
from cms.barriers.reports_admin import ReportViewSet


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    return ReportViewSet()


class ReportsMenuItem(MenuItem):
    """For whoever answers reports; tells how many wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_handle(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component: LinkMenuItem = super().render_component(request)
        waiting = open_reports().count()
        if waiting:
            component.label = _("Barriers (%(number)d)") % {"number": waiting}
        return component


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return ReportsMenuItem(
        gettext_lazy("Barriers"), reverse("barriers:index"), name="barriers", icon_name="warning", order=325
    )


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    if can_handle(request.user):
        panels.append(WaitingReportsPanel(request))


@hooks.register("insert_global_admin_css")
def add_stylesheet() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin_barriers.css"))


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    for action, label, message in (
        ("barriers.receive", gettext_lazy("Receive"), gettext_lazy("Report of a barrier received")),
        ("barriers.take", gettext_lazy("Take over"), gettext_lazy("Report of a barrier taken over")),
        ("barriers.put_off", gettext_lazy("Put off"), gettext_lazy("Answer to a report of a barrier put off")),
        ("barriers.answer", gettext_lazy("Answer"), gettext_lazy("Report of a barrier answered")),
        ("barriers.refuse", gettext_lazy("Refuse"), gettext_lazy("Demand for accessibility refused")),
        ("barriers.close", gettext_lazy("Close"), gettext_lazy("Report of a barrier closed")),
        ("barriers.remind", gettext_lazy("Remind"), gettext_lazy("Reminder of the deadline sent")),
        ("barriers.forget", gettext_lazy("Remove data"), gettext_lazy("Personal data removed from a report")),
    ):
        registry.register_action(action, label, message)
