"""The outbox for coordinators and administrators: what was sent, what was not and why, and sending again."""

from datetime import datetime
from functools import cached_property
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.mail import actions
from cms.mail.models import OutgoingMail
from cms.mail.permissions import can_send_again
from cms.mail.wording import KINDS, kind_words, state_words, trouble_words


class OutboxPolicy(ModelPermissionPolicy):
    """Letters are written by the program: here they are only looked at."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(OutgoingMail, OutboxPolicy(OutgoingMail))


NOTHING = "–"


class OutboxFilterSet(WagtailFilterSet):
    """By how far a letter is and what it is about."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=OutgoingMail.State.choices)
    template = django_filters.ChoiceFilter(label=gettext_lazy("Kind of message"), choices=list(KINDS.items()))

    class Meta:
        model = OutgoingMail
        fields = ["state", "template"]


class OutboxIndexView(generic.IndexView):
    """Letters, newest first, with the state of each."""

    template_name = "cms/mail/outbox.html"

    def get_list_more_buttons(self, instance: OutgoingMail) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if instance.can_be_sent_again and can_send_again(self.request.user):
            url = reverse("outbox:send_again", args=[instance.pk])
            buttons.append(MenuItem(_("Send again"), url=url, icon_name="mail", priority=30))
        return buttons


class OutboxInspectView(generic.InspectView):
    """One letter; what it was filled with is not shown, because it may hold one-time links."""

    template_name = "cms/mail/letter.html"
    page_title = gettext_lazy("Message")

    def get_page_subtitle(self) -> str:
        return str(self.object.recipient)

    def get_fields(self) -> list[str]:
        return []

    def get_fields_context(self) -> list[dict[str, Any]]:
        it = self.object
        waits = it.state == OutgoingMail.State.QUEUED
        rows = [
            (_("Recipient"), it.recipient),
            (_("Kind of message"), kind_words(it)),
            (_("Language"), dict(settings.LANGUAGES).get(it.language, it.language)),
            (_("State"), state_words(it)),
            (_("Tries"), str(it.tries)),
            (_("What happened"), trouble_words(it)),
            (_("Created"), _moment(it.created_at)),
            (_("Next try"), _moment(it.next_try_at) if waits else ""),
            (_("Sent"), _moment(it.sent_at) if it.sent_at else ""),
        ]
        return [{"label": label, "value": value or NOTHING, "component": None} for label, value in rows]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if self.object.can_be_sent_again and can_send_again(self.request.user):
            url = reverse("outbox:send_again", args=[self.object.pk])
            buttons.append(Button(_("Send again"), url=url, icon_name="mail", priority=30))
        return buttons


def _moment(value: datetime) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")


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
    return render(
        request, "cms/mail/send_again.html", {"mail": mail, "kind": kind_words(mail), "page_title": _("Send again")}
    )


def _letter_url(mail: OutgoingMail) -> str:
    return reverse("outbox:inspect", args=[mail.pk])


class SentColumn(DateColumn):
    """When a letter was sent; a dash for one that was not."""

    cell_template_name = "cms/mail/sent_cell.html"


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
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    form_fields: list[str] = []
    filterset_class = OutboxFilterSet
    list_per_page = 50
    search_fields = ["recipient"]
    list_display = [
        TitleColumn("recipient", label=gettext_lazy("Recipient"), sort_key="recipient", get_url=_letter_url),
        Column("template", label=gettext_lazy("Kind of message"), accessor=kind_words, sort_key="template"),
        Column("state", label=gettext_lazy("State"), accessor=state_words, sort_key="state"),
        Column("trouble", label=gettext_lazy("What happened"), accessor=lambda mail: trouble_words(mail) or NOTHING),
        DateColumn("created_at", label=gettext_lazy("Created"), sort_key="created_at"),
        SentColumn("sent_at", label=gettext_lazy("Sent"), sort_key="sent_at"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("send-again/<int:pk>/", send_again, name="send_again")]


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSet:
    return OutboxViewSet()


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    registry.register_action("mail.send_again", gettext_lazy("Send again"), gettext_lazy("Sent the message again"))
