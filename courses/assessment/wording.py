"""What passes and what was scored, in words. Reads nothing: the queries bring the figures.

One measure for all: points, and every question is one point. Where a question with several right answers can give a
part of its point, a pass mark that is no whole number of points is told as the percent that it is. Rounded up to what
can really be scored it would tell before sending how many answers are right.
"""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from cms.pages.typography import NBSP
from courses.assessment import rules


def number(value: Decimal | int) -> str:
    """A number as it is written in the active language, without idle zeros: 7, 7,5, 0,33."""
    return number_format(Decimal(f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else value))


def share(part: Decimal | int, whole: int) -> str:
    """ "2 of 3", on one line."""
    words = gettext("%(part)s of %(whole)s") % {"part": number(part), "whole": whole}
    return words.replace(" ", NBSP)


def _in_points(count: int, pass_mark: int, *, divided: bool) -> int | None:
    """The whole points that pass; None where only the percent is exact."""
    exact = Fraction(pass_mark * count, 100)
    return None if divided and exact.denominator != 1 else rules.points_needed(count, pass_mark)


def _percent(pass_mark: int) -> str:
    return gettext("at least %(mark)s%% of the points") % {"mark": pass_mark}


def what_passes(count: int, pass_mark: int, *, divided: bool) -> str:
    """The measure in full: "3 of 3 points", or "at least 70% of the points"."""
    needed = _in_points(count, pass_mark, divided=divided)
    if needed is None:
        return _percent(pass_mark)
    return ngettext("%(share)s point", "%(share)s points", count) % {"share": share(needed, count)}


def before(count: int, pass_mark: int, *, divided: bool) -> str:
    """What one should know before beginning: what passes, and how points are given."""
    sentences = [f"{what_passes(count, pass_mark, divided=divided)}.", gettext("Each question is one point.")]
    if divided:
        sentences.append(
            gettext(
                "Where several answers are right, each right one adds a part of the point and each wrong one takes a "
                "part away."
            )
        )
    return " ".join(sentences)


def meanwhile(number: int, allowed: int, count: int, pass_mark: int, *, divided: bool) -> str:
    """What one should know of an open attempt, in a line: no time limit, which one it is, and what passes."""
    if allowed:
        which = gettext("attempt %(number)s of %(allowed)s") % {"number": number, "allowed": allowed}
    else:
        which = gettext("attempt %(number)s") % {"number": number}
    needed = _in_points(count, pass_mark, divided=divided)
    words = _percent(pass_mark) if needed is None else share(needed, count)
    return ", ".join([gettext("no time limit"), which, gettext("%(needed)s to pass") % {"needed": words}])


def after(score: Decimal, count: int, pass_mark: int, *, divided: bool) -> str:
    """What was needed, beside a score that stands in the heading; in percent the score is told once more."""
    words = gettext("To pass you need %(needed)s.") % {"needed": what_passes(count, pass_mark, divided=divided)}
    if _in_points(count, pass_mark, divided=divided) is None:
        reached = rules.percent_reached(score, Decimal(count))
        words += " " + gettext("Your score is %(percent)s%%.") % {"percent": reached}
    return words


def attempts(left: int | None, allowed: int) -> str:
    """How many attempts may still begin, in a sentence."""
    if left is None:
        return gettext("You may try as many times as you like.")
    if not left:
        return gettext("No attempts are left.")
    if left == allowed:
        return ngettext("You may try %(left)d time.", "You may try %(left)d times.", left) % {"left": left}
    return ngettext("%(left)d attempt is left.", "%(left)d attempts are left.", left) % {"left": left}


def points(value: Decimal, kind: str) -> str:
    """What a question gave, where that is not plain from its being right or wrong; else nothing."""
    return gettext("%(points)s of 1 point") % {"points": number(value)} if kind == rules.Kind.MULTIPLE else ""
