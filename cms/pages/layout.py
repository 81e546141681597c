"""What the frame of every page shows: menu and footer. Read once per generation, then from the cache."""

from typing import Any, TypedDict

from django.core.cache import cache
from wagtail.models import Page, Site

from cms.pages.generation import current_generation
from cms.pages.models import AccessibilityPage, SiteTexts


class MenuEntry(TypedDict):
    """An entry of the menu; ``current`` tells whether the page asked for stands below it."""

    label: str
    url: str
    current: bool


def layout_facts(language: str) -> dict[str, Any]:
    """Menu, footer links and site texts in ``language``: at most 12 queries, none when the cache has them."""
    key = f"layout:{current_generation()}:{language}"
    facts = cache.get(key)
    if facts is None:
        facts = _read_facts(language)
        cache.set(key, facts, 60 * 60)
    return dict(facts)


def _read_facts(language: str) -> dict[str, Any]:
    site = Site.objects.select_related("root_page__locale").filter(is_default_site=True).first()
    if site is None:
        return {"menu": [], "footer": [], "home_url": f"/{language}/"}
    home = site.root_page.get_translations(inclusive=True).filter(locale__language_code=language, live=True).first()
    home = home or site.root_page
    children = (
        Page.objects.child_of(home).live().public().only("title", "slug", "url_path", "show_in_menus", "seo_title")
    )
    entries = [
        {"label": page.seo_title or page.title, "url": page.get_url(), "menu": page.show_in_menus} for page in children
    ]
    texts = SiteTexts.for_site(site)
    declaration = AccessibilityPage.objects.child_of(home).live().first()
    return {
        "help_url": _address_in(texts.help_page, language),
        "declaration_url": declaration.full_url if declaration else "",
        "home_url": home.get_url() or f"/{language}/",
        "menu": [entry for entry in entries if entry["menu"]],
        "footer": [entry for entry in entries if not entry["menu"]],
        "contact_email": texts.contact_email,
        "contact_phone": texts.contact_phone,
        "funding_line": texts.funding_line_en if language == "en" else texts.funding_line_pl,
    }


def _address_in(page: Page | None, language: str) -> str:
    """The address of a page's live translation, or of the page itself; empty without a page."""
    if page is None:
        return ""
    twin = page.get_translations(inclusive=True).filter(locale__language_code=language, live=True).first()
    return str((twin or page).get_url() or "")


def menu_for(facts: dict[str, Any], path: str) -> list[MenuEntry]:
    """The menu with the entry marked under which ``path`` stands."""
    return [
        MenuEntry(label=entry["label"], url=entry["url"], current=path.startswith(entry["url"]))
        for entry in facts["menu"]
    ]
