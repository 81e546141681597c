"""Reads of learning. ``get_enrolment_for`` is the only way to an enrolment: it asks who wants it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.functional import SimpleLazyObject

from cms.accounts.models import Person, User
from courses.catalogue.models import Course, OutlineVersion
from courses.catalogue.queries import is_published, outline_facts, preload_outlines
from courses.catalogue.rules import OutlineFacts, StepFacts
from courses.learning.models import Enrolment, FilmCoverage, StepProgress
from courses.learning.rules import Lock, is_complete, lock_of, locks_of, minutes_left, progress_percent, resume_key


@dataclass(frozen=True)
class Standing:
    """Where a person stands in a course: the enrolment, its pinned outline, the progress by step key."""

    enrolment: Enrolment
    outline: OutlineFacts
    progress: dict[UUID, StepProgress]
    passed_over: frozenset[UUID] = frozenset()
    """Steps that keep nothing closed, because what they lead to is not published at the moment."""

    @property
    def done(self) -> frozenset[UUID]:
        """The keys of the steps that are done."""
        return frozenset(key for key, row in self.progress.items() if row.state == StepProgress.State.DONE)

    @property
    def is_completed(self) -> bool:
        """Completion is a fact that stays, whatever happens to the outline."""
        return self.enrolment.state == Enrolment.State.COMPLETED

    @property
    def percent(self) -> int:
        return 100 if self.is_completed else progress_percent(self.outline, self.done)

    @property
    def minutes_left(self) -> int:
        return 0 if self.is_completed else minutes_left(self.outline.steps, self.done)

    @property
    def resume_key(self) -> UUID | None:
        return resume_key(self.outline, self.done, self.enrolment.last_step_key)

    @property
    def would_complete(self) -> bool:
        return is_complete(self.outline, self.done)

    def lock(self, key: UUID) -> Lock | None:
        """What keeps a step closed; nothing does once the course is completed."""
        return None if self.is_completed else lock_of(self.outline, self.done | self.passed_over, key)

    @property
    def locks(self) -> dict[UUID, Lock]:
        """The same for all steps that something keeps closed."""
        return {} if self.is_completed else locks_of(self.outline, self.done | self.passed_over)

    def words(self, language: str) -> dict[str, Any]:
        """Titles of the course, its modules and steps in ``language``, else in Polish."""
        words: dict[str, Any] = self.enrolment.course.words
        return (
            words.get(language) or words.get("pl") or {"title": str(self.enrolment.course), "modules": {}, "steps": {}}
        )

    def step_words(self, step: StepFacts, language: str) -> dict[str, str]:
        """Code and title of a step."""
        found = self.words(language)["steps"].get(str(step.key)) or self.words("pl")["steps"].get(str(step.key))
        return found or {"code": "", "title": str(step.kind)}

    def module_words(self, module_key: UUID, language: str) -> dict[str, str]:
        """Code, title and aim of a module."""
        found = self.words(language)["modules"].get(str(module_key)) or self.words("pl")["modules"].get(str(module_key))
        return found or {"code": "", "title": "", "aim": ""}


# Every request of a learner asks this. In SQL it costs a fifth of the same question to the ORM, which spends the rest
# on writing the statement anew.
_ENROLMENT = """
    SELECT enrolment.*, course.code AS course_code, course.words AS course_words,
           outline.content_hash, outline.sequential, outline.minutes
    FROM courses_learning_enrolment AS enrolment
    JOIN cms_accounts_person AS person ON person.id = enrolment.person_id
    JOIN courses_catalogue_course AS course ON course.id = enrolment.course_id
    JOIN courses_catalogue_outlineversion AS outline ON outline.id = enrolment.outline_version_id
    WHERE person.user_id = %s AND course.code = %s AND enrolment.state IN ('active', 'completed')
    ORDER BY enrolment.cycle DESC
    LIMIT 1
"""


def get_enrolment_for(user: User | AnonymousUser, course_code: str) -> Enrolment | None:
    """The newest enrolment of this user in the course, or None: 1 query. Withdrawn ones count as none.

    Of its person, course and outline version it has what the learner's screens show; all else is read when asked for.
    """
    if not user.is_authenticated:
        return None
    found: Any = next(iter(Enrolment.objects.raw(_ENROLMENT, [user.pk, course_code])), None)
    if found is None:
        return None
    database = found._state.db
    found.person = Person.from_db(database, ("id", "user_id"), (found.person_id, user.pk))
    found.course = Course.from_db(
        database, ("id", "code", "words"), (found.course_id, found.course_code, json.loads(found.course_words))
    )
    found.outline_version = OutlineVersion.from_db(
        database,
        ("id", "course_id", "content_hash", "sequential", "minutes"),
        (found.outline_version_id, found.course_id, found.content_hash, bool(found.sequential), found.minutes),
    )
    enrolment: Enrolment = found
    return enrolment


def outline_of_reader(user: User | AnonymousUser, course_code: str) -> OutlineVersion | None:
    """The outline by which this user learns in the course, or None for whoever does not: 1 query."""
    enrolment = get_enrolment_for(user, course_code)
    return enrolment.outline_version if enrolment else None


def standing_of(enrolment: Enrolment, *, later: bool = False) -> Standing:
    """Where the enrolment stands: 1 query, and 1 more when this process meets the outline for the first time.

    With ``later`` the progress is read when it is first looked at, if ever.
    """

    def rows() -> dict[UUID, StepProgress]:
        return {row.step_key: row for row in StepProgress.objects.filter(enrolment=enrolment.pk)}

    return Standing(
        enrolment=enrolment,
        outline=outline_facts(enrolment.outline_version),
        progress=cast("dict[UUID, StepProgress]", SimpleLazyObject(rows)) if later else rows(),
    )


# Asked at every answer that is saved. As bare rows it costs a sixth of what the ORM needs to write and read the same.
_DONE = "SELECT step_key FROM courses_learning_stepprogress WHERE enrolment_id = %s AND state = 'done'"


def is_closed(standing: Standing, key: UUID) -> bool:
    """Whether something keeps the step closed, asked without reading the progress: 1 query."""
    if standing.is_completed or not standing.outline.sequential:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [standing.enrolment.pk])
        # SQLite gives the digits, PostgreSQL the UUID itself.
        done = frozenset(UUID(str(step_key)) for (step_key,) in cursor.fetchall())
    return lock_of(standing.outline, done, key) is not None


def passing_over(standing: Standing, *keys: UUID) -> Standing:
    """The same standing, in which these steps keep nothing closed."""
    return replace(standing, passed_over=standing.passed_over | set(keys))


def past_unpublished(standing: Standing, key: UUID) -> Standing:
    """The same standing, in which no step keeps ``key`` closed whose lesson, film or quiz is not published now.

    Nobody can do such a step, so it must not be what everything waits for. It stays required: whoever passed over it
    comes back. No query while ``key`` is open, else one for each step passed over and one more.
    """
    while (lock := standing.lock(key)) is not None and not is_published(lock.first):
        standing = passing_over(standing, lock.first.key)
    return standing


def standings_of(person: Person) -> list[Standing]:
    """All courses of a person, the ones in progress first: 3 queries, however many there are."""
    enrolments = list(
        Enrolment.objects.filter(person=person)
        .exclude(state=Enrolment.State.WITHDRAWN)
        .select_related("person", "course", "outline_version")
        .order_by("state", "-enrolled_at")
    )
    outlines = preload_outlines(enrolment.outline_version for enrolment in enrolments)
    progress: dict[int, dict[UUID, StepProgress]] = {enrolment.pk: {} for enrolment in enrolments}
    for row in StepProgress.objects.filter(enrolment__in=enrolments):
        progress[row.enrolment_id][row.step_key] = row
    return [Standing(enrolment=e, outline=outlines[e.outline_version_id], progress=progress[e.pk]) for e in enrolments]


def standings_of_user(user: User) -> list[Standing]:
    """All courses of a user: 1 query without any, else 1 more, and 1 for each outline that this process meets first."""
    taken = Enrolment.objects.filter(person__user=user).exclude(state=Enrolment.State.WITHDRAWN)
    enrolments = list(taken.select_related("course", "outline_version").order_by("enrolled_at", "pk"))
    progress: dict[int, dict[UUID, StepProgress]] = {enrolment.pk: {} for enrolment in enrolments}
    for row in StepProgress.objects.filter(enrolment__in=enrolments) if enrolments else ():
        progress[row.enrolment_id][row.step_key] = row
    return [
        Standing(enrolment=e, outline=outline_facts(e.outline_version), progress=progress[e.pk]) for e in enrolments
    ]


def open_course(code: str) -> Course | None:
    """A course that takes new people, by its code."""
    return Course.objects.filter(code=code, active=True).first()


def coverage_of(enrolment: Enrolment, film_id: int) -> FilmCoverage | None:
    """What the person has played of a film so far: 1 query."""
    return FilmCoverage.objects.filter(enrolment=enrolment, film_id=film_id).first()


def last_opened(standings: Iterable[Standing]) -> Standing | None:
    """The course in progress in which the person worked last."""
    active = [s for s in standings if not s.is_completed and s.resume_key]
    return max(
        active,
        key=lambda s: max((row.first_opened_at for row in s.progress.values()), default=s.enrolment.enrolled_at),
        default=None,
    )
