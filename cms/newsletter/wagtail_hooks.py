"""What this room adds to the administration: its menu, the way from an issue to its outbox, the log."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.newsletter import outbox
from cms.newsletter.models import IssuePage, NewsletterTopic, Release
from cms.newsletter.permissions import can_release
from cms.newsletter.subscribers import SubscriberViewSet


class TopicViewSet(ModelViewSet):
    """What subscribers choose from."""

    model = NewsletterTopic
    name = "newsletter_topics"
    url_prefix = "newsletter/topics"
    icon = "tag"
    menu_label = _("Newsletter topics")
    menu_order = 300
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["title_pl", "title_en", "slug", "order"]
    list_display = ["title_pl", "title_en", "slug", "order"]
    search_fields = ["title_pl", "title_en"]
    list_per_page = 50


subscribers, topics = SubscriberViewSet(), TopicViewSet()


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    return [subscribers, topics]


@hooks.register("register_admin_urls")
def register_outbox() -> list[Any]:
    return [path("newsletter/issues/", include((outbox.urlpatterns, "newsletter_outbox")))]


class IssuesMenuItem(MenuItem):
    """For whoever may release."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_release(request.user)


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    issues = IssuesMenuItem(_("Issues"), reverse("newsletter_outbox:list"), icon_name="mail", order=100)
    items = [issues, subscribers.get_menu_item(order=200), topics.get_menu_item(order=300)]
    return SubmenuMenuItem(_("Newsletter"), Menu(items=items), icon_name="mail", order=330)


@hooks.register("register_page_header_buttons")
def lead_to_the_outbox(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From an issue to the screen on which it is tried and released."""
    if isinstance(page.specific_deferred, IssuePage) and can_release(user):
        url = reverse("newsletter_outbox:show-issue", args=[page.pk])
        yield Button(_("Send as newsletter"), url=url, icon_name="mail", priority=15)


@hooks.register("before_delete_page")
def keep_what_is_being_sent(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuses to delete an issue, or what stands above it, while it is being sent: its screen could not stop it."""
    below = page.get_descendants(inclusive=True).values("pk")
    going = Release.objects.filter(issue__in=below).exclude(state=Release.State.DONE)
    if request.method != "POST" or not going.exists():
        return None
    messages.error(request, _("This issue is being sent. Wait until it has gone out."))
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Those that an administrator gives by hand, or that roles hold."""
    names = ["release_issue", "export_subscriber", "view_subscriber", "change_subscriber", "delete_subscriber"]
    return Permission.objects.filter(content_type__app_label="cms_newsletter", codename__in=names)


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    for action, label, message in (
        ("newsletter.send_trial", _("Send a trial"), _("Trial of the newsletter sent")),
        ("newsletter.release", _("Release"), _("Newsletter released")),
        ("newsletter.stop", _("Stop"), _("Sending of the newsletter stopped")),
        ("newsletter.resume", _("Resume"), _("Sending of the newsletter resumed")),
        ("newsletter.repeat", _("Repeat"), _("Messages of the newsletter repeated")),
        ("newsletter.unsubscribe", _("Unsubscribe"), _("Subscriber unsubscribed on request")),
        ("newsletter.forget", _("Delete"), _("Subscriber deleted on request")),
        ("newsletter.export", _("Export"), _("List of subscribers exported")),
    ):
        registry.register_action(action, label, message)
