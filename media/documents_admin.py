"""The editors' list of documents, with what was read of each."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.documents.views.documents import DocumentsFilterSet, IndexView

from media.models import LANGUAGES, CustomDocument, DocumentReading


class DocumentFilters(DocumentsFilterSet):
    """Narrow the list by what an editor has to mend."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Text"), choices=DocumentReading.State.choices, method="in_state", empty_label="---------"
    )
    accessible = django_filters.BooleanFilter(label=gettext_lazy("Accessible file"))
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=LANGUAGES)

    def in_state(self, documents: QuerySet[CustomDocument], _name: str, state: str) -> QuerySet[CustomDocument]:
        """Of a file that was replaced nothing is known yet, whatever is noted of the one before."""
        told = documents.filter(reading__file=F("file"))
        if state == DocumentReading.State.WAITING:
            return documents.exclude(pk__in=told.exclude(reading__state=state).values("pk"))
        return told.filter(reading__state=state)

    class Meta(DocumentsFilterSet.Meta):
        pass


class DocumentsView(IndexView):
    """The list of documents."""

    filterset_class = DocumentFilters

    def get_base_queryset(self) -> QuerySet[CustomDocument]:
        documents: QuerySet[CustomDocument] = super().get_base_queryset().select_related("reading")
        return documents

    @cached_property
    def columns(self) -> list[Any]:
        first, usage = super().columns[:-1], super().columns[-1]
        return [
            *first,
            Column("text", label=_("Text"), accessor="reading_in_words"),
            BooleanColumn("accessible", label=_("Accessible file")),
            usage,
        ]


@hooks.register("register_admin_urls", order=-1)
def register_list_of_documents() -> list[URLPattern]:
    """Before Wagtail's own addresses, so that its list at the same place is never reached."""
    return [
        path("documents/", DocumentsView.as_view()),
        path("documents/results/", DocumentsView.as_view(results_only=True)),
    ]
