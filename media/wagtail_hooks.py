"""Films in the editors' side."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from media import documents_admin, failed_jobs_admin  # noqa: F401  both register their lists
from media.choosers import GuardedChooserViewSet
from media.forms import FilmForm, StoredFileInput
from media.models import Film
from media.queries import for_the_list, is_in_use
from media.rules import clock


class FilmFilters(WagtailFilterSet):
    """Narrow the list of films."""

    live = django_filters.BooleanFilter(label=gettext_lazy("Published"))

    class Meta:
        model = Film
        fields = ["language", "live"]


class FilmIndexView(IndexView):
    """The list of films, with what each still lacks."""

    def get_base_queryset(self) -> QuerySet[Film]:
        return for_the_list(super().get_base_queryset())


class WithoutAutosave:
    """Saves when the editor says so. An automatic save would send the film's file again with every word typed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class FilmCreateView(WithoutAutosave, CreateView):
    """A new film."""


class FilmEditView(WithoutAutosave, EditView):
    """A film, its tracks and transcripts."""


class FilmViewSet(SnippetViewSet):
    """Films under their own entry of the menu."""

    model = Film
    icon = "media"
    menu_label = gettext_lazy("Films")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = FilmIndexView
    add_view_class = FilmCreateView
    edit_view_class = FilmEditView
    chooser_viewset_class = GuardedChooserViewSet
    filterset_class = FilmFilters
    ordering = ["title"]
    list_display = [
        "title",
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display", sort_key="language"),
        Column(
            "duration",
            label=gettext_lazy("Duration"),
            accessor=lambda film: clock(film.duration_seconds) if film.duration_seconds else "–",
            sort_key="duration_seconds",
        ),
        BooleanColumn("has_captions", label=gettext_lazy("Captions")),
        LiveStatusTagColumn(label=gettext_lazy("Status")),
        UpdatedAtColumn(label=gettext_lazy("Updated")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("summary"),
            MultiFieldPanel(
                [
                    FieldPanel("language"),
                    FieldPanel("source", widget=StoredFileInput),
                    FieldPanel("poster"),
                    FieldPanel("narration"),
                ],
                heading=gettext_lazy("Film"),
            ),
            InlinePanel(
                "tracks",
                panels=[FieldPanel("language"), FieldPanel("kind"), FieldPanel("file", widget=StoredFileInput)],
                heading=gettext_lazy("Captions and chapters"),
                label=gettext_lazy("WebVTT file"),
                help_text=gettext_lazy(
                    "Captions in the language of the film are needed before it can be published. Subtitles translate "
                    "it; chapters name its parts."
                ),
            ),
            InlinePanel(
                "transcripts",
                panels=[FieldPanel("language"), FieldPanel("text")],
                heading=gettext_lazy("Transcripts"),
                label=gettext_lazy("transcript"),
                help_text=gettext_lazy(
                    "Made from the captions when the film is saved without one. Read it through and add what only "
                    "the picture shows. To have it made anew, delete its text and save."
                ),
            ),
            FieldPanel("is_sample"),
        ],
        base_form_class=FilmForm,
    )


register_snippet(FilmViewSet)


@hooks.register("before_delete_snippet")
def refuse_to_delete_films_in_use(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """What people learn from is not deleted but unpublished; the words say so, and the way leads there."""
    used = [film for film in instances if isinstance(film, Film) and is_in_use(film)]
    if not used:
        return None
    titles = ", ".join(film.title for film in used)
    messages.error(
        request, _("Not deleted, because it is used: %(titles)s. Unpublish it instead.") % {"titles": titles}
    )
    addresses = Film.snippet_viewset
    if len(used) == 1 and used[0].live:
        return redirect(addresses.get_url_name("unpublish"), used[0].pk)
    return redirect(addresses.get_url_name("list"))
