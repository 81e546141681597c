"""Dictionary forms of Polish words, by tables that only the process loads that writes the index.

Why only there, and why these tables and not the larger ones: docs/decisions/0008-search.md.
"""

from functools import cache
from importlib import resources
from typing import Any

from cms.search.rules.words import fold, light, same_root


@cache
def _polish() -> Any:
    # Not at the top: only the process that writes the index has a use for it.
    from pystempel import Stemmer, streams

    streams.DISABLE_TQDM = True
    # The same that ``Stemmer.default()`` reads, which asks for it in a way that Python no longer wants.
    with resources.as_file(resources.files("pystempel.data.original") / "stemmer_20000.tbl.gz") as tables:
        return Stemmer.from_file(str(tables))


def lemma(shown: str, folded: str, language: str) -> str:
    """The folded dictionary form, or empty where there is none that may be believed."""
    if language != "pl" or not folded.isalpha() or len(folded) <= 2:
        return ""
    found = fold(_polish()(shown.lower()) or "")
    return found if same_root(found, folded) else ""


def light_form(folded: str, language: str) -> str:
    """The part that endings leave alone."""
    return light(folded, language)
