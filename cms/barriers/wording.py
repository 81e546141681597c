"""How deadlines, steps and people of a report are worded on the editors' side."""

from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.models import User
from cms.barriers.models import ENDINGS, WAYS, BarrierReport


def left_words(report: BarrierReport, today: date) -> str:
    """How long there is for an answer; a dash where none is due any more."""
    if not report.is_open:
        return "–"
    days = (report.deadline - today).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def name_of(user: User | None) -> str:
    """The name of somebody who works on reports, or their address; a dash for nobody."""
    if user is None:
        return "–"
    person = getattr(user, "person", None)
    return person.name if person is not None and person.name else user.email


def step_words(entry: Any) -> str:
    """One step of a report, from the log."""
    data = entry.data or {}
    match entry.action:
        case "barriers.put_off":
            until = parse_date(data.get("until", ""))
            return _("Answer put off to %(day)s") % {"day": date_format(until, "DATE_FORMAT") if until else "–"}
        case "barriers.answer":
            return _("Answered, %(way)s") % {"way": dict(WAYS).get(data.get("told_by"), "–")}
        case "barriers.refuse":
            return _("Refused, %(way)s") % {"way": dict(WAYS).get(data.get("told_by"), "–")}
        case "barriers.close":
            return _("Closed: %(why)s") % {"why": dict(ENDINGS).get(data.get("ending"), "–")}
    return str(entry.message)
