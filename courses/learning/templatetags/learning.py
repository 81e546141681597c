"""What a course page offers to whoever looks at it."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from courses.learning.queries import get_enrolment_for, standing_of

register = template.Library()


@register.simple_tag(takes_context=True)
def enrolment_action(context: dict[str, Any], course: dict[str, Any]) -> dict[str, Any]:
    """The one action of a course page, whose label tells the state.

    A visitor without a session is not asked who they are, so that the page stays the same for all of them.
    """
    request: HttpRequest = context["request"]
    enrol_url = reverse("courses_learning:enrol", kwargs={"course": course["code"]})
    enter_url = reverse("courses_learning:enter-course", kwargs={"course": course["code"]})
    if getattr(request, "is_preview", False) or not course["code"]:
        return _action(gettext("Enrol in the course"), "", "closed", gettext("Preview"), "")
    known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    enrolment = get_enrolment_for(request.user, course["code"]) if known else None
    if enrolment is None:
        if not course["is_open"]:
            return _action(
                "",
                "",
                "closed",
                gettext("Enrolment closed"),
                gettext("This course is not taking new learners at the moment."),
            )
        note = gettext("You can stop and come back at any time.")
        if not known:
            note = gettext("You need a free account. You can stop and come back at any time.")
        return _action(gettext("Enrol in the course"), enrol_url, "enrol", gettext("Enrolment open"), note)
    standing = standing_of(enrolment)
    if standing.is_completed:
        return _action(gettext("View the completed course"), enter_url, "done", gettext("Completed"), "")
    label = gettext("Continue learning") if standing.progress else gettext("Start the course")
    note = gettext("%(percent)s%% done, about %(minutes)s min left.") % {
        "percent": standing.percent,
        "minutes": standing.minutes_left,
    }
    return _action(label, enter_url, "go_on", gettext("You are enrolled"), note)


def _action(label: str, url: str, kind: str, status_word: str, note: str) -> dict[str, Any]:
    return {"label": label, "url": url, "kind": kind, "status_word": status_word, "note": note, "method": "get"}
