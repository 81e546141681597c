"""What a course page offers to whoever looks at it."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from courses.catalogue.models import LessonPage
from courses.learning.presentation import active_language
from courses.learning.preview import preview_facts
from courses.learning.queries import get_enrolment_for, open_course, standing_of

register = template.Library()


@register.simple_tag
def course_led_to(path: str | None) -> str:
    """The title of the open course into which a path of this site leads, for the pages at the door; else empty.

    One query where the path is that of a course, none elsewhere.
    """
    try:
        match = resolve(urlsplit(path or "").path)
    except Resolver404:
        return ""
    if match.view_name not in ("courses_learning:enrol", "courses_learning:enter-course"):
        return ""
    course = open_course(match.kwargs["course"])
    return course.title(active_language()) if course is not None else ""


@register.simple_tag(takes_context=True)
def lesson_in_player(context: dict[str, Any], page: LessonPage) -> SafeString:
    """A lesson that an editor looks at before it is published, in the player's frame."""
    facts = preview_facts(page) | {"languages": context.get("languages")}
    return render_to_string("courses/learning/step.html", facts, request=context["request"])


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
    label = gettext("Continue learning") if standing.done else gettext("Start the course")
    note = gettext("%(percent)s%% done, about %(minutes)s min left.") % {
        "percent": standing.percent,
        "minutes": standing.minutes_left,
    }
    return _action(label, enter_url, "go_on", gettext("You are enrolled"), note)


def _action(label: str, url: str, kind: str, status_word: str, note: str) -> dict[str, Any]:
    return {"label": label, "url": url, "kind": kind, "status_word": status_word, "note": note, "method": "get"}
