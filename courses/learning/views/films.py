"""Film steps: what the player reports, and the way by the transcript."""

import json
import math
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.pages.generation import kept
from cms.pages.languages import language_switch
from courses.catalogue.rules import StepFacts, StepKind, visible_words
from courses.learning import actions
from courses.learning.models import StepProgress
from courses.learning.presentation import active_language, step_url
from courses.learning.presentation import player_facts as screen_facts
from courses.learning.queries import Standing, coverage_of
from courses.learning.rules import FILM_NEEDED_PERCENT, Coverage, coverage, resume_position, transcript_seconds
from courses.learning.views.gate import go_on, in_course
from media.models import Film
from media.queries import player_facts
from media.rules import missing_intervals

MOST_INTERVALS = 200


def film_facts(request: HttpRequest, standing: Standing, step: StepFacts) -> dict[str, Any]:
    """The film with its tracks and transcript, and how much of it this person has played."""
    film = _film(step)
    row = standing.progress.get(step.key)
    seen = coverage_of(standing.enrolment, film.pk)
    duration = film.duration_seconds or 0
    shown = _shown(request, film, active_language())
    return {
        "film": shown,
        "being_prepared": not film.live,
        "film_position": resume_position(row.position) if row else 0,
        "film_progress_url": step_url(standing, step.key, "record-film"),
        **_coverage_facts(
            coverage(seen.intervals if seen else [], duration), duration, done_by=_done_by(standing, step)
        ),
        "transcript_done_url": step_url(standing, step.key, "complete-by-transcript"),
        "transcript_seconds": _in_fives(transcript_seconds(_transcript_words(shown), duration)),
        "outline_folded": True,
    }


def _shown(request: HttpRequest, film: Film, language: str) -> dict[str, Any]:
    """All that the player shows of a film. The same for everybody, so kept until something is published."""

    def make() -> dict[str, Any]:
        facts = player_facts(film, language)
        parts = {name: render_to_string(f"components/film_{name}.html", {"film": facts}) for name in ("frame", "lines")}
        return {**facts, **{f"{name}_html": html for name, html in parts.items()}}

    return kept(request, f"film:{film.pk}:{film.live_revision_id}:{language}", make)


@in_course(StepKind.FILM, action_refuses_locked=True, form_of="open-step")
def record_film(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """Take a report of the player: ``{"intervals": [[from, to], …], "position": seconds}``; malformed: 400."""
    try:
        intervals, position = _read_report(request.body)
    except ValueError:
        return JsonResponse({"state": "malformed"}, status=400)
    film = _film(step)
    if not film.live:
        return JsonResponse({"state": "being_prepared"}, status=409)
    duration = film.duration_seconds or 0
    total, after = actions.record_film(
        enrolment_id=standing.enrolment.pk,
        step=step,
        duration=duration,
        intervals=intervals,
        position=position,
        now=timezone.now(),
        read=standing.enrolment,
    )
    done = step.key in after.done
    return JsonResponse({"done": done, **_coverage_facts(total, duration, done_by=_done_by(after, step))})


@in_course(StepKind.FILM, form_of="open-step")
def complete_by_transcript(request: HttpRequest, standing: Standing, step: StepFacts) -> HttpResponse:
    """The learner says that the transcript is read."""
    film = _film(step)
    if not film.live:
        return redirect(step_url(standing, step.key))
    facts = film_facts(request, standing, step)
    try:
        after = actions.complete_by_transcript(
            enrolment_id=standing.enrolment.pk,
            step=step,
            words=_transcript_words(facts["film"]),
            duration=film.duration_seconds or 0,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        context = (
            screen_facts(standing, step)
            | facts
            | {
                "transcript_error": " ".join(refusal.messages),
                # This address takes forms only; the step itself stands in both languages.
                "languages": language_switch(request, _step_addresses(standing, step)),
            }
        )
        return render(request, "courses/learning/film_step.html", context, status=409)
    return go_on(request, after, step)


def _step_addresses(standing: Standing, step: StepFacts) -> dict[str, str]:
    """The address of the step in each language."""
    addresses = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses[code] = step_url(standing, step.key)
    return addresses


def _film(step: StepFacts) -> Film:
    film = Film.objects.filter(pk=step.target_id).first()
    if film is None:
        raise Http404
    return film


def _done_by(standing: Standing, step: StepFacts) -> str | None:
    """What made the step done; None while it is not."""
    return standing.progress[step.key].source if step.key in standing.done else None


def _coverage_facts(total: Coverage, duration: float, *, done_by: str | None) -> dict[str, Any]:
    """How much was watched and what is missing; nothing is missing any more where something made the step done.

    ``unwatched`` is what was not played, whatever made the step done; where that was enough, the rest does not count.
    """
    gaps = missing_intervals(total.intervals, duration)
    if total.is_enough:
        text = _("Watched %(percent)s%%. That is enough.")
    elif done_by == StepProgress.Source.TRANSCRIPT:
        text = _("Done by reading the transcript.")
    elif done_by is not None:
        text = _("This step is done.")
    else:
        text = _("Watched %(percent)s%%, %(needed)s%% is needed")
    return {
        "percent": total.percent,
        "needed_percent": FILM_NEEDED_PERCENT,
        "covered": total.intervals,
        "missing": [] if done_by is not None else gaps,
        "unwatched": [] if total.is_enough else gaps,
        "without_watching": done_by is not None and not total.is_enough,
        "watched_text": text % {"percent": total.percent, "needed": FILM_NEEDED_PERCENT},
    }


def _transcript_words(film: dict[str, Any]) -> int:
    """How many words there are to read."""
    return visible_words([cue["text"] for cue in film.get("cues") or []] or film.get("transcript_html") or "")


def _in_fives(seconds: int) -> int:
    """The next five seconds: what stands after “about”."""
    return math.ceil(seconds / 5) * 5


def _read_report(body: bytes) -> tuple[list[list[float]], float]:
    """The intervals and the position of a report; ValueError when it is not what a player sends."""
    try:
        report = json.loads(body)
        pairs = [[float(start), float(end)] for start, end in report["intervals"]]
        position = float(report["position"])
    except (KeyError, TypeError, UnicodeDecodeError, OverflowError, RecursionError) as error:
        raise ValueError from error
    numbers = [position, *(number for pair in pairs for number in pair)]
    if len(pairs) > MOST_INTERVALS or not all(math.isfinite(n) and 0 <= n <= 86_400 for n in numbers):
        raise ValueError
    return [pair for pair in pairs if pair[1] > pair[0]], position
