"""From an address to its page: in one or two queries, where Wagtail walks down the tree with two for each level."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.pages.layout import layout_of
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
    request._wagtail_site = layout["site"]  # type: ignore[attr-defined]
    url_path = layout["home_path"] + "".join(f"{part}/" for part in path.split("/") if part)
    known = layout["pages"].get(url_path)
    page = _known_page(known, url_path, layout["all_open"]) if known else _page_at(request, url_path)
    if isinstance(page, BasePage) and not page.alias_of_id:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]


def _known_page(known: dict, url_path: str, all_open: bool) -> Page | None:
    """A page of which the frame tells, as it is now: 1 query. The frame tells only of what everybody may see."""
    if not issubclass(known["model"], BasePage):
        return None
    page: BasePage | None = known["model"].objects.filter(pk=known["pk"], url_path=url_path, live=True).first()
    if page is not None:
        page.addresses_known, page.known_open, page.all_open = known["addresses"], True, all_open
    return page


def _page_at(request: HttpRequest, url_path: str) -> Page | None:
    """Any other page: 2 queries."""
    same = Page.objects.filter(url_path=url_path).values("translation_key")
    needed = ("url_path", "live", "content_type", "locale__language_code")
    twins = list(with_closed_mark(Page.objects.filter(translation_key__in=same)).select_related("locale").only(*needed))
    found = next((twin for twin in twins if twin.url_path == url_path and twin.live), None)
    page: Page | None = found.specific if found else None
    if isinstance(page, BasePage):
        page.locale = found.locale
        page.addresses_known = {twin.locale.language_code: twin.get_url(request) for twin in twins if twin.live}
        page.known_open = page.all_open = not found.any_page_closed
    return page
