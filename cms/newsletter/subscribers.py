"""Subscribers on the editors' side: for administrators who answer requests, and as a table."""

from typing import Any, cast

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.accounts.models import User
from cms.newsletter import actions
from cms.newsletter.models import ConsentEvent, NewsletterTopic, Subscriber
from cms.newsletter.permissions import can_export_subscribers

NOTHING = "–"


class SubscriberPolicy(ModelPermissionPolicy):
    """Subscribers write their rows themselves: here they are looked at, and taken out by ways of their own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(Subscriber, SubscriberPolicy(Subscriber))


class SubscriberFilterSet(WagtailFilterSet):
    """By state, language and topic."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=Subscriber.State.choices)
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=Subscriber._meta.get_field("language").choices
    )
    topics = django_filters.ModelChoiceFilter(label=gettext_lazy("Topic"), queryset=NewsletterTopic.objects.all())

    class Meta:
        model = Subscriber
        fields = ["state", "language", "topics"]


def topics_in_words(subscriber: Subscriber) -> str:
    """What the subscriber chose, in one line."""
    return ", ".join(str(topic) for topic in subscriber.topics.all()) or NOTHING


class SubscriberIndexView(generic.IndexView):
    """Addresses with their state. The table to take away is for whoever holds the permission for it, and is logged."""

    template_name = "cms/newsletter/admin/subscribers.html"
    list_export = ("email", "language", "topics", "state", "created_at", "confirmed_at", "ended_at")
    export_headings = {
        "email": gettext_lazy("E-mail address"),
        "language": gettext_lazy("Language"),
        "topics": gettext_lazy("Topics"),
        "state": gettext_lazy("State"),
        "created_at": gettext_lazy("Asked"),
        "confirmed_at": gettext_lazy("Confirmed"),
        "ended_at": gettext_lazy("Ended"),
    }

    @cached_property
    def show_export_buttons(self) -> bool:
        return can_export_subscribers(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("export") and not can_export_subscribers(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Subscriber]:
        return super().get_base_queryset().prefetch_related("topics")

    def to_row_dict(self, item: Subscriber) -> dict[str, Any]:
        days = {name: getattr(item, name) for name in ("created_at", "confirmed_at", "ended_at")}
        return {
            "email": item.email,
            "language": item.language,
            "topics": topics_in_words(item),
            "state": str(item.get_state_display()),
            **{name: timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else "" for name, at in days.items()},
        }

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def get_filename(self) -> str:
        return f"newsletter-{timezone.localdate().isoformat()}"

    def as_spreadsheet(self, queryset: QuerySet[Subscriber], spreadsheet_format: str) -> HttpResponseBase:
        actions.note_export(by=cast(User, self.request.user), count=queryset.count(), file_format=spreadsheet_format)
        answer: HttpResponseBase = super().as_spreadsheet(queryset, spreadsheet_format)
        return answer


class SubscriberInspectView(generic.InspectView):
    """One address with the proof of its consent, and the two ways of taking it out on request."""

    template_name = "cms/newsletter/admin/subscriber.html"
    page_title = gettext_lazy("Subscriber")

    def get_page_subtitle(self) -> str:
        return str(self.object.email)

    def get_fields(self) -> list[str]:
        return []

    def get_fields_context(self) -> list[dict[str, Any]]:
        it = self.object
        rows = [
            (_("E-mail address"), it.email),
            (_("State"), it.get_state_display()),
            (_("Language"), it.get_language_display()),
            (_("Topics"), topics_in_words(it)),
            (_("Asked"), _moment(it.created_at)),
            (_("Confirmed"), _moment(it.confirmed_at)),
            (_("Ended"), _moment(it.ended_at)),
        ]
        return [{"label": label, "value": value or NOTHING, "component": None} for label, value in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        events = ConsentEvent.objects.filter(subscriber=self.object)
        context["events"] = [
            {
                "kind": event.get_kind_display(),
                "source": event.get_source_display(),
                "at": _moment(event.at),
                "words": event.words,
                "version": event.text_version,
            }
            for event in events
        ]
        context["can_take_out"] = self.request.user.has_perm("cms_newsletter.change_subscriber")
        context["active"] = self.object.state == Subscriber.State.ACTIVE
        return context


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Asks, then unsubscribes (``unsubscribe``) or deletes all about an address (``forget``). Logged."""
    needed = "delete_subscriber" if way == "forget" else "change_subscriber"
    if not request.user.has_perm(f"cms_newsletter.{needed}"):
        raise PermissionDenied
    subscriber = get_object_or_404(Subscriber, pk=pk)
    by = cast(User, request.user)
    if request.method == "POST":
        if way == "forget":
            actions.forget(subscriber_id=subscriber.pk, by=by)
            messages.success(request, _("The subscriber and all data about them have been deleted."))
            return redirect("newsletter_subscribers:index")
        actions.unsubscribe(subscriber_id=subscriber.pk, source=ConsentEvent.Source.STAFF, by=by)
        messages.success(request, _("The subscriber will not receive the newsletter any more."))
        return redirect("newsletter_subscribers:inspect", pk)
    context = {
        "subscriber": subscriber,
        "forget": way == "forget",
        "back_url": reverse("newsletter_subscribers:inspect", args=[pk]),
    }
    return render(request, "cms/newsletter/admin/take_out.html", context)


def _inspect_url(subscriber: Subscriber) -> str:
    return reverse("newsletter_subscribers:inspect", args=[subscriber.pk])


class SubscriberViewSet(ModelViewSet):
    """Subscribers."""

    model = Subscriber
    name = "newsletter_subscribers"
    url_prefix = "newsletter/subscribers"
    icon = "group"
    menu_label = gettext_lazy("Subscribers")
    menu_order = 200
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = SubscriberIndexView
    inspect_view_class = SubscriberInspectView
    form_fields: list[str] = []
    filterset_class = SubscriberFilterSet
    list_per_page = 50
    search_fields = ["email"]
    list_display = [
        TitleColumn("email", label=gettext_lazy("E-mail address"), sort_key="email", get_url=_inspect_url),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display", sort_key="language"),
        Column("topics", label=gettext_lazy("Topics"), accessor=topics_in_words),
        DateColumn("created_at", label=gettext_lazy("Asked"), sort_key="created_at"),
        DateColumn("confirmed_at", label=gettext_lazy("Confirmed"), sort_key="confirmed_at"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        forget = path("forget/<int:pk>/", take_out, {"way": "forget"}, name="forget")
        return [
            *super().get_urlpatterns(),
            path("unsubscribe/<int:pk>/", take_out, {"way": "unsubscribe"}, name="unsubscribe"),
            forget,
        ]
