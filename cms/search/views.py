"""The one search of the site."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.pages.languages import language_switch
from cms.pages.layout import layout_of
from cms.search.queries import LANGUAGES, Found, Reader, closed_paths, find
from cms.search.rules.asking import MOST_SIGNS, tidied
from cms.search.showing import Answer, Narrowing, answer
from cms.search.sources import doors_of, kinds

ALL = "all"


@require_safe
def search_site(request: HttpRequest) -> HttpResponse:
    """What the question in the address finds, of all that this reader may open."""
    typed = tidied(request.GET.get("q", ""))
    language = (get_language() or "pl")[:2]
    chosen = request.GET.get("lang", "")
    chosen = chosen if chosen in (*LANGUAGES, ALL) else language
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds() else ""
    context: dict[str, Any] = {
        "typed": typed[:MOST_SIGNS],
        "most_signs": MOST_SIGNS,
        "too_long": len(typed) > MOST_SIGNS,
        "languages": language_switch(request),
        "chosen_language": chosen,
        "breadcrumbs": [],
    }
    if typed and not context["too_long"]:
        reader = reader_of(request, language)
        found = find(typed, reader)
        shown = "" if chosen == ALL else chosen
        narrowing = Narrowing(language=shown, kind=kind, page=request.GET.get("page", ""))
        told = answer(found, narrowing, reader)
        context |= _facts(request, found, told, narrowing, chosen, language)
    response = render(request, "cms/search/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def reader_of(request: HttpRequest, language: str) -> Reader:
    """Who asks, and what is closed to them. Where the site closes no page, nothing is asked for that."""
    all_open = layout_of(request, language)["all_open"]
    return Reader(
        doors=doors_of(request.user),
        closed=() if all_open else closed_paths(request),
        today=timezone.localdate(),
    )


def _facts(
    request: HttpRequest, found: Found, told: Answer, narrowing: Narrowing, chosen: str, language: str
) -> dict[str, Any]:
    """What the screen tells: rows, counts, ways to narrow and to widen."""

    def address(q: str = found.question.text, kind: str = narrowing.kind, lang: str = chosen) -> str:
        asked = {"q": q, "kind": kind, "lang": lang if lang != language else ""}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"

    in_all = sum(told.by_language.values())
    filters = [{"label": None, "count": told.all_kinds, "url": address(kind=""), "current": not narrowing.kind}]
    filters += [
        {"label": kinds()[kind][1], "count": count, "url": address(kind=kind), "current": kind == narrowing.kind}
        for kind, count in told.by_kind.items()
    ]
    elsewhere = in_all - told.total if narrowing.language else 0
    return {
        "asked": bool(found.question),
        "meant": found.meant.text if found.meant else "",
        "original_url": "",
        "total": told.total,
        "rows": told.rows,
        "page_obj": told.page_obj,
        "query": address()[1:],
        "filters": filters if len(filters) > 2 or narrowing.kind else [],
        "kind": narrowing.kind,
        "all_kinds_url": address(kind=""),
        "all_kinds": told.all_kinds,
        "elsewhere": elsewhere,
        "elsewhere_url": address(lang=ALL),
        "own_language_url": address(lang=language) if chosen == ALL and told.by_language.get(language) else "",
    }
