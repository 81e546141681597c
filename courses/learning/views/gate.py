"""The gate before every screen of a course: who asks, are they enrolled, is the step theirs and open."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.catalogue.rules import StepFacts, StepKind
from courses.learning.presentation import (
    course_facts,
    next_step_facts,
    outline_facts,
    reason_text,
    step_title,
    step_url,
)
from courses.learning.queries import Standing, get_enrolment_for, is_closed, open_course, past_unpublished, standing_of
from courses.learning.rules import neighbours

View = Callable[..., HttpResponse]


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which shows words itself, rather than a browser that shows pages."""
    return request.headers.get("X-Requested-With") == "fetch" or request.content_type == "application/json"


def signed_in(view: View) -> View:
    """Let only signed-in people pass. A script is told 401, so that the page keeps what was typed."""

    @never_cache
    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and wants_json(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        response: HttpResponse = login_required(view)(request, *args, **kwargs)
        return response

    return gated


def in_course(*kinds: StepKind, action_refuses_locked: bool = False, form_of: str = "") -> Callable[[View], View]:
    """Give the view the person's standing and the step, after every check. Without kinds, any kind of step passes.

    Not enrolled: the enrolment page of an open course, else 404. A step of another outline, or of another kind: 404.
    A step that is not open yet: a page that says why, with status 403 (for a script the same in JSON). Where the view's
    action refuses such a step itself (code ``locked``), it is not asked twice. What is sent needs no progress to be
    shown, so it is read only if the view looks at it. ``form_of`` names the screen whose form a view takes that shows
    nothing itself: whoever comes without a form, by a reload or after signing in again, is led to that screen.
    """

    def decorate(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @signed_in
        @wraps(view)
        def gated(request: HttpRequest, course: str, key: UUID, **kwargs: Any) -> HttpResponse:
            enrolment = get_enrolment_for(request.user, course)
            if enrolment is None:
                if open_course(course) is None:
                    raise Http404
                return redirect("courses_learning:enrol", course=course)
            sent = request.method == "POST"
            standing = standing_of(enrolment, later=sent)
            step = standing.outline.step(key)
            if step is None or (kinds and step.kind not in kinds):
                raise Http404
            if form_of and not sent:
                return redirect(step_url(standing, key, form_of))
            if not action_refuses_locked and (not sent or is_closed(standing, key)):
                standing = past_unpublished(standing, key)
                if standing.lock(key):
                    return locked(request, standing, step)
            try:
                return view(request, standing, step, **kwargs)
            except ValidationError as refusal:
                if getattr(refusal, "code", "") != "locked":
                    raise
                return locked(request, standing, step)

        return gated

    return decorate


def locked(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """Own, but not yet: the reason and the way on."""
    reason = reason_text(standing, step)
    if wants_json(request):
        return JsonResponse({"state": "locked", "reason": reason}, status=403)
    context = {
        "course": course_facts(standing),
        "outline": outline_facts(standing, None),
        "title": step_title(standing, step),
        "reason": reason,
        "next_step": next_step_facts(standing),
        "person_corner": True,
    }
    return render(request, "courses/learning/locked.html", context, status=403)


def go_on(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """After a step is done: to the next one, or to the summary when the course is completed.

    A mark of the learner's own can be taken back from the message that tells of it.
    """
    if standing.is_completed:
        return redirect("courses_learning:enter-course", course=standing.enrolment.course.code)
    undo_url = step_url(standing, step.key, "undo-step") if step.kind is StepKind.LESSON else ""
    messages.success(request, _("Done: “%(step)s”.") % {"step": step_title(standing, step)}, extra_tags=undo_url)
    _before, after = neighbours(standing.outline, step.key)
    key = after.key if after and past_unpublished(standing, after.key).lock(after.key) is None else standing.resume_key
    return redirect(step_url(standing, key or step.key))
