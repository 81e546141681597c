"""The report of downloads: how often each file was taken on each day, for whoever looks after the library."""

import django_filters
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.library.models import DownloadCount, MadeFile, PublicationFile, Topic

LIBRARIANS = ModelPermissionPolicy(Topic)
MAY_SEE = {"change"}


def counts_with_titles() -> QuerySet[DownloadCount]:
    """Downloads by day with the titles of file and publication; a file that is gone keeps its numbers. 1 query."""
    files = PublicationFile.objects.filter(key=OuterRef("key")).order_by("pk")
    made = MadeFile.objects.filter(key=OuterRef("key"))
    gone = Value("–", output_field=CharField())
    return DownloadCount.objects.annotate(
        publication_title=Coalesce(
            Subquery(files.values("publication__title")[:1]), Subquery(made.values("publication__title")[:1]), gone
        ),
        file_title=Coalesce(
            Subquery(files.values("document__title")[:1]), Subquery(made.values("format")[:1]), gone,
            output_field=CharField(),
        ),
    )  # fmt: skip


class DownloadFilterSet(WagtailFilterSet):
    """By days, and by words of the title."""

    day = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    title = django_filters.CharFilter(
        label=_("Title of the publication"), field_name="publication_title", lookup_expr="icontains"
    )

    class Meta:
        model = DownloadCount
        fields = ["day"]


class DownloadsView(ReportView):
    """Every file on every day on which somebody took it, the newest first."""

    page_title = _("Downloads")
    header_icon = "download"
    model = DownloadCount
    filterset_class = DownloadFilterSet
    index_url_name = "cms_library_downloads_report"
    index_results_url_name = "cms_library_downloads_report_results"
    permission_policy = LIBRARIANS
    any_permission_required = MAY_SEE
    default_ordering = "-day"
    is_searchable = False
    export_filename = "downloads"
    columns = [
        Column("day", label=_("Day"), sort_key="day"),
        Column("publication_title", label=_("Publication"), sort_key="publication_title"),
        Column("file_title", label=_("File"), sort_key="file_title"),
        Column("count", label=_("Downloads"), sort_key="count"),
    ]
    list_export = ["day", "publication_title", "file_title", "count"]
    export_headings = {
        "day": _("Day"),
        "publication_title": _("Publication"),
        "file_title": _("File"),
        "count": _("Downloads"),
    }

    def get_base_queryset(self) -> QuerySet[DownloadCount]:
        return counts_with_titles()

    def get_queryset(self) -> QuerySet[DownloadCount]:
        self.queryset = counts_with_titles()
        found: QuerySet[DownloadCount] = super().get_queryset()
        return found


class DownloadsMenuItem(MenuItem):
    """Shown to whoever looks after the library."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(LIBRARIANS.user_has_any_permission(request.user, MAY_SEE))
