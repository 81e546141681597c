"""The newest publications as a feed."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.discovery.feeds import NEWEST, PageFeed
from cms.library.models import LibraryPage, PublicationPage
from cms.pages.models import BasePage


class PublicationFeed(PageFeed):
    title = _("Publications – Cooperation Academy")
    subtitle = _("New guides, questions and answers, templates and reports.")

    def pages(self, request: HttpRequest) -> Iterable[BasePage]:
        language = get_language()
        found = PublicationPage.objects.live().public().filter(locale__language_code=language)
        return found.order_by("-first_published_at", "-pk")[:NEWEST]

    def list_page(self, request: HttpRequest) -> LibraryPage | None:
        return LibraryPage.objects.live().filter(locale__language_code=get_language()).first()
