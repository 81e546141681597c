"""What a lead editor lets pass for a time, and the step of the workflow in which lead editors review."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from cms.checks.rules import WHAT_MAX
from media.models import LANGUAGES
from media.refusing import words_against_publishing


class LeadReview(AbstractGroupApprovalTask):
    """A review by lead editors. What would stop publication goes back to its author instead of being approved."""

    class Meta:
        verbose_name = _("review by lead editors")
        verbose_name_plural = _("reviews by lead editors")

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        if action_name == "approve":
            words = words_against_publishing(task_state.workflow_state.content_object.get_latest_revision_as_object())
            if words:
                comment = "\n".join([kwargs.get("comment", ""), gettext("Not published yet:"), *words]).strip()
                task_state.reject(user=user, comment=comment)
                return
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return gettext("Lead editors approve the page or give it back. A page with a fault is not approved.")


class Exemption(models.Model):
    """A fault with which something is published for a time: why, by when it will be mended, and who took that on.

    ``check_id`` and ``what`` name the fault, so that another fault of the same kind is not let pass with it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("where"), max_length=255)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    check_id = models.CharField(_("fault"), max_length=40)
    what = models.CharField(_("what"), max_length=WHAT_MAX, blank=True)
    reason = models.CharField(
        _("reason"), max_length=500, help_text=_("Stands in the accessibility declaration, so write it for readers.")
    )
    mend_by = models.DateField(_("mended by"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("let pass by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    granted_at = models.DateTimeField(_("let pass on"))
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["mend_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "check_id", "what"],
                condition=Q(closed_at=None),
                name="cms_checks_exemption_one_open_per_fault",
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="cms_checks_exemption_target")]

    def __str__(self) -> str:
        return f"{self.title}: {self.check_id}"
