"""Films in the editors' side."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from media import documents_admin, failed_jobs_admin, films_admin  # noqa: F401  each registers its own views
from media.choosers import GuardedChooserViewSet
from media.film_files import films_in_words
from media.forms import FilmForm, StoredFileInput
from media.models import Film, FilmRendition
from media.queries import for_the_list, is_in_use
from media.renditions import request_renditions
from media.rules import clock


def description_in_words(film: Film) -> str:
    """What was decided of the audio description of a film."""
    words = {Film.DescriptionKind.TRACK: _("there is one"), Film.DescriptionKind.NOT_NEEDED: _("none is needed")}
    return words.get(film.description_kind, "–")  # type: ignore[call-overload,no-any-return]


class FilesColumn(Column):
    """How far the files of a film are, with a link to where one sees why and asks again."""

    cell_template_name = "media/films/files_cell.html"

    def get_cell_context_data(self, instance: Film, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"url": reverse("media_films:show-files", args=[instance.pk])}


class FilmFilters(WagtailFilterSet):
    """Narrow the list of films."""

    live = django_filters.BooleanFilter(label=gettext_lazy("Published"))
    files = django_filters.ChoiceFilter(
        label=gettext_lazy("Files"),
        field_name="renditions__state",
        distinct=True,
        choices=[
            (state.value, state.label)
            for state in (FilmRendition.State.FAILED, FilmRendition.State.RUNNING, FilmRendition.State.WAITING)
        ],
    )

    class Meta:
        model = Film
        fields = ["language", "live", "description_kind"]


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
        Column("description", label=gettext_lazy("Audio description"), accessor=description_in_words),
        BooleanColumn("has_sign", label=gettext_lazy("Sign language"), accessor=lambda film: bool(film.sign_file)),
        FilesColumn("files", label=gettext_lazy("Files"), accessor=lambda film: films_in_words(film.renditions.all())),
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
                    FieldPanel("silence_reason"),
                ],
                heading=gettext_lazy("Film"),
                help_text=gettext_lazy(
                    "A small film, a full one, the sound alone and a poster are made from this file after it is saved. "
                    "The list of films tells how far that is."
                ),
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
            MultiFieldPanel(
                [
                    FieldPanel("description_kind"),
                    FieldPanel("description_file", widget=StoredFileInput),
                    FieldPanel("description_reason"),
                    FieldPanel("description_declared_by"),
                    FieldPanel("description_declared_on"),
                ],
                heading=gettext_lazy("Audio description"),
            ),
            MultiFieldPanel(
                [FieldPanel("sign_file", widget=StoredFileInput)], heading=gettext_lazy("Polish Sign Language")
            ),
            FieldPanel("is_sample"),
        ],
        base_form_class=FilmForm,
    )


register_snippet(FilmViewSet)


@hooks.register("after_create_snippet")
def make_files_of_draft(request: HttpRequest, instance: Any) -> None:
    """A draft gets its files, too, so that one sees before it is published whether they can be made."""
    if isinstance(instance, Film):
        request_renditions(film=instance)


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
