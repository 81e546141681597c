"""The files of a film in the administration: what was made, what failed and why, and the button that asks again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from media.film_files import current_renditions, kind_of, part_url, state_in_words
from media.models import Film, FilmRendition
from media.permissions import can_change_film
from media.renditions import request_renditions
from media.rules import size_in_words


class FilmFilesView(WagtailAdminTemplateMixin, TemplateView):
    """The files made of one film, for whoever may change films."""

    template_name = "media/films/files.html"
    page_title = gettext_lazy("Files of a film")
    header_icon = "media"
    _show_breadcrumbs = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not can_change_film(request.user):  # type: ignore[arg-type]
            raise Http404
        self.film = get_object_or_404(Film, pk=kwargs["pk"])
        self.page_subtitle = self.film.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        names = Film.snippet_viewset
        return [
            *self.breadcrumbs_items,
            {"url": reverse(names.get_url_name("list")), "label": _("Films")},
            {"url": reverse(names.get_url_name("edit"), args=[self.film.pk]), "label": self.film.title},
            {"url": "", "label": self.get_header_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = current_renditions(self.film)
        shown = [_shown(self.film, rows[kind]) for kind in FilmRendition.Kind if kind in rows]
        return super().get_context_data(**kwargs) | {"film": self.film, "rows": shown}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for all files anew."""
        if request_renditions(film=self.film, again=True):
            messages.success(request, _("The files are being made again. This page tells how far they are."))
        else:
            messages.warning(request, _("The files are being made already."))
        return redirect("media_films:show-files", pk)


def _shown(film: Film, row: FilmRendition) -> dict[str, Any]:
    is_ready = row.state == FilmRendition.State.DONE and bool(row.file)
    return {
        "kind": row.get_kind_display(),
        "state": state_in_words(row),
        "detail": row.detail,
        "size": size_in_words(row.size, get_language()) if is_ready else "",
        "url": part_url(film, row.kind, row.file) if is_ready else "",
        "ending": kind_of(row.file).upper() if is_ready else "",
        "updated_at": row.updated_at,
    }


@hooks.register("register_admin_urls")
def register_files_of_films() -> list[URLPattern | URLResolver]:
    """Put the page into the administration."""
    own = [path("<int:pk>/files/", FilmFilesView.as_view(), name="show-files")]
    return [path("films/", include((own, "media_films")))]
