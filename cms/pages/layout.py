"""What the frame of every page shows: menu and footer. Read once per generation, then from the cache."""

from typing import Any

from django.core.cache import cache
from django.db.models import Exists, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page, Site

from cms.pages.generation import current_generation, generation_of
from cms.pages.menus import MenuEntry, default_footer, footer_groups, in_language, menu_entries, pages_named
from cms.pages.models import AccessibilityPage, EasyVersion, PageCare, PageFunding, SiteTexts
from cms.pages.visibility import open_pages

SITE_FIELDS = ("id", "hostname", "port", "site_name", "root_page_id", "is_default_site")


def layout_facts(language: str, generation: str = "") -> dict[str, Any]:
    """Menu, footer links and site texts in ``language``: 2 queries, none when the cache has them.

    ``pages`` tells of the home page and of all right below it that everybody may see, by ``url_path``; ``all_open``
    whether the site closes no page to anybody; ``site`` tells of the one site, or is None where there are several and
    addresses depend on the host; ``footer_html`` is the whole footer, ``footer_funded_html`` the same where a funding
    notice stands above it. ``has_care``, ``has_funding`` and ``has_easy`` tell whether any page has such a row at all.
    ``courses_url`` is the list of courses and
    ``about`` the first text page of the menu, wherever editors put them; ``terms_url`` and ``terms_version`` tell what
    a new account accepts, and ``privacy_url`` where people read how their data are used.
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
    texts = _site_texts()
    if texts is None:
        nothing: dict[str, Any] = {
            "menu": [],
            "footer": [],
            "footer_groups": [],
            "home_path": "",
            "root_url": "",
            "pages": {},
            "all_open": False,
            "site": None,
        }
        return nothing | {"home_url": f"/{language}/"}
    site, root = texts.site, texts.site.root_page
    help_page = texts.help_page if texts.help_page and texts.help_page.live else None
    pages, all_open = _pages_of_frame(root, pages_named(texts), help_page, texts.terms_page, texts.privacy_page)
    home = in_language(pages, root, language)
    children = [page for page in pages if page.depth == home.depth + 1 and page.path.startswith(home.path)]
    known = {page.url_path: _facts(page, pages) for page in (home, *children)}
    entries = [
        {
            "label": page.seo_title or page.title,
            "url": page.get_url(),
            "lang": "" if page.locale.language_code == language else page.locale.language_code,
            "menu": page.show_in_menus,
            "role": getattr(page.content_type.model_class(), "frame_role", ""),
        }
        for page in children
    ]
    menu = menu_entries(texts, pages, home, language)
    in_menu = {entry["url"] for entry in menu} or {entry["url"] for entry in entries if entry["menu"]}
    rest = [entry for entry in entries if entry["url"] not in in_menu]
    menu = menu or [entry for entry in entries if entry["menu"]]
    declaration = next((page for page in children if page.content_type.model_class() is AccessibilityPage), None)
    facts = {
        "help_url": str(in_language(pages, help_page, language).get_url() or "") if help_page else "",
        "declaration_url": declaration.full_url if declaration else "",
        "home_url": home.get_url() or f"/{language}/",
        "home_path": home.url_path,
        "root_url": site.root_url,
        "pages": known,
        "all_open": all_open,
        "site": None if texts.other_sites else {name: getattr(site, name) for name in SITE_FIELDS},
        "courses_url": next((entry["url"] for entry in entries if entry["role"] == "courses"), ""),
        "about": next((entry for entry in entries if entry["role"] == "about" and entry["menu"]), None),
        **_terms(texts, pages, language),
        "privacy_url": _address(texts.privacy_page, pages, language),
        "menu": menu,
        "footer": rest,
        "footer_groups": footer_groups(texts, pages, home, language) or default_footer(menu, rest),
        "has_care": texts.has_care,
        "has_funding": texts.has_funding,
        "has_easy": texts.has_easy,
        "contact_email": texts.contact_email,
        "contact_phone": texts.contact_phone,
        "funding_line": texts.funding_line_en if language == "en" else texts.funding_line_pl,
    }
    with translation.override(language):
        footer = render_to_string("layouts/_footer.html", {"layout": facts})
        funded = render_to_string("layouts/_footer.html", {"layout": facts | {"funding_line": ""}})
    return facts | {"footer_html": footer, "footer_funded_html": funded}


def _terms(texts: Any, pages: list[Page], language: str) -> dict[str, str]:
    """Where the terms of use stand, and which they are: the version that editors name, with the page's revision."""
    page = _found(texts.terms_page, pages, language)
    if page is None:
        return {"terms_url": "", "terms_version": texts.terms_version}
    version = f"{texts.terms_version}/{page.live_revision_id}" if page.live_revision_id else texts.terms_version
    return {"terms_url": str(page.get_url() or ""), "terms_version": version}


def _found(named: Page | None, pages: list[Page], language: str) -> Page | None:
    """The page that editors named, in ``language`` where it is there; None while it is not open to everybody."""
    page = in_language(pages, named, language) if named else None
    return page if page in pages else None


def _address(named: Page | None, pages: list[Page], language: str) -> str:
    page = _found(named, pages, language)
    return str(page.get_url() or "") if page else ""


def terms_of_use(language: str) -> tuple[str, str]:
    """The address of the terms that a new account accepts, empty where none are named, and their version."""
    facts = layout_facts(language)
    return facts.get("terms_url", ""), facts.get("terms_version", "")


def _site_texts() -> Any:
    """What was set for the default site, which comes with it, and whether there are ``other_sites``: 1 query.

    Before anything was set, 1 more; None without a default site.
    """
    marks = {
        "other_sites": Exists(Site.objects.filter(is_default_site=False)),
        "has_care": Exists(PageCare.objects.all()),
        "has_funding": Exists(PageFunding.objects.all()),
        "has_easy": Exists(EasyVersion.objects.all()),
    }
    texts = SiteTexts.objects.filter(site__is_default_site=True).select_related(
        "site__root_page", "help_page", "terms_page", "privacy_page"
    )
    found: Any = texts.annotate(**marks).first()
    if found is None:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").annotate(**marks).first()
        if site is None:
            return None
        found = SiteTexts(site=site)
        for name in marks:
            setattr(found, name, getattr(site, name))
    return found


def _pages_of_frame(root: Page, in_menus: set[int], *named: Page | None) -> tuple[list[Page], bool]:
    """The home pages, what stands right below them, and the pages that were named: live, and open to everybody.

    ``in_menus`` are the ids of pages that editors put into the menu or the footer; their translations come with them.

    With it, whether the site closes no page at all.
    """
    wanted = Q(translation_key=root.translation_key) | Q(depth=root.depth + 1)
    if in_menus:
        wanted |= Q(translation_key__in=Page.objects.filter(pk__in=in_menus).values("translation_key"))
    for page in filter(None, named):
        wanted |= Q(translation_key=page.translation_key)
    return open_pages(Page.objects.live().filter(wanted).select_related("locale", "content_type").order_by("path"))


def _facts(page: Page, pages: list[Page]) -> dict[str, Any]:
    """What the way to a page needs, and the way from it to its twins."""
    twins = [twin for twin in pages if twin.translation_key == page.translation_key] or [page]
    return {
        "pk": page.pk,
        "kind": (page.content_type.app_label, page.content_type.model),
        "label": page.title,
        "url": page.get_url(),
        "addresses": {twin.locale.language_code: twin.get_url() for twin in twins},
    }


def menu_for(facts: dict[str, Any], path: str) -> list[MenuEntry]:
    """The menu with the entry marked under which ``path`` stands."""
    return [
        MenuEntry(label=entry["label"], lang=entry["lang"], url=entry["url"], current=path.startswith(entry["url"]))
        for entry in facts["menu"]
    ]
