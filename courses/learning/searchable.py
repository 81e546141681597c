"""What search finds for who learns: the lessons and films of their courses, as far as they are open to them."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.films.models import FilmPage
from cms.pages.passages import passages_of
from cms.pages.searchable import live_page, page_entry, page_marks
from courses.catalogue.models import LessonPage, OutlineStep
from courses.catalogue.rules import StepKind
from courses.learning.queries import standings_of_user
from media.models import Film
from media.passages import film_passages


def doors(user: Any) -> dict[str, str]:
    """The lessons and films that this user may open now, with the step at which they do: 1 query without any course."""
    held: dict[str, str] = {}
    for standing in standings_of_user(user):
        closed = standing.locks
        for step in standing.outline.steps:
            if step.kind in (StepKind.LESSON, StepKind.FILM) and step.key not in closed:
                address = reverse("courses_learning:open-step", args=[standing.enrolment.course.code, step.key])
                held[f"{step.kind.value}:{step.target_id}"] = address
    return held


def read_lesson(pk: int) -> list[dict[str, Any]]:
    """A lesson, for whoever has its step open in some course."""
    page = live_page(LessonPage, pk)
    if page is None:
        return []
    # Outlines name the lesson in the language in which it was first written.
    twins = LessonPage.objects.filter(translation_key=page.translation_key)
    source = twins.filter(locale__language_code=settings.LANGUAGE_CODE).values_list("pk", flat=True).first()
    return [
        page_entry(
            page,
            about=page.get_parent().title,
            audience=f"lesson:{source or pk}",
            summary=page.summary,
            passages=passages_of(page.body),
        )
    ]


def film_marks(ids: Collection[int] | None) -> Iterable[tuple[int, str]]:
    """The published films that are steps of an outline, without those that everybody finds on a page of their own."""
    films = Film.objects.filter(live=True, pk__in=OutlineStep.objects.filter(kind="film").values("film"))
    films = films.exclude(pk__in=FilmPage.objects.live().public().values("film"))
    if ids is not None:
        films = films.filter(pk__in=ids)
    for pk, revision, published in films.values_list("pk", "live_revision_id", "last_published_at"):
        yield pk, f"{revision} {published}"


def read_film(pk: int) -> list[dict[str, Any]]:
    """A film of a course, once for each language in which it can be read."""
    if not dict(film_marks([pk])):
        return []
    film = Film.objects.get(pk=pk)
    told = film_passages(film)
    told.setdefault(film.language, [])
    return [
        {
            "title": film.title,
            "language": language,
            "audience": f"film:{pk}",
            "summary": film.summary if language == film.language else "",
            "passages": passages,
        }
        for language, passages in told.items()
    ]


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "courses_learning.lesson",
        "kind": "lesson",
        "one": _("lesson"),
        "many": _("Lessons"),
        "order": 40,
        "marks": page_marks(LessonPage),
        "read": read_lesson,
        "models": [LessonPage._meta.label],
        "doors": doors,
    },
    {
        "name": "courses_learning.film",
        "kind": "film",
        "one": _("film"),
        "many": _("Films"),
        "order": 30,
        "marks": film_marks,
        "read": read_film,
        "models": {Film._meta.label: lambda film: [film.pk], FilmPage._meta.label: lambda page: [page.film_id]},
    },
]
