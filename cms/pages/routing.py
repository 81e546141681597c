"""From an address to its page: in one or two queries, where Wagtail walks down the tree with two for each level."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

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
    page = _known_page(known, url_path, layout["all_open"]) if known else _page_at(request, url_path)
    # An alias is as open as the page that it repeats, which may stand elsewhere.
    if page is not None and (page.all_open or not page.alias_of_id):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]


def _known_page(known: dict[str, Any], url_path: str, all_open: bool) -> BasePage | None:
    """A page of which the frame tells, as it is now: 1 query. The frame tells only of what everybody may see."""
    page = _of_kind(
        apps.all_models[known["kind"][0]].get(known["kind"][1]), pk=known["pk"], url_path=url_path, live=True
    )
    if page is not None:
        page.addresses_known, page.known_open, page.all_open = known["addresses"], True, all_open
    return page


def _page_at(request: HttpRequest, url_path: str) -> BasePage | None:
    """Any other page: 2 queries."""
    same = Page.objects.filter(url_path=url_path).values("translation_key")
    needed = ("url_path", "live", "locale__language_code", "content_type__app_label", "content_type__model")
    twins = with_closed_mark(
        Page.objects.filter(translation_key__in=same).select_related("locale", "content_type").only(*needed)
    )
    found = next((twin for twin in twins if twin.url_path == url_path and twin.live), None)
    page = _of_kind(found.content_type.model_class(), pk=found.pk) if found else None
    if page is not None:
        page.locale = found.locale
        page.addresses_known = {twin.locale.language_code: twin.get_url(request) for twin in twins if twin.live}
        page.known_open = page.all_open = not found.any_page_closed
    return page


def _of_kind(model: type | None, **wanted: Any) -> BasePage | None:
    """The page, if it is one of ours."""
    if model is None or not issubclass(model, BasePage):
        return None
    found: BasePage | None = model.objects.filter(**wanted).first()
    return found
