"""What every template of the site may use beside its own context."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.pages.languages import language_switch
from cms.pages.layout import layout_of, menu_for


def layout(request: HttpRequest) -> dict[str, Any]:
    """``layout``, ``menu`` and ``languages``, each read only when a template asks for it."""
    facts = SimpleLazyObject(lambda: layout_of(request, get_language() or "pl"))
    return {
        "layout": facts,
        "menu": SimpleLazyObject(lambda: menu_for(facts, request.path)),
        "languages": SimpleLazyObject(lambda: language_switch(request)),
    }
