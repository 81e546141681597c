"""Reports on the editors' side: the list with what is left of their time, one report with its steps, and what to do."""

from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import registry as log_registry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.accounts.models import User
from cms.barriers import actions, rules
from cms.barriers.forms import AnswerForm, CloseForm, PutOffForm, RefuseForm
from cms.barriers.models import KINDS, STATES, BarrierReport
from cms.barriers.permissions import can_forget, can_handle
from cms.barriers.wording import left_words, name_of, step_words

NOTHING = "–"


class ReportPolicy(ModelPermissionPolicy):
    """Visitors write reports; here they are read, and settled by ways of their own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(BarrierReport, ReportPolicy(BarrierReport))


class ReportFilterSet(WagtailFilterSet):
    """By how far a report is, what it is, and whether its day has passed."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES)
    time = django_filters.ChoiceFilter(
        label=gettext_lazy("Time"),
        method="filter_time",
        choices=[
            ("open", gettext_lazy("waits for an answer")),
            ("late", gettext_lazy("late")),
            ("settled", gettext_lazy("settled")),
        ],
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=KINDS)
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=BarrierReport._meta.get_field("language").choices
    )

    class Meta:
        model = BarrierReport
        fields = ["time", "state", "kind", "language"]

    def filter_time(self, queryset: QuerySet[BarrierReport], name: str, value: str) -> QuerySet[BarrierReport]:
        if value == "settled":
            return queryset.filter(settled_at__isnull=False)
        waiting = queryset.filter(settled_at=None)
        return waiting.filter(deadline__lt=timezone.localdate()) if value == "late" else waiting


def kind_words(report: BarrierReport) -> str:
    """A demand or a hint, in one word."""
    return _("a demand") if report.kind == rules.Kind.DEMAND else _("a hint")


class ReportIndexView(generic.IndexView):
    """Reports with what is left of their time. The table to take away tells of no person."""

    template_name = "cms/barriers/admin/reports.html"
    list_export = ("number", "kind", "state", "received_at", "deadline", "settled_at", "language", "place")
    export_headings = {
        "number": gettext_lazy("Number"),
        "kind": gettext_lazy("Kind"),
        "state": gettext_lazy("State"),
        "received_at": gettext_lazy("Received"),
        "deadline": gettext_lazy("Answer by"),
        "settled_at": gettext_lazy("Settled"),
        "language": gettext_lazy("Language"),
        "place": gettext_lazy("Where"),
    }

    def to_row_dict(self, item: BarrierReport) -> dict[str, Any]:
        return {
            "number": item.number,
            "kind": kind_words(item),
            "state": str(item.get_state_display()),
            "received_at": timezone.localtime(item.received_at).strftime("%Y-%m-%d %H:%M"),
            "deadline": item.deadline.isoformat(),
            "settled_at": timezone.localtime(item.settled_at).strftime("%Y-%m-%d %H:%M") if item.settled_at else "",
            "language": item.language,
            "place": item.place,
        }

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def get_filename(self) -> str:
        return f"barriers-{timezone.localdate().isoformat()}"


class ReportInspectView(generic.InspectView):
    """One report with everything in it, its steps, and the ways to settle it."""

    template_name = "cms/barriers/admin/report.html"
    page_title = gettext_lazy("Report of a barrier")

    def get_page_subtitle(self) -> str:
        return str(self.object.number)

    def get_fields(self) -> list[str]:
        return []

    def get_fields_context(self) -> list[dict[str, Any]]:
        it = self.object
        longest = rules.longest_deadline_of(timezone.localdate(it.received_at))
        rows = [
            (_("Kind"), it.get_kind_display()),
            (_("State"), it.get_state_display()),
            (_("Received"), _moment(it.received_at)),
            (_("Answer by"), date_format(it.deadline, "DATE_FORMAT")),
            (_("Can be put off to"), date_format(longest, "DATE_FORMAT") if it.is_open else ""),
            (_("Why it takes longer"), it.put_off_reason),
            (_("Language"), it.get_language_display()),
            (_("Where"), it.place),
            (_("What is not accessible"), it.barrier),
            (_("What would help"), it.remedy),
            (_("First name and surname"), it.name),
            (_("Answer wanted"), it.get_answer_by_display()),
            (_("E-mail address"), it.email),
            (_("Telephone number"), it.phone),
            (_("Taken over by"), name_of(it.taken_by)),
            (_("Answer"), it.answer),
            (_("Other way of access"), it.alternative),
            (_("Why it was closed"), it.get_ending_display() if it.ending else ""),
            (_("Settled"), _moment(it.settled_at)),
        ]
        return [{"label": label, "value": value or NOTHING, "component": None} for label, value in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        it, user = self.object, self.request.user
        today = timezone.localdate()
        entries = log_registry.get_logs_for_instance(it).select_related("user__person").order_by("timestamp", "pk")
        context |= {
            "steps": [
                {"at": _moment(entry.timestamp), "who": name_of(entry.user), "what": step_words(entry)}
                for entry in entries
            ],
            "left": left_words(it, today),
            "late": it.is_open and it.deadline < today,
            "can_handle": can_handle(user) and it.is_open,
            "is_mine": it.taken_by_id == user.pk,
            "can_put_off": it.deadline < rules.longest_deadline_of(timezone.localdate(it.received_at)),
            "can_forget": can_forget(user) and not it.is_open and it.forgotten_at is None,
            "place_url": it.place if it.place.startswith("/") and not it.place.startswith("//") else "",
        }
        return context


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report over; a second press changes nothing."""
    return _act(request, pk, actions.take, _("You have taken the report over. You will be reminded of its deadline."))


def _act(request: HttpRequest, pk: int, action: Any, done: str, **words: Any) -> HttpResponse:
    """Do it, and say so; a report that somebody settled in the meantime is shown as it is."""
    if not can_handle(request.user):
        raise PermissionDenied
    report = get_object_or_404(BarrierReport, pk=pk)
    try:
        action(report_id=report.pk, by=cast(User, request.user), **words)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return redirect("barriers:inspect", pk)


WAYS: dict[str, tuple[type[forms.Form], Any, Any, Any, Any]] = {
    "put-off": (
        PutOffForm,
        actions.put_off,
        gettext_lazy("Put the answer off"),
        gettext_lazy("Use this only where 7 days are too short. The new day is at most two months after the receipt."),
        gettext_lazy("The answer has been put off, and whoever reported has been told if there is an e-mail address."),
    ),
    "answer": (
        AnswerForm,
        actions.answer,
        gettext_lazy("Answer"),
        gettext_lazy("The answer settles the report. It cannot be changed afterwards."),
        gettext_lazy("The report has been answered."),
    ),
    "refuse": (
        RefuseForm,
        actions.refuse,
        gettext_lazy("Refuse"),
        gettext_lazy("A refusal needs a reason and another way of access. Whoever demanded it may complain about it."),
        gettext_lazy("The refusal has been recorded."),
    ),
    "close": (
        CloseForm,
        actions.close,
        gettext_lazy("Close without an answer"),
        gettext_lazy("Only for reports that need no answer. A demand that was not withdrawn needs one."),
        gettext_lazy("The report has been closed."),
    ),
}
"""Ways to settle a report: the form, the action, the heading, what to know before, what is said after."""


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """One way to settle a report, or to put its answer off: a form, then the action."""
    if not can_handle(request.user):
        raise PermissionDenied
    report = get_object_or_404(BarrierReport, pk=pk)
    form_class, action, heading, help_text, done = WAYS[way]
    if not report.is_open:
        messages.error(request, _("This report has been settled already."))
        return redirect("barriers:inspect", pk)
    form = form_class(request.POST or None, report=report)  # type: ignore[call-arg]
    if request.method == "POST" and form.is_valid():
        try:
            action(report_id=report.pk, by=cast(User, request.user), **form.cleaned_data)
        except ValidationError as refusal:
            if refusal.code == "settled":
                messages.error(request, " ".join(refusal.messages))
                return redirect("barriers:inspect", pk)
            form.add_error("until" if "until" in form.fields else None, refusal)
        else:
            messages.success(request, str(done))
            return redirect("barriers:inspect", pk)
    context = {
        "report": report,
        "form": form,
        "way": way,
        "heading": heading,
        "help_text": help_text,
        "left": left_words(report, timezone.localdate()),
        "longest": rules.longest_deadline_of(timezone.localdate(report.received_at)),
        "back_url": reverse("barriers:inspect", args=[pk]),
    }
    return render(request, "cms/barriers/admin/settle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes words, name and contact out of a settled report."""
    if not can_forget(request.user):
        raise PermissionDenied
    report = get_object_or_404(BarrierReport, pk=pk)
    if request.method == "POST":
        if actions.forget(report_id=report.pk, by=cast(User, request.user)):
            messages.success(request, _("The words, the name and the contact have been removed from the report."))
        else:
            messages.error(request, _("Only a settled report can be cleared, and only once."))
        return redirect("barriers:inspect", pk)
    context = {"report": report, "back_url": reverse("barriers:inspect", args=[pk])}
    return render(request, "cms/barriers/admin/forget.html", context)


def _inspect_url(report: BarrierReport) -> str:
    return reverse("barriers:inspect", args=[report.pk])


def _received_words(report: BarrierReport) -> str:
    return date_format(timezone.localdate(report.received_at), "SHORT_DATE_FORMAT")


def _deadline_words(report: BarrierReport) -> str:
    return date_format(report.deadline, "SHORT_DATE_FORMAT")


class LeftColumn(Column):
    """What is left of the time, in words, with a sign and a colour."""

    cell_template_name = "cms/barriers/admin/left_cell.html"

    def get_value(self, instance: BarrierReport) -> dict[str, Any]:
        today = timezone.localdate()
        days = (instance.deadline - today).days
        near = "late" if days < 0 else "soon" if days <= rules.SOON else ""
        return {"words": left_words(instance, today), "near": near if instance.is_open else ""}


class ReportViewSet(ModelViewSet):
    """Reports of barriers."""

    model = BarrierReport
    name = "barriers"
    icon = "warning"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ReportIndexView
    inspect_view_class = ReportInspectView
    form_fields: list[str] = []
    filterset_class = ReportFilterSet
    list_per_page = 50
    search_fields = ["number", "barrier", "place", "name", "email"]
    list_display = [
        TitleColumn(
            "number",
            label=gettext_lazy("Number"),
            sort_key="number",
            get_url=_inspect_url,
            classname="report-number",
        ),
        Column("received_at", label=gettext_lazy("Received"), accessor=_received_words, sort_key="received_at"),
        Column("deadline", label=gettext_lazy("Answer by"), accessor=_deadline_words, sort_key="deadline"),
        LeftColumn("left", label=gettext_lazy("Time left")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
        Column("kind", label=gettext_lazy("Kind"), accessor=kind_words, sort_key="kind"),
        Column("place", label=gettext_lazy("Where"), accessor=lambda report: report.place or NOTHING),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display", sort_key="language"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("take-over/<int:pk>/", take_over, name="take-over"),
            *[path(f"{way}/<int:pk>/", settle, {"way": way}, name=way) for way in WAYS],
            path("forget/<int:pk>/", forget, name="forget"),
        ]
