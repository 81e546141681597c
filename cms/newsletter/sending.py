"""Releasing an issue and sending it in batches: to each address once, whatever is killed on the way.

The truth stands in rows. A release holds what is said; a delivery is one address and moves once from waiting to an
end; its letter in the outbox is claimed by whoever sends it and has the same Message-ID each time. A batch lost on
the way is found by the sweep once its hold has run out.
"""

import logging
import time
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.mail.actions import queue_bulk, queue_mail, requeue_bulk, send_mail
from cms.mail.letters import Brought
from cms.mail.models import OutgoingMail
from cms.mail.rules import Trouble, trouble_of
from cms.newsletter import rules
from cms.newsletter.actions import note_refusal
from cms.newsletter.letters import TEMPLATE, contents_of, trial, web_url
from cms.newsletter.links import leave_url, manage_url
from cms.newsletter.models import Delivery, IssuePage, Release, Subscriber
from cms.newsletter.queries import audience_of
from media.jobs import queue_on_commit

logger = logging.getLogger(__name__)

WAITING, SENT, FAILED, SKIPPED = (
    Delivery.State.WAITING,
    Delivery.State.SENT,
    Delivery.State.FAILED,
    Delivery.State.SKIPPED,
)
ONE_CLICK = "List-Unsubscribe=One-Click"


def send_trial(*, issue: IssuePage, by: User) -> None:
    """Send the issue, as it is written now, to the editor's own address, marked as a trial. Logged."""
    with transaction.atomic():
        log(issue, "newsletter.send_trial", user=by)
        queue_mail(
            key=f"newsletter_trial:{issue.pk}:{by.pk}:{timezone.now():%Y%m%d%H%M%S}",
            recipient=by.email,
            template=TEMPLATE,
            language=issue.locale.language_code,
            context=trial(issue),
        )


def release_issue(*, issue_id: int, by: User | None, now: datetime | None = None) -> Release:
    """Freeze the published issue and who gets it, and begin to send. Logged. Safe to repeat: an issue goes out once.

    Refuses an issue that is not published (code ``not_published``), says nothing (``empty``) or has no reader
    (``nobody``).
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            issue = IssuePage.objects.select_related("locale").get(pk=issue_id)
            known = Release.objects.filter(issue=issue).first()
            return known or _release(issue, by, now)
    except IntegrityError:
        # Pressed twice at once: the other one was first.
        return Release.objects.get(issue_id=issue_id)


def _release(issue: IssuePage, by: User | None, now: datetime) -> Release:
    language = issue.locale.language_code
    if not issue.live:
        raise ValidationError(_("Publish the issue first."), code="not_published")
    with translation.override(language):
        contents = contents_of(issue)
        address = web_url(issue)
    if not contents["blocks"] and not contents["intro"]:
        raise ValidationError(_("The issue is empty."), code="empty")
    topics = [topic.slug for topic in issue.topics.all()]
    readers = list(audience_of(language, topics).order_by("pk").values_list("pk", flat=True))
    if not readers:
        raise ValidationError(_("Nobody would get this issue."), code="nobody")
    release = Release.objects.create(
        issue=issue,
        title=issue.title,
        language=language,
        topics=topics,
        contents=contents | {"web_url": address},
        total=len(readers),
        released_at=now,
        released_by=by,
    )
    Delivery.objects.bulk_create([Delivery(release=release, subscriber_id=pk) for pk in readers], batch_size=500)
    log(issue, "newsletter.release", user=by, data={"addresses": len(readers)})
    queue_on_commit("cms.newsletter.tasks.send_batch", release.pk)
    return release


def stop(*, release_id: int, by: User) -> Release:
    """Send no further letter until somebody resumes. Logged. Safe to repeat."""
    return _turn(release_id, Release.State.SENDING, Release.State.STOPPED, "newsletter.stop", by)


def resume(*, release_id: int, by: User) -> Release:
    """Go on with what waits. Logged. Safe to repeat."""
    return _turn(release_id, Release.State.STOPPED, Release.State.SENDING, "newsletter.resume", by)


def _turn(release_id: int, old: str, new: str, action: str, by: User) -> Release:
    with transaction.atomic():
        release = Release.objects.select_for_update(no_key=True, of=("self",)).get(pk=release_id)
        if release.state == old:
            release.state = new
            release.save(update_fields=["state"])
            log(release, action, user=by)
            if new == Release.State.SENDING:
                queue_on_commit("cms.newsletter.tasks.send_batch", release.pk)
    return release


def repeat_failed(*, release_id: int, by: User, now: datetime | None = None) -> int:
    """Try the letters that were not sent once more, to whoever still wants them. Logged. Tells how many."""
    now = now or timezone.now()
    with transaction.atomic():
        release = Release.objects.select_for_update(no_key=True, of=("self",)).get(pk=release_id)
        failed = release.deliveries.filter(state=FAILED, subscriber__isnull=False)
        requeue_bulk(mail_ids=failed.exclude(mail=None).values_list("mail", flat=True), now=now)
        number = failed.update(state=WAITING, reason="", settled_at=None)
        if number:
            release.state, release.finished_at = Release.State.SENDING, None
            release.save(update_fields=["state", "finished_at"])
            log(release, "newsletter.repeat", user=by, data={"addresses": number})
            queue_on_commit("cms.newsletter.tasks.send_batch", release.pk)
    return number


# --- Batches -----------------------------------------------------------------------------------------------------


def send_batch(*, release_id: int, now: datetime | None = None) -> int:
    """Send up to a hundred letters of a release, then queue the next batch. Tells how many were sent.

    Safe to repeat and to run twice at once: one batch holds the release. A mail server that is away ends the batch,
    and the sweep tries again; an address that is refused does not.
    """
    begun = now or timezone.now()
    free = Q(held_until=None) | Q(held_until__lte=begun)
    mine = Release.objects.filter(free, pk=release_id, state=Release.State.SENDING)
    if not mine.update(held_until=begun + rules.HOLD):
        return 0
    release = Release.objects.get(pk=release_id)
    batch = _Batch(release, now)
    try:
        batch.work()
    finally:
        Release.objects.filter(pk=release_id).update(held_until=None, trouble=batch.trouble)
    _go_on(release, away=batch.away, now=begun)
    return batch.sent


def _go_on(release: Release, *, away: bool, now: datetime) -> None:
    waiting = release.deliveries.filter(state=WAITING)
    if not waiting.exists():
        done = Release.objects.filter(pk=release.pk, state=Release.State.SENDING)
        done.update(state=Release.State.DONE, finished_at=timezone.now())
    elif not away and waiting.filter(_due(now)).exists():
        queue_on_commit("cms.newsletter.tasks.send_batch", release.pk)


def continue_sending(*, now: datetime | None = None) -> int:
    """Sweep: a batch of each release that is being sent and that nobody holds. Tells how many letters were sent."""
    releases = Release.objects.filter(state=Release.State.SENDING).order_by("pk").values_list("pk", flat=True)
    return sum(send_batch(release_id=pk, now=now) for pk in releases)


def _due(now: datetime) -> Q:
    """Deliveries without a letter, with one that is due, or with one whose end was not noted before a crash."""
    ended = Q(mail__state__in=[OutgoingMail.State.SENT, OutgoingMail.State.FAILED])
    return Q(mail=None) | Q(mail__state=OutgoingMail.State.QUEUED, mail__next_try_at__lte=now) | ended


class _Batch:
    """Some letters of a release, sent one after the other over one connection."""

    def __init__(self, release: Release, now: datetime | None) -> None:
        self.release = release
        self.now = now
        self.sent = 0
        self.trouble = ""

    @property
    def away(self) -> bool:
        """Whether the mail server, and not one address, keeps the letters."""
        return bool(self.trouble)

    def work(self) -> None:
        due = self.release.deliveries.filter(_due(self._time()), state=WAITING).select_related("subscriber", "mail")
        deliveries = list(due.prefetch_related("subscriber__topics").order_by("pk")[: rules.BATCH])
        self._write_letters([delivery for delivery in deliveries if delivery.mail_id is None])
        ends_at = time.monotonic() + rules.BATCH_SECONDS
        connection = get_connection()
        try:
            if deliveries:
                self._open(connection)
            for delivery in deliveries:
                if time.monotonic() > ends_at or self.away or not self._goes_on(delivery, connection):
                    return
        finally:
            _close(connection)

    def _open(self, connection: BaseEmailBackend) -> None:
        """One connection for all letters of the batch. Where none can be had, no letter loses a try by it."""
        try:
            connection.open()
        except Exception as error:
            self.trouble = trouble_of(f"{type(error).__name__}: {error}").name
            logger.warning("no connection for release %s: %s", self.release.pk, type(error).__name__)

    def _time(self) -> datetime:
        return self.now or timezone.now()

    def _write_letters(self, deliveries: list[Delivery]) -> None:
        """Put the letters of those who still want them into the outbox, in one transaction."""
        wanted = {
            f"newsletter:{self.release.pk}:{delivery.pk}": delivery
            for delivery in deliveries
            if delivery.subscriber is not None and self._is_wanted(delivery.subscriber)
        }
        letters = {key: delivery.subscriber.email for key, delivery in wanted.items() if delivery.subscriber}
        with transaction.atomic():
            rows = queue_bulk(letters=letters, template=TEMPLATE, language=self.release.language)
            for key, delivery in wanted.items():
                delivery.mail_id = rows[key]
            Delivery.objects.bulk_update(wanted.values(), ["mail"])

    def _is_wanted(self, subscriber: Subscriber) -> bool:
        chosen = [topic.slug for topic in subscriber.topics.all()]
        return subscriber.state == Subscriber.State.ACTIVE and rules.wants(chosen, self.release.topics)

    def _goes_on(self, delivery: Delivery, connection: BaseEmailBackend) -> bool:
        """Bring one delivery to its end if it can be; False when the release was stopped in the meantime."""
        # Asked right before sending: whoever left a second ago gets nothing.
        asked = Delivery.objects.filter(pk=delivery.pk, state=WAITING)
        states = asked.values_list("release__state", "subscriber__state", "mail__state").first()
        if states is None:
            return True
        release, subscriber, letter = states
        if release != Release.State.SENDING:
            return False
        if letter in (OutgoingMail.State.SENT, OutgoingMail.State.FAILED):
            self._settle(delivery, OutgoingMail.objects.get(pk=delivery.mail_id))
        elif delivery.mail_id is None or subscriber != Subscriber.State.ACTIVE:
            _end(delivery, SKIPPED, self._time())
        else:
            mail = send_mail(
                mail_id=delivery.mail_id, now=self.now, brought=self._said_to(delivery), connection=connection
            )
            # None: somebody else is sending it at this moment.
            if mail is not None:
                self._settle(delivery, mail)
        return True

    def _said_to(self, delivery: Delivery) -> Brought:
        subscriber = delivery.subscriber
        leave = leave_url(subscriber)
        return Brought(
            context={**self.release.contents, "manage_url": manage_url(subscriber), "leave_url": leave},
            headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": ONE_CLICK, "Precedence": "bulk"},
        )

    def _settle(self, delivery: Delivery, mail: OutgoingMail) -> None:
        trouble = trouble_of(mail.last_error)
        if mail.state == OutgoingMail.State.SENT:
            _end(delivery, SENT, self._time())
            self.sent += 1
            Subscriber.objects.filter(pk=delivery.subscriber_id, refusals__gt=0).update(refusals=0)
        elif mail.state == OutgoingMail.State.FAILED:
            with transaction.atomic():
                if _end(delivery, FAILED, self._time(), reason=trouble.name) and trouble is Trouble.ADDRESS:
                    note_refusal(subscriber_id=delivery.subscriber_id, now=self._time())
        elif trouble is not Trouble.ADDRESS:
            # Not the address but the server: the next letter would only wait as long.
            self.trouble = trouble.name


def _end(delivery: Delivery, state: str, now: datetime, *, reason: str = "") -> bool:
    """Note how a delivery ended; True for whoever noted it first."""
    waiting = Delivery.objects.filter(pk=delivery.pk, state=WAITING)
    return bool(waiting.update(state=state, reason=reason, settled_at=now))


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception as error:
        # What was sent is sent; a server that dies at the farewell changes nothing.
        logger.info("the mail server did not say goodbye: %s", type(error).__name__)
