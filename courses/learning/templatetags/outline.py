"""The learner's outline, module by module. Most learners see most modules alike, so each picture is drawn once."""

import functools
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

OF_A_MODULE = ("code", "title", "minutes", "is_current", "is_done", "locked_reason", "lang")
OF_A_STEP = ("title", "minutes", "state", "is_current", "url", "reason", "lang")

Values = tuple[Any, ...]


@register.simple_tag
def outline_module(module: dict[str, Any]) -> SafeString:
    """One module of the outline, as in ``components/outline_player.html``."""
    steps = tuple(tuple(step.get(name) for name in OF_A_STEP) for step in module["steps"])
    return _drawn(tuple(module.get(name) for name in OF_A_MODULE), steps, get_language() or "pl")


@functools.lru_cache(maxsize=512)
def _drawn(module: Values, steps: tuple[Values, ...], language: str) -> SafeString:
    # All that the template shows is among the arguments: whoever sees the same facts sees the same picture.
    facts = dict(zip(OF_A_MODULE, module, strict=True))
    facts["steps"] = [dict(zip(OF_A_STEP, step, strict=True)) for step in steps]
    return render_to_string("components/outline_module.html", {"module": facts})
