"""The outbox."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Letters by what is to be done with them."""

    def single(self) -> Self:
        """Those that are sent one by one, by a job of their own or the sweep."""
        return self.filter(bulk=False)

    def due(self, now: datetime) -> Self:
        """Queued, and not held by somebody who is sending it or waiting for the next try."""
        return self.filter(state=OutgoingMail.State.QUEUED, next_try_at__lte=now)


class OutgoingMail(models.Model):
    """A letter that is to be sent once: queued, then sent, or failed after the last try.

    ``context`` is what its template is filled with. A confidential letter (a one-time link) forgets it once sent.
    A letter in bulk is sent by whoever put many of them here, who also brings what it says; no job and no sweep of this
    room sends it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    idempotency_key = models.CharField(_("key"), max_length=200, unique=True)
    recipient = models.EmailField(_("recipient"))
    template = models.CharField(_("template"), max_length=100)
    language = models.CharField(_("language"), max_length=2)
    context = models.JSONField(_("context"), default=dict)
    confidential = models.BooleanField(_("confidential"), default=False)
    bulk = models.BooleanField(_("one of many"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="cms_mail_due_idx")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="cms_mail_sent_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.idempotency_key})"

    @property
    def can_be_sent_again(self) -> bool:
        """Whether its content is still there, and nobody else decides whether it is still wanted."""
        return not self.bulk and (not self.confidential or bool(self.context))
