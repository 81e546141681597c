"""Wagtail's search in the database, asked for words only.

Wagtail puts what an editor typed into a query of SQLite's full text search as it is, and a quote or a bracket in it is
then an error of its grammar. Here only words reach the database, so every text can be looked for, on each database.
"""

import re
import unicodedata
from typing import Any

from django.db.models import QuerySet
from wagtail.search.backends import database
from wagtail.search.query import MATCH_ALL, And, Phrase, PlainText

MOST_WORDS = 30
"""More would only be a very deep query."""

_WORD = re.compile(r"[^\W_]+")


def words_of(typed: str) -> str:
    """The words of a text with one blank between them; empty when it holds none."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", typed))[:MOST_WORDS])


def only_words(query: Any) -> Any:
    """The same query with nothing but words in its texts; None when there is a text without any."""
    if isinstance(query, str):
        return words_of(query) or None
    if isinstance(query, PlainText):
        words = words_of(query.query_string)
        return PlainText(words, operator=query.operator, boost=query.boost) if words else None
    if isinstance(query, Phrase):
        words = words_of(query.query_string)
        return Phrase(words) if words else None
    if isinstance(query, And):
        parts = [only_words(part) for part in query.subqueries]
        return And(parts) if all(parts) else None
    return query


class OnlyWords:
    """Stands before a backend of the database. A text without any word finds nothing."""

    def _search(self, query_compiler_class: type, query: Any, model_or_queryset: Any, **options: Any) -> Any:
        search = super()._search  # type: ignore[misc]
        asked = only_words(query)
        if asked is not None or query == "":
            return search(query_compiler_class, query if asked is None else asked, model_or_queryset, **options)
        rows = model_or_queryset if isinstance(model_or_queryset, QuerySet) else model_or_queryset.objects.all()
        return search(query_compiler_class, MATCH_ALL, rows.none(), **options)


def SearchBackend(params: dict[str, Any]) -> Any:
    """Wagtail's backend for the database in use, asked for words only."""
    backend = type(database.SearchBackend(params))
    return type(f"OnlyWords{backend.__name__}", (OnlyWords, backend), {})(params)
