"""What search finds of the glossary: each term at its own place, and the page that lists them."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.glossary.models import GlossaryPage, Term
from cms.pages.passages import plain
from cms.pages.searchable import live_page, page_entry, page_marks


def term_marks(ids: Collection[int] | None) -> Iterable[tuple[int, str]]:
    """The published terms of the languages in which a page lists them, with its address: 2 queries."""
    pages = {page.locale_id: page for page in GlossaryPage.objects.live().order_by("pk")}
    terms = Term.objects.filter(live=True, locale__in=pages)
    if ids is not None:
        terms = terms.filter(pk__in=ids)
    for pk, locale, revision, slug in terms.values_list("pk", "locale_id", "live_revision_id", "slug"):
        yield pk, f"{revision} {slug} {pages[locale].pk} {pages[locale].url_path}"


def read_term(pk: int) -> list[dict[str, Any]]:
    """A term; its address is its place on the page of the glossary, which has to be open to whoever finds it."""
    term = Term.objects.filter(live=True, pk=pk).select_related("locale").first()
    page = GlossaryPage.objects.live().filter(locale=term.locale_id).order_by("pk").first() if term else None
    if term is None or page is None:
        return []
    return [
        {
            "title": str(term),
            "language": term.locale.language_code,
            "page": page.pk,
            "address": f"{page.get_url()}#{term.slug}",
            "about": term.source,
            "summary": term.explanation,
            "also": "\n".join([*term.names(), term.abbreviation]),
            "passages": [{"text": plain(term.text)}] if term.text else [],
        }
    ]


def read_page(pk: int) -> list[dict[str, Any]]:
    """The page itself, as others."""
    page = live_page(GlossaryPage, pk)
    return [page_entry(page, summary=page.lead)] if page else []


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "cms_glossary.term",
        "kind": "term",
        "one": _("term"),
        "many": _("Terms"),
        "order": 60,
        "marks": term_marks,
        "read": read_term,
        "models": [Term._meta.label],
    },
    {
        "name": "cms_glossary.page",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(GlossaryPage),
        "read": read_page,
        "models": [GlossaryPage._meta.label],
    },
]
