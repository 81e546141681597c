"""Courses with lessons and outlines, published as an editor publishes them."""

import itertools
from typing import Any, TypeVar

from wagtail.models import Locale, Page, Site

from cms.pages.models import HomePage
from courses.assessment.models import Quiz
from courses.catalogue.models import Course, CourseIndexPage, CourseModule, CoursePage, LessonPage, ModuleStep
from media.models import Film

P = TypeVar("P", bound=Page)
_numbers = itertools.count(1)


def locale(language: str) -> Locale:
    """The locale of a language, made where the database has none yet."""
    return Locale.objects.get_or_create(language_code=language)[0]


def make_home(language: str = "pl") -> HomePage:
    """The home page of a language; the Polish one is the root of the site."""
    found = HomePage.objects.filter(locale__language_code=language).first()
    if found is not None:
        return found
    home = HomePage(title="Start", slug=f"home-{language}", hero_title="Start", intro="Wstęp", locale=locale(language))
    if language != "pl":
        home.translation_key = make_home().translation_key
    Page.get_first_root_node().add_child(instance=home)
    if language == "pl":
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
        )
        Site.clear_site_root_paths_cache()
    return home


def make_index(language: str = "pl") -> CourseIndexPage:
    """The list of courses of a language."""
    return make_list(CourseIndexPage, language, title="Szkolenia", slug="szkolenia")


def make_list(kind: type[P], language: str, **words: str) -> P:
    """The page of this kind below the home page of a language, and in the menu; the others translate the Polish one."""
    home = make_home(language)
    found = kind.objects.child_of(home).first()
    if found is not None:
        return found
    page = kind(**words, locale=home.locale, show_in_menus=True)
    if language != "pl":
        page.translation_key = make_list(kind, "pl", **words).translation_key
    home.add_child(instance=page)
    return page


def make_course_page(*, code: str = "", language: str = "pl", **fields: Any) -> CoursePage:
    """A course page without steps, not published."""
    number = next(_numbers)
    code = code or f"szkolenie-{number}"
    index = make_index(language)
    page = CoursePage(
        title=fields.pop("title", f"Szkolenie {number}"),
        slug=code,
        code=code,
        summary=fields.pop("summary", "Krótki opis."),
        locale=index.locale,
        live=False,
        **fields,
    )
    index.add_child(instance=page)
    return page


def make_lesson(
    course: CoursePage, *, title: str = "", words: int = 120, body: list[Any] | str | None = None
) -> LessonPage:
    """A published lesson of a course; ``body`` as a list of blocks, or as JSON in its stored form."""
    number = next(_numbers)
    blocks = body if body is not None else [("text", f"<p>{'słowo ' * words}</p>")]
    lesson = LessonPage(
        title=title or f"Lekcja {number}",
        slug=f"lekcja-{number}",
        summary="O czym jest.",
        locale=course.locale,
        live=False,
    )
    lesson.body = blocks
    course.add_child(instance=lesson)
    lesson.save_revision().publish()
    return lesson


def set_outline(
    page: CoursePage, targets: list[LessonPage | Film | Quiz], *, per_module: int = 5, optional: int = 0
) -> None:
    """Give a page modules with one required step per target; the last ``optional`` ones are not required."""
    modules = []
    for place in range(0, len(targets), per_module):
        number = place // per_module + 1
        module = CourseModule(
            code=f"M{number}", title=f"Moduł {number}", aim="Cel.", locale=page.locale, sort_order=number
        )
        module.steps = [
            ModuleStep(
                kind={LessonPage: "lesson", Film: "film", Quiz: "quiz"}[type(target)],
                **{{LessonPage: "lesson", Film: "film", Quiz: "quiz"}[type(target)]: target},
                required=place + order < len(targets) - optional,
                sort_order=order,
            )
            for order, target in enumerate(targets[place : place + per_module])
        ]
        modules.append(module)
    page.modules = modules


def publish(page: Page) -> None:
    """Publish as the editor's button does."""
    page.save_revision().publish()


def make_course(
    *, lessons: int = 2, targets: list[Any] | None = None, optional: int = 0, per_module: int = 5, **fields: Any
) -> Course:
    """A published course with so many lessons, then the given films and quizzes; its record."""
    page = make_course_page(**fields)
    steps = [*(make_lesson(page) for _number in range(lessons)), *(targets or [])]
    set_outline(page, steps, optional=optional, per_module=per_module)
    publish(page)
    return Course.objects.get(key=page.translation_key)


def page_of(course: Course, language: str = "pl") -> CoursePage:
    """The page of a course."""
    return CoursePage.objects.get(translation_key=course.key, locale__language_code=language)
