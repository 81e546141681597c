"""Jobs of the glossary."""

from django.core.cache import cache
from django_tasks import task

from cms.glossary import actions
from cms.pages.generation import KEPT_SECONDS, current_generation

_NOTED = "glossary-uses-noted"


@task()
def note_uses() -> None:
    """Sweep: where the words of each term stand. For every ten minutes; rests while nothing is published."""
    generation = current_generation()
    if cache.get(_NOTED) == generation:
        return
    actions.note_uses()
    cache.set(_NOTED, generation, KEPT_SECONDS)
