"""The outbox for coordinators and administrators: what was sent, what was not and why, and sending again."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.mail import actions
from cms.mail.models import OutgoingMail
from cms.mail.permissions import can_send_again


class OutboxPolicy(ModelPermissionPolicy):
    """Letters are written by the program: here they are only looked at."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(OutgoingMail, OutboxPolicy(OutgoingMail))


class OutboxIndexView(generic.IndexView):
    """Letters, newest first, with the state of each."""

    def get_list_more_buttons(self, instance: OutgoingMail) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if instance.can_be_sent_again and can_send_again(self.request.user):
            url = reverse("outbox:send_again", args=[instance.pk])
            buttons.append(MenuItem(_("Send again"), url=url, icon_name="mail", priority=30))
        return buttons


class OutboxInspectView(generic.InspectView):
    """One letter; what it was filled with is not shown, because it may hold one-time links."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.object.can_be_sent_again and can_send_again(self.request.user):
            url = reverse("outbox:send_again", args=[self.object.pk])
            buttons.append(Button(_("Send again"), url=url, icon_name="mail", priority=30))
        return buttons


@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then puts the letter back into the queue."""
    if not can_send_again(request.user):
        raise PermissionDenied
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if request.method == "POST" or not mail.can_be_sent_again:
        try:
            actions.send_again(mail_id=mail.pk, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The message is in the queue and will be sent in a moment."))
        return redirect("outbox:index")
    return render(request, "cms/mail/send_again.html", {"mail": mail, "page_title": _("Send again")})


class OutboxViewSet(ModelViewSet):
    """The outbox."""

    model = OutgoingMail
    name = "outbox"
    icon = "mail"
    menu_label = gettext_lazy("Outbox")
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "recipient", "template", "language", "state", "tries", "last_error", "created_at", "next_try_at", "sent_at",
    ]  # fmt: skip
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    form_fields: list[str] = []
    list_filter = ["state", "template"]
    search_fields = ["recipient"]
    list_display = [
        "recipient",
        Column("template", label=gettext_lazy("Template"), sort_key="template"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        Column("tries", label=gettext_lazy("Tries"), sort_key="tries"),
        DateColumn("created_at", label=gettext_lazy("Created"), sort_key="created_at"),
        DateColumn("sent_at", label=gettext_lazy("Sent"), sort_key="sent_at"),
        Column("last_error", label=gettext_lazy("Last error")),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("send-again/<int:pk>/", send_again, name="send_again")]


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSet:
    return OutboxViewSet()


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    registry.register_action("mail.send_again", gettext_lazy("Send again"), gettext_lazy("Sent the message again"))
