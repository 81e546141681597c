"""Courses for templates: the list with its search, and the facts of one course page."""

from typing import Any

from django import template
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from wagtail.query import PageQuerySet
from wagtail.rich_text import expand_db_html

from cms.accounts.rules import search_name as fold
from cms.pages.models import BasePage
from courses.catalogue.models import Course, CourseIndexPage, CoursePage, OutlineVersion
from courses.catalogue.queries import newest_outline_of_page, outline_facts
from courses.catalogue.wording import hours_in_words, minutes_in_words

register = template.Library()

PAGE_SIZE = 20
ON_A_CARD = ("title", "url_path", "summary", "cover_seed", "is_sample")
TINTS = ("blush", "sky", "sage", "sand")


@register.simple_tag(takes_context=True)
def course_listing(context: dict[str, Any], page: CourseIndexPage) -> dict[str, Any]:
    """The courses below ``page`` that match ``?q=``, twenty a page: ``courses``, ``query``, ``total``, ``page_obj``."""
    request: HttpRequest = context["request"]
    query = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    pages = _open(page, CoursePage.objects.child_of(page).live().order_by("title"))
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
    page_obj = paginator.get_page(request.GET.get("page"))
    return {
        "courses": [_card(course, request) for course in page_obj],
        "query": query,
        "total": paginator.count,
        "page_obj": page_obj,
    }


@register.simple_tag(takes_context=True)
def newest_courses(context: dict[str, Any], home: BasePage, count: int = 3) -> list[dict[str, Any]]:
    """Cards of the newest courses below the home page: 1 query, and 1 more where the site closes pages."""
    minutes = OutlineVersion.objects.filter(course__key=OuterRef("translation_key")).order_by("-number")
    below = CoursePage.objects.live().filter(path__startswith=home.path)
    pages = _open(home, below.order_by("-first_published_at"))
    pages = pages.only(*ON_A_CARD).annotate(minutes=Subquery(minutes.values("minutes")[:1]))[:count]
    return [_card(course, context["request"]) for course in pages]


def _open(shown_on: BasePage, pages: PageQuerySet) -> PageQuerySet:
    """Those that everybody may see: 1 query, none where it is known that the site closes no page to anybody."""
    return pages if shown_on.all_open else pages.public()


def _card(page: Any, request: HttpRequest) -> dict[str, Any]:
    return {
        "title": page.title,
        "url": page.get_url(request),
        "summary": page.summary,
        "minutes": page.minutes,
        "kind": "course",
        "seed": page.cover_seed or page.title,
        "is_sample": page.is_sample,
    }


@register.simple_tag(takes_context=True)
def course_facts(context: dict[str, Any], page: CoursePage) -> dict[str, Any]:
    """All that the course page shows. The outline is the frozen one; a preview shows what the draft will freeze."""
    language = page.locale.language_code
    version = None if getattr(context["request"], "is_preview", False) else newest_outline_of_page(page)
    course = version.course if version else None
    modules = _frozen_modules(course, version, language) if course and version else _draft_modules(page)
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
        "sequential": page.sequential,
        "verification": page.verification_method,
        "audience_html": _rich(page.audience),
        "requirements_html": _rich(page.requirements),
        "is_sample": page.is_sample,
        "legal_as_of": page.legal_as_of,
        "seed": page.cover_seed or page.title,
        "is_open": bool(course and course.active and version),
    }


def _facts(page: CoursePage, minutes: int) -> list[dict[str, Any]]:
    facts = [
        {"label": gettext("Time"), "value": f"{hours_in_words(minutes)}, {minutes_in_words(minutes)}"},
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
        modules[-1]["steps"].append({"title": title, "minutes": step.minutes, "kind": step.kind.value})
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
