"""The lesson player: a step of any kind is opened here; lessons are marked here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.pages.generation import kept
from courses.catalogue.queries import is_published
from courses.catalogue.reading import lesson_to_read
from courses.catalogue.rules import StepFacts, StepKind
from courses.learning import actions
from courses.learning.models import StepProgress
from courses.learning.presentation import active_language, player_facts, step_title, step_url
from courses.learning.queries import Standing, passing_over
from courses.learning.views.films import film_facts
from courses.learning.views.gate import go_on, in_course
from courses.learning.views.quizzes import quiz_intro


@require_safe
@in_course()
def open_step(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """Show a step and note that it was seen; nothing else is written by a GET."""
    actions.open_step(standing=standing, step=step, now=timezone.now())
    if step.kind is StepKind.QUIZ:
        template, facts = "courses/assessment/quiz_start.html", quiz_intro(standing, step)
    elif step.kind is StepKind.FILM:
        template, facts = "courses/learning/film_step.html", film_facts(request, standing, step)
    else:
        template, facts = "courses/learning/step.html", _lesson_facts(request, step)
    if facts["being_prepared"]:
        standing = passing_over(standing, step.key)
    return render(request, template, player_facts(standing, step) | facts)


def _lesson_facts(request: HttpRequest, step: StepFacts) -> dict[str, Any]:
    lesson = lesson_to_read(
        request,
        step.target_id,
        active_language(),
        # Asking a “check yourself” question is a GET of the same page; only the feedback on the choice is rendered.
        checked_block=request.GET.get("check", ""),
        checked_answer=request.GET.get("answer", ""),
    )
    return {
        "lesson": lesson,
        "being_prepared": lesson is None,
        "lesson_language": lesson.language if lesson else "",
        "in_other_language": lesson is not None and lesson.language != active_language(),
    }


@in_course(StepKind.LESSON, action_refuses_locked=True, form_of="open-step")
def complete_step(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """The learner says that the lesson is read; the next step opens. Of one that is not published there is nothing to
    read, and its screen says so."""
    # As long as nothing is published or withdrawn it stays so, and a mark need not ask the database.
    if not kept(request, f"is-published:{step.target_id}", lambda: is_published(step) or None):
        return redirect(step_url(standing, step.key))
    after = actions.complete_step(
        enrolment_id=standing.enrolment.pk,
        step=step,
        source=StepProgress.Source.LEARNER,
        now=timezone.now(),
        read=standing.enrolment,
    )
    return go_on(request, after, step)


@in_course(StepKind.LESSON, form_of="open-step")
def undo_step(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """Take the mark back."""
    try:
        actions.undo_step(enrolment_id=standing.enrolment.pk, step=step, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("“%(step)s” is marked as not done.") % {"step": step_title(standing, step)})
    return redirect(step_url(standing, step.key))
