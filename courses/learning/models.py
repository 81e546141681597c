"""What a person did: enrolment, steps, film coverage, completion. Plain rows, never tied to a page."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import Person
from courses.catalogue.models import Course, OutlineVersion
from media.models import Film


class Enrolment(models.Model):
    """A person takes a course, on the outline version that was in force when they began.

    A later cycle (re-certification) is a row of its own that points at the one before.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        COMPLETED = "completed", _("completed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    outline_version = models.ForeignKey(OutlineVersion, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    previous = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="following")
    enrolled_at = models.DateTimeField(_("enrolled"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    last_step_key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-enrolled_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "cycle"], name="courses_learning_enrolment_cycle_is_one"
            ),
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(state="active"),
                name="courses_learning_enrolment_one_active",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.course_id}/{self.cycle}"


class StepProgress(models.Model):
    """How far a person is with one step. Keyed by the step's key, so it outlives a change of the outline."""

    class State(models.TextChoices):
        OPENED = "opened", _("opened")
        DONE = "done", _("done")

    class Source(models.TextChoices):
        LEARNER = "learner", _("learner")
        FILM = "film", _("film watched")
        TRANSCRIPT = "transcript", _("transcript read")
        QUIZ = "quiz", _("quiz passed")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    step_key = models.UUIDField(_("step"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPENED)
    first_opened_at = models.DateTimeField(_("first opened"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, blank=True)
    position = models.FloatField(_("position"), default=0, help_text=_("Seconds of the film, for resuming only."))

    class Meta:
        verbose_name = _("step progress")
        verbose_name_plural = _("step progress")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "step_key"], name="courses_learning_stepprogress_one_per_step"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | Q(state="opened", done_at__isnull=True),
                name="courses_learning_stepprogress_done_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.step_key}"


class FilmCoverage(models.Model):
    """Which stretches of a film a person really played: a union of intervals in seconds of the film."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="coverage")
    film = models.ForeignKey(Film, on_delete=models.PROTECT, related_name="+")
    intervals = models.JSONField(_("intervals"), default=list)
    seconds_covered = models.FloatField(_("seconds covered"), default=0)
    reported_at = models.DateTimeField(_("last report"), null=True, blank=True)

    class Meta:
        verbose_name = _("film coverage")
        verbose_name_plural = _("film coverage")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "film"], name="courses_learning_filmcoverage_one_per_film")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.film_id}"


class ProgressEntry(models.Model):
    """One change of a step: what, when, by whom or what. Append-only; nobody edits history."""

    class Change(models.TextChoices):
        DONE = "done", _("done")
        UNDONE = "undone", _("marked as not done")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="entries")
    step_key = models.UUIDField(_("step"))
    change = models.CharField(_("change"), max_length=10, choices=Change.choices)
    source = models.CharField(_("source"), max_length=10, choices=StepProgress.Source.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.step_key} {self.change}"


class Completion(models.Model):
    """The fact that a person completed a course, on a certain outline. Append-only, never calculated again."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="completion")
    outline_version = models.ForeignKey(OutlineVersion, on_delete=models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(_("completed"), default=timezone.now)
    minutes = models.PositiveIntegerField(_("minutes as planned"))

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        ordering = ["-completed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.completed_at:%Y-%m-%d}"
