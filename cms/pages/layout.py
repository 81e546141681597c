"""What the frame of every page shows: menu and footer. Read once per generation, then from the cache."""

from typing import Any, TypedDict

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.pages.generation import current_generation, generation_of
from cms.pages.models import AccessibilityPage, SiteTexts
from cms.pages.visibility import open_pages


class MenuEntry(TypedDict):
    """An entry of the menu; ``current`` tells whether the page asked for stands below it."""

    label: str
    url: str
    current: bool


def layout_facts(language: str, generation: str = "") -> dict[str, Any]:
    """Menu, footer links and site texts in ``language``: 3 queries, none when the cache has them.

    ``titles`` gives title and address of the home page and of all below it that everybody may see, by ``url_path``;
    ``site`` is the one site, or None where there are several and addresses depend on the host.
    """
    key = f"layout:{generation or current_generation()}:{language}"
    facts = cache.get(key)
    if facts is None:
        facts = _read_facts(language)
        cache.set(key, facts, 60 * 60)
    return dict(facts)


def layout_of(request: HttpRequest, language: str) -> dict[str, Any]:
    """The same, looked up once per request."""
    known: dict[str, dict[str, Any]] = request.__dict__.setdefault("_layout_facts", {})
    if language not in known:
        known[language] = layout_facts(language, generation_of(request))
    return known[language]


def _read_facts(language: str) -> dict[str, Any]:
    sites = list(Site.objects.select_related("root_page").order_by("-is_default_site"))
    if not sites or not sites[0].is_default_site:
        return {"menu": [], "footer": [], "home_url": f"/{language}/", "home_path": "", "titles": {}, "site": None}
    site = sites[0]
    texts = SiteTexts.objects.filter(site=site).select_related("help_page").first() or SiteTexts.for_site(site)
    pages = _pages_of_frame(site.root_page, texts.help_page, language)
    home = _page_in(pages, site.root_page)
    children = [page for page in pages if page.depth == home.depth + 1 and page.path.startswith(home.path)]
    entries = [
        {"label": page.seo_title or page.title, "url": page.get_url(), "menu": page.show_in_menus} for page in children
    ]
    declaration_type = ContentType.objects.get_for_model(AccessibilityPage).pk
    declaration = next((page for page in children if page.content_type_id == declaration_type), None)
    helping = _page_in(pages, texts.help_page) if texts.help_page and texts.help_page.live else None
    titles = {page.url_path: {"label": page.title, "url": page.get_url()} for page in (home, *children)}
    # Without the rows that came with it: it is kept.
    site._state.fields_cache.clear()
    return {
        "help_url": str(helping.get_url() or "") if helping else "",
        "declaration_url": declaration.full_url if declaration else "",
        "home_url": home.get_url() or f"/{language}/",
        "home_path": home.url_path,
        "titles": titles,
        "site": site if len(sites) == 1 else None,
        "menu": [entry for entry in entries if entry["menu"]],
        "footer": [entry for entry in entries if not entry["menu"]],
        "contact_email": texts.contact_email,
        "contact_phone": texts.contact_phone,
        "funding_line": texts.funding_line_en if language == "en" else texts.funding_line_pl,
    }


def _pages_of_frame(root: Page, help_page: Page | None, language: str) -> list[Page]:
    """The home page in ``language``, what may stand below it, and the help page: live, and open to everybody."""
    twins = Q(translation_key=root.translation_key)
    if help_page is not None:
        twins |= Q(translation_key=help_page.translation_key)
    wanted = Q(locale__language_code=language) & (twins | Q(depth=root.depth + 1))
    # Where no home page speaks the language, the frame is that of the site's root.
    wanted |= Q(depth=root.depth + 1, path__startswith=root.path)
    return open_pages(Page.objects.live().filter(wanted).order_by("path"))


def _page_in(pages: list[Page], page: Page) -> Page:
    """The twin of ``page`` among ``pages``, else the page itself."""
    return next((twin for twin in pages if twin.translation_key == page.translation_key), page)


def menu_for(facts: dict[str, Any], path: str) -> list[MenuEntry]:
    """The menu with the entry marked under which ``path`` stands."""
    return [
        MenuEntry(label=entry["label"], url=entry["url"], current=path.startswith(entry["url"]))
        for entry in facts["menu"]
    ]
