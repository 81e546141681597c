"""The newest news as a feed."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.discovery.feeds import NEWEST, PageFeed
from cms.news.models import NewsIndexPage, NewsPage
from cms.pages.models import BasePage


class NewsFeed(PageFeed):
    title = _("News – Cooperation Academy")
    subtitle = _("What is new in the academy, and what is known of the project.")

    def pages(self, request: HttpRequest) -> Iterable[BasePage]:
        language = get_language()
        found = NewsPage.objects.live().public().filter(locale__language_code=language)
        return found.order_by("-date", "-first_published_at", "-pk")[:NEWEST]

    def list_page(self, request: HttpRequest) -> NewsIndexPage | None:
        return NewsIndexPage.objects.live().filter(locale__language_code=get_language()).first()
