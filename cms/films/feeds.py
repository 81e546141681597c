"""The newest films as a feed."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.discovery.feeds import NEWEST, PageFeed
from cms.films.models import FilmListPage, FilmPage
from cms.pages.models import BasePage


class FilmFeed(PageFeed):
    title = _("Films – Cooperation Academy")
    subtitle = _("New films with captions and transcripts.")

    def pages(self, request: HttpRequest) -> Iterable[BasePage]:
        found = FilmPage.objects.live().public().filter(locale__language_code=get_language(), film__live=True)
        return found.order_by("-first_published_at", "-pk")[:NEWEST]

    def list_page(self, request: HttpRequest) -> FilmListPage | None:
        return FilmListPage.objects.live().filter(locale__language_code=get_language()).first()
