"""People who learn: enrolled, somewhere on the way, or at the end."""

from datetime import datetime

from django.utils import timezone

from cms.accounts.models import Person
from courses.catalogue.models import Course
from courses.learning import actions
from courses.learning.models import Completion, Enrolment, StepProgress
from courses.learning.queries import Standing, standing_of


def enrol(person: Person, course: Course, *, now: datetime | None = None) -> Enrolment:
    """Enrol as the button does."""
    return actions.enrol(person=person, course=course, now=now or timezone.now())


def finish(enrolment: Enrolment, *, steps: int | None = None, now: datetime | None = None) -> Standing:
    """Mark the first ``steps`` steps of any kind as done, all of them by default."""
    standing = standing_of(enrolment)
    for step in standing.outline.steps[:steps]:
        source = {"lesson": "learner", "film": "film", "quiz": "quiz"}[step.kind.value]
        standing = actions.complete_step(
            enrolment_id=enrolment.pk, step=step, source=StepProgress.Source(source), now=now or timezone.now()
        )
    return standing


def make_completion(person: Person, course: Course, *, now: datetime | None = None) -> Completion:
    """The completion of a course by a person, made step by step."""
    enrolment = enrol(person, course, now=now)
    finish(enrolment, now=now)
    return Completion.objects.get(enrolment=enrolment)
