"""The sitemap: every page that everybody may read, with its twins in the other languages."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from cms.pages.models import BasePage

PAGES_IN_ONE = 5000
"""Addresses in one file; the protocol (sitemaps.org) allows 50,000 and 50 MB."""


class PageSitemap(Sitemap):
    """The live pages of the default site that stand open to everybody: ten queries a file, however many pages."""

    limit = PAGES_IN_ONE

    def items(self) -> Any:
        """The pages in the order of the tree, each language's after the other."""
        roots = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
        homes = Page.objects.filter(translation_key__in=roots, depth=2)
        pages = Page.objects.none()
        for home in homes:
            pages |= Page.objects.descendant_of(home, inclusive=True)
        listed = [model for model in apps.get_models() if issubclass(model, BasePage) and model.for_machines]
        return (
            pages.live()
            .public()
            .exact_type(*listed)
            .filter(alias_of__isnull=True)
            .select_related("locale")
            .order_by("path")
            .only("url_path", "translation_key", "locale__language_code", "last_published_at", "depth")
        )

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        shown = list(self.paginator.page(page).object_list)
        twins = defaultdict(dict)
        for twin in self.items().filter(translation_key__in={shown_page.translation_key for shown_page in shown}):
            twins[twin.translation_key][twin.locale.language_code] = twin.full_url
        return [
            {
                "location": entry.full_url,
                "lastmod": entry.last_published_at,
                "alternates": _alternates(twins[entry.translation_key]),
            }
            for entry in shown
        ]


def _alternates(addresses: dict[str, str]) -> list[dict[str, str]]:
    """Where a page stands in more than one language: each, with Polish for whoever reads neither."""
    if len(addresses) < 2:
        return []
    entries = [{"lang_code": code, "location": address} for code, address in sorted(addresses.items())]
    standard = addresses.get("pl")
    return [*entries, {"lang_code": "x-default", "location": standard}] if standard else entries
