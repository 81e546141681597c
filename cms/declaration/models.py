"""Reviews of the accessibility declaration, where content stands in it, and what it listed when it was published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from cms.declaration.rules import GAPS
from cms.pages.models import AccessibilityPage

GROUP_WORDS = {
    "nonconforming": _("non-compliance with the annex"),
    "not_covered": _("content that the Act does not cover"),
    "excessive": _("excessive cost"),
    "note": _("note on a limit"),
}


class Review(models.Model):
    """A look at the whole declaration: when, how, with which result. At most one a day; never changed or deleted."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first review")
        YEARLY = "yearly", _("yearly review")
        CHANGE = "change", _("review after a change of the site")

    class Method(models.TextChoices):
        SELF = "self", _("self-assessment")
        AUDIT = "audit", _("audit by an outside body")

    reviewed_on = models.DateField(_("reviewed on"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    method = models.CharField(_("how it was assessed"), max_length=10, choices=Method.choices)
    auditor = models.CharField(
        _("auditor"), max_length=200, blank=True, help_text=_("Stands in the declaration. Needed for an audit.")
    )
    status = models.CharField(_("result"), max_length=10, choices=AccessibilityPage.Status.choices)
    next_on = models.DateField(_("next review by"))
    notes = models.TextField(
        _("notes"), blank=True, max_length=2000, help_text=_("For the editors only; not in the declaration.")
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded on"))

    class Meta:
        verbose_name = _("review of the declaration")
        verbose_name_plural = _("reviews of the declaration")
        ordering = ["-reviewed_on"]

    def __str__(self) -> str:
        return f"{self.reviewed_on}: {self.get_kind_display()}"


class Placement(models.Model):
    """The heading under which lead editors put something that fills the list of itself; ``key`` names that."""

    key = models.CharField(_("what"), max_length=80, unique=True)
    group = models.CharField(_("heading"), max_length=20, choices=[(group.value, GROUP_WORDS[group]) for group in GAPS])
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    assessment_url = models.URLField(_("assessment of the costs"), blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    placed_at = models.DateTimeField(_("placed on"))

    class Meta:
        verbose_name = _("heading of inaccessible content")
        verbose_name_plural = _("headings of inaccessible content")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.group}"


class ListedThen(models.Model):
    """What the declaration listed of itself at the moment a version of it was published, in its language."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="+")
    rows = models.JSONField(default=list)
    listed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("list of a version of the declaration")
        verbose_name_plural = _("lists of versions of the declaration")

    def __str__(self) -> str:
        return f"{self.revision_id}: {len(self.rows)}"


class Reminder(models.Model):
    """That lead editors were written to of a review: once when it is near, once when it is overdue."""

    next_on = models.DateField()
    state = models.CharField(max_length=10)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder of a review")
        verbose_name_plural = _("reminders of reviews")
        constraints = [
            models.UniqueConstraint(fields=["next_on", "state"], name="cms_declaration_reminder_once_for_each_state")
        ]

    def __str__(self) -> str:
        return f"{self.next_on}: {self.state}"
