"""The outbox of issues on the editors' side: who would get one, a trial, the release, how far it is, what failed."""

from collections.abc import Callable
from typing import Any, cast

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from cms.accounts.models import User
from cms.newsletter import rules, sending
from cms.newsletter.models import Delivery, IssuePage, Release
from cms.newsletter.permissions import can_release
from cms.newsletter.queries import audience_facts, failed_deliveries, issues_with_numbers, progress_of, warnings_of
from cms.newsletter.wording import reason_words, trouble_words, warning_words
from media.models import LANGUAGES

FAILED_PER_PAGE = 50
NOTHING = "–"


def state_words(issue: IssuePage) -> str:
    """How far an issue is, from draft to sent."""
    release = getattr(issue, "release", None)
    if release is not None:
        return str(release.get_state_display())
    return _("published, not sent") if issue.live else _("draft")


def _number(name: str) -> Callable[[Any], str]:
    return lambda issue: str(getattr(issue, name)) if getattr(issue, "release", None) else NOTHING


class IssueFilterSet(WagtailFilterSet):
    """By language and by how far an issue is."""

    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), field_name="locale__language_code", choices=LANGUAGES
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="of_state",
        choices=[("none", gettext_lazy("not sent yet")), *Release.State.choices],
    )

    class Meta:
        model = IssuePage
        fields: list[str] = []

    def of_state(self, queryset: QuerySet[IssuePage], name: str, value: str) -> QuerySet[IssuePage]:
        """The issues without a release, or those whose release is so far."""
        return queryset.filter(release=None) if value == "none" else queryset.filter(release__state=value)


class IssuesView(generic.IndexView):
    """Every issue, newest first, with how many letters of it were sent and not sent."""

    model = IssuePage
    page_title = gettext_lazy("Newsletter issues")
    header_icon = "mail"
    index_url_name = "newsletter_outbox:list"
    index_results_url_name = "newsletter_outbox:list-results"
    template_name = "cms/newsletter/admin/issues.html"
    filterset_class = IssueFilterSet
    default_ordering = "-pk"
    paginate_by = 20
    is_searchable = True
    search_fields = ["title", "subject"]
    _show_breadcrumbs = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _refuse_others(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[IssuePage]:
        return issues_with_numbers()

    def search_queryset(self, queryset: QuerySet[IssuePage]) -> QuerySet[IssuePage]:
        return queryset.filter(title__icontains=self.search_query.strip()) if self.is_searching else queryset

    def get_edit_url(self, instance: IssuePage) -> str:
        return reverse("newsletter_outbox:show-issue", args=[instance.pk])

    def get_add_url(self) -> None:
        return None

    def get_list_buttons(self, instance: IssuePage) -> list[Any]:
        return []

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Issue"), sort_key="title", get_url=self.get_edit_url),
            Column("language", label=_("Language"), accessor=lambda issue: issue.locale.get_display_name()),
            Column("state", label=_("State"), accessor=state_words),
            Column("waiting", label=_("Waiting"), accessor=_number("number_waiting")),
            Column("sent", label=_("Letters sent"), accessor=_number("number_sent")),
            Column("failed", label=_("Not sent"), accessor=_number("number_failed")),
            DateColumn("released", label=_("Released"), accessor="release.released_at"),
        ]


def _refuse_others(request: HttpRequest) -> None:
    if not can_release(request.user):
        raise PermissionDenied


def _issue(pk: int) -> IssuePage:
    return get_object_or_404(IssuePage.objects.select_related("locale", "release"), pk=pk)


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def show_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the release: who would get the issue and what to look at. After it: how far it is, and what failed."""
    _refuse_others(request)
    issue = _issue(pk)
    release: Release | None = getattr(issue, "release", None)
    context: dict[str, Any] = {
        "issue": issue,
        "release": release,
        "state": state_words(issue),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[issue.pk]),
        "back_url": reverse("newsletter_outbox:list"),
        "own_address": _by(request).email,
    }
    if release is None:
        context["audience"] = audience_facts(issue)
        context["warnings"] = [warning_words(warning) for warning in warnings_of(issue)]
    else:
        failed = Paginator(failed_deliveries(release), FAILED_PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "trouble": trouble_words(release),
            "progress": progress_of(release),
            "failed": failed,
            "failures": [_failure(one) for one in failed],
        }
    return render(request, "cms/newsletter/admin/issue.html", context)


def _failure(delivery: Delivery) -> dict[str, str]:
    subscriber = delivery.subscriber
    return {
        "address": rules.masked(subscriber.email) if subscriber else _("deleted since"),
        "reason": reason_words(delivery),
    }


@require_POST
def send_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the latest draft to whoever asks."""
    _refuse_others(request)
    issue = _issue(pk)
    draft = cast(IssuePage, issue.get_latest_revision_as_object())
    sending.send_trial(issue=draft, by=_by(request))
    messages.success(request, _("The trial message is on its way to %(address)s.") % {"address": _by(request).email})
    return redirect("newsletter_outbox:show-issue", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks with the number of readers, then sends. There is no way back from the first letter."""
    _refuse_others(request)
    issue = _issue(pk)
    if request.method == "POST":
        try:
            begun = sending.release_issue(issue_id=issue.pk, by=_by(request))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("The issue is being sent. Addresses: %(number)d.") % {"number": begun.total})
        return redirect("newsletter_outbox:show-issue", pk)
    if getattr(issue, "release", None) is not None:
        return redirect("newsletter_outbox:show-issue", pk)
    audience = audience_facts(issue)
    context = {
        "issue": issue,
        "audience": audience,
        "warnings": [warning_words(warning) for warning in warnings_of(issue)],
        "back_url": reverse("newsletter_outbox:show-issue", args=[pk]),
    }
    return render(request, "cms/newsletter/admin/release.html", context)


ACTS: dict[str, Callable[..., Any]] = {
    "stop": sending.stop,
    "resume": sending.resume,
    "repeat": sending.repeat_failed,
}


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Stops, resumes, or repeats what failed."""
    _refuse_others(request)
    begun = get_object_or_404(Release, issue_id=pk)
    do = ACTS.get(name)
    if do is not None:
        do(release_id=begun.pk, by=_by(request))
        messages.success(request, {
            "stop": _("Sending has been stopped."),
            "resume": _("Sending goes on."),
            "repeat": _("The messages that failed will be tried again."),
        }[name])  # fmt: skip
    return redirect("newsletter_outbox:show-issue", pk)


urlpatterns = [
    path("", IssuesView.as_view(), name="list"),
    path("results/", IssuesView.as_view(results_only=True), name="list-results"),
    path("<int:pk>/", show_issue, name="show-issue"),
    path("<int:pk>/trial/", send_trial, name="send-trial"),
    path("<int:pk>/release/", release, name="release"),
    path("<int:pk>/<str:name>/", act, name="act"),
]
