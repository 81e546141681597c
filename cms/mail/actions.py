"""Writing letters into the outbox and sending them."""

import logging
import smtplib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.mail import rules
from cms.mail.letters import Brought, compose
from cms.mail.models import OutgoingMail
from media.jobs import queue_on_commit

logger = logging.getLogger(__name__)

_ADDRESS = models.EmailField()
BATCH = 100
KEPT = timedelta(days=90)
CONFIDENTIAL_KEPT = timedelta(days=3)


class AccountSuspended(Exception):
    """The letter holds a link that its owner may not use."""


def queue_mail(
    *,
    key: str,
    recipient: str,
    template: str,
    language: str,
    context: dict[str, Any] | None = None,
    confidential: bool = False,
) -> OutgoingMail:
    """Put a letter into the outbox; a job sends it after the commit. Safe to repeat: one key is one letter.

    ``confidential`` is for letters with a one-time link: their content is forgotten as soon as they are sent.
    Refuses what is no e-mail address (code ``invalid_recipient``).
    """
    try:
        _ADDRESS.clean(recipient, None)
    except ValidationError as error:
        raise ValidationError(_("This is not an e-mail address."), code="invalid_recipient") from error
    known = {code for code, _name in settings.LANGUAGES}
    with transaction.atomic():
        mail, created = OutgoingMail.objects.get_or_create(
            idempotency_key=key,
            defaults={
                "recipient": recipient,
                "template": template,
                "language": language if language in known else settings.LANGUAGE_CODE,
                "context": context or {},
                "confidential": confidential,
            },
        )
        if created:
            queue_on_commit("cms.mail.tasks.send", mail.pk)
    return mail


def queue_bulk(*, letters: Mapping[str, str], template: str, language: str) -> dict[str, int]:
    """Put many letters, recipients by key, into the outbox; whoever does so sends them with ``send_mail``.

    Safe to repeat: one key is one letter. Tells the row of each key.
    """
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(idempotency_key=key, recipient=recipient, template=template, language=language, bulk=True)
            for key, recipient in letters.items()
        ],
        ignore_conflicts=True,
    )
    rows = OutgoingMail.objects.filter(idempotency_key__in=list(letters))
    return dict(rows.values_list("idempotency_key", "pk"))


def requeue_bulk(*, mail_ids: Iterable[int], now: datetime | None = None) -> int:
    """Make letters in bulk that failed due again, with all their tries. Tells how many. Safe to repeat."""
    failed = OutgoingMail.objects.filter(pk__in=list(mail_ids), bulk=True, state=OutgoingMail.State.FAILED)
    return failed.update(
        state=OutgoingMail.State.QUEUED, tries=0, last_error="", next_try_at=now or timezone.now(), sent_at=None
    )


def forget_letters(*, recipient: str, templates: Iterable[str]) -> int:
    """Delete the letters of these kinds to an address, sent or not. Tells how many. Safe to repeat."""
    letters = OutgoingMail.objects.filter(recipient=recipient, template__in=list(templates))
    deleted, _per_model = letters.delete()
    return deleted


def send_mail(
    *,
    mail_id: int,
    now: datetime | None = None,
    brought: Brought | None = None,
    connection: BaseEmailBackend | None = None,
) -> OutgoingMail | None:
    """Send the letter if it is due. Safe to repeat and to run twice at once: whoever claims the row sends.

    ``brought`` is what a letter in bulk says; ``connection`` is one that the caller keeps open. A refused address fails
    at once; any other trouble is tried again with a growing delay, at most ``rules.MAX_TRIES`` times. None when there
    was nothing to do.
    """
    now = now or timezone.now()
    # The claim is a lease: whoever dies while sending leaves a row that becomes due again.
    due = OutgoingMail.objects.due(now).filter(pk=mail_id)
    if due.update(tries=F("tries") + 1, next_try_at=now + rules.LEASE) != 1:
        return None
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        _refuse_the_suspended(mail)
        message = compose(mail, brought)
        message.connection = connection
        message.send()
    except Exception as error:
        return _note_failure(mail, error, now)
    mail.state = OutgoingMail.State.SENT
    mail.sent_at = timezone.now()
    mail.last_error = ""
    if mail.confidential:
        mail.context = {}
    mail.save(update_fields=["state", "sent_at", "last_error", "context"])
    return mail


def _refuse_the_suspended(mail: OutgoingMail) -> None:
    """An account may have been suspended since its letter was written: it gets no link to a new password."""
    # Every letter with a secret asks, so that those to unknown addresses cost the same.
    suspended = mail.confidential and get_user_model().objects.filter(email=mail.recipient, is_active=False).exists()
    if suspended and "set_password_url" in mail.context:
        mail.context = {}
        raise AccountSuspended("the account is suspended")


def _note_failure(mail: OutgoingMail, error: Exception, now: datetime) -> OutgoingMail:
    mail.last_error = f"{type(error).__name__}: {error}"[:1000]
    if isinstance(error, AccountSuspended):
        mail.state = OutgoingMail.State.FAILED
        logger.info("letter %s was not sent: its account is suspended", mail.pk)
    elif _is_final(error) or rules.is_last_try(mail.tries):
        mail.state = OutgoingMail.State.FAILED
        logger.error("letter %s failed after %s tries: %s", mail.pk, mail.tries, type(error).__name__)
    else:
        mail.next_try_at = now + rules.delay_after(mail.tries)
        logger.warning("letter %s was not sent, try %s: %s", mail.pk, mail.tries, type(error).__name__)
    mail.save(update_fields=["state", "last_error", "next_try_at", "context"])
    return mail


def _is_final(error: Exception) -> bool:
    """Whether the server refused this recipient or this content for good, and not us or for now."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(rules.is_final_refusal(code) for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and rules.is_final_refusal(error.smtp_code)


def send_due(*, now: datetime | None = None) -> int:
    """Send what is due: new letters whose job was lost, and those that wait for another try. Tells how many were sent.

    Leaves letters in bulk to whoever put them there. Stops at the first letter that met trouble: a server that is away
    must not hold up the worker for each of them.
    """
    now = now or timezone.now()
    sent = 0
    due = OutgoingMail.objects.single().due(now).order_by("next_try_at", "pk").values_list("pk", flat=True)
    for mail_id in list(due[:BATCH]):
        mail = send_mail(mail_id=mail_id, now=now)
        # None means that a job was faster.
        state = mail and mail.state
        if state == OutgoingMail.State.QUEUED:
            break
        sent += state == OutgoingMail.State.SENT
    return sent


def send_again(*, mail_id: int, by: Any) -> OutgoingMail:
    """Put a letter back into the queue, with all its tries. Logged.

    Refused when its content was confidential and has been forgotten (code ``content_gone``).
    """
    with transaction.atomic():
        mail = OutgoingMail.objects.select_for_update(no_key=True).get(pk=mail_id)
        if mail.bulk:
            raise ValidationError(
                _("Messages of an issue are sent again from the issue's own screen."), code="one_of_many"
            )
        if not mail.can_be_sent_again:
            raise ValidationError(
                _("This message had a one-time link, and its content is gone. Ask the person to request a new one."),
                code="content_gone",
            )
        mail.state = OutgoingMail.State.QUEUED
        mail.sent_at = None
        mail.tries = 0
        mail.last_error = ""
        mail.next_try_at = timezone.now()
        mail.save(update_fields=["state", "sent_at", "tries", "last_error", "next_try_at"])
        log(mail, "mail.send_again", user=by)
        queue_on_commit("cms.mail.tasks.send", mail.pk)
    return mail


def tidy_outbox(*, now: datetime | None = None) -> int:
    """Forget the links of letters that failed, and letters after 90 days. Tells how many letters were deleted."""
    now = now or timezone.now()
    settled = OutgoingMail.objects.exclude(state=OutgoingMail.State.QUEUED)
    settled.filter(confidential=True, created_at__lt=now - CONFIDENTIAL_KEPT).exclude(context={}).update(context={})
    deleted, _per_model = settled.filter(created_at__lt=now - KEPT).delete()
    return deleted
