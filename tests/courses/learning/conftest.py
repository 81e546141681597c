"""The learner's browser, and where it goes."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Person
from courses.catalogue.models import Course
from courses.learning.models import Enrolment
from courses.learning.queries import standing_of


@pytest.fixture
def browser(learner: Person) -> Client:
    """The learner's browser, signed in, with the caches of its pages warm."""
    client = Client()
    client.force_login(learner.user)
    client.get(address("list-mine"))
    return client


def address(name: str, course: Course | None = None, step=None, **more) -> str:
    """The address of a screen."""
    kwargs = more
    if course is not None:
        kwargs["course"] = course.code
    if step is not None:
        kwargs["key"] = step.key
    return reverse(f"courses_learning:{name}", kwargs=kwargs)


def steps_of(person: Person, course: Course):
    """The steps of the outline that the person is pinned to."""
    return standing_of(Enrolment.objects.get(person=person, course=course)).outline.steps
