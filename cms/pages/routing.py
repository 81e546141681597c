"""From an address to its page: in one query, where Wagtail walks down the tree with two for each level."""

from hashlib import md5
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale, Page, Site
from wagtail.url_routing import RouteResult

from cms.pages.generation import kept
from cms.pages.layout import SITE_FIELDS, layout_of
from cms.pages.models import BasePage
from cms.pages.visibility import with_closed_mark


def find_page(request: HttpRequest, path: str) -> None:
    """Note on the request the page at ``path``, where Wagtail's own way would find the same.

    The page knows its translations afterwards, and whether everybody may see it. Whatever is not the address of a live
    page of ours on the only site (another site, a part of the address that a page resolves itself, a page that is not
    there) is left to Wagtail, which asks the request for a route first and looks itself where there is none.
    """
    layout = layout_of(request, get_language() or "pl")
    if layout["site"] is None:
        return
    request._wagtail_site = Site.from_db(None, SITE_FIELDS, layout["site"].values())  # type: ignore[attr-defined]
    url_path = layout["home_path"] + "".join(f"{part}/" for part in path.split("/") if part)
    known = layout["pages"].get(url_path)
    if known:
        # The frame tells only of what everybody may see.
        known = known | {"open": True, "all_open": layout["all_open"]}
    else:
        place = md5(url_path.encode(), usedforsecurity=False).hexdigest()
        known = kept(request, f"page-at:{place}", lambda: _facts_at(url_path))
    page = _page(known, url_path) if known else None
    # An alias is as open as the page that it repeats, which may stand elsewhere.
    if page is not None and (page.all_open or not page.alias_of_id):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]


def _facts_at(url_path: str) -> dict[str, Any] | None:
    """Of a page that does not stand in the frame, what the frame tells of its own: 1 query for each publication.

    Nothing is kept of an address at which there is no page, for there is no end of those.
    """
    same = Page.objects.filter(url_path=url_path).values("translation_key")
    needed = ("url_path", "live", "locale__language_code", "content_type__app_label", "content_type__model")
    twins = with_closed_mark(
        Page.objects.filter(translation_key__in=same).select_related("locale", "content_type").only(*needed)
    )
    found = next((twin for twin in twins if twin.url_path == url_path and twin.live), None)
    if found is None:
        return None
    return {
        "pk": found.pk,
        "kind": (found.content_type.app_label, found.content_type.model),
        "locale": {"pk": found.locale.pk, "language_code": found.locale.language_code},
        "addresses": {twin.locale.language_code: twin.get_url() for twin in twins if twin.live},
        "open": not found.any_page_closed,
        "all_open": not found.any_page_closed,
    }


def _page(known: dict[str, Any], url_path: str) -> BasePage | None:
    """The page as it is now, if it is one of ours: 1 query."""
    model = apps.all_models[known["kind"][0]].get(known["kind"][1])
    if model is None or not issubclass(model, BasePage):
        return None
    # Not ``first``, which would order the one row.
    page: BasePage | None = next(iter(model.objects.filter(pk=known["pk"], url_path=url_path, live=True)), None)
    if page is not None:
        page.addresses_known, page.known_open, page.all_open = known["addresses"], known["open"], known["all_open"]
        if "locale" in known:
            page.locale = Locale(**known["locale"])
    return page
