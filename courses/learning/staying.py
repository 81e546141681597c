"""What learners need to go on: the lessons, films and quizzes of outlines in force, and of those that people are on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import get_language, gettext, ngettext

from cms.library.queries import titles_showing
from courses.assessment.models import Quiz
from courses.catalogue.models import Course, LessonPage, OutlineStep, OutlineVersion
from courses.learning.models import Enrolment
from media.models import Film

KINDS: dict[str, type[models.Model]] = {"lesson": LessonPage, "film": Film, "quiz": Quiz}


@dataclass(frozen=True, slots=True)
class Need:
    """A course that needs a lesson, film or quiz: for whoever begins it now, or only for those who began earlier."""

    course: str
    in_force: bool


def needs_of(rows: Iterable[models.Model], *, closing: Collection[UUID] = ()) -> dict[models.Model, list[Need]]:
    """Which courses need these rows now; what nobody needs is not in it. One query.

    Needed is a step of the outline in force of a course that is open, and of any outline on which somebody has not
    finished yet: whoever is on it could not go on. ``closing`` are the keys of courses that are being closed.
    """
    known = {(name, row.pk): row for row in rows for name, model in KINDS.items() if isinstance(row, model)}
    if not known:
        return {}
    wanted = Q()
    for name in KINDS:
        if ids := [pk for kind, pk in known if kind == name]:
            wanted |= Q(**{f"{name}__in": ids})
    newest = OutlineVersion.objects.filter(course=OuterRef("version__course")).order_by("-number").values("pk")[:1]
    learning = Enrolment.objects.filter(outline_version=OuterRef("version"), state=Enrolment.State.ACTIVE)
    open_now = Q(version__course__active=True, version=Subquery(newest)) & ~Q(version__course__key__in=closing)
    steps = (
        OutlineStep.objects.filter(wanted)
        .annotate(in_force=Case(When(open_now, then=Value(True)), default=Value(False)), is_learnt=Exists(learning))
        .filter(Q(in_force=True) | Q(is_learnt=True))
        .select_related("version__course")
        .order_by("version__course__code", "-in_force")
    )
    found: dict[models.Model, dict[int, Need]] = {}
    for step in steps:
        row = known[(step.kind, step.lesson_id or step.film_id or step.quiz_id or 0)]
        course: Course = step.version.course
        need = Need(course=course.title((get_language() or "pl")[:2]), in_force=step.in_force)
        found.setdefault(row, {}).setdefault(course.pk, need)
    return {row: list(needs.values()) for row, needs in found.items()}


def reasons_to_stay(rows: Sequence[models.Model]) -> list[str]:
    """Why these rows cannot be withdrawn, one sentence for each with what to do; empty when they can."""
    films = [row for row in rows if isinstance(row, Film) and row.pk]
    return [*(_words(row, needs) for row, needs in needs_of(rows).items()), *_shown(films)]


def _shown(films: Sequence[Film]) -> list[str]:
    """The editions in public that show these films: without them readers would find a gap there. 1 query, or none."""
    titles = titles_showing({film.pk for film in films})
    return [_shown_in(film, titles[film.pk]) for film in films if film.pk in titles]


def _shown_in(film: Film, titles: Sequence[str]) -> str:
    values = {"title": film.title, "places": ", ".join(gettext("“%s”") % title for title in titles)}
    words = gettext(
        "“%(title)s” is shown in the edition of %(places)s. First remove the film there and publish the edition."
    )
    return words % values


def _words(row: models.Model, needs: list[Need]) -> str:
    in_force = [need.course for need in needs if need.in_force]
    courses = in_force or [need.course for need in needs]
    values: dict[str, Any] = {"title": str(row), "courses": ", ".join(gettext("“%s”") % name for name in courses)}
    if in_force:
        return (
            ngettext(
                "“%(title)s” is a step of the course %(courses)s. First remove the step from the outline of the course "
                "and publish the course.",
                "“%(title)s” is a step of the courses %(courses)s. First remove the step from the outlines of these "
                "courses and publish the courses.",
                len(in_force),
            )
            % values
        )
    return (
        gettext(
            "“%(title)s” is no longer a step of the course %(courses)s, but people who began it earlier still learn "
            "from it. It has to stay published until they finish."
        )
        % values
    )
