"""A whole course as one document: its outline, its lessons as HTML for paper, and where its films are.

The same for all who may read it, so it is made once for each publication. On paper a film is its address and its square
code, to the minute where it has chapters and a page of its own; a question to oneself has lines for the answer.
"""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.films.queries import addresses_of_films
from cms.pages.generation import kept
from courses.assessment.models import Quiz
from courses.assessment.queries import question_count
from courses.catalogue.models import Course, CoursePage, LessonPage, OutlineVersion
from courses.catalogue.queries import lesson_in, newest_outline_of_page, outline_facts
from courses.catalogue.rules import StepKind
from media.models import Film
from media.pictures import picture_ids, pictures_at_hand
from media.queries import film_on_paper


def lessons_open_to(user: Any, page: CoursePage) -> OutlineVersion | None:
    """The outline whose lessons this person may read on paper: their own, for editors the newest, else None."""
    pinned: OutlineVersion | None = import_string(settings.OUTLINE_OF_READER)(user, page.code)
    if pinned is not None:
        return pinned
    return newest_outline_of_page(page) if user.has_perm("wagtailadmin.access_admin") else None


def course_on_paper(request: HttpRequest, course: Course, version: OutlineVersion) -> list[dict[str, Any]]:
    """The modules of an outline with their steps, ready to print: {code, title, aim, minutes, steps}.

    A step is {title, kind, minutes, address} with ``summary`` and ``html`` of a lesson, ``film`` with its chapters, or
    the number of ``questions`` of a quiz.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return kept(request, f"course-on-paper:{version.pk}:{language}", lambda: _modules(course, version, language))


def _modules(course: Course, version: OutlineVersion, language: str) -> list[dict[str, Any]]:
    words = course.words.get(language) or course.words.get("pl") or {"modules": {}, "steps": {}}
    source = course.words.get("pl") or words
    pages = addresses_of_films(language)
    modules: list[dict[str, Any]] = []
    key = ""
    for step in outline_facts(version).steps:
        if str(step.module_key) != key:
            key = str(step.module_key)
            named = words["modules"].get(key) or source["modules"].get(key) or {"code": "", "title": "", "aim": ""}
            modules.append({**named, "minutes": 0, "steps": []})
        named = words["steps"].get(str(step.key)) or source["steps"].get(str(step.key)) or {"code": "", "title": ""}
        address = reverse("courses_learning:open-step", kwargs={"course": course.code, "key": step.key})
        facts: dict[str, Any] = {
            "title": f"{named['code']} {named['title']}".strip(),
            "kind": step.kind.value,
            "minutes": step.minutes,
            "address": urljoin(settings.SITE_URL, address),
        }
        facts |= _content(step.kind, step.target_id, language, facts["address"], pages)
        modules[-1]["steps"].append(facts)
        modules[-1]["minutes"] += step.minutes
    return modules


def _content(kind: StepKind, target: int, language: str, address: str, pages: dict[int, str]) -> dict[str, Any]:
    if kind is StepKind.LESSON:
        lesson = lesson_in(target, language)
        if lesson is None:
            return {"summary": "", "html": ""}
        its = lesson.locale.language_code
        html = _lesson_html(lesson, address, pages)
        return {"summary": lesson.summary, "html": html, "lang": "" if its == language else its}
    if kind is StepKind.FILM:
        film = Film.objects.filter(pk=target, live=True).first()
        return {"film": film_on_paper(film, language, own=pages.get(film.pk, ""), elsewhere=address) if film else None}
    quiz = Quiz.objects.filter(pk=target).first()
    return {"questions": question_count(quiz) if quiz else 0}


def _lesson_html(lesson: LessonPage, address: str, pages: dict[int, str]) -> SafeString:
    paper = {"printed": True, "address": address, "film_pages": pages}
    with pictures_at_hand(picture_ids(list(lesson.body.raw_data))):
        return format_html_join("", "{}", ((block.render_as_block({"block": block} | paper),) for block in lesson.body))
