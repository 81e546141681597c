"""My learning, the door of a course, enrolment."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts.queries import person_of
from courses.learning import actions
from courses.learning.presentation import (
    active_language,
    course_facts,
    course_row,
    next_step_facts,
    outline_facts,
    step_url,
)
from courses.learning.queries import get_enrolment_for, last_opened, open_course, standing_of, standings_of
from courses.learning.views.gate import signed_in


@signed_in
@require_safe
def list_mine(request: HttpRequest) -> HttpResponse:
    """First the one thing to do next, then each course with what is missing, then certificates."""
    person = person_of(request.user)
    standings = standings_of(person)
    latest = last_opened(standings)
    context = {
        "person": person,
        "next_step": next_step_facts(latest) if latest else None,
        "courses": [course_row(standing) for standing in standings if not standing.is_completed],
        "completed": [course_row(standing) for standing in standings if standing.is_completed],
        "person_corner": True,
    }
    return render(request, "courses/learning/my_learning.html", context)


@signed_in
@require_safe
def enter_course(request: HttpRequest, course: str) -> HttpResponse:
    """Go where this person goes on; to the summary when nothing is left; to enrolment when not enrolled."""
    enrolment = get_enrolment_for(request.user, course)
    if enrolment is None:
        return redirect("courses_learning:enrol", course=course)
    standing = standing_of(enrolment)
    key = standing.resume_key
    if key is not None and not standing.is_completed:
        return redirect(step_url(standing, key))
    context = {
        "course": course_facts(standing),
        "outline": outline_facts(standing, None),
        "row": course_row(standing),
        "completion": getattr(enrolment, "completion", None),
        "person_id": enrolment.person_id,
        "person_corner": True,
    }
    return render(request, "courses/learning/course_done.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_in_course(request: HttpRequest, course: str) -> HttpResponse:
    """Ask for enrolment and carry it out; a second press leads into the course."""
    if get_enrolment_for(request.user, course) is not None:
        return redirect("courses_learning:enter-course", course=course)
    found = open_course(course)
    if found is None:
        raise Http404
    words = found.words.get(active_language()) or found.words.get("pl", {})
    if request.method == "POST":
        try:
            actions.enrol(person=person_of(request.user), course=found, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("courses_learning:list-mine")
        messages.success(request, _("You are enrolled. You can take the course on any device."))
        return redirect("courses_learning:enter-course", course=course)
    context = {
        "course": {"title": words.get("title", found.code), "summary": words.get("summary", ""), "code": found.code},
        "outline": found.outlines.order_by("-number").first(),
        "person": person_of(request.user),
        "person_corner": True,
    }
    return render(request, "courses/learning/enrol.html", context)
