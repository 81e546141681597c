"""Words of the catalogue that several screens and papers share."""

from django.utils import translation
from django.utils.translation import ngettext, pgettext

LESSON_HOUR_MINUTES = 45


def hours_in_words(minutes: int) -> str:
    """The length in teaching hours of 45 minutes, in the active language; tenths are cut, never rounded up."""
    hours = minutes / LESSON_HOUR_MINUTES
    if hours == int(hours):
        return ngettext("%(hours)s teaching hour", "%(hours)s teaching hours", int(hours)) % {"hours": int(hours)}
    tenths = f"{int(minutes * 10 / LESSON_HOUR_MINUTES) / 10}"
    shown = tenths.replace(".", ",") if (translation.get_language() or "pl")[:2] == "pl" else tenths
    return pgettext("with a fraction", "%(hours)s teaching hours") % {"hours": shown}


def minutes_in_words(minutes: int) -> str:
    """The length in minutes, in the active language."""
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
