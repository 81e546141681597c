"""Words of length that several screens and the certificate share, in the active language."""

from django.utils import translation
from django.utils.translation import ngettext, pgettext

from courses.catalogue.rules import fraction_of_hours

LESSON_HOUR_MINUTES = 45


def hours_in_words(minutes: int, length: int = LESSON_HOUR_MINUTES) -> str:
    """The length in teaching hours of ``length`` minutes; tenths are cut, so that never more is told than there is."""
    if minutes % length == 0:
        hours = minutes // length
        return ngettext("%(hours)s teaching hour", "%(hours)s teaching hours", hours) % {"hours": hours}
    separator = "," if (translation.get_language() or "").startswith("pl") else "."
    # Translators: a number with a decimal place, for example "2.7 teaching hours".
    return pgettext("with a fraction", "%(hours)s teaching hours") % {
        "hours": fraction_of_hours(minutes, length).replace(".", separator)
    }


def minutes_in_words(minutes: int) -> str:
    """The length in minutes."""
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
