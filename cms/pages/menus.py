"""The main menu and the groups of the footer: what editors set, told in a language; else what follows from the tree."""

from typing import Any, TypedDict

from django.urls import translate_url
from wagtail.models import Page

from cms.pages.models import SiteTexts


class MenuEntry(TypedDict):
    """An entry of the menu; ``current`` tells whether the page asked for stands below it.

    ``lang`` is the language of an entry that is not in that of the frame, else empty.
    """

    label: str
    lang: str
    url: str
    current: bool


def pages_named(texts: SiteTexts) -> set[int]:
    """The ids of the pages that menu and footer name, read from their stored form: no query."""
    return _ids(list(texts.menu.raw_data)) | _ids(list(texts.footer.raw_data))


def _ids(content: Any) -> set[int]:
    if isinstance(content, dict):
        own = {content["page"]} if isinstance(content.get("page"), int) else set()
        return own.union(*(_ids(value) for value in content.values()))
    if isinstance(content, list):
        return set().union(*(_ids(value) for value in content))
    return set()


def menu_entries(texts: SiteTexts, pages: list[Page], home: Page, language: str) -> list[dict[str, Any]]:
    """The main menu as editors set it; empty while they have set none."""
    return _entries([block["value"] for block in texts.menu.raw_data], pages, home, language)


def footer_groups(texts: SiteTexts, pages: list[Page], home: Page, language: str) -> list[dict[str, Any]]:
    """The groups of the footer as editors set them, without those in which nothing is left to show."""
    groups = []
    for block in texts.footer.raw_data:
        value = block["value"]
        stored = [entry.get("value", entry) for entry in value.get("entries", [])]
        if entries := _entries(stored, pages, home, language):
            groups.append({"title": value.get(f"title_{language}") or value.get("title_pl", ""), "entries": entries})
    return groups


def _entries(stored: list[dict[str, Any]], pages: list[Page], home: Page, language: str) -> list[dict[str, Any]]:
    """Entries without those whose page is withdrawn, closed, or not there in the language of the frame."""
    entries = []
    for value in stored:
        label = value.get(f"label_{language}") or ""
        if address := value.get("address"):
            url = translate_url(address, language) if address.startswith("/") else address
            entries.append({"label": label or address, "url": url, "lang": "", "menu": True, "role": ""})
            continue
        named = next((page for page in pages if page.pk == value.get("page")), None)
        if named is None:
            named = _of_withdrawn(value.get("page"), pages)
        page = in_language(pages, named, language) if named else None
        # A frame that borrows its home page from the other language borrows the entries, too.
        if page is None or page.locale_id != home.locale_id:
            continue
        own = page.locale.language_code == language
        entries.append(
            {
                "label": (label if own else "") or page.seo_title or page.title,
                "url": page.get_url(),
                "lang": "" if own else page.locale.language_code,
                "menu": True,
                "role": role_of(page),
            }
        )
    return entries


def _of_withdrawn(pk: int | None, pages: list[Page]) -> Page | None:
    """A twin of a page that is not among ``pages`` itself, because only the other language is published: 1 query."""
    key = Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first() if pk else None
    return next((page for page in pages if page.translation_key == key), None)


def role_of(page: Page) -> str:
    """What a page is in the frame, by its kind."""
    return getattr(page.content_type.model_class(), "frame_role", "")


def in_language(pages: list[Page], page: Page, language: str) -> Page:
    """The twin of ``page`` in ``language`` among ``pages``, else the page itself."""
    twins = [twin for twin in pages if twin.translation_key == page.translation_key]
    return next((twin for twin in twins if twin.locale.language_code == language), page)


READING = ("publications", "films", "news", "glossary")
"""What pages are in the frame that one reads and watches."""


def default_footer(menu: list[dict[str, Any]], rest: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Before anything was set: what one learns, what one reads and watches, then what tells of the site itself.

    ``kind`` names the groups, whose headings and fixed entries stand in the template.
    """
    entries = menu + [entry for entry in rest if entry["url"] not in {known["url"] for known in menu}]
    reading = [entry for entry in entries if entry["role"] in READING]
    site = [entry for entry in entries if entry["role"] == "about" or (entry in rest and entry not in reading)]
    learning = [entry for entry in entries if entry not in reading and entry not in site]
    groups = [("learning", learning), ("reading", reading), ("site", site)]
    return [{"kind": kind, "entries": found} for kind, found in groups if found or kind == "learning"]
