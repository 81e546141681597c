"""Terms for tests."""

from itertools import count
from typing import Any

from cms.glossary.models import GlossaryPage, Term
from tests.factories.catalogue import locale, make_list

_numbers = count(1)


def make_glossary(language: str = "pl") -> GlossaryPage:
    """The page of the glossary of a language."""
    return make_list(GlossaryPage, language, title="Słowniczek", slug="slowniczek")


def make_term(title: str = "", language: str = "pl", *, live: bool = True, **fields: Any) -> Term:
    """A published term."""
    title = title or f"pojęcie numer {next(_numbers)}"
    fields = {"explanation": f"Wyjaśnienie: {title}."} | fields
    term = Term(title=title, locale=locale(language), live=False, **fields)
    term.full_clean()
    term.save()
    if live:
        term.save_revision().publish()
        term.refresh_from_db()
    return term


def make_small_glossary() -> None:
    """In each language the page of the glossary with terms that show all that one can show."""
    for language, titles in {"pl": ("karta usługi", "śniadanie"), "en": ("service card", "breakfast")}.items():
        make_glossary(language)
        make_term(titles[0], language, abbreviation="KU", text="<p>Więcej <b>o tym</b>.</p>", synonyms="opis usługi")
        make_term(titles[1], language, source="Dz.U. 2024 poz. 1", legal_as_of="2026-11-24", is_sample=True)
