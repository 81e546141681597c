"""What follows from the dates of a page: its state, the reminder that is due, the notice that holds. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

SOON = 30
REMINDERS = (30, 7, 0)
"""Days before the review on which the responsible person is reminded."""
LAST_REMINDER_GOES_UNTIL = 30
"""Days after which a reminder that was never sent is sent no more; less than the outbox keeps its letters."""

PATH_STEP = 4
"""How many letters of a page's path stand for one level of the tree."""


class CareState(StrEnum):
    """How current a page is, worst first."""

    OUTDATED = "outdated"
    OVERDUE = "overdue"
    SOON = "soon"
    FINE = "fine"
    NO_DATE = "no_date"


def care_state(review_on: date | None, is_outdated: bool, *, today: date) -> CareState:
    """A page is overdue from the day after its review; on the day itself there is still time."""
    if is_outdated:
        return CareState.OUTDATED
    if review_on is None:
        return CareState.NO_DATE
    if review_on < today:
        return CareState.OVERDUE
    return CareState.SOON if review_on <= today + timedelta(days=SOON) else CareState.FINE


def reminder_due(review_on: date, *, today: date) -> int | None:
    """The reminder that is due: 30, 7 or 0 days before. Of several that were missed, only the last one is."""
    left = (review_on - today).days
    if left < -LAST_REMINDER_GOES_UNTIL:
        return None
    return min((days for days in REMINDERS if left <= days), default=None)


def notice_for(path: str, choices: Mapping[str, int | None]) -> int | None:
    """The notice of the page at ``path``: its own choice, else that of the nearest page above it, else none."""
    for end in range(len(path), 0, -PATH_STEP):
        if path[:end] in choices:
            return choices[path[:end]]
    return None


def is_in_force(first: date | None, last: date | None, *, today: date) -> bool:
    """Whether ``today`` lies between two days, both included; a missing one sets no limit."""
    return (first is None or first <= today) and (last is None or today <= last)


def changes_overnight(days: Iterable[tuple[date | None, int]], *, today: date, back: int = 3) -> bool:
    """Whether something that pages show changed on its own in the night to ``today`` or the few nights before.

    Each pair is a day and after how many days the change shows: a review is overdue one day later, a notice begins on
    the day itself. A few nights are looked back at, because a worker may have been away.
    """
    recent = {today - timedelta(days=ago) for ago in range(back)}
    return any(day is not None and day + timedelta(days=later) in recent for day, later in days)


def mentions_law(content: Any) -> bool:
    """Whether the stored form of a StreamField holds a legal basis, at any depth."""
    if isinstance(content, Mapping):
        if content.get("type") == "callout" and isinstance(content.get("value"), Mapping):
            return content["value"].get("kind") == "law"
        return any(mentions_law(value) for value in content.values())
    if isinstance(content, list | tuple):
        return any(mentions_law(value) for value in content)
    return False


@dataclass(frozen=True, slots=True)
class Version:
    """A page as it was published at a time; ``replaced_at`` is None for the one that holds now."""

    number: int
    revision_id: int
    published_at: datetime
    replaced_at: datetime | None = None


def versions_from(acts: Iterable[tuple[int | None, datetime]]) -> list[Version]:
    """The versions that follow from publications and withdrawals in their order, the newest first.

    An act is the revision that was published, or None for a withdrawal. Publishing the same revision again while it
    stands makes no new version.
    """
    found: list[Version] = []
    for revision_id, at in acts:
        standing = found[-1] if found and found[-1].replaced_at is None else None
        if standing is not None and standing.revision_id == revision_id:
            continue
        if standing is not None:
            found[-1] = Version(standing.number, standing.revision_id, standing.published_at, at)
        if revision_id is not None:
            found.append(Version(len(found) + 1, revision_id, at))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class NoticeVersion:
    """A version of the privacy notice that readers had, with the publication in which it had its last words."""

    number: int
    published: Version
    in_force_from: date
    what_changed: str
    concerns_accounts: bool


def versions_of_notice(published: Iterable[tuple[Version, Mapping[str, Any]]]) -> list[NoticeVersion]:
    """The versions among publications and their contents, all the newest first.

    Mending a slip publishes again without a new number: the words that were published last stand for the version.
    """
    found: dict[int, NoticeVersion] = {}
    for version, content in published:
        number = int(content["version_number"])
        if number not in found:
            found[number] = NoticeVersion(
                number,
                version,
                date.fromisoformat(content["in_force_from"]),
                content["what_changed"],
                bool(content["concerns_accounts"]),
            )
    return sorted(found.values(), key=lambda version: -version.number)


def notice_to_tell(versions: Iterable[NoticeVersion]) -> NoticeVersion | None:
    """The newest version that changed something for people with an account; the first one changed nothing."""
    return next((version for version in versions if version.number > 1 and version.concerns_accounts), None)
