"""Reads of the glossary: the terms of a language, the names by which they are recognised, pages without hints."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.glossary import rules
from cms.glossary.models import GlossaryPage, PageWithoutHints, Term, TermUse
from cms.glossary.rules import Vocabulary
from cms.pages.generation import KEPT_SECONDS, current_generation
from cms.pages.layout import layout_facts


@dataclass(frozen=True, slots=True)
class Explained:
    """A term as its readers see it; ``html`` is the longer text."""

    slug: str
    title: str
    abbreviation: str
    synonyms: tuple[str, ...]
    explanation: str
    html: str
    source: str
    legal_as_of: date | None
    is_sample: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The published terms of a language from A to Z, where they stand, and where no hints are shown."""

    url: str
    terms: dict[str, Explained]
    vocabulary: Vocabulary
    pages_without: frozenset[int]


def glossary_in(language: str, generation: str = "") -> Glossary:
    """The glossary of a language, read once for each publication: 2 queries, none where no page lists its terms."""
    generation = generation or current_generation()
    key = f"glossary:{generation}:{language}"
    known: Glossary | None = cache.get(key)
    if known is None:
        known = _read(language, _address(language, generation))
        cache.set(key, known, KEPT_SECONDS)
    return known


def terms_of(page: GlossaryPage) -> list[Explained]:
    """The published terms in the language of the page, in the order of the alphabet: 1 query."""
    return [_explained(term) for term in Term.objects.filter(live=True, locale=page.locale_id)]


def _address(language: str, generation: str) -> str:
    """Where the terms of a language are listed; empty where they are not, or not for everybody."""
    facts = layout_facts(language, generation)
    entries = [*facts["menu"], *facts["footer"]]
    return next((entry["url"] for entry in entries if entry["role"] == "glossary" and not entry["lang"]), "")


def _read(language: str, url: str) -> Glossary:
    if not url:
        return Glossary("", {}, rules.vocabulary([], language), frozenset())
    terms = {term.slug: _explained(term) for term in Term.objects.filter(live=True, locale__language_code=language)}
    phrases = [
        phrase for term in terms.values() for phrase in rules.phrases_of(term.slug, term.names, [term.abbreviation])
    ]
    without = PageWithoutHints.objects.values_list("page_id", flat=True)
    return Glossary(url, terms, rules.vocabulary(phrases, language), frozenset(without))


def _explained(term: Term) -> Explained:
    return Explained(
        slug=term.slug,
        title=term.title,
        abbreviation=term.abbreviation,
        synonyms=tuple(line.strip() for line in term.synonyms.splitlines() if line.strip()),
        explanation=term.explanation,
        html=RichText(term.text).__html__() if term.text else "",
        source=term.source,
        legal_as_of=term.legal_as_of,
        is_sample=term.is_sample,
        names=tuple(term.names()),
    )


def has_hints(page: Page) -> bool:
    """Whether terms are explained on the page: 1 query."""
    return not PageWithoutHints.objects.filter(page=page.pk).exists()


def uses_of(term: Term) -> list[TermUse]:
    """The published pages on which words of the term stand, by title: 1 query."""
    return list(
        TermUse.objects.filter(term=term, page__live=True).select_related("page__locale").order_by("page__title")
    )
