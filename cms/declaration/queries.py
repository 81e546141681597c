"""Reads of the declaration: its pages and reviews, the next review, and what a page of it shows."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from cms.checks.queries import due_exemptions
from cms.declaration.gaps import gaps_in
from cms.declaration.models import ListedThen, Review
from cms.declaration.rules import (
    GAPS,
    Gap,
    Group,
    ReviewState,
    StatusFault,
    in_groups,
    next_by_law,
    review_state,
    status_fault,
    status_shown,
)
from cms.pages.models import AccessibilityPage
from cms.pages.versions import OldVersion


@dataclass(frozen=True)
class Standing:
    """How the declaration stands today; without a live page of it there is no next review."""

    last: Review | None
    next_on: date | None
    state: ReviewState
    due: int
    """How many faults stand in it that were to be mended by now."""


@dataclass(frozen=True)
class Declared:
    """What a page of the declaration shows beside its own fields."""

    status: str
    groups: dict[str, list[Gap]]
    last: Review | None
    reviewed_on: date | None
    reviews: list[Review] = field(default_factory=list)
    more: int = 0
    listed_then: bool = False

    @property
    def has_gaps(self) -> bool:
        """Whether the list names something of itself."""
        return any(self.groups[group.value] for group in GAPS)


REVIEWS_SHOWN = 50


def declaration_pages() -> list[AccessibilityPage]:
    """The declaration in each language in which it is live."""
    return list(AccessibilityPage.objects.live().select_related("locale").order_by("path"))


def last_review() -> Review | None:
    """The newest review: 1 query."""
    return Review.objects.first()


def next_review(pages: list[AccessibilityPage], last: Review | None) -> date | None:
    """The day of the next review: of the last one, else by law after the day of the declaration's own dates."""
    days = [day for page in pages for day in (page.prepared_on, page.reviewed_on) if day]
    if last is not None and last.reviewed_on >= max(days, default=last.reviewed_on):
        return last.next_on
    return next_by_law(max(days)) if days else None


def standing(*, today: date) -> Standing:
    """How the declaration stands: 3 queries."""
    last = last_review()
    next_on = next_review(declaration_pages(), last)
    return Standing(
        last=last,
        next_on=next_on,
        state=review_state(next_on, today=today) if next_on else ReviewState.FINE,
        due=due_exemptions(today=today).count(),
    )


def declared_on(page: AccessibilityPage, *, language: str, old: OldVersion | None = None) -> Declared:
    """What the page shows: the list as it is now, or for a version out of force as it was when that was published."""
    reviews = Review.objects.all()
    listed = None
    if old is not None:
        reviews = reviews.filter(recorded_at__lt=old.version.replaced_at)
        listed = ListedThen.objects.filter(revision=old.version.revision_id).first()
        gaps = [_as_gap(row) for row in listed.rows] if listed else []
    else:
        gaps = gaps_in(language)
    shown = list(reviews[: REVIEWS_SHOWN + 1])
    last = shown[0] if shown else None
    days = [day for day in (page.reviewed_on, last.reviewed_on if last else None) if day]
    has_gaps = any(gap.group in GAPS for gap in gaps)
    return Declared(
        status=status_shown(page.status, has_gaps=has_gaps),
        groups={group.value: rows for group, rows in in_groups(gaps).items()},
        last=last,
        reviewed_on=max(days, default=None),
        reviews=shown[:REVIEWS_SHOWN],
        more=max(0, len(shown) - REVIEWS_SHOWN),
        listed_then=listed is not None,
    )


def contradiction(page: AccessibilityPage, *, language: str) -> StatusFault | None:
    """Whether the status of this version contradicts what is known to be not accessible."""
    has_gaps = any(gap.group in GAPS for gap in gaps_in(language))
    return status_fault(page.status, has_gaps=has_gaps, has_words=bool(page.gaps))


def as_row(gap: Gap) -> dict[str, Any]:
    """A gap as it is kept with a published version: without the ways of editors."""
    row = {known.name: getattr(gap, known.name) for known in fields(gap) if known.name != "edit_url"}
    return row | {"mend_by": gap.mend_by.isoformat() if gap.mend_by else None}


def _as_gap(row: dict[str, Any]) -> Gap:
    known = {each.name for each in fields(Gap)}
    told = {name: value for name, value in row.items() if name in known}
    mend_by = date.fromisoformat(told["mend_by"]) if told.get("mend_by") else None
    return Gap(**told | {"mend_by": mend_by, "group": Group(told["group"])})
