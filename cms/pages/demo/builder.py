"""Builds the pages from their files, and publishes them as an editor would. Safe to repeat."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page, Site

from cms.pages.demo.notice import EARLIER, as_notice, publish_earlier_versions
from cms.pages.demo.texts import read, stored_rows, stored_story
from cms.pages.fields import BlockField
from cms.pages.models import AccessibilityPage, EasyVersion, HomePage, PrivacyPage, SiteTexts, StandardPage

LANGUAGES = ("pl", "en")
Section = StandardPage | AccessibilityPage | PrivacyPage
SECTIONS: dict[str, type[StandardPage] | type[AccessibilityPage] | type[PrivacyPage]] = {
    "project": StandardPage,
    "help": StandardPage,
    "accessibility": AccessibilityPage,
    "privacy": PrivacyPage,
    "terms": StandardPage,
}
BELOW_PROJECT = (
    "project-aims",
    "project-results",
    "project-history",
    "project-partners",
    "project-leiden",
    "project-people",
    "project-easy",
)
"""Pages below the one about the project, in their order; in Polish only."""
MENU_ROLES = ("courses", "publications", "films", "news")
IN_MENU = frozenset({"project"})
FUNDING_LINE = {
    "pl": "Treść przykładowa – edycja bez finansowania UE. Podstawa: produkty projektu PI-PWP „Toruński Program "
    "Współpracy”, realizowanego od lutego 2012 do stycznia 2015 r.",
    "en": "Sample content – this edition has no EU funding. Basis: the products of the project PI-PWP “Toruński "
    "Program Współpracy”, run from February 2012 to January 2015.",
}


def build() -> list[str] | None:
    """Make the site, its two home pages and the pages below them; publish what differs from the files.

    A page that a person has edited since, or unpublished, is left as it is.
    """
    with transaction.atomic():
        homes = _homes()
        _set_site_texts(_site(homes["pl"]))
        for language, home in homes.items():
            with translation.override(language):
                _build_below(home, language)
        _name_pages(_site(homes["pl"]), homes["pl"])
    return None


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/pages/{name}")


# --- Home pages and site -----------------------------------------------------------------------------------------


def _homes() -> dict[str, HomePage]:
    """The home page of each language; the Polish one is the root of the site, the English one its translation."""
    locales = {language: Locale.objects.get_or_create(language_code=language)[0] for language in LANGUAGES}
    polish = _polish_home(locales["pl"])
    english = polish.get_translation_or_none(locales["en"])
    if english is None:
        words = _home_words("en")
        english = HomePage(locale=locales["en"], translation_key=polish.translation_key, live=False, **words)
        _top().add_child(instance=english)
    return {"pl": polish, "en": english.specific}


def _top() -> Page:
    """The invisible page above all others, read afresh: a copy in memory forgets what was added below it."""
    top: Page = Page.get_first_root_node()
    return top


def _polish_home(locale: Locale) -> HomePage:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.specific if site else None
    if isinstance(root, HomePage) and root.locale_id == locale.pk:
        return root
    home = HomePage.objects.filter(translation_key=_key("home"), locale=locale).first()
    if home is not None:
        return home
    welcome = root if root is not None and _is_welcome(root) else None
    if welcome is not None:
        # Its name is the one that our page needs; it can only go once the site has another root.
        welcome.slug = "welcome-page-of-wagtail"
        welcome.save()
    home = HomePage(locale=locale, translation_key=_key("home"), live=False, **_home_words("pl"))
    _top().add_child(instance=home)
    _site(home)
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()
    return home


def _is_welcome(page: Page) -> bool:
    """Whether this is the page that Wagtail's first migration makes: of no kind of ours, and nothing below it."""
    return type(page) is Page and page.depth == 2 and page.numchild == 0


def _site(home: HomePage) -> Site:
    """The default site with ``home`` as its root, at the address that the settings name."""
    address = urlsplit(settings.SITE_URL)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    return site


def _set_site_texts(site: Site) -> None:
    """Fill the funding line where it is empty; an editor's own words stay."""
    texts = SiteTexts.for_site(site)
    wanted = {f"funding_line_{language}": line for language, line in FUNDING_LINE.items()}
    missing = {name: line for name, line in wanted.items() if not getattr(texts, name)}
    if missing:
        for name, line in missing.items():
            setattr(texts, name, line)
        texts.save()


def _name_pages(site: Site, home: HomePage) -> None:
    """Name the help page, the terms of use and the page on privacy where no editor has named any."""
    texts = SiteTexts.for_site(site)
    missing = [name for name in ("help", "terms", "privacy") if getattr(texts, f"{name}_page_id") is None]
    for name in missing:
        setattr(texts, f"{name}_page", Page.objects.child_of(home).get(translation_key=_key(name)))
    if missing:
        texts.save()


def _home_words(language: str) -> dict[str, Any]:
    words = read("home", language)
    return {name: words[name] for name in ("title", "slug", "hero_title", "intro", "project_intro")}


# --- Pages below -------------------------------------------------------------------------------------------------


def _build_below(home: HomePage, language: str) -> None:
    """First every page, then the texts, since texts link to pages."""
    specs = {name: read(name, language) for name in SECTIONS}
    pages: dict[str, Section] = {name: _page(home, name, spec) for name, spec in specs.items()}
    for name in BELOW_PROJECT if language == "pl" else ():
        specs[name] = read(name, language)
        pages[name] = _page(pages["project"], name, specs[name])
    # Read afresh, as the home page is below: a copy in memory does not know the pages that were added below it.
    pages = {name: type(page).objects.get(pk=page.pk) for name, page in pages.items()}
    ids = {name: page.pk for name, page in pages.items()}
    words = read("home", language)
    rows = {
        "figures": stored_rows("figure", words["figures"], place=f"home/{language}"),
        "partners": stored_rows("partner", words["partners"], place=f"home/{language}"),
    }
    # Read afresh: the copy in memory does not know the pages that were added below it.
    _publish(HomePage.objects.get(pk=home.pk), _home_words(language) | rows)
    for name, page in pages.items():
        values = _plain(page, specs[name]) | {"show_in_menus": name in IN_MENU}
        for field in _stories(page):
            place = f"{name}/{language}/{field}"
            values[field] = stored_story(specs[name].get(field) or [], ids, place=place)
        if isinstance(page, PrivacyPage):
            publish_earlier_versions(page, specs[name], values, ids, language)
        _publish(page, values)
    if "project-easy" in pages:
        _name_easy_version(pages["project"], pages["project-easy"])


def _page(parent: Page, name: str, spec: Mapping[str, Any]) -> Section:
    """The page of this name below ``parent``; made, but not yet published, when it is missing."""
    kind = SECTIONS.get(name, StandardPage)
    if kind is PrivacyPage:
        taken_over = as_notice(_key(name), parent.locale_id, _plain(PrivacyPage(), spec))
        if taken_over is not None:
            return taken_over
    page = kind.objects.filter(translation_key=_key(name), locale_id=parent.locale_id).first()
    if page is None:
        page = kind(translation_key=_key(name), locale_id=parent.locale_id, live=False)
        for field, value in _plain(page, spec).items():
            setattr(page, field, value)
        # Read afresh, as the kind that it is: that one gives each child an address of its own.
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    return page


def _name_easy_version(page: Page, easy: Page) -> None:
    """Lead from the page to its easy-to-read version, unless a person took the page over."""
    page = StandardPage.objects.get(pk=page.pk)
    latest = page.latest_revision
    if latest is not None and latest.user_id is None and not page.easy_version.exists():
        page.easy_version = [EasyVersion(easy_page=easy)]
        page.save_revision().publish()


# --- Once all rooms have built their pages ------------------------------------------------------------------------


def finish() -> None:
    """Set the main menu where no editor has set any: what one learns, reads and watches, and the project."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return
    texts = SiteTexts.for_site(site)
    if texts.menu:
        return
    children = list(Page.objects.child_of(site.root_page).live().specific())
    by_role = {getattr(page, "frame_role", ""): page for page in children if getattr(page, "frame_role", "") != "about"}
    wanted = [by_role.get(role) for role in MENU_ROLES]
    wanted.append(next((page for page in children if page.translation_key == _key("project")), None))
    texts.menu = [
        ("entry", {"page": page, "address": "", "label_pl": "", "label_en": ""}) for page in wanted if page is not None
    ]
    texts.save()


def _stories(page: Page) -> list[str]:
    return [field.name for field in page._meta.get_fields() if isinstance(field, BlockField)]


def _plain(page: Page, spec: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says of a page, without the stories."""
    return {name: value for name, value in spec.items() if name not in (*_stories(page), EARLIER)}


def _publish(page: Page, values: Mapping[str, Any]) -> None:
    """Give the page these values and publish it, unless it has them already or a person took it over."""
    latest = page.latest_revision
    if latest is not None and (latest.user_id is not None or not page.live):
        return
    before = _comparable(page, values)
    for name, value in values.items():
        setattr(page, name, value)
    if latest is None or _comparable(page, values) != before:
        page.save_revision().publish()


def _comparable(page: Page, names: Mapping[str, Any]) -> dict[str, Any]:
    """Values by name; a story as parsed JSON, for the order of its keys says nothing."""
    stories = _stories(page)
    found = {}
    for name in names:
        field = page._meta.get_field(name)
        found[name] = json.loads(field.value_to_string(page)) if name in stories else getattr(page, name)
    return found
