"""Publications for templates: the list with its facets, and what a publication's page tells."""

import re
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from cms.library import rules
from cms.library.audiences import way_in
from cms.library.edition import licence_url
from cms.library.models import LibraryPage, MadeFile, PublicationFile, PublicationPage
from cms.library.permissions import refusals_of
from cms.library.queries import (
    addresses_of,
    cover_of,
    entries_of,
    files_of,
    made_files_of,
    neighbours_of,
    newest_below,
    newest_on_shelf,
    record_of,
    replaced_publication,
    replacement_of,
    rows_of,
    topic_titles,
    with_films_at_hand,
)
from cms.pages import facets
from cms.pages.generation import kept, kept_each
from cms.pages.models import BasePage
from media.first_page import WIDTHS
from media.models import LANGUAGES, Film
from media.queries import player_facts
from media.rules import size_in_words

register = template.Library()

PAGE_SIZE = 20


@register.simple_tag(takes_context=True)
def publications_of(context: dict[str, Any], page: LibraryPage) -> SafeString:
    """The publications of the list that the address asks for, twenty a page, and the facets to narrow them.

    The list as everybody meets it first is drawn once for each publication, and so is each row.
    """
    request: HttpRequest = context["request"]

    def draw() -> SafeString:
        known, labels = kept(request, f"publications:{page.pk}:{get_language()}", lambda: _read(page))
        listing = facets.listing(request.GET, known, labels, _names(), PAGE_SIZE)
        rows = kept_each(request, f"publication-row:{get_language()}", list(listing["page_obj"]), _drawn)
        return render_to_string("cms/library/_publication_list.html", {"listing": listing, "rows": rows})

    return draw() if request.GET else kept(request, f"publication-list:{page.pk}:{get_language()}", draw)


def _drawn(pks: list[int]) -> dict[int, SafeString]:
    """These publications as rows of a list."""
    return {
        publication.pk: render_to_string("cms/library/_publication_row.html", {"row": _row(publication)})
        for publication in rows_of(pks)
    }


def _read(page: LibraryPage) -> tuple[facets.Catalogue, facets.Labels]:
    """The rows of the list, and for each facet the values that occur, with their words, in the order shown."""
    rows = facets.catalogue(entries_of(page))
    years = sorted(rows.having.get("year", {}), reverse=True)
    words: dict[str, list[tuple[str, str]]] = {
        "kind": [(value, str(label)) for value, label in PublicationPage.Kind.choices],
        "topic": topic_titles(rows.having.get("topic", {}), page.locale_id),
        "audience": [
            ("pes", gettext("social economy entities")),
            ("administration", gettext("administration")),
            ("trainers", gettext("trainers")),
        ],
        "year": [(year, year) for year in years],
        "language": [(value, str(label)) for value, label in LANGUAGES],
    }
    return rows, facets.occurring(rows, words)


def _names() -> dict[str, str]:
    return {
        "kind": gettext("Kind"),
        "topic": gettext("Topic"),
        "audience": gettext("For whom"),
        "year": gettext("Year"),
        "language": gettext("Language"),
    }


def _row(publication: PublicationPage) -> dict[str, Any]:
    return {
        "title": publication.title,
        "url": publication.get_url(),
        "summary": publication.summary,
        "cover": picture_of(publication, "small", list(publication.files.all())),
        "seed": publication.cover_seed,
        "meta": about(publication),
        "lang": _foreign(publication),
    }


@register.simple_tag(takes_context=True)
def newest_publications(context: dict[str, Any], home: BasePage, count: int = 3) -> list[dict[str, Any]]:
    """The newest publications below the home page as in the list, read once for each publication of the site."""

    def make() -> list[dict[str, Any]]:
        return [_row(page) for page in newest_below(home, count)]

    return kept(context["request"], f"newest-publications:{home.pk}:{count}:{get_language()}", make)


def _foreign(publication: PublicationPage) -> str:
    """The language of a publication that is not in that of its page, else empty."""
    return publication.language if publication.language != publication.locale.language_code else ""


def about(publication: PublicationPage) -> str:
    """Kind, year and files in one line: "guide, 2026. PDF, 16 pages, 820 kB"."""
    files = [file_in_words(file) for file in publication.files.all()]
    if publication.makes_files:
        files += [made_in_words(file) for file in publication.made_files.all()]
    kind = f"{publication.get_kind_display()}, {publication.year}"
    kind = kind[0].upper() + kind[1:]
    forms = [gettext("On this site"), *files] if publication.chapters else files
    without = gettext("A record without a file")
    return f"{kind}. {'; '.join(forms) or without}"


def file_in_words(file: PublicationFile) -> str:
    """Format, pages and size: "PDF, 16 pages, 820 kB"."""
    document = file.document
    parts = [document.file_extension.upper()]
    if file.pages:
        parts.append(_pages(file.pages))
    parts.append(size_in_words(document.get_file_size() or 0, get_language()))
    return ", ".join(parts)


def made_in_words(file: MadeFile) -> str:
    """The same of a file that was made from the edition."""
    parts = [file.get_format_display(), *([_pages(file.pages)] if file.pages else [])]
    return ", ".join([*parts, size_in_words(file.size, get_language())])


def picture_of(publication: PublicationPage, size: str, files: list[PublicationFile]) -> dict[str, Any] | None:
    """The first page of its file as the cover: {url, width, height}; None where the cover is drawn from the title."""
    found = cover_of(publication, files, today=timezone.localdate())
    if found is None:
        return None
    file, cover = found
    width = WIDTHS[size]
    version = (getattr(cover, size).name or "")[-13:-5]
    return {
        "url": f"{reverse('cms_library:show-cover', args=[file.key, size])}?v={version}",
        "width": width,
        "height": round(cover.height * width / cover.width),
    }


def _pages(number: int) -> str:
    return ngettext("%(number)d page", "%(number)d pages", number) % {"number": number}


@register.simple_tag(takes_context=True)
def publications_on_shelf(context: dict[str, Any], home: BasePage, count: int = 2) -> list[dict[str, Any]]:
    """The newest publications below the home page for a shelf, read once for each publication of the site: 1 query."""

    def make() -> list[dict[str, Any]]:
        return [_on_shelf(publication) for publication in newest_on_shelf(home, count)]

    return kept(context["request"], f"publications-on-shelf:{home.pk}:{count}:{get_language()}", make)


def _on_shelf(publication: PublicationPage) -> dict[str, Any]:
    kind = str(publication.get_kind_display())
    return {
        "title": publication.title,
        "url": publication.get_url(),
        "seed": publication.cover_seed,
        "meta": f"{kind[:1].upper()}{kind[1:]}, {publication.year}",
    }


@register.simple_tag(takes_context=True)
def publication_facts(context: dict[str, Any], page: PublicationPage) -> dict[str, Any]:
    """What the page of a publication tells: ``cover``, ``files``, ``made`` from its edition, the ``chapters`` of that
    [{title, headings [{id, title}], blocks [{block, html, film}]}], ``rows`` of its record, ``citation``,
    ``replacement`` and ``replaced`` {title, url} or None, ``others`` as in a list, ``lang`` of a text that is not in
    the page's language.
    """
    request: HttpRequest = context["request"]
    today = timezone.localdate()
    record = record_of(page)
    # What an editor types for the first time is not in the tree yet: nothing can replace it or stand beside it.
    newer = replacement_of(page) if page.pk else None
    older = replaced_publication(page)
    files = files_of(page)
    refusals = refusals_of(request.user, files, today=today)  # type: ignore[arg-type]
    return {
        "cover": picture_of(page, "large", files),
        "chapters": _chapters(page, is_preview=getattr(request, "is_preview", False)),
        "made": [
            {"key": made.key, "format": made.format, "words": made_in_words(made), "made_at": made.made_at}
            for made in made_files_of(page)
        ],
        "files": [
            {
                "key": file.key,
                "words": file_in_words(file),
                "title": file.document.title,
                "language": file.document.language,
                "is_accessible": file.document.accessible,
                "alternative": file.alternative,
                "opens_on": file.opens_on,
                "refusal": refusal.value if refusal else "",
                "way_in": way_in(file.access) if refusal is rules.Refusal.NOT_YOURS else None,
            }
            for file, refusal in zip(files, refusals, strict=True)
        ],
        "rows": _record_rows(page),
        "citation": rules.as_text(record),
        "replacement": {"title": newer.title, "url": newer.get_url()} if newer else None,
        "replaced": {"title": older.title, "url": older.get_url()} if older else None,
        "others": [_row(other) for other in neighbours_of(page)] if page.pk else [],
        "lang": _foreign(page),
    }


_HEADING = re.compile(r"<h3>(.*?)</h3>", re.S)


def _chapters(page: PublicationPage, *, is_preview: bool) -> list[dict[str, Any]]:
    """The edition with an address for each heading and film, which the contents list below the chapter."""
    language = get_language() or "pl"
    addresses = addresses_of(with_films_at_hand(page), language)
    numbers = count(1)
    chapters = []
    for number, chapter in enumerate(page.chapters, 1):
        headings: list[dict[str, str]] = []
        rows = []
        for block in chapter.value["body"]:
            row: dict[str, Any] = {"block": block, "html": None, "film": None}
            if block.block_type == "text":
                row["html"] = _with_ids(block, number, headings)
            elif block.block_type == "film" and block.value["film"]:
                film = block.value["film"]
                anchor = f"film-{next(numbers)}"
                row["film"] = _film(film, anchor, addresses.get(film.pk, ""), is_shown=film.live or is_preview)
                headings.append({"id": anchor, "title": gettext("Film: %(title)s") % {"title": film.title}})
            rows.append(row)
        chapters.append({"title": chapter.value["title"], "headings": headings, "blocks": rows})
    return chapters


def _film(film: Film, anchor: str, address: str, *, is_shown: bool) -> dict[str, Any]:
    """A film of an edition: {title, lang, anchor, url of its own page, address, player}, the last None while it is
    withdrawn. Below the title of the film its parts are headings of the fourth level."""
    language = get_language() or "pl"
    player = player_facts(film, language) | {"anchor": f"{anchor}-player", "level": 4} if is_shown else None
    return {
        "title": film.title,
        "lang": film.language if film.language != language else "",
        "anchor": anchor,
        "url": urlsplit(address).path,
        "address": address,
        "is_sample": film.is_sample,
        "player": player,
    }


def _with_ids(block: Any, chapter: int, headings: list[dict[str, str]]) -> SafeString:
    """The rich text of a block, each of whose headings has an id; they are added to ``headings``."""

    def named(found: re.Match[str]) -> str:
        anchor = f"chapter-{chapter}-{len(headings) + 1}"
        headings.append({"id": anchor, "title": unescape(strip_tags(found[1])).strip()})
        return f'<h3 id="{anchor}">{found[1]}</h3>'

    # What Wagtail made safe, with ids of ours in it.
    return mark_safe(_HEADING.sub(named, str(block.value)))  # noqa: S308


def _record_rows(page: PublicationPage) -> list[dict[str, Any]]:
    topics = ", ".join(topic.title for topic in page.topics.all())
    licence = licence_url(page.licence, get_language() or "pl")
    rows: list[tuple[Any, Any, dict[str, Any]]] = [
        (gettext("Authors"), ", ".join(page.author_names()), {}),
        (gettext("Publisher"), page.institution, {}),
        (gettext("Place and year"), f"{page.place} {page.year}".strip(), {}),
        (gettext("Language"), page.get_language_display(), {}),
        (gettext("Topics"), topics, {}),
        (gettext("Licence"), page.get_licence_display(), {"url": licence}),
        ("ISBN", page.isbn, {"whole": True}),
        ("DOI", page.doi, {"url": f"https://doi.org/{page.doi}"}),
        (pgettext("of a project", "Phase"), page.get_phase_display() if page.phase else "", {}),
    ]
    return [{"label": str(label), "value": str(value), **more} for label, value, more in rows if value]
