"""Feeds in the Atom format: what a list of pages has published last, for readers of feeds."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Page

from cms.pages.models import BasePage
from cms.pages.page_cache import mark_cacheable

NEWEST = 30


class PageFeed(Feed):
    """The newest pages of a list as Atom, the latest publication first. A room says whose and in which words."""

    feed_type = Atom1Feed

    def pages(self, request: HttpRequest) -> Iterable[BasePage]:
        """The pages that everybody may read, newest first; at most ``NEWEST`` are taken."""
        raise NotImplementedError

    def list_page(self, request: HttpRequest) -> Page | None:
        """The list on the site that this feed follows, in the language asked for."""
        raise NotImplementedError

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        mark_cacheable(response)
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        return request

    def link(self, request: HttpRequest) -> str:
        found = self.list_page(request)
        return str(found.full_url) if found else "/"

    def feed_guid(self, request: HttpRequest) -> str:
        return str(request.build_absolute_uri(request.path))

    def items(self, request: HttpRequest) -> list[BasePage]:
        return list(self.pages(request))[:NEWEST]

    def item_title(self, item: BasePage) -> str:
        return str(item.title)

    def item_description(self, item: BasePage) -> str:
        return item.summary_line()

    def item_link(self, item: BasePage) -> str:
        return str(item.full_url)

    def item_guid(self, item: BasePage) -> str:
        # The same for every version and address of the page.
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: BasePage) -> datetime:
        return item.first_published_at or datetime(2000, 1, 1, tzinfo=UTC)

    def item_updateddate(self, item: BasePage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)
