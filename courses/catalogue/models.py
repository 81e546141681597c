"""Course and lesson pages as editors write them; the frozen outline as learners are held to it."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from cms.discovery.rules import without_blanks
from cms.pages.fields import BlockField
from cms.pages.models import BasePage, CoveredPage
from courses.assessment.models import Quiz
from courses.catalogue.blocks import LessonBlock
from courses.catalogue.rules import StepKind
from media.models import Film

KINDS = [(StepKind.LESSON.value, _("lesson")), (StepKind.FILM.value, _("film")), (StepKind.QUIZ.value, _("quiz"))]
TARGET_MATCHES_KIND = (
    Q(kind="lesson", film__isnull=True, quiz__isnull=True)
    | Q(kind="film", lesson__isnull=True, quiz__isnull=True)
    | Q(kind="quiz", lesson__isnull=True, film__isnull=True)
)


PRINT_PATHS = ("druk", "print")
"""The last part of the address of a course's document for paper, in Polish and in English."""


class CourseIndexPage(BasePage):
    """The list of courses, one per language."""

    frame_role = "courses"

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["courses_catalogue.CoursePage"]
    template = "courses/catalogue/course_list.html"

    class Meta:
        verbose_name = _("list of courses")


class CoursePage(CoveredPage):
    """A course as visitors see it, with its draft outline. The page in the source language freezes the outline."""

    class Form(models.TextChoices):
        ONLINE = "online", _("online, at your own pace")

    code = models.SlugField(
        _("code"),
        max_length=40,
        help_text=_("Stands in the addresses of lessons, for example: narzedzie-it. It never changes."),
    )
    summary = models.TextField(_("summary"), help_text=_("One or two sentences: what one can do after the course."))
    abilities = models.TextField(_("after the course"), blank=True, help_text=_("One ability per line."))
    outcomes_knowledge = models.TextField(_("outcomes: knowledge"), blank=True, help_text=_("One per line."))
    outcomes_skills = models.TextField(_("outcomes: skills"), blank=True, help_text=_("One per line."))
    outcomes_social = models.TextField(_("outcomes: social competence"), blank=True, help_text=_("One per line."))
    verification_method = models.TextField(_("how outcomes are verified"), blank=True)
    form = models.CharField(_("form"), max_length=20, choices=Form.choices, default=Form.ONLINE)
    audience = RichTextField(_("for whom"), blank=True, features=["bold", "ul", "link"])
    requirements = RichTextField(_("what one needs"), blank=True, features=["bold", "ul", "link"])
    sequential = models.BooleanField(
        _("steps open in order"), default=True, help_text=_("A step opens when the required ones before it are done.")
    )
    trainer = models.CharField(_("trainer"), max_length=200, blank=True)
    validator = models.CharField(_("validator"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("sample content"), default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("abilities"),
        InlinePanel("modules", heading=_("Outline"), label=_("Module")),
        MultiFieldPanel([FieldPanel("sequential"), FieldPanel("form")], _("Course of learning")),
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("requirements")], _("For whom")),
        MultiFieldPanel(
            [
                FieldPanel("outcomes_knowledge"),
                FieldPanel("outcomes_skills"),
                FieldPanel("outcomes_social"),
                FieldPanel("verification_method"),
                FieldPanel("trainer"),
                FieldPanel("validator"),
            ],
            _("For the certificate"),
        ),
        FieldPanel("is_sample"),
    ]
    parent_page_types = ["courses_catalogue.CourseIndexPage"]
    subpage_types = ["courses_catalogue.LessonPage"]
    template = "courses/catalogue/course_page.html"
    states_law_itself = True
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    override_translatable_fields = [
        SynchronizedField("code", overridable=False),
        SynchronizedField("trainer"),
        SynchronizedField("validator"),
    ]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Below the course stands its document for paper: ``druk/`` in Polish, ``print/`` in English."""
        if self.live and path_components in ([word] for word in PRINT_PATHS):
            return RouteResult(self, kwargs={"on_paper": True})
        return super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "courses/catalogue/course_on_paper.html" if kwargs.get("on_paper") else self.template

    def is_print_view(self, request: HttpRequest) -> bool:
        return super().is_print_view(request) or request.path.rstrip("/").rpartition("/")[2] in PRINT_PATHS

    def print_links(self) -> list[tuple[str, Any]]:
        word = PRINT_PATHS[0] if self.locale.language_code == "pl" else PRINT_PATHS[1]
        return [("?print", _("Print this page")), (f"{self.get_url()}{word}/", _("Print the whole course"))]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def structured_data(self) -> dict[str, Any]:
        provider = {"@type": "EducationalOrganization", "name": "Akademia Współpracy"}
        outcomes = (self.outcomes_knowledge, self.outcomes_skills, self.outcomes_social)
        return without_blanks(
            {
                "@type": "Course",
                "courseCode": self.code,
                "provider": provider,
                "teaches": [line.strip() for text in outcomes for line in text.splitlines() if line.strip()],
                "audience": {"@type": "Audience", "audienceType": self.audience} if self.audience else None,
                "coursePrerequisites": self.requirements,
                "isAccessibleForFree": True,
                "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "online"},
            }
        )


class CourseModule(TranslatableMixin, Orderable, ClusterableModel):
    """A part of a course: a handful of steps with one aim. ``key`` is the same in every copy and language."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="modules")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=8, help_text=_("For example: B1."))
    title = models.CharField(_("title"), max_length=200)
    aim = models.CharField(_("aim"), max_length=300, blank=True)

    panels = [
        FieldPanel("code"),
        FieldPanel("title"),
        FieldPanel("aim"),
        InlinePanel("steps", heading=_("Steps"), label=_("Step")),
    ]
    override_translatable_fields = [SynchronizedField("code", overridable=False)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"


class ModuleStep(Orderable):
    """One item of the draft outline: a lesson, a film or a quiz. It has no words of its own.

    Not translatable: copying for translation gives only the first level of children its new locale.
    """

    module = ParentalKey(CourseModule, on_delete=models.CASCADE, related_name="steps")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default=StepKind.LESSON.value)
    lesson = models.ForeignKey(
        "courses_catalogue.LessonPage",
        verbose_name=_("lesson"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    film = models.ForeignKey(
        Film, verbose_name=_("film"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quiz = models.ForeignKey(
        Quiz, verbose_name=_("quiz"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    required = models.BooleanField(_("required"), default=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("lesson"),
        FieldPanel("film"),
        FieldPanel("quiz"),
        FieldPanel("required"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.CheckConstraint(
                condition=TARGET_MATCHES_KIND, name="courses_catalogue_modulestep_target_matches_kind"
            )
        ]

    def __str__(self) -> str:
        return str(self.target or self.get_kind_display())

    def clean(self) -> None:
        super().clean()
        if any(getattr(self, name) is not None for name, _label in KINDS if name != self.kind):
            raise ValidationError(
                _("Choose only the target that matches the kind of the step."), code="target_of_other_kind"
            )

    @property
    def target(self) -> "LessonPage | Film | Quiz | None":
        """What the step leads to, or None while an editor has not chosen it."""
        return getattr(self, self.kind)


class LessonPage(BasePage):
    """A lesson: content only. Learners read it in the player; its own address leads there."""

    for_machines = False

    summary = models.TextField(_("lead"), blank=True)
    body = BlockField(LessonBlock(), verbose_name=_("content"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types = ["courses_catalogue.CoursePage"]
    subpage_types: list[str] = []
    template = "courses/catalogue/lesson_preview.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A lesson is content, not a door: its address leads into the player, or to the course before that."""
        if getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)
        source = LessonPage.objects.filter(translation_key=self.translation_key).values("pk")
        step = (
            OutlineStep.objects.filter(lesson_id__in=source)
            .select_related("version__course")
            .order_by("-version__number")
            .first()
        )
        if step is None:
            return redirect(self.get_parent().get_url(request))
        return redirect("courses_learning:open-step", course=step.version.course.code, key=step.key)


class Course(models.Model):
    """The anchor of all records about a course; it outlives its pages.

    ``key`` is the translation key of the course's pages. ``words`` holds titles as last published:
    ``{language: {"title", "summary", "modules": {key: {"code", "title", "aim"}}, "steps": {key: {"code", "title"}}}}``.
    """

    key = models.UUIDField(unique=True)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    words = models.JSONField(default=dict)
    search_text = models.TextField(blank=True, editable=False)
    active = models.BooleanField(_("open for enrolment"), default=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title("pl")

    def title(self, language: str) -> str:
        """The title in ``language``, else in Polish, else the code."""
        for wanted in (language, "pl"):
            if title := self.words.get(wanted, {}).get("title"):
                return str(title)
        return self.code


class OutlineVersion(models.Model):
    """What a course demanded from a day on: the frozen list of its steps. Immutable."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="outlines")
    number = models.PositiveIntegerField(_("number"))
    content_hash = models.CharField(max_length=64)
    sequential = models.BooleanField(_("steps open in order"))
    minutes = models.PositiveIntegerField(_("minutes of required steps"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("outline version")
        verbose_name_plural = _("outline versions")
        ordering = ["course", "number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="courses_catalogue_outlineversion_number_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.course.code} v{self.number}"


class OutlineStep(models.Model):
    """One step of a frozen outline. Immutable; ``minutes`` is what it was planned to take when it was frozen."""

    version = models.ForeignKey(OutlineVersion, on_delete=models.CASCADE, related_name="steps")
    key = models.UUIDField()
    position = models.PositiveIntegerField(_("position"))
    module_key = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS)
    lesson = models.ForeignKey(LessonPage, null=True, on_delete=models.PROTECT, related_name="+")
    film = models.ForeignKey(Film, null=True, on_delete=models.PROTECT, related_name="+")
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.PROTECT, related_name="+")
    required = models.BooleanField(_("required"))
    minutes = models.PositiveIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("step of an outline")
        verbose_name_plural = _("steps of an outline")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="courses_catalogue_outlinestep_key_is_one"),
            models.UniqueConstraint(
                fields=["version", "position"], name="courses_catalogue_outlinestep_position_is_one"
            ),
            models.CheckConstraint(
                condition=Q(kind="lesson", lesson__isnull=False, film__isnull=True, quiz__isnull=True)
                | Q(kind="film", lesson__isnull=True, film__isnull=False, quiz__isnull=True)
                | Q(kind="quiz", lesson__isnull=True, film__isnull=True, quiz__isnull=False),
                name="courses_catalogue_outlinestep_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.position}"
