"""Hints: the first use of a term in a page's text becomes a link to its explanation, which a script opens in place.

Without script it stays a link to the term in the glossary; printed, the explanations stand at the end. What is shown is
the same for everybody, and whoever shows it keeps it until the next publication.
"""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.glossary.marking import marked
from cms.glossary.queries import Glossary, glossary_in


def with_hints(html: SafeString, *, language: str, page_id: int | None, generation: str = "") -> SafeString:
    """``html``, whose text is in ``language``, with its terms marked and their explanations after it.

    Unchanged where the page shows no hints or where no page lists the terms of the language.
    """
    glossary = glossary_in(language, generation)
    if not glossary.terms or page_id in glossary.pages_without:
        return html
    found = marked(str(html), glossary.vocabulary, lambda term, words: _mark(glossary, term, words))
    if not found.terms:
        return html
    terms: list[dict[str, Any]] = [
        {"slug": slug, "title": glossary.terms[slug].title, "explanation": glossary.terms[slug].explanation}
        for slug in found.terms
    ]
    with translation.override(language):
        notes = render_to_string("cms/glossary/_notes.html", {"terms": terms})
    # The parser put back what it was given, and the marks are escaped where they are drawn.
    return mark_safe(found.html + notes)  # noqa: S308


def _mark(glossary: Glossary, term: str, words: str) -> str:
    """The link. Its words are HTML already: they were taken from the text as they stand there."""
    address = f"{glossary.url}#{term}"
    return format_html(
        '<a class="term" href="{}" aria-describedby="term-{}" data-term="{}">{}</a>',
        address, term, glossary.terms[term].title, mark_safe(words),  # noqa: S308
    )  # fmt: skip
