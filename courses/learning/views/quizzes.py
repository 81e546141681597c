"""Quiz steps: begin, one question a page, summary, send, result. Grading is the assessment room's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.pages.typography import hour_in_words, shortened
from courses.assessment.actions import save_open_answer, start_attempt
from courses.assessment.models import Attempt, Quiz
from courses.assessment.queries import (
    about_attempt,
    get_attempt_for,
    intro,
    open_attempt_for,
    overview,
    question_for,
    result,
)
from courses.assessment.rules import AnswerState, may_reveal
from courses.catalogue.rules import StepFacts, StepKind
from courses.learning import actions
from courses.learning.presentation import active_language, next_step_facts, player_facts, step_url
from courses.learning.queries import Standing
from courses.learning.views.gate import in_course, wants_json

SECOND_PRESS = 1.0
"""Seconds. "Check and send" of the last question stands where the summary has "Send the quiz", so the second press of a
double click on the one would send a quiz that nobody has looked through. Nobody looks through it so fast, either."""


def quiz_intro(standing: Standing, step: StepFacts) -> dict[str, Any]:
    """What a person should know before the quiz, and the earlier attempts."""
    facts = intro(person=standing.enrolment.person, quiz_id=step.target_id, language=active_language())
    return {
        "quiz": facts,
        "being_prepared": not facts.available,
        "start_url": step_url(standing, step.key, "start-quiz"),
        "go_on_url": step_url(standing, step.key, "show-question", position=1) if facts.open_number else "",
        "last_result_url": (
            step_url(standing, step.key, "show-result", number=facts.attempts_made)
            if facts.attempts_made and facts.attempts_made != facts.open_number
            else ""
        ),
    }


@in_course(StepKind.QUIZ, form_of="open-step")
def start_quiz(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """Begin an attempt, or go on with the one that is open."""
    try:
        start_attempt(
            person=standing.enrolment.person,
            quiz=Quiz.objects.get(pk=step.target_id),
            language=active_language(),
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(step_url(standing, step.key))
    return redirect(step_url(standing, step.key, "show-question", position=1))


@in_course(StepKind.QUIZ)
def show_question(request: HttpRequest, standing: Standing, step: StepFacts, position: int) -> HttpResponse:
    """One question. A POST saves its answer: a script gets a receipt, a browser goes on to what was asked for."""
    if request.method == "POST":
        return _save(request, standing, step, position)
    attempt = open_attempt_for(standing.enrolment.person, step.target_id)
    if attempt is None:
        return _closed(request, standing, step)
    return _question_page(request, standing, step, attempt, position)


def _save(request: HttpRequest, standing: Standing, step: StepFacts, position: int) -> HttpResponse:
    person = standing.enrolment.person
    try:
        item = save_open_answer(
            person=person,
            quiz_id=step.target_id,
            position=position,
            chosen=request.POST.getlist("answer"),
            now=timezone.now(),
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except ValidationError as refusal:
        attempt = open_attempt_for(person, step.target_id)
        if refusal.code == "attempt_closed" or attempt is None:
            return _closed(request, standing, step)
        if wants_json(request):
            return JsonResponse({"state": "refused", "reason": " ".join(refusal.messages)}, status=400)
        return _question_page(request, standing, step, attempt, position, error=" ".join(refusal.messages), status=400)
    if wants_json(request):
        return JsonResponse({"state": "saved", "saved_at": _clock(item.saved_at)})
    return redirect(_after_saving(request, standing, step, position))


def _after_saving(request: HttpRequest, standing: Standing, step: StepFacts, position: int) -> str:
    """Where the pressed button leads: a question by its number, or the summary."""
    wanted = request.POST.get("go", "")
    if wanted.isdecimal() and len(wanted) < 5:
        return step_url(standing, step.key, "show-question", position=int(wanted))
    if wanted == "summary":
        return step_url(standing, step.key, "show-summary")
    return step_url(standing, step.key, "show-question", position=position)


def _question_page(
    request: HttpRequest,
    standing: Standing,
    step: StepFacts,
    attempt: Attempt,
    position: int,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    try:
        question = question_for(attempt, position)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    answers = overview(attempt)
    context = player_facts(standing, step) | {
        "attempt": {"number": attempt.number, "about": about_attempt(attempt, answers)},
        "question": question,
        "question_count": len(answers),
        "saved_at": _clock(question.saved_at),
        "answers": _answer_rows(standing, step, answers),
        "all_answered": all(answer.answered for answer in answers),
        "answered": answers[position - 1].answered,
        "open_besides": sum(not answer.answered for answer in answers if answer.position != position),
        "save_url": step_url(standing, step.key, "show-question", position=position),
        "previous_position": position - 1 or None,
        "next_position": position + 1 if position < len(answers) else None,
        "summary_url": step_url(standing, step.key, "show-summary"),
        "error": error,
    }
    return render(request, "courses/assessment/question.html", context, status=status)


@require_safe
@in_course(StepKind.QUIZ)
def show_summary(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """What has an answer and what has none, before sending."""
    attempt = open_attempt_for(standing.enrolment.person, step.target_id)
    if attempt is None:
        return _closed(request, standing, step)
    answers = overview(attempt, with_chosen=True)
    context = player_facts(standing, step) | {
        "attempt": {"number": attempt.number, "about": about_attempt(attempt, answers)},
        "shown": f"{timezone.now().timestamp():.3f}",
        "answers": _answer_rows(standing, step, answers),
        "unanswered": [answer.position for answer in answers if not answer.answered],
        "all_answered": all(answer.answered for answer in answers),
        "submit_url": step_url(standing, step.key, "submit-quiz"),
        "back_url": step_url(standing, step.key, "show-question", position=len(answers)),
    }
    return render(request, "courses/assessment/summary.html", context)


@in_course(StepKind.QUIZ, form_of="show-summary")
def submit_quiz(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """Send the attempt named by the form. Pressed twice, or in another tab, it leads to the same result.

    A summary that has only just been shown is shown again instead: that press was meant for the page before.
    """
    if _is_second_press(request.POST.get("shown", "")):
        messages.info(request, _("Nothing has been sent yet. Look through your answers, then send the quiz."))
        return redirect(step_url(standing, step.key, "show-summary"))
    number = request.POST.get("attempt", "")
    try:
        attempt = get_attempt_for(
            standing.enrolment.person,
            quiz_id=step.target_id,
            number=int(number) if number.isdecimal() and len(number) < 6 else 0,
        )
        sent, _after = actions.submit_quiz(
            enrolment_id=standing.enrolment.pk, step=step, attempt_id=attempt.pk, now=timezone.now()
        )
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return redirect(step_url(standing, step.key, "show-result", number=sent.number))


def _is_second_press(shown: str) -> bool:
    """Whether a form that was ``shown`` then is sent sooner than anybody could have read it."""
    try:
        return 0 <= timezone.now().timestamp() - float(shown) < SECOND_PRESS
    except ValueError:
        return False


@require_safe
@in_course(StepKind.QUIZ)
def show_result(request: HttpRequest, standing: Standing, step: StepFacts, number: int) -> HttpResponse:
    """Score, passed or not in words, and feedback question by question."""
    try:
        attempt = get_attempt_for(standing.enrolment.person, quiz_id=step.target_id, number=number)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    quiz = intro(person=standing.enrolment.person, quiz_id=step.target_id, language=active_language())
    reveal = may_reveal(passed=quiz.passed, left=quiz.attempts_left, is_open=quiz.open_number is not None)
    found = result(attempt, reveal=reveal)
    if found is None:
        return redirect(step_url(standing, step.key, "show-question", position=1))
    after = next_step_facts(standing)
    context = player_facts(standing, step) | {
        "attempt": {"number": attempt.number},
        "result": found,
        "answers_held_back": not reveal,
        "quiz": quiz,
        "next_step": after,
        "course_completed": standing.is_completed,
        "retry_url": (
            step_url(standing, step.key, "start-quiz")
            if not found.passed and quiz.available and (quiz.attempts_left is None or quiz.attempts_left > 0)
            else ""
        ),
    }
    return render(request, "courses/assessment/result.html", context)


def _closed(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """No attempt is open: an answer that comes too late is told so, and nothing is changed."""
    if wants_json(request):
        reason = _("This attempt has already been sent. The answer was not saved.")
        return JsonResponse({"state": "closed", "reason": reason}, status=409)
    if request.method == "POST":
        messages.error(request, _("This attempt has already been sent. The answer was not saved."))
    return redirect(step_url(standing, step.key))


def _answer_rows(standing: Standing, step: StepFacts, answers: tuple[AnswerState, ...]) -> list[dict[str, Any]]:
    return [
        {
            "position": answer.position,
            "prompt": shortened(answer.prompt),
            "question": answer.prompt,
            "chosen": answer.chosen,
            "lang": "" if answer.language == active_language() else answer.language,
            "url": step_url(standing, step.key, "show-question", position=answer.position),
            "state_word": answer.state_word,
            "answered": answer.answered,
            "saved_at": _clock(answer.saved_at),
        }
        for answer in answers
    ]


def _clock(moment: Any) -> str:
    """The time of day as it is written in the active language: 9.03, or 9:03."""
    return hour_in_words(timezone.localtime(moment), active_language()) if moment is not None else ""
