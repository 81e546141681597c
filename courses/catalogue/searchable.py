"""What search finds of the catalogue: the pages of courses, which are for everybody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.pages.passages import plain
from cms.pages.searchable import live_page, page_entry, page_marks
from courses.catalogue.models import CourseIndexPage, CoursePage


def read_course(pk: int) -> list[dict[str, Any]]:
    """What the page of a course tells everybody. Titles of steps stand in its plan; what they teach does not."""
    page = live_page(CoursePage, pk)
    if page is None:
        return []
    modules = list(page.modules.all())
    told = (
        page.abilities,
        plain(page.audience),
        plain(page.requirements),
        page.outcomes_knowledge,
        page.outcomes_skills,
        page.outcomes_social,
        page.verification_method,
    )
    plan = [{"text": f"{module.title}. {module.aim}".strip()} for module in modules]
    return [
        page_entry(
            page,
            summary=page.summary,
            also=f"{page.trainer}\n{page.validator}\n{page.code}",
            passages=[*({"text": ". ".join(text.splitlines())} for text in told if text), *plan],
        )
    ]


def read_list(pk: int) -> list[dict[str, Any]]:
    """The list of courses, which is a page like others."""
    page = live_page(CourseIndexPage, pk)
    return [page_entry(page, summary=page.lead)] if page else []


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "courses_catalogue.course",
        "kind": "course",
        "one": _("course"),
        "many": _("Courses"),
        "order": 20,
        "marks": page_marks(CoursePage),
        "read": read_course,
        "models": [CoursePage._meta.label],
    },
    {
        "name": "courses_catalogue.list",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(CourseIndexPage),
        "read": read_list,
        "models": [CourseIndexPage._meta.label],
    },
]
