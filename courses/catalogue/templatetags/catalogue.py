"""Courses for templates: the list with its search, and the facts of one course page."""

from typing import Any
from uuid import UUID

from django import template
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from wagtail.rich_text import expand_db_html

from cms.accounts.rules import search_name as fold
from cms.pages.generation import kept
from cms.pages.models import BasePage
from cms.pages.visibility import for_everybody
from courses.catalogue.models import Course, CourseIndexPage, CoursePage, OutlineVersion
from courses.catalogue.printing import course_on_paper as printed_modules
from courses.catalogue.printing import lessons_open_to
from courses.catalogue.queries import newest_outline_of_page, outline_facts, steps_showing
from courses.catalogue.rules import StepKind
from courses.catalogue.wording import LESSON_HOUR_MINUTES, hours_in_words, minutes_in_words, steps_in_words
from media.models import Film
from media.queries import film_on_paper

register = template.Library()

PAGE_SIZE = 20
ON_A_CARD = ("title", "url_path", "summary", "cover_seed", "is_sample")
IN_THE_HEAD = ("code", "title", "summary", "facts", "seed", "is_open")
TINTS = ("blush", "sky", "sage", "sand")


@register.filter
def in_minutes(minutes: int | None) -> str:
    """135 → „135 minut”: how long a course takes, in one unit wherever one learns; else empty."""
    return minutes_in_words(minutes) if minutes else ""


@register.simple_tag(takes_context=True)
def course_listing(context: dict[str, Any], page: CourseIndexPage) -> dict[str, Any]:
    """The courses below ``page`` that match ``?q=``, twenty a page: ``courses``, ``query``, ``total``, ``page_obj``."""
    request: HttpRequest = context["request"]
    query = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    number = request.GET.get("page")
    if query or number:
        found = _find(page, query, number)
    else:
        found = kept(request, f"courses:{page.pk}", lambda: _find(page, "", None))
    page_obj = Paginator(range(found["total"]), PAGE_SIZE).get_page(found["number"])
    return {"courses": found["courses"], "query": query, "total": found["total"], "page_obj": page_obj}


def _find(page: CourseIndexPage, query: str, number: str | None) -> dict[str, Any]:
    """The cards of one page of the list, its number, and how many courses there are on all of them."""
    pages = for_everybody(CoursePage.objects.child_of(page).live().order_by("title"), shown_on=page)
    if words := fold(query).split():
        matching = Course.objects.all()
        for word in words[:10]:
            matching = matching.filter(search_text__contains=word)
        pages = pages.filter(translation_key__in=matching.values("key"))
    elif query:
        # Signs alone, such as a quote, match no word of any course.
        pages = pages.none()
    minutes = OutlineVersion.objects.filter(course__key=OuterRef("translation_key")).order_by("-number")
    paginator = Paginator(pages.only(*ON_A_CARD).annotate(minutes=Subquery(minutes.values("minutes")[:1])), PAGE_SIZE)
    page_obj = paginator.get_page(number)
    return {"courses": [_card(course) for course in page_obj], "total": paginator.count, "number": page_obj.number}


@register.simple_tag(takes_context=True)
def newest_courses(context: dict[str, Any], home: BasePage, count: int = 3) -> list[dict[str, Any]]:
    """Cards of the newest courses below the home page, read once for each publication."""
    return kept(context["request"], f"newest-courses:{home.pk}:{count}", lambda: _newest(home, count))


def _newest(home: BasePage, count: int) -> list[dict[str, Any]]:
    """1 query, and 1 more where the site closes pages."""
    minutes = OutlineVersion.objects.filter(course__key=OuterRef("translation_key")).order_by("-number")
    below = CoursePage.objects.live().filter(path__startswith=home.path)
    pages = for_everybody(below.order_by("-first_published_at"), shown_on=home)
    pages = pages.only(*ON_A_CARD).annotate(minutes=Subquery(minutes.values("minutes")[:1]))[:count]
    return [_card(course) for course in pages]


@register.simple_tag(takes_context=True)
def courses_with_film(context: dict[str, Any], film_id: int) -> list[dict[str, str]]:
    """The public courses in which one meets a film: {title, url, place}, the module where it stands; read once for each
    publication. Lessons are for learners, so it is the page of the course that is named."""
    language = get_language() or "pl"
    return kept(context["request"], f"courses-with-film:{film_id}:{language}", lambda: _showing(film_id, language))


def _showing(film_id: int, language: str) -> list[dict[str, str]]:
    places: dict[UUID, str] = {}
    for step in steps_showing(film_id):
        course: Course = step.version.course
        words = course.words.get(language) or course.words.get("pl") or {"modules": {}}
        module = words["modules"].get(str(step.module_key)) or {"code": "", "title": ""}
        places.setdefault(course.key, f"{module['code']}. {module['title']}".strip(". "))
    pages = CoursePage.objects.live().public().filter(locale__language_code=language, translation_key__in=places)
    return [
        {"title": page.title, "url": page.get_url() or "", "place": places[page.translation_key]}
        for page in pages.order_by("title")
    ]


def _card(page: Any) -> dict[str, Any]:
    return {
        "title": page.title,
        "url": page.get_url(),
        "summary": page.summary,
        "length": in_minutes(page.minutes),
        "kind": "course",
        "seed": page.cover_seed or page.title,
        "is_sample": page.is_sample,
    }


@register.simple_tag(takes_context=True)
def course_on_paper(context: dict[str, Any], page: CoursePage) -> list[dict[str, Any]]:
    """The modules of a course with their lessons, for whoever may read them; else none. As in ``printing``."""
    request: HttpRequest = context["request"]
    version = lessons_open_to(request.user, page)
    return printed_modules(request, version.course, version) if version else []


@register.simple_tag(takes_context=True)
def printed_film(context: dict[str, Any], film: Film) -> dict[str, Any]:
    """A film within a lesson on paper: its address and its chapters, as ``media.queries.film_on_paper`` tells."""
    own = context.get("film_pages", {}).get(film.pk, "")
    return film_on_paper(film, get_language() or "pl", own=own, elsewhere=context.get("address", ""))


@register.simple_tag(takes_context=True)
def course_facts(context: dict[str, Any], page: CoursePage, promised: bool) -> dict[str, Any]:
    """What the course page shows to everybody, made once for each publication; ``about_html`` is all below the head.

    ``promised`` tells whether there is a certificate. It is asked each time, for an award may begin at any hour.
    """
    request: HttpRequest = context["request"]

    def make() -> dict[str, Any]:
        facts = _facts_of(page, is_preview=getattr(request, "is_preview", False))
        about = {"course": facts, "layout": context.get("layout"), "promised": promised}
        shown = {name: facts[name] for name in IN_THE_HEAD}
        return shown | {"about_html": render_to_string("courses/catalogue/_course_about.html", about)}

    return kept(request, f"course:{page.pk}:{get_language()}:{promised}", make)


def _facts_of(page: CoursePage, *, is_preview: bool) -> dict[str, Any]:
    """The outline is the frozen one; a preview shows what the draft will freeze."""
    language = page.locale.language_code
    version = None if is_preview else newest_outline_of_page(page)
    course = version.course if version else None
    modules = _frozen_modules(course, version, language) if course and version else _draft_modules(page)
    for module in modules:
        module["summary"] = steps_in_words(StepKind(step["kind"]) for step in module["steps"])
    minutes = sum(module["minutes"] for module in modules)
    steps = sum(len(module["steps"]) for module in modules)
    return {
        "code": page.code,
        "title": page.title,
        "summary": page.summary,
        "facts": _facts(page, minutes),
        "after": _lines(page.abilities),
        "outcomes": {
            "knowledge": _lines(page.outcomes_knowledge),
            "skills": _lines(page.outcomes_skills),
            "social": _lines(page.outcomes_social),
        },
        "modules": modules,
        "total_text": _total_text(len(modules), steps, minutes),
        "hours_text": hours_in_words(minutes) if minutes >= LESSON_HOUR_MINUTES else "",
        "hour_minutes": LESSON_HOUR_MINUTES,
        "verification": page.verification_method,
        "audience_html": _rich(page.audience),
        "requirements_html": _rich(page.requirements),
        "is_sample": page.is_sample,
        "seed": page.cover_seed or page.title,
        "is_open": bool(course and course.active and version),
    }


def _facts(page: CoursePage, minutes: int) -> list[dict[str, Any]]:
    facts = [
        {"label": gettext("Time"), "value": minutes_in_words(minutes)},
        {"label": gettext("Form"), "value": page.get_form_display()},
        {"label": gettext("Price"), "value": gettext("free of charge")},
    ]
    if page.legal_as_of:
        facts.append({"label": gettext("Law as of"), "value": page.legal_as_of})
    return facts


def _total_text(modules: int, steps: int, minutes: int) -> str:
    return ", ".join(
        (
            ngettext("%(count)s module", "%(count)s modules", modules) % {"count": modules},
            ngettext("%(count)s step", "%(count)s steps", steps) % {"count": steps},
            minutes_in_words(minutes),
        )
    )


def _frozen_modules(course: Course, version: OutlineVersion, language: str) -> list[dict[str, Any]]:
    words = course.words.get(language) or course.words.get("pl") or {"modules": {}, "steps": {}}
    source = course.words.get("pl") or words
    modules: list[dict[str, Any]] = []
    keys: list[str] = []
    for step in outline_facts(version).steps:
        key = str(step.module_key)
        if not keys or keys[-1] != key:
            keys.append(key)
            named = words["modules"].get(key) or source["modules"].get(key) or {"code": "", "title": "", "aim": ""}
            modules.append({**named, "minutes": 0, "steps": [], "tint": TINTS[len(modules) % len(TINTS)]})
        named = words["steps"].get(str(step.key)) or source["steps"].get(str(step.key)) or {"code": "", "title": ""}
        title = f"{named['code']} {named['title']}".strip()
        its = named.get("language", language)
        row = {"title": title, "lang": "" if its == language else its, "minutes": step.minutes, "kind": step.kind.value}
        modules[-1]["steps"].append(row)
        modules[-1]["minutes"] += step.minutes if step.required else 0
    return modules


def _draft_modules(page: CoursePage) -> list[dict[str, Any]]:
    return [
        {
            "code": module.code,
            "title": module.title,
            "aim": module.aim,
            "minutes": 0,
            "tint": TINTS[number % len(TINTS)],
            "steps": [{"title": str(step), "minutes": None, "kind": step.kind} for step in module.steps.all()],
        }
        for number, module in enumerate(page.modules.all())
    ]


def _rich(text: str) -> SafeString:
    """What an editor wrote in a rich text field, with its links resolved; Wagtail has cleaned it when it was saved."""
    return mark_safe(expand_db_html(text))  # noqa: S308


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
