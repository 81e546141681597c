"""Builds the glossary from its file. Safe to repeat: a term that a person has edited or withdrawn is left as it is."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from anyascii import anyascii
from django.utils.text import slugify
from wagtail.models import Locale

from cms.glossary.models import GlossaryPage, Term
from cms.pages.demo.publishing import publish_if_changed
from cms.pages.models import HomePage

TERMS = Path(__file__).parent / "terms.yaml"
PAGE = {
    "pl": {
        "title": "Słowniczek",
        "slug": "slowniczek",
        "lead": "Pojęcia, na które trafisz w szkoleniach i publikacjach, wyjaśnione zwykłymi słowami. "
        "To skróty, nie definicje z ustaw.",
    },
    "en": {
        "title": "Glossary",
        "slug": "glossary",
        "lead": "The terms that you meet in courses and publications, in plain words. They are summaries, not the "
        "definitions of the acts.",
    },
}
FIELDS = ("title", "abbreviation", "synonyms", "forms", "explanation", "text", "source")


def build() -> None:
    """Make the pages and the terms of both languages; publish what differs from the file."""
    specs = yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    for language, words in PAGE.items():
        home = HomePage.objects.get(locale__language_code=language)
        _page(home, words)
        for name, spec in specs.items():
            shared = {part: spec[part] for part in ("legal_as_of", "is_sample") if part in spec}
            _term(home.locale, name, spec[language] | shared)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/glossary/{name}")


def _page(home: HomePage, words: dict[str, str]) -> None:
    if not GlossaryPage.objects.child_of(home).exists():
        page = GlossaryPage(locale=home.locale, translation_key=_key("page"), live=False, **words)
        home.add_child(instance=page)
        publish_if_changed(page)


def _term(locale: Locale, name: str, spec: dict[str, Any]) -> None:
    term = Term.objects.filter(translation_key=_key(f"term/{name}"), locale=locale).first()
    is_new = term is None
    term = term or Term(
        translation_key=_key(f"term/{name}"), locale=locale, slug=slugify(anyascii(spec["title"]))[:100], live=False
    )
    latest = term.latest_revision
    if not is_new and (not term.live or (latest is not None and latest.user_id is not None)):
        return
    wanted = {field: _words(spec.get(field, "")) for field in FIELDS}
    wanted |= {"legal_as_of": spec.get("legal_as_of"), "is_sample": spec.get("is_sample", False)}
    if not is_new and all(getattr(term, field) == value for field, value in wanted.items()):
        return
    for field, value in wanted.items():
        setattr(term, field, value)
    term.save()
    term.save_revision().publish()


def _words(value: str | list[str]) -> str:
    """A text in one line; a list as lines."""
    return "\n".join(value) if isinstance(value, list) else " ".join(value.split())
