"""Words of length that several screens share, and of what keeps a course from publication, in the active language."""

from collections import Counter
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext, npgettext, pgettext

from courses.catalogue.rules import DraftStep, StepKind, fraction_of_hours

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


def steps_in_words(kinds: Iterable[StepKind]) -> str:
    """What a module holds, as the object of “Show …”: “4 lessons and a quiz”."""
    counts = Counter(kinds)
    lessons, films, quizzes = (counts[kind] for kind in (StepKind.LESSON, StepKind.FILM, StepKind.QUIZ))
    parts = []
    if lessons:
        # Translators: after "Show".
        parts.append(npgettext("to be shown", "%(count)s lesson", "%(count)s lessons", lessons) % {"count": lessons})
    if films == 1:
        # Translators: after "Show".
        parts.append(pgettext("to be shown", "a film"))
    elif films:
        # Translators: after "Show".
        parts.append(npgettext("to be shown", "%(count)s film", "%(count)s films", films) % {"count": films})
    if quizzes == 1:
        # Translators: after "Show".
        parts.append(pgettext("to be shown", "a quiz"))
    elif quizzes:
        # Translators: after "Show".
        parts.append(npgettext("to be shown", "%(count)s quiz", "%(count)s quizzes", quizzes) % {"count": quizzes})
    if len(parts) < 2:
        return "".join(parts)
    # Translators: the end of a list, for example "4 lessons, a film" and "a quiz".
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


_DRAFT_TARGET = {
    StepKind.LESSON: gettext_lazy(
        "Step %(position)s of module “%(module)s”: the lesson “%(title)s” is not published. "
        "Publish the lesson first, or remove the step."
    ),
    StepKind.FILM: gettext_lazy(
        "Step %(position)s of module “%(module)s”: the film “%(title)s” is not published. "
        "Publish the film first, or remove the step."
    ),
    StepKind.QUIZ: gettext_lazy(
        "Step %(position)s of module “%(module)s”: the quiz “%(title)s” is not published. "
        "Publish the quiz first, or remove the step."
    ),
}


def publish_refusal(code: str, step: DraftStep | None) -> str:
    """Why a course is not published, and what to do: a code of ``publish_problems`` in words."""
    if step is None:
        return gettext("The course has no required step. Mark at least one step as required.")
    values = {"position": step.position, "module": step.module_title, "title": step.target_title}
    if code == "target_not_published":
        return str(_DRAFT_TARGET[step.kind]) % values
    return (
        gettext("Step %(position)s of module “%(module)s” leads nowhere. Choose its target or remove the step.")
        % values
    )
