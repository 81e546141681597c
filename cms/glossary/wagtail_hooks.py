"""Terms in the editors' side, and the button that turns hints off for a page."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.glossary.models import Term
from cms.glossary.views import ask_hints, show_uses
from cms.pages.models import BasePage
from cms.pages.typography import date_in_words
from media.choosers import GuardedChooserViewSet


def state_words(term: Term) -> str:
    """Whether readers meet it."""
    if not term.live:
        return _("draft")
    return _("published, changes not yet published") if term.has_unpublished_changes else _("published")


def edit_address(term: Term) -> str:
    """Where the term is edited. Wagtail's own column asks the database for each line."""
    return reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])


def uses_link(term: Term) -> SafeString | str:
    """On how many published pages its words stand, as a link to them."""
    count = getattr(term, "use_count", 0)
    return format_html('<a href="{}">{}</a>', reverse("cms_glossary_uses", args=[term.pk]), count) if count else "0"


def law_words(term: Term) -> str:
    return date_in_words(term.legal_as_of, get_language()) if term.legal_as_of else "–"


class TermFilters(WagtailFilterSet):
    """Narrow the list of terms."""

    live = django_filters.BooleanFilter(label=gettext_lazy("published"))
    legal_as_of = django_filters.DateFromToRangeFilter(label=gettext_lazy("law as of"), widget=DateRangePickerWidget)

    class Meta:
        model = Term
        fields = ["live", "is_sample", "legal_as_of"]


class TermIndexView(IndexView):
    """The list of terms, each with how many published pages use its words."""

    def get_base_queryset(self) -> QuerySet[Term]:
        count = Count("uses", filter=Q(uses__page__live=True))
        terms: QuerySet[Term] = super().get_base_queryset().select_related("locale").annotate(use_count=count)
        return terms


class TermViewSet(SnippetViewSet):
    """The terms of the glossary."""

    model = Term
    icon = "openquote"
    menu_label = gettext_lazy("Glossary")
    menu_order = 330
    add_to_admin_menu = True
    index_view_class = TermIndexView
    chooser_viewset_class = GuardedChooserViewSet
    filterset_class = TermFilters
    copy_view_enabled = False
    ordering = ["sort_key"]
    search_fields = ["title", "abbreviation", "synonyms", "explanation"]
    list_display = [
        TitleColumn("title", label=gettext_lazy("term"), accessor=str, sort_key="sort_key", get_url=edit_address),
        Column("locale", label=gettext_lazy("Language"), accessor="locale", sort_key="locale"),
        Column("explanation", label=gettext_lazy("short explanation"), accessor="explanation"),
        Column("use_count", label=gettext_lazy("Used on pages"), accessor=uses_link, sort_key="use_count"),
        Column("legal_as_of", label=gettext_lazy("law as of"), accessor=law_words, sort_key="legal_as_of"),
        Column("state", label=gettext_lazy("Status"), accessor=state_words, sort_key="live"),
    ]


register_snippet(TermViewSet)


@hooks.register("register_admin_urls")
def glossary_urls() -> list[Any]:
    return [
        path("glossary/hints/<int:pk>/", ask_hints, name="cms_glossary_ask_hints"),
        path("glossary/uses/<int:pk>/", show_uses, name="cms_glossary_uses"),
    ]


@hooks.register("register_page_header_buttons")
def offer_hints(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Explain terms on this page, or not."""
    if page.pk and issubclass(page.specific_class or Page, BasePage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Hints to terms"),
            reverse("cms_glossary_ask_hints", args=[page.pk]),
            icon_name="openquote",
            priority=62,
        )
