"""What happens to a report: received, taken over, put off, answered, refused, closed, forgotten. Each is logged."""

import hashlib
import json
import secrets
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.barriers import rules
from cms.barriers.letters import write_to_handlers, write_to_sender
from cms.barriers.models import BarrierReport, ReportCounter, new_token
from cms.barriers.queries import due_reports
from cms.barriers.rules import AnswerBy, Ending, NewDayFault, State
from cms.mail.actions import forget_letters

WORDS = ("kind", "barrier", "place", "remedy", "name", "email", "phone", "answer_by")
LETTERS = ("barrier_received", "barrier_put_off", "barrier_answered", "barrier_refused", "barrier_closed")


def receive(
    *, key: str, language: str, is_sample: bool = False, now: datetime | None = None, **words: str
) -> BarrierReport:
    """Take a report, give it the next number of the year and its deadline, send a receipt and tell those who answer.

    ``words`` are the fields in ``WORDS``; ``key`` is that of the form as it was opened. The same words from the same
    form are one report, however often and however fast they are sent.
    """
    now = now or timezone.now()
    digest = _digest(key, words)
    known = BarrierReport.objects.filter(digest=digest).first()
    if known is not None:
        return known
    today = timezone.localdate(now)
    try:
        with transaction.atomic():
            report = BarrierReport.objects.create(
                number=_next_number(today.year),
                digest=digest,
                language=language,
                received_at=now,
                deadline=rules.deadline_of(today),
                is_sample=is_sample,
                **words,
            )
            log(report, "barriers.receive")
            write_to_sender(report, "barrier_received")
            write_to_handlers(report, "barrier_new")
    except IntegrityError:
        # The second press of a button came in while the first one was being taken.
        return BarrierReport.objects.get(digest=digest)
    return report


def _digest(key: str, words: dict[str, str]) -> str:
    content = json.dumps([key, *(words.get(name, "") for name in WORDS)])
    return hashlib.sha256(content.encode()).hexdigest()


def _next_number(year: int) -> str:
    ReportCounter.objects.get_or_create(year=year)
    counter = ReportCounter.objects.select_for_update(no_key=True).get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return rules.number_of(year, counter.last)


def take(*, report_id: int, by: User) -> BarrierReport:
    """Take a report over; from now on ``by`` is reminded of it. Safe to repeat; may be taken from somebody else.

    A settled one is refused (code ``settled``).
    """
    with transaction.atomic():
        report = _open_report(report_id)
        if report.taken_by_id != by.pk:
            report.state, report.taken_by = State.TAKEN.value, by
            report.save(update_fields=["state", "taken_by"])
            log(report, "barriers.take", user=by)
    return report


def put_off(*, report_id: int, until: date, reason: str, by: User, now: datetime | None = None) -> BarrierReport:
    """Give the answer a later day, with the reason, and tell whoever reported. The same again changes nothing.

    Refuses a day that the law does not allow (code ``past``, ``not_later`` or ``too_far``) and a settled report.
    """
    today = timezone.localdate(now or timezone.now())
    with transaction.atomic():
        report = _open_report(report_id)
        if (report.deadline, report.put_off_reason) == (until, reason):
            return report
        received_on = timezone.localdate(report.received_at)
        fault = rules.new_day_fault(until, received_on=received_on, deadline=report.deadline, today=today)
        if fault is not None:
            raise ValidationError(new_day_words(fault), code=fault.value)
        report.deadline, report.put_off_reason, report.reminded = until, reason, ""
        report.save(update_fields=["deadline", "put_off_reason", "reminded"])
        log(report, "barriers.put_off", user=by, data={"until": until.isoformat()})
        write_to_sender(report, "barrier_put_off", until.isoformat())
    return report


def new_day_words(fault: NewDayFault) -> str:
    """What is wrong with a new day."""
    match fault:
        case NewDayFault.TOO_FAR:
            return _("Choose a day at most two months after the report was received")
        case NewDayFault.PAST:
            return _("Choose today or a later day")
    return _("Choose a day later than the present one")


def answer(*, report_id: int, text: str, told_by: str, by: User, now: datetime | None = None) -> BarrierReport:
    """Answer a report. ``told_by`` tells how: by e-mail, which sends it, by telephone, or on its page alone.

    Refuses a settled report (code ``settled``) and an e-mail to nobody (code ``no_address``).
    """
    with transaction.atomic():
        report = _open_report(report_id)
        report.answer = text
        _settle(report, State.ANSWERED, told_by, by, now)
        log(report, "barriers.answer", user=by, data={"told_by": told_by})
        if told_by == AnswerBy.EMAIL:
            write_to_sender(report, "barrier_answered")
    return report


def refuse(
    *, report_id: int, reason: str, alternative: str, told_by: str, by: User, now: datetime | None = None
) -> BarrierReport:
    """Refuse what was asked for, with the reason and another way of access. Refuses what ``answer`` refuses."""
    with transaction.atomic():
        report = _open_report(report_id)
        report.answer, report.alternative = reason, alternative
        _settle(report, State.REFUSED, told_by, by, now)
        log(report, "barriers.refuse", user=by, data={"told_by": told_by})
        if told_by == AnswerBy.EMAIL:
            write_to_sender(report, "barrier_refused")
    return report


def close(*, report_id: int, ending: str, by: User, now: datetime | None = None) -> BarrierReport:
    """End a report that needs no answer. Whoever sent it is told, unless it was none. A settled one is refused."""
    with transaction.atomic():
        report = _open_report(report_id)
        report.ending = ending
        _settle(report, State.CLOSED, "", by, now)
        log(report, "barriers.close", user=by, data={"ending": ending})
        if ending != Ending.NO_REPORT:
            write_to_sender(report, "barrier_closed")
    return report


def _settle(report: BarrierReport, state: State, told_by: str, by: User, now: datetime | None) -> None:
    if told_by == AnswerBy.EMAIL and not report.email:
        raise ValidationError(_("There is no e-mail address to send this to"), code="no_address")
    report.state, report.told_by = state.value, told_by
    report.settled_at, report.settled_by = now or timezone.now(), by
    report.save(update_fields=["state", "told_by", "settled_at", "settled_by", "answer", "alternative", "ending"])


def _open_report(report_id: int) -> BarrierReport:
    report = BarrierReport.objects.select_for_update(no_key=True).get(pk=report_id)
    if not report.is_open:
        raise ValidationError(_("This report has been settled already."), code="settled")
    return report


def remind(*, now: datetime | None = None) -> int:
    """Tell of open reports whose last day is near, here or past: whoever took one over; all who answer, where nobody
    did or it is late. Once each for a deadline. Tells how many letters. Safe to repeat and to be killed."""
    today = timezone.localdate(now or timezone.now())
    written = 0
    for pk in list(due_reports(today).values_list("pk", flat=True)):
        with transaction.atomic():
            report = BarrierReport.objects.select_for_update(no_key=True).get(pk=pk)
            stage = rules.reminder(report.deadline, today, report.reminded) if report.is_open else None
            if stage is None:
                continue
            report.reminded = stage.value
            report.save(update_fields=["reminded"])
            log(report, "barriers.remind", data={"stage": stage.value})
            taker = report.taken_by if report.taken_by is not None and report.taken_by.is_active else None
            to = None if stage == rules.Stage.LATE else taker
            written += write_to_handlers(report, "barrier_due", f"{report.deadline}:{stage}", to)
    return written


def forget(*, report_id: int, by: User | None = None, now: datetime | None = None) -> bool:
    """Take words, name and contact out of a settled report, with its letters; its page is gone. Number and days stay.

    Safe to repeat; False for one that is open or forgotten. Logged.
    """
    with transaction.atomic():
        report = BarrierReport.objects.select_for_update(no_key=True).filter(pk=report_id).first()
        if report is None or report.is_open or report.forgotten_at is not None:
            return False
        others = BarrierReport.objects.filter(email=report.email, forgotten_at=None).exclude(pk=report.pk)
        if report.email and not others.exists():
            forget_letters(recipient=report.email, templates=LETTERS)
        report.forgotten_at = report.contact_removed_at = now or timezone.now()
        report.token, report.digest = new_token(), secrets.token_hex(32)
        cleared = ["barrier", "place", "remedy", "name", "email", "phone", "put_off_reason", "answer", "alternative"]
        for name in cleared:
            setattr(report, name, "")
        report.save(update_fields=["forgotten_at", "contact_removed_at", "token", "digest", *cleared])
        log(report, "barriers.forget", user=by)
    return True


def tidy(*, now: datetime | None = None) -> int:
    """Forget reports that ended a year ago. Tells how many. Safe to repeat."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    ended = BarrierReport.objects.filter(settled_at__isnull=False, forgotten_at=None).values_list("pk", "settled_at")
    old = [pk for pk, settled_at in ended if not rules.is_kept(timezone.localdate(settled_at), today)]
    return sum(forget(report_id=pk, now=now) for pk in old)
