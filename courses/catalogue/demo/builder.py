"""Builds the demonstration course from its files: lessons, quizzes, outline; then publishes it as an editor would."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.utils.text import slugify
from wagtail.models import Locale

from cms.pages.demo.publishing import publish_if_changed
from cms.pages.models import HomePage
from courses.assessment.demo import build_quiz
from courses.assessment.models import Quiz
from courses.catalogue.actions import freeze_outline
from courses.catalogue.demo.blocks import LessonFiles, stored_blocks
from courses.catalogue.models import CourseIndexPage, CourseModule, CoursePage, LessonPage, ModuleStep
from media.demo import build_document, build_film, build_image
from media.models import CustomImage, Film

HERE = Path(__file__).parent
COURSE = HERE / "course_b"
FILM_AFTER = "b3-1"
DRAWING_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION_MAX = CustomImage._meta.get_field("description").max_length

DOCUMENTS = {
    "karta-uslugi-lista": "Karta usługi – lista kontrolna",
    "zapotrzebowanie-lista": "Zapotrzebowanie – lista kontrolna",
}
INDEX = {
    "pl": {
        "title": "Szkolenia",
        "slug": "szkolenia",
        "lead": "Bezpłatne szkolenia online. Uczysz się we własnym tempie.",
    },
    "en": {"title": "Courses", "slug": "courses", "lead": "Free online courses. You learn at your own pace."},
}


def build_course_b() -> CoursePage:
    """The whole course in Polish, its page and first module in English. Repeating changes what the files changed."""
    index = {language: _index(language) for language in ("pl", "en")}
    pl, en = _read("course.pl"), _read("course.en")
    course = _course_page(index["pl"], pl, "pl", key=_key("course"))
    film = build_film()
    lessons = _lessons(course, pl, "pl", _files(film))
    quizzes = {name: _quiz(name) for name in (module["quiz"] for module in pl["modules"])}
    _set_outline(course, pl, lessons, quizzes, film)
    publish_if_changed(course)
    # Publishing has done it already, unless an earlier build was interrupted.
    freeze_outline(page=course)
    english = _course_page(index["en"], en, "en", key=_key("course"))
    _lessons(english, en, "en", _files(film))
    _set_outline(english, en, lessons, quizzes, film)
    publish_if_changed(english)
    return course


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((COURSE / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/course-b/{name}")


def _index(language: str) -> CourseIndexPage:
    home = HomePage.objects.get(locale__language_code=language)
    page = CourseIndexPage.objects.child_of(home).first()
    words = INDEX[language]
    if page is None:
        page = CourseIndexPage(
            locale=home.locale,
            translation_key=_key("index"),
            show_in_menus=True,
            title=words["title"],
            slug=words["slug"],
        )
        page.lead = words["lead"]
        home.add_child(instance=page)
        publish_if_changed(page)
        # Courses come first in the menu.
        page.move(home, pos="first-child")
        page.refresh_from_db()
    return page


def _course_page(index: CourseIndexPage, spec: dict[str, Any], language: str, *, key: UUID) -> CoursePage:
    locale = Locale.objects.get(language_code=language)
    page = CoursePage.objects.filter(translation_key=key, locale=locale).first()
    is_new = page is None
    page = page or CoursePage(translation_key=key, locale=locale, slug=spec["slug"], live=False)
    page.title = spec["title"]
    page.code = "narzedzie-it"
    page.summary = spec["summary"]
    page.abilities = "\n".join(spec["after"])
    page.outcomes_knowledge = "\n".join(spec["outcomes"]["knowledge"])
    page.outcomes_skills = "\n".join(spec["outcomes"]["skills"])
    page.outcomes_social = "\n".join(spec["outcomes"]["social"])
    page.verification_method = spec["verification"]
    page.audience, page.requirements = spec["audience"], spec["requirements"]
    page.legal_as_of = _as_date(spec["legal_as_of"])
    page.sequential = spec["sequential"]
    page.cover_seed = _read("course.pl")["title"]
    page.is_sample = True
    if is_new:
        index.add_child(instance=page)
    return page


def _as_date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _files(film: Film) -> LessonFiles:
    names = sorted(path.stem for path in (HERE / "drawings").glob("*.svg") if not path.stem.endswith("-narrow"))
    shown = _what_drawings_show()
    drawings = {name: tuple(_drawing(name, ending, shown) for ending in ("", "-narrow")) for name in names}
    documents = {
        name: build_document(HERE / "documents" / f"{name}.txt", title=title, language="pl")
        for name, title in DOCUMENTS.items()
    }
    return LessonFiles(drawings=drawings, documents=documents, films={"zapotrzebowanie": film})  # type: ignore[arg-type]


def _drawing(name: str, ending: str, shown: dict[str, str]) -> CustomImage:
    """A drawing under its own title, so that an editor tells it from the others; the narrow one says that it is."""
    path = HERE / "drawings" / f"{name}{ending}.svg"
    found = DRAWING_TITLE.search(path.read_text(encoding="utf-8"))
    title = unescape(found[1]) if found else name
    return build_image(
        path, title=f"{title} (na telefony)" if ending else title, description=shown.get(name, title)[:DESCRIPTION_MAX]
    )


def _what_drawings_show() -> dict[str, str]:
    """What each drawing shows, by its name: the alternative text of the lesson that uses it first."""
    shown: dict[str, str] = {}
    for path in sorted(COURSE.glob("*-*.pl.yaml")):
        for block in _read(path.stem).get("blocks", ()):
            for place in (block, *block.get("steps", ())):
                if "drawing" in place:
                    shown.setdefault(place["drawing"], place["alt"])
    return shown


def _lessons(course: CoursePage, spec: dict[str, Any], language: str, files: LessonFiles) -> dict[str, LessonPage]:
    """The lessons of a language, as far as they are written; the others are read in Polish."""
    lessons = {}
    for name in (name for module in spec["modules"] for name in module["lessons"]):
        if (COURSE / f"{name}.{language}.yaml").exists():
            lessons[name] = _lesson(course, name, _read(f"{name}.{language}"), files)
    return lessons


def _lesson(course: CoursePage, name: str, spec: dict[str, Any], files: LessonFiles) -> LessonPage:
    page = LessonPage.objects.filter(translation_key=_key(name), locale=course.locale).first()
    is_new = page is None
    page = page or LessonPage(translation_key=_key(name), locale=course.locale, live=False)
    page.title, page.summary = spec["title"], spec["summary"]
    page.slug = slugify(f"{name} {spec['title']}")[:80]
    page.body = json.dumps(stored_blocks(spec["blocks"], files, lesson=f"{name}.{course.locale.language_code}"))
    if is_new:
        course.add_child(instance=page)
    publish_if_changed(page)
    return page


def _quiz(name: str) -> Quiz:
    english = _read(f"{name}.en") if (COURSE / f"{name}.en.yaml").exists() else None
    return build_quiz(bank="Narzędzie IT", spec_pl=_read(f"{name}.pl"), spec_en=english)


def _set_outline(
    course: CoursePage, spec: dict[str, Any], lessons: dict[str, LessonPage], quizzes: dict[str, Quiz], film: Film
) -> None:
    """Give the course page its modules and steps; keys follow from names, so a repeated build is the same outline."""
    modules = []
    for place, module in enumerate(spec["modules"]):
        row = CourseModule(
            key=_key(module["code"]),
            translation_key=_key(f"module/{module['code']}"),
            locale=course.locale,
            sort_order=place,
            code=module["code"],
            title=module["title"],
            aim=module["aim"],
        )
        steps = []
        for name in module["lessons"]:
            steps.append(ModuleStep(key=_key(f"step/{name}"), kind="lesson", lesson=lessons[name]))
            if name == FILM_AFTER:
                steps.append(ModuleStep(key=_key("step/film"), kind="film", film=film))
        steps.append(ModuleStep(key=_key(f"step/{module['quiz']}"), kind="quiz", quiz=quizzes[module["quiz"]]))
        for order, step in enumerate(steps):
            step.sort_order = order
        row.steps = steps
        modules.append(row)
    course.modules = modules
