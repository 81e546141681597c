"""The register of certificates on the coordinators' side: a list, one certificate, and what is done to it."""

from collections.abc import Iterator
from typing import Any, cast

import django_filters
from django.contrib.admin.utils import quote
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from certificates.actions import note_export
from certificates.models import Certificate
from certificates.permissions import can_change_certificate
from certificates.queries import certificates_with_error, verify_url
from certificates.register_acts import (
    INSPECT,
    issue_again,
    make_paper,
    open_paper,
    refusals,
    reissue,
    revoke,
    state_word,
)
from certificates.rules import State, normalise_code, normalise_number
from cms.accounts.models import User
from cms.accounts.rules import search_name as fold
from cms.spreadsheets import safe_cell
from courses.catalogue.models import Course

STATES = [
    (State.VALID.value, gettext_lazy("valid")),
    (State.REPLACED.value, gettext_lazy("replaced")),
    (State.REVOKED.value, gettext_lazy("revoked")),
    ("no_paper", gettext_lazy("without a PDF")),
    ("error", gettext_lazy("the PDF could not be made")),
]


def paper_word(certificate: Certificate) -> str:
    """How far the PDF is."""
    if not certificate.holder_name:
        return _("no PDF: the holder's data were removed")
    if certificate.pdf:
        return _("ready")
    return _("could not be made") if certificate.render_error else _("is being made")


class RegisterFilterSet(WagtailFilterSet):
    """By state, course and year."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="of_state")
    course = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Course"), field_name="award__course", queryset=Course.objects.all()
    )
    year = django_filters.NumberFilter(label=gettext_lazy("Year"), field_name="year", min_value=2000, max_value=2999)

    class Meta:
        model = Certificate
        fields: list[str] = []

    def of_state(self, queryset: QuerySet[Certificate], name: str, value: str) -> QuerySet[Certificate]:
        """The certificates in a state, or those whose PDF waits for somebody."""
        return queryset.filter(
            {
                State.VALID.value: Q(replaced_at=None, revoked_at=None),
                State.REPLACED.value: Q(replaced_at__isnull=False, revoked_at=None),
                State.REVOKED.value: Q(revoked_at__isnull=False),
                "no_paper": Q(pdf=""),
                "error": Q(pdf="") & ~Q(render_error=""),
            }[value]
        )


def courses_called(folded: str) -> list[int]:
    """The courses whose title, in one of their languages, holds what was typed; ``folded`` has no diacritics."""
    if len(folded) < 3:
        return []
    return [
        course.pk
        for course in Course.objects.all()
        if any(folded in fold(course.title(language)) for language in course.words)
    ]


class RegisterIndexView(generic.IndexView):
    """The list, with search by number, code, holder and course (without diacritics), the holder's address, and a
    spreadsheet of what it shows."""

    list_export = ("number", "holder", "course", "state", "issued_on", "completed_on", "minutes", "paper")
    template_name = "certificates/admin/register.html"

    def get_base_queryset(self) -> QuerySet[Certificate]:
        shown = super().get_base_queryset().select_related("award__course")
        return shown.defer("revocation_reason")

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet[Certificate]) -> QuerySet[Certificate]:
        if not self.is_searching:
            return queryset
        typed = self.search_query
        wanted = Q(number__icontains=typed.strip()) | Q(number=normalise_number(typed) or None)
        if folded := fold(typed):
            wanted |= Q(holder_search__contains=folded) | Q(award__course__in=courses_called(folded))
        if "@" in typed:
            address = typed.strip()
            wanted |= Q(person__user__email__icontains=address) | Q(person__email__icontains=address)
        if code := normalise_code(typed):
            wanted |= Q(code__startswith=code) if len(code) >= 6 else Q(code=code)
        return queryset.filter(wanted)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("number", TitleColumn),
            Column("holder_name", label=_("Holder"), sort_key="holder_search"),
            Column("course", label=_("Course"), accessor="award.course"),
            DateColumn("issued_at", label=_("Issued"), sort_key="issued_at"),
            Column("state", label=_("State"), accessor=state_word),
            Column("paper", label=_("PDF"), accessor=paper_word),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["errors"] = 0 if self.results_only else certificates_with_error().count()
        context["errors_url"] = f"{reverse('certificates_register:index')}?state=error"
        return context

    # The spreadsheet: nobody's name or title may become a formula on a coordinator's desk.

    def to_row_dict(self, item: Certificate) -> dict[str, Any]:
        return {
            "number": item.number,
            "holder": item.holder_name,
            "course": item.snapshot["course_title"],
            "state": state_word(item),
            "issued_on": item.snapshot["issued_on"],
            "completed_on": item.snapshot["completed_on"],
            "minutes": item.snapshot["minutes"],
            "paper": paper_word(item),
        }

    export_headings = {
        "number": gettext_lazy("Number"),
        "holder": gettext_lazy("Holder"),
        "course": gettext_lazy("Course"),
        "state": gettext_lazy("State"),
        "issued_on": gettext_lazy("Issued on"),
        "completed_on": gettext_lazy("Completed on"),
        "minutes": gettext_lazy("Minutes"),
        "paper": gettext_lazy("PDF"),
    }

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)
        return safe_cell(value) if isinstance(value, str) else value

    def as_spreadsheet(self, queryset: QuerySet[Certificate], spreadsheet_format: str) -> HttpResponseBase:
        note_export(by=cast(User, self.request.user), count=queryset.count(), file_format=spreadsheet_format)
        answer: HttpResponseBase = super().as_spreadsheet(queryset, spreadsheet_format)
        return answer

    def stream_csv(self, queryset: QuerySet[Certificate]) -> Iterator[bytes]:
        # The lines are made while they are sent, when the language of the coordinator is no longer the active one.
        language = translation.get_language()
        lines = super().stream_csv(queryset.iterator(chunk_size=500))

        def in_language() -> Iterator[bytes]:
            yield "\ufeff".encode()  # spreadsheets take a file without it for cp1250
            while True:
                with translation.override(language):
                    line = next(lines, None)
                if line is None:
                    return
                yield line

        return in_language()

    def write_csv_response(self, queryset: QuerySet[Certificate]) -> StreamingHttpResponse:
        response: StreamingHttpResponse = super().write_csv_response(queryset)
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        return response

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def get_filename(self) -> str:
        return f"{_('register-of-certificates')}-{timezone.localdate().isoformat()}"


class RegisterInspectView(generic.InspectView):
    """One certificate with what may be done to it; what may not be done says why."""

    template_name = "certificates/admin/certificate.html"
    page_title = gettext_lazy("Certificate")

    def get_object(self, queryset: Any = None) -> Certificate:
        rows = Certificate.objects.select_related("award__course", "revoked_by", "replaces", "replaced_by", "person")
        return get_object_or_404(rows, pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_fields_context(self) -> list[dict[str, Any]]:
        it = self.object
        successor = getattr(it, "replaced_by", None)
        rows = [
            (_("Number"), it.number),
            (_("State"), state_word(it)),
            (_("Holder"), it.holder_name or _("The holder's data were removed.")),
            (_("Course"), it.snapshot["course_title"]),
            (_("Length"), it.snapshot["hours_text"]),
            (_("Completed on"), it.snapshot["completed_on"]),
            (_("Issued"), timezone.localtime(it.issued_at).strftime("%Y-%m-%d %H:%M")),
            (_("PDF"), _link(_url("open_paper", it), _("Open the PDF")) if it.pdf else paper_word(it)),
            (_("Replaces"), _row_link(it.replaces) if it.replaces and not it.issue_reason else ""),
            (_("Issued after the revocation of"), _row_link(it.replaces) if it.replaces and it.issue_reason else ""),
            (_("Reason of the new issue"), it.issue_reason),
            (_("Replaced by"), _row_link(successor) if successor and not successor.issue_reason else ""),
            (_("Issued again as"), _row_link(successor) if successor and successor.issue_reason else ""),
            (_("Revoked"), timezone.localtime(it.revoked_at).strftime("%Y-%m-%d %H:%M") if it.revoked_at else ""),
            (_("Revoked by"), str(it.revoked_by) if it.revoked_by else ""),
            (_("Reason"), it.revocation_reason),
            (_("Address for checking"), _link(verify_url(it.code), verify_url(it.code))),
        ]
        return [{"label": label, "value": value, "component": None} for label, value in rows if value]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        it = self.object
        context |= {
            "may_change": can_change_certificate(self.request.user),
            "refusals": refusals(it),
            "revoke_url": _url("revoke", it),
            "reissue_url": _url("reissue", it),
            "again_url": _url("issue_again", it),
            "paper_url": _url("make_paper", it),
            "history_url": _url("history", it),
            "wants_paper": not it.pdf and bool(it.holder_name),
            "problem": problem(it),
        }
        return context


def problem(certificate: Certificate) -> str:
    """Why there is no PDF and what a coordinator does about it; empty when nothing failed."""
    if certificate.pdf or not certificate.render_error:
        return ""
    return _(
        "The PDF cannot be made from the words with which the certificate was issued (%(detail)s). Correct the name, "
        "the course or the template, and then issue the certificate anew."
    ) % {"detail": certificate.render_error}


class RegisterHistoryView(HistoryView):
    """Who did what to a certificate; it leads back to the certificate, since nobody edits one."""

    def get_edit_url(self, instance: Certificate) -> str:
        return _url("inspect", instance)

    @cached_property
    def columns(self) -> list[Column]:
        first, *others = super().columns
        return [first, Column("reason", label=_("Reason"), accessor=self.reason_of), *others]

    def reason_of(self, entry: Any) -> str:
        """What the certificate keeps of why it was done: the log itself holds no words about people."""
        reasons = {
            "certificates.revoke": self.object.revocation_reason,
            "certificates.issue_again": self.object.issue_reason,
            "certificates.reissue": _("The name was corrected."),
        }
        return reasons.get(entry.action) or "–"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(label=_("Certificate"), url=self.get_edit_url(self.object), icon_name="doc-full-inverse")]


def _url(name: str, certificate: Certificate) -> str:
    return reverse(f"certificates_register:{name}", args=[quote(certificate.pk)])


def _link(address: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)


def _row_link(certificate: Certificate) -> SafeString:
    return _link(_url("inspect", certificate), certificate.number)


class RegisterViewSet(ModelViewSet):
    """The register: nobody adds, edits or deletes a line."""

    model = Certificate
    name = "certificates_register"
    url_prefix = "certificates/register"
    menu_label = gettext_lazy("Register")
    menu_order = 100
    icon = "doc-full-inverse"
    index_view_class = RegisterIndexView
    inspect_view_class = RegisterInspectView
    history_view_class = RegisterHistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    filterset_class = RegisterFilterSet
    list_per_page = 50
    default_ordering = ("-issued_at", "-id")
    form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**nowhere, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        kept = {"index", "index_results", "history", "history_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in kept),
            path("<int:pk>/revoke/", revoke, name="revoke"),
            path("<int:pk>/reissue/", reissue, name="reissue"),
            path("<int:pk>/issue-again/", issue_again, name="issue_again"),
            path("<int:pk>/paper/", make_paper, name="make_paper"),
            path("<int:pk>/pdf/", open_paper, name="open_paper"),
        ]

    def get_permissions_to_register(self) -> Any:
        return super().get_permissions_to_register().filter(codename__regex=r"^(view|change)_")

    @property
    def url_finder_class(self) -> type:
        return type("RegisterURLFinder", (super().url_finder_class,), {"edit_url_name": INSPECT})
