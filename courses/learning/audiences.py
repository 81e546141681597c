"""The participants of courses, as those for whom a file of the library can be (``cms/library/audiences.py``)."""

from collections.abc import Collection

from django.utils.translation import get_language, gettext

from cms.accounts.models import User
from cms.library.audiences import WayIn
from courses.catalogue.models import Course
from courses.catalogue.queries import course_page_in
from courses.learning.models import Enrolment

KIND = "course"


def choices() -> list[tuple[str, str]]:
    """Every course by its code, which never changes."""
    language = (get_language() or "pl")[:2]
    words = gettext("participants of the course “%(title)s”")
    return [(course.code, words % {"title": course.title(language)}) for course in Course.objects.all()]


def admitted(user: User, ids: Collection[str]) -> set[str]:
    """The courses that the person takes or has completed; whoever withdrew is no participant any more."""
    taken = Enrolment.objects.filter(person__user=user, course__code__in=ids)
    return set(taken.exclude(state=Enrolment.State.WITHDRAWN).values_list("course__code", flat=True))


def way_in(code: str) -> WayIn | None:
    """The course and where one joins it, as long as it is open."""
    course = Course.objects.filter(code=code).first()
    if course is None:
        return None
    language = (get_language() or "pl")[:2]
    sentence = gettext("The file is for participants of the course “%(title)s”.") % {"title": course.title(language)}
    page = course_page_in(course, language)
    if page is None:
        return WayIn(sentence)
    label = gettext("Join the course") if course.active else gettext("About the course")
    return WayIn(sentence, label, page.get_url() or "")
