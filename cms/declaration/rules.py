"""The accessibility declaration: when it is reviewed, what is not accessible, and which status that allows. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

REVIEW_MONTH, REVIEW_DAY = 3, 31
"""By this day of each year the declaration is reviewed by law."""
REMIND_BEFORE = 58
"""Days before a review from which on it is near: for the end of March, from the beginning of February."""


class ReviewState(StrEnum):
    """How a declaration stands to its next review."""

    FINE = "fine"
    SOON = "soon"
    OVERDUE = "overdue"


def next_by_law(last: date) -> date:
    """The last day for the next review: the end of March of the year after the last one."""
    return date(last.year + 1, REVIEW_MONTH, REVIEW_DAY)


def review_state(next_on: date, *, today: date) -> ReviewState:
    """A review is overdue from the day after its day."""
    if today > next_on:
        return ReviewState.OVERDUE
    return ReviewState.SOON if today >= next_on - timedelta(days=REMIND_BEFORE) else ReviewState.FINE


class ReviewFault(StrEnum):
    """Why a review cannot be recorded."""

    IN_FUTURE = "in_future"
    BEFORE_PREPARED = "before_prepared"
    NEXT_NOT_AFTER = "next_not_after"
    NEXT_TOO_LATE = "next_too_late"
    NO_AUDITOR = "no_auditor"


def review_faults(
    *, reviewed_on: date, next_on: date, prepared_on: date | None, is_audit: bool, auditor: str, today: date
) -> list[ReviewFault]:
    """What keeps these facts from being recorded, in the order of the form."""
    faults = []
    if reviewed_on > today:
        faults.append(ReviewFault.IN_FUTURE)
    if prepared_on is not None and reviewed_on < prepared_on:
        faults.append(ReviewFault.BEFORE_PREPARED)
    if is_audit and not auditor.strip():
        faults.append(ReviewFault.NO_AUDITOR)
    if next_on <= reviewed_on:
        faults.append(ReviewFault.NEXT_NOT_AFTER)
    elif next_on > next_by_law(reviewed_on):
        faults.append(ReviewFault.NEXT_TOO_LATE)
    return faults


class Group(StrEnum):
    """Under which heading something stands. The values stand in rows and never change."""

    NONCONFORMING = "nonconforming"
    NOT_COVERED = "not_covered"
    EXCESSIVE = "excessive"
    NOTE = "note"


GAPS = (Group.NONCONFORMING, Group.NOT_COVERED, Group.EXCESSIVE)
"""What is not accessible, in the order of the declaration; a note tells of a limit that the standard allows."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not accessible, or a note on it.

    ``key`` is its name for good, ``fault`` and ``thing`` say what it is about: the same is told once. ``title``,
    ``reason`` and ``alternative`` are words of editors in ``language``; ``missing`` is in the reader's.
    """

    key: str
    group: Group
    title: str
    missing: str
    language: str
    fault: str = ""
    thing: str = ""
    address: str = ""
    reason: str = ""
    alternative: str = ""
    mend_by: date | None = None
    assessment_url: str = ""
    edit_url: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where lead editors put something, why, and the assessment of its costs."""

    group: Group
    reason: str = ""
    assessment_url: str = ""


def told_once(gaps: Iterable[Gap]) -> list[Gap]:
    """Without what another source has told before of the same fault of the same thing."""
    first: dict[tuple[str, str], str] = {}
    kept = []
    for gap in gaps:
        source = gap.key.partition(":")[0]
        if gap.fault and gap.thing and first.setdefault((gap.fault, gap.thing), source) != source:
            continue
        kept.append(gap)
    return kept


def placed(gap: Gap, placings: Mapping[str, Placing]) -> Gap:
    """The same under the heading that lead editors chose, with their reason where it has none of its own."""
    placing = placings.get(gap.key)
    if placing is None:
        return gap
    reason = placing.reason or gap.reason
    return replace(gap, group=placing.group, reason=reason, assessment_url=placing.assessment_url)


def in_groups(gaps: Iterable[Gap]) -> dict[Group, list[Gap]]:
    """Under each heading, the soonest mended first, then by title."""
    found: dict[Group, list[Gap]] = {group: [] for group in Group}
    for gap in sorted(gaps, key=lambda gap: (gap.mend_by or date.max, gap.title.casefold(), gap.key)):
        found[gap.group].append(gap)
    return found


COMPLIANT, PARTLY, NOT = "compliant", "partly", "not"
_WORSE = {COMPLIANT: 0, PARTLY: 1, NOT: 2}


def status_shown(chosen: str, *, has_gaps: bool) -> str:
    """The status that readers see: with something that is not accessible it is never “compliant”."""
    return PARTLY if has_gaps and _WORSE.get(chosen, 0) == 0 else chosen


class StatusFault(StrEnum):
    """How a chosen status contradicts what is known."""

    COMPLIANT_WITH_GAPS = "compliant_with_gaps"
    NOTHING_NAMED = "nothing_named"


def status_fault(chosen: str, *, has_gaps: bool, has_words: bool) -> StatusFault | None:
    """Whether the status contradicts the list: ``has_gaps`` of itself, ``has_words`` of what editors wrote."""
    if chosen == COMPLIANT:
        return StatusFault.COMPLIANT_WITH_GAPS if has_gaps else None
    return None if has_gaps or has_words else StatusFault.NOTHING_NAMED
