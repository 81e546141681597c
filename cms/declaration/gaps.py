"""What is not accessible, gathered from all rooms: the list of the declaration that fills itself.

A room adds by a module ``declared_gaps.py`` with a function ``gaps_in(language)`` that yields what readers of a
language find there, in words of that language, at a cost that does not grow with what it finds.
"""

import functools
from collections.abc import Callable, Iterable
from importlib import import_module

from django.apps import apps
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from cms.declaration.models import Placement
from cms.declaration.rules import Gap, Group, Placing, placed, told_once

GapsIn = Callable[[str], Iterable[Gap]]


@functools.cache
def sources() -> tuple[GapsIn, ...]:
    """What the rooms add: first the faults that lead editors let pass, which have a day and a reason."""
    modules = [
        import_module(f"{config.name}.declared_gaps")
        for config in reversed(list(apps.get_app_configs()))
        if config.module is not None and module_has_submodule(config.module, "declared_gaps")
    ]
    return tuple(module.gaps_in for module in modules)


def gaps_in(language: str) -> list[Gap]:
    """All that readers of a language find not accessible, each once and under its heading, notes included."""
    with translation.override(language):
        found = told_once(gap for source in sources() for gap in source(language))
    placings = {row.key: Placing(Group(row.group), row.reason, row.assessment_url) for row in Placement.objects.all()}
    return [placed(gap, placings) for gap in found]
