"""No page mirrors one of another language: wagtail-localize's way to keep trees alike is taken away.

A mirrored page would show Polish words at an English address, marked as English to readers and machines, and would
count as a translation. Where a page has no translation, a note says so instead.
"""

from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization


def take_away() -> None:
    """Take the choice "synchronise content from another locale" from the form of a language."""
    LOCALE_COMPONENTS[:] = [one for one in LOCALE_COMPONENTS if one["model"] is not LocaleSynchronization]
