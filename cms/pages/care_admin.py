"""The report on the care of pages: which of them were to be reviewed, by whom, and which state law without a date."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, get_page_content_types
from wagtail.permissions import page_permission_policy

from cms.pages.queries import pages_with_care
from cms.pages.rules import CareState

STATES = {
    CareState.OUTDATED: _("out of date"),
    CareState.OVERDUE: _("review overdue"),
    CareState.SOON: _("review within 30 days"),
    CareState.FINE: _("in order"),
    CareState.NO_DATE: _("no date of review"),
}
MAY_SEE = ["add", "change", "publish"]


def state_words(page: Any) -> str:
    """How the page stands, in words."""
    return str(STATES[CareState(page.care_state)])


def kind_words(page: Page) -> str:
    """What kind of page it is."""
    return str(page.content_type.name)


def _people(request: HttpRequest) -> QuerySet[Any]:
    return get_user_model()._default_manager.filter(pk__in=Page.objects.values("care__responsible"))


class PageCareFilterSet(WagtailFilterSet):
    """By state, kind, language and responsible person."""

    care_state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(state.value, words) for state, words in STATES.items()]
    )
    content_type = ContentTypeFilter(
        label=_("Kind"), queryset=lambda _request: get_page_content_types(include_base_page_type=False)
    )
    responsible = django_filters.ModelChoiceFilter(
        label=_("Responsible person"), field_name="care__responsible", queryset=_people
    )
    without_law = django_filters.BooleanFilter(label=_("Without a day of the law"), method="lacks_law")

    class Meta:
        model = Page
        fields = ["care_state", "content_type", "locale", "responsible", "without_law"]

    def lacks_law(self, queryset: QuerySet[Page], name: str, value: bool) -> QuerySet[Page]:
        return queryset.filter(law_as_of__isnull=value)


class PageCareView(ReportView):
    """Live pages that one may edit, those in the worst state first."""

    page_title = _("Care of pages")
    header_icon = "date"
    model = Page
    filterset_class = PageCareFilterSet
    index_url_name = "cms_pages_care_report"
    index_results_url_name = "cms_pages_care_report_results"
    permission_policy = page_permission_policy
    any_permission_required = MAY_SEE
    default_ordering = "review_on"
    is_searchable = False
    export_filename = "pages"
    columns = [
        TitleColumn("title", label=_("Title"), url_name="wagtailadmin_pages:edit", sort_key="title"),
        Column(kind_words, label=_("Kind")),
        Column("locale", label=_("Language")),
        Column("responsible_email", label=_("Responsible person"), sort_key="responsible_email"),
        DateColumn("law_as_of", label=_("Law as of"), sort_key="law_as_of"),
        DateColumn("review_on", label=_("Review on"), sort_key="review_on"),
        Column(state_words, label=_("State")),
    ]
    list_export = [
        "title",
        "content_type.name",
        "locale",
        "responsible_email",
        "law_as_of",
        "review_on",
        "care_state",
        "full_url",
    ]
    export_headings = {
        "title": _("Title"),
        "content_type.name": _("Kind"),
        "locale": _("Language"),
        "responsible_email": _("Responsible person"),
        "law_as_of": _("Law as of"),
        "review_on": _("Review on"),
        "care_state": _("State"),
        "full_url": _("Address"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        in_words = dict.fromkeys(self.FORMATS, lambda value: str(STATES[CareState(value)]))
        self.custom_field_preprocess = self.custom_field_preprocess | {"care_state": in_words}

    def get_base_queryset(self) -> QuerySet[Page]:
        return self._pages()

    def get_queryset(self) -> QuerySet[Page]:
        self.queryset = self._pages()
        return super().get_queryset()

    def _pages(self) -> QuerySet[Page]:
        mine = page_permission_policy.instances_user_has_any_permission_for(self.request.user, MAY_SEE)
        pages = mine.live().filter(depth__gt=1).select_related("content_type", "locale")
        return pages_with_care(pages, today=timezone.localdate()).order_by("review_on", "title", "pk")


class PageCareMenuItem(MenuItem):
    """Shown to whoever edits pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, MAY_SEE))
