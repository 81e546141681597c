"""Reports of barriers with their deadline and answer, and the counter of their numbers."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.barriers.rules import AnswerBy, Ending, Kind, State, deadline_of
from media.models import LANGUAGES

KINDS = [
    (Kind.HINT.value, _("a hint: something does not work for me")),
    (Kind.DEMAND.value, _("a demand for accessibility, based on the act")),
]
STATES = [
    (State.RECEIVED.value, _("received")),
    (State.TAKEN.value, _("being worked on")),
    (State.ANSWERED.value, _("answered")),
    (State.REFUSED.value, _("refused")),
    (State.CLOSED.value, _("closed without an answer")),
]
WAYS = [
    (AnswerBy.EMAIL.value, _("by e-mail")),
    (AnswerBy.PHONE.value, _("by telephone")),
    (AnswerBy.PAGE.value, _("only on the page of the report")),
]
ENDINGS = [
    (Ending.WITHDRAWN.value, _("withdrawn by whoever sent it")),
    (Ending.DOUBLE.value, _("the same as another report")),
    (Ending.NO_REPORT.value, _("no report of a barrier, for example an advertisement")),
]


def new_token() -> str:
    """What stands in the address of a report's page: nobody guesses it."""
    return secrets.token_urlsafe(24)


class BarrierReport(models.Model):
    """What somebody cannot use, from its arrival to its answer. Its text names nobody.

    ``token`` is in the address of its page; ``digest`` stands for what was sent, so that the same is taken once.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="pl")
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    barrier = models.TextField(_("what is not accessible"), blank=True)
    place = models.CharField(_("where"), max_length=300, blank=True)
    remedy = models.TextField(_("what would help"), blank=True)
    name = models.CharField(_("first name and surname"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone number"), max_length=30, blank=True)
    answer_by = models.CharField(_("answer wanted"), max_length=10, choices=WAYS, default=AnswerBy.EMAIL.value)
    state = models.CharField(_("state"), max_length=12, choices=STATES, default=State.RECEIVED.value)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    deadline = models.DateField(_("answer by"))
    put_off_reason = models.TextField(_("why it takes longer"), blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken over by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("answer"), blank=True)
    alternative = models.TextField(_("other way of access"), blank=True)
    told_by = models.CharField(_("told"), max_length=10, choices=WAYS, blank=True)
    ending = models.CharField(_("why it was closed"), max_length=12, choices=ENDINGS, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reminded = models.CharField(max_length=10, blank=True, editable=False)
    contact_removed_at = models.DateTimeField(_("contact removed"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("data removed"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample content"), default=False)

    class Meta:
        verbose_name = _("report of a barrier")
        verbose_name_plural = _("reports of barriers")
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["state", "deadline"], name="cms_barriers_due_idx")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="demand")
                | Q(contact_removed_at__isnull=False)
                | (~Q(name="") & ~Q(email="", phone="")),
                name="cms_barriers_demand_has_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "taken"], settled_at=None)
                | Q(state__in=["answered", "refused", "closed"], settled_at__isnull=False),
                name="cms_barriers_settled_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to be given."""
        return self.settled_at is None

    @property
    def is_put_off(self) -> bool:
        """Whether its answer was given a later day than the first one."""
        return self.deadline > deadline_of(timezone.localdate(self.received_at))


class ReportCounter(models.Model):
    """The last number that the reports of a year have got; the row is the lock."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
