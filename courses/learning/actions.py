"""Writes of learning: enrol, open, done, not done, films, quizzes. Each in one transaction and safe to repeat."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cms.accounts.models import Person
from courses.assessment.actions import submit
from courses.assessment.models import Attempt
from courses.catalogue.models import Course
from courses.catalogue.queries import latest_outline
from courses.catalogue.rules import StepFacts, StepKind
from courses.events import course_completed
from courses.learning.models import Completion, Enrolment, FilmCoverage, ProgressEntry, StepProgress
from courses.learning.queries import Standing, past_unpublished, standing_of
from courses.learning.rules import Coverage, coverage, report_is_plausible, transcript_seconds

DONE, OPENED = StepProgress.State.DONE, StepProgress.State.OPENED


def enrol(*, person: Person, course: Course, now: datetime) -> Enrolment:
    """Enrol a person in a course, on the outline in force today.

    Who is enrolled already, or has completed the course, gets that enrolment back; so it is safe to repeat. Refuses a
    course that takes nobody (code ``course_closed``).
    """
    known = Enrolment.objects.filter(person=person, course=course).order_by("-cycle").first()
    if known is not None and known.state != Enrolment.State.WITHDRAWN:
        return known
    version = latest_outline(course)
    if not course.active or version is None:
        raise ValidationError(_("This course is not taking new learners at the moment."), code="course_closed")
    try:
        with transaction.atomic():
            if known is not None:
                # Who comes back goes on where they left off.
                Enrolment.objects.filter(pk=known.pk).update(state=Enrolment.State.ACTIVE, closed_at=None)
                known.refresh_from_db()
                return known
            return Enrolment.objects.create(person=person, course=course, outline_version=version, enrolled_at=now)
    except IntegrityError:
        return Enrolment.objects.get(person=person, course=course, cycle=1)


def open_step(*, standing: Standing, step: StepFacts, now: datetime) -> StepProgress:
    """Note that a step was seen, and that the person goes on here next time. Writes only what is new."""
    row = standing.progress.get(step.key)
    if row is None:
        row = StepProgress(enrolment=standing.enrolment, step_key=step.key, first_opened_at=now)
        # Two tabs may open it at once; the constraint keeps the first row, and one statement is enough.
        StepProgress.objects.bulk_create([row], ignore_conflicts=True)
        standing.progress[step.key] = row
    if standing.enrolment.last_step_key != step.key:
        Enrolment.objects.filter(pk=standing.enrolment.pk).update(last_step_key=step.key)
        standing.enrolment.last_step_key = step.key
    return row


def complete_step(
    *,
    enrolment_id: int,
    step: StepFacts,
    source: StepProgress.Source,
    now: datetime,
    read: Enrolment | None = None,
) -> Standing:
    """Mark a step as done; when that was the last required one, complete the course in the same transaction.

    ``read`` is the enrolment as the caller has it, whose course need not be read again.

    A second call changes nothing. Refuses a step that is not open yet (code ``locked``), and a film or quiz whose
    button was forged (code ``not_marked_by_hand``). After commit ``course_completed`` is sent, once.
    """
    if source == StepProgress.Source.LEARNER and step.kind is not StepKind.LESSON:
        raise ValidationError(_("Only a lesson can be marked as done by hand."), code="not_marked_by_hand")
    with transaction.atomic():
        standing = _locked_standing(enrolment_id, read)
        _mark_done(standing, step, source, now)
    return standing


def undo_step(*, enrolment_id: int, step: StepFacts, now: datetime) -> Standing:
    """Take back the learner's own mark on a lesson, while the course is not completed.

    Refuses what was not marked by hand (code ``not_marked_by_hand``) and a completed course (code ``completed``).
    """
    with transaction.atomic():
        standing = _locked_standing(enrolment_id)
        if standing.is_completed:
            raise ValidationError(_("The course is completed; its steps stay done."), code="completed")
        row = standing.progress.get(step.key)
        if row is None or row.state != DONE:
            return standing
        if row.source != StepProgress.Source.LEARNER:
            raise ValidationError(_("Only a lesson can be marked as not done."), code="not_marked_by_hand")
        row.state, row.done_at, row.source = OPENED, None, ""
        row.save(update_fields=["state", "done_at", "source"])
        _log(standing, step, ProgressEntry.Change.UNDONE, StepProgress.Source.LEARNER, now)
    return standing


def record_film(
    *,
    enrolment_id: int,
    step: StepFacts,
    duration: float,
    intervals: Sequence[Sequence[float]],
    position: float,
    now: datetime,
    read: Enrolment | None = None,
) -> tuple[Coverage, Standing]:
    """Add the stretches of a film that were really played; at 90 % the step is done.

    Repeats and reorderings are harmless, for only the union counts. A report that claims more than can have been
    played since the last one is not credited; its position is kept for resuming.
    """
    with transaction.atomic():
        standing = _locked_standing(enrolment_id, read)
        _refuse_locked(standing, step)
        row = standing.progress.get(step.key) or StepProgress.objects.create(
            enrolment_id=enrolment_id, step_key=step.key, first_opened_at=now
        )
        standing.progress[step.key] = row
        seen, _created = FilmCoverage.objects.get_or_create(enrolment_id=enrolment_id, film_id=step.target_id)
        since = (now - (seen.reported_at or row.first_opened_at)).total_seconds()
        total = coverage(seen.intervals, duration)
        if intervals and report_is_plausible(intervals, seconds_since_last=since):
            total = coverage([*seen.intervals, *intervals], duration)
            seen.intervals, seen.seconds_covered, seen.reported_at = total.intervals, total.seconds, now
            seen.save(update_fields=["intervals", "seconds_covered", "reported_at"])
        row.position = min(max(0.0, position), duration)
        row.save(update_fields=["position"])
        if total.is_enough:
            _mark_done(standing, step, StepProgress.Source.FILM, now)
    return total, standing


def complete_by_transcript(
    *, enrolment_id: int, step: StepFacts, words: int, duration: float, now: datetime
) -> Standing:
    """Mark a film as done because its transcript was read; reading counts as much as watching.

    Refuses while the page has not been open for the least time that reading takes (code ``too_early``, with
    ``seconds`` left in the params).
    """
    with transaction.atomic():
        standing = _locked_standing(enrolment_id)
        row = standing.progress.get(step.key)
        needed = transcript_seconds(words, duration)
        left = needed - ((now - row.first_opened_at).total_seconds() if row else 0)
        if (row is None or row.state != DONE) and left > 0:
            raise ValidationError(
                _("No hurry: the button will work in %(left)s. Keep reading."),
                code="too_early",
                params={"left": _in_words(left)},
            )
        _mark_done(standing, step, StepProgress.Source.TRANSCRIPT, now)
    return standing


def submit_quiz(*, enrolment_id: int, step: StepFacts, attempt_id: int, now: datetime) -> tuple[Attempt, Standing]:
    """Send an attempt and, when it passed, mark the quiz step as done, in one transaction. Safe to repeat."""
    with transaction.atomic():
        standing = _locked_standing(enrolment_id)
        attempt = submit(person=standing.enrolment.person, attempt_id=attempt_id, now=now)
        if attempt.passed and attempt.quiz_id == step.target_id:
            _mark_done(standing, step, StepProgress.Source.QUIZ, now)
    return attempt, standing


def _locked_standing(enrolment_id: int, read: Enrolment | None = None) -> Standing:
    """The enrolment, locked against a second writer, with its progress as it is now: 2 queries, where it was ``read``.

    What it points at is not read again, for none of that changes: a course keeps its code, an outline version all.
    """
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment_id)
    if read is not None:
        enrolment.course = read.course
        if read.outline_version_id == enrolment.outline_version_id:
            enrolment.outline_version = read.outline_version
    return standing_of(enrolment)


def _refuse_locked(standing: Standing, step: StepFacts) -> None:
    if past_unpublished(standing, step.key).lock(step.key) is not None:
        raise ValidationError(_("This step is not open yet."), code="locked")


def _mark_done(standing: Standing, step: StepFacts, source: StepProgress.Source, now: datetime) -> None:
    """The one place where a step becomes done and a course completed. The caller holds the lock."""
    row = standing.progress.get(step.key)
    if row is not None and row.state == DONE:
        return
    _refuse_locked(standing, step)
    if row is None:
        row = StepProgress(enrolment=standing.enrolment, step_key=step.key, first_opened_at=now)
    row.state, row.done_at, row.source = DONE, now, source
    row.save()
    standing.progress[step.key] = row
    _log(standing, step, ProgressEntry.Change.DONE, source, now)
    if standing.enrolment.state == Enrolment.State.ACTIVE and standing.would_complete:
        _complete(standing, now)


def _complete(standing: Standing, now: datetime) -> None:
    enrolment = standing.enrolment
    completion = Completion.objects.create(
        enrolment=enrolment,
        outline_version=enrolment.outline_version,
        completed_at=now,
        minutes=enrolment.outline_version.minutes,
    )
    enrolment.state, enrolment.closed_at = Enrolment.State.COMPLETED, now
    enrolment.save(update_fields=["state", "closed_at"])
    transaction.on_commit(lambda: course_completed.send_robust(sender=Completion, completion_id=completion.pk))


def _log(
    standing: Standing, step: StepFacts, change: ProgressEntry.Change, source: StepProgress.Source, now: datetime
) -> None:
    ProgressEntry.objects.create(enrolment=standing.enrolment, step_key=step.key, change=change, source=source, at=now)


def _in_words(seconds: float) -> str:
    whole = int(seconds) + (seconds > int(seconds))
    if whole < 60:
        return _("%(seconds)s s") % {"seconds": whole}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": whole // 60, "seconds": whole % 60}
