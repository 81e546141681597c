"""Questions and quizzes that editors compose; attempts that learners make."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.accounts.models import Person
from courses.assessment import rules


class QuestionBank(models.Model):  # type: ignore[django-manager-missing]  # Wagtail's mixins hide Question's manager
    """A named collection of questions, from which quizzes take theirs."""

    name = models.CharField(
        _("name"), max_length=200, unique=True, help_text=_("Only editors see it. For example: IT tool, module B1.")
    )

    class Meta:
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Question(DraftStateMixin, RevisionMixin, TranslatableMixin, ClusterableModel):
    """A question with its answer options, revised and published as one thing.

    The row in the source language is the one that counts: kind, options and which of them are right. A translation
    (same ``translation_key``) lends it words. Kept out of the search index: nothing about a quiz is to be found there.
    """

    class Kind(models.TextChoices):
        SINGLE = rules.Kind.SINGLE.value, _("single choice")
        MULTIPLE = rules.Kind.MULTIPLE.value, _("multiple choice")
        TRUE_FALSE = rules.Kind.TRUE_FALSE.value, _("true or false")

    bank = models.ForeignKey(QuestionBank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.SINGLE,
        help_text=_(
            "Single choice and true or false give one point or none. Multiple choice gives the share of the right "
            "answers chosen, less the share of the wrong ones."
        ),
    )
    prompt = models.TextField(
        _("question"), help_text=_("A whole sentence that can be understood without the lesson open.")
    )
    explanation = models.TextField(
        _("explanation"), help_text=_("Two or three sentences on why it is so. Shown only after the quiz was sent.")
    )
    tag = models.CharField(
        _("tag"), max_length=50, blank=True, help_text=_("Lets a quiz draw only questions with this tag from the bank.")
    )

    translatable_fields = [
        TranslatableField("prompt"),
        TranslatableField("explanation"),
        TranslatableField("options"),
        *(SynchronizedField(name, overridable=False) for name in ("bank", "kind", "tag")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.prompt[:120]


class AnswerOption(TranslatableMixin, Orderable):
    """One answer to choose, with what is said about it afterwards. Its ``translation_key`` is its key in attempts."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(
        _("text"), max_length=500, help_text=_("All answers about equally long, or the right one gives itself away.")
    )
    correct = models.BooleanField(_("correct"), default=False)
    feedback = models.CharField(
        _("feedback"),
        max_length=500,
        blank=True,
        help_text=_("One sentence on this very answer. Shown only after sending."),
    )

    translatable_fields = [
        TranslatableField("text"),
        TranslatableField("feedback"),
        SynchronizedField("correct", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("answer option")
        verbose_name_plural = _("answer options")

    def __str__(self) -> str:
        return self.text


class Quiz(DraftStateMixin, RevisionMixin, TranslatableMixin, ClusterableModel):
    """A quiz: which questions, how many right answers are enough, how many attempts.

    The row in the source language is the one that counts and that attempts point at; a translation lends it its title.
    """

    title = models.CharField(_("title"), max_length=200)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Attempts that have begun keep the pass mark that they began with."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 means as many as needed.")
    )
    shuffle = models.BooleanField(
        _("shuffle questions and answers"),
        default=True,
        help_text=_("Each attempt then has an order of its own. The two answers of true or false keep theirs."),
    )

    translatable_fields = [
        TranslatableField("title"),
        *(SynchronizedField(name, overridable=False) for name in ("pass_mark", "attempts_allowed", "shuffle", "parts")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class QuizPart(Orderable):
    """A fixed question of a quiz, or a draw of some questions from a bank.

    Not translatable: the source quiz's parts count, and each question is shown by its twin in the reader's language.
    """

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="parts")
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Everybody gets this question. Leave empty to draw from a bank."),
    )
    bank = models.ForeignKey(
        QuestionBank,
        verbose_name=_("draw from bank"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tag = models.CharField(
        _("with tag"), max_length=50, blank=True, help_text=_("Empty means any question of the bank.")
    )
    draw = models.PositiveSmallIntegerField(
        _("how many to draw"), default=0, help_text=_("0 when a question is chosen above.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("part of the quiz")
        verbose_name_plural = _("parts of the quiz")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, bank__isnull=True, draw=0)
                | Q(question__isnull=True, bank__isnull=False, draw__gte=1),
                name="courses_assessment_quizpart_is_fixed_or_drawn",
                violation_error_message=_(
                    "Choose either a question, or a bank and how many questions to draw from it (at least 1)."
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.question or f"{self.draw} × {self.bank}")

    def as_rule(self) -> rules.Part:
        """The part as plain facts."""
        return rules.Part(question=self.question_id, bank=self.bank_id, tag=self.tag, draw=self.draw)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts, by whose they are and what they are about."""

    def of_quiz(self, quiz_id: int) -> "AttemptQuerySet":
        """Attempts at this quiz, whichever of its languages ``quiz_id`` stands for."""
        return self.filter(quiz__translation_key__in=Quiz.objects.filter(pk=quiz_id).values("translation_key"))

    def still_open(self) -> "AttemptQuerySet":
        return self.filter(submitted_at__isnull=True)


class Attempt(models.Model):
    """One try of one person at one quiz, with its own frozen copy of the questions.

    ``quiz`` is the row in the source locale. Open until ``submitted_at`` is set; then nothing in it changes any more.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=2)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in percent"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2, null=True, blank=True)
    max_score = models.DecimalField(_("maximum score"), max_digits=7, decimal_places=2)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["person", "quiz", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "quiz", "number"], name="courses_assessment_attempt_number_is_one"
            ),
            models.UniqueConstraint(
                fields=["person", "quiz"],
                condition=Q(submitted_at__isnull=True),
                name="courses_assessment_attempt_one_open",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=F("max_score"), score__gte=0),
                name="courses_assessment_attempt_score_within_range",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, score__isnull=True, passed__isnull=True)
                | Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False),
                name="courses_assessment_attempt_sent_means_graded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}/{self.person_id}/{self.number}"


class AttemptItem(models.Model):
    """A question as it stood when the attempt began, and the answer given so far.

    ``frozen``: ``{"language", "prompt", "kind", "explanation", "options": [{"key", "text", "correct", "feedback"}]}``
    in the order shown. ``question_key`` and each option's ``key`` are translation keys. ``answer``: the chosen keys.
    ``points`` are given when the attempt is sent; from then on the row does not change.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    question_key = models.UUIDField(default=uuid.uuid4, editable=False)
    frozen = models.JSONField(_("frozen question"))
    answer = models.JSONField(_("answer"), default=list)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of an attempt")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="courses_assessment_attemptitem_position_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"
