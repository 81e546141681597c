"""Who a file of a publication can be for, beyond everybody and the signed-in: groups that rooms above tell of.

A room that knows such a group has a module ``audiences`` with

- ``KIND``: a word of its own, such as ``course``;
- ``choices() -> list[tuple[str, str]]``: id and words of each group, for editors;
- ``admitted(user, ids) -> set[str]``: to which of these groups the person belongs; at most one query;
- ``way_in(group_id) -> WayIn | None``: what to tell whoever is kept out; None where the group is gone.

What the library keeps is ``KIND:id``.
"""

import functools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from cms.library import rules

HOUSES = ("cms", "courses", "certificates")
LIBRARY = "cms.library"


@dataclass(frozen=True, slots=True)
class WayIn:
    """What a refused reader is told: for whom the file is, in a sentence, and where to join, if one can."""

    sentence: str
    label: str = ""
    url: str = ""


@functools.cache
def collected() -> dict[str, ModuleType]:
    """The rooms that know groups, by the word of each."""
    found = {}
    for config in apps.get_app_configs():
        ours = config.name.partition(".")[0] in HOUSES and config.name != LIBRARY
        if ours and config.module is not None and module_has_submodule(config.module, "audiences"):
            module = import_module(f"{config.name}.audiences")
            found[module.KIND] = module
    return found


def access_choices() -> list[tuple[str, Any]]:
    """All that an editor can choose from."""
    groups = [
        (rules.group_access(kind, group), words)
        for kind, module in collected().items()
        for group, words in module.choices()
    ]
    return [(rules.PUBLIC, _("everybody")), (rules.SIGNED_IN, _("signed-in people")), *groups]


def admitted(user: Any, accesses: Collection[str]) -> set[str]:
    """Which of these the person may open: at most one query for each kind of group, none without groups."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for access in accesses:
        if group := rules.group_of(access):
            wanted[group[0]].add(group[1])
    open_to = {rules.PUBLIC} | ({rules.SIGNED_IN} if user.is_authenticated else set())
    if user.is_authenticated:
        for kind, ids in wanted.items():
            module = collected().get(kind)
            open_to |= {rules.group_access(kind, group) for group in (module.admitted(user, ids) if module else ())}
    return open_to


def way_in(access: str) -> WayIn | None:
    """What to tell whoever the group keeps out; None where nothing is known of it any more."""
    group = rules.group_of(access)
    module = collected().get(group[0]) if group else None
    found: WayIn | None = module.way_in(group[1]) if group and module else None
    return found
