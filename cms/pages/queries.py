"""Reads about the care of pages: what a page tells of itself, which pages cross a date, who is to be reminded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.pages.models import BasePage, EasyVersion, FundingNotice, PageCare, PageFunding
from cms.pages.rules import LAST_REMINDER_GOES_UNTIL, PATH_STEP, REMINDERS, SOON, CareState, is_in_force, reminder_due
from media.pictures import picture_ids, pictures_at_hand


def care_of(page: Page) -> PageCare | None:
    """Who looks after the page, with the page that replaces it where that is live: 1 query."""
    return PageCare.objects.filter(page=page.pk).select_related("replaced_by").first()


def easy_twins() -> dict[int, tuple[int, bool]]:
    """For each page with an easy-to-read version and for each such version: the other one, and whether it is easy.

    1 query. Pages that are not live lead nowhere and nothing leads to them.
    """
    rows = EasyVersion.objects.filter(page__live=True, easy_page__live=True).values_list("page_id", "easy_page_id")
    twins: dict[int, tuple[int, bool]] = {}
    for full, easy in rows:
        twins[full] = (easy, True)
        twins.setdefault(easy, (full, False))
    return twins


def section_pages(top: str) -> PageQuerySet:
    """The live pages of a section: the one at the path ``top`` and those right below it, in the order of the tree."""
    below = Q(path__startswith=top, depth=len(top) // PATH_STEP + 1)
    return Page.objects.live().filter(Q(path=top) | below).order_by("path")


def funding_choices() -> dict[str, int | None]:
    """Which notice editors chose for which part of the tree, by path: 1 query."""
    return dict(PageFunding.objects.values_list("page__path", "notice_id"))


def notices_in_force(language: str, *, today: date) -> dict[int, dict[str, Any]]:
    """The funding notices that hold today, with their words and signs in ``language``: 2 queries."""
    held = [notice for notice in FundingNotice.objects.all() if is_in_force(*_days(notice), today=today)]
    ids = set().union(*(picture_ids(list(notice.logos.raw_data)) for notice in held))
    with pictures_at_hand(ids):
        return {notice.pk: _notice(notice, language) for notice in held}


def _days(notice: FundingNotice) -> tuple[date | None, date | None]:
    return notice.valid_from, notice.valid_until


def _notice(notice: FundingNotice, language: str) -> dict[str, Any]:
    words = notice.statement_en if language == "en" else notice.statement_pl
    logos = [
        {"image": block.value["image"], "alt": block.value[f"alt_{'en' if language == 'en' else 'pl'}"]}
        for block in notice.logos
        if block.value["image"]
    ]
    return {"statement": words, "logos": logos}


def days_that_show() -> Iterator[tuple[date | None, int]]:
    """Each day on which pages change without a publication, and after how many days the change shows: 2 queries."""
    for review_on in PageCare.objects.exclude(review_on=None).values_list("review_on", flat=True).distinct():
        yield review_on, 1
    for valid_from, valid_until in FundingNotice.objects.values_list("valid_from", "valid_until"):
        yield valid_from, 0
        yield valid_until, 1


@dataclass(frozen=True)
class Reminder:
    """That somebody is to be told that a page is due for review, ``days`` before it."""

    page_id: int
    review_on: date
    days: int

    @property
    def key(self) -> str:
        """The same for the same reminder, so that it is sent once; a new date of review is a new occasion."""
        return f"page-review:{self.page_id}:{self.review_on.isoformat()}:{self.days}"


def reminders_due(*, today: date) -> list[Reminder]:
    """The reminders that are due today or were missed, for live pages with somebody to tell: 1 query."""
    rows = PageCare.objects.filter(
        review_on__gte=today - timedelta(days=LAST_REMINDER_GOES_UNTIL),
        review_on__lte=today + timedelta(days=max(REMINDERS)),
        responsible__is_active=True,
        page__live=True,
        is_outdated=False,
    ).order_by("review_on", "page_id")
    due = []
    for page_id, review_on in rows.values_list("page_id", "review_on"):
        days = reminder_due(review_on, today=today) if review_on else None
        if review_on is not None and days is not None:
            due.append(Reminder(page_id, review_on, days))
    return due


def kinds_of_pages() -> list[type[BasePage]]:
    """Every kind of page of ours that can stand in the tree."""
    return [model for model in apps.get_models() if issubclass(model, BasePage) and not model._meta.abstract]


def pages_with_care(pages: PageQuerySet, *, today: date) -> PageQuerySet:
    """Marks pages with ``law_as_of``, ``review_on``, ``responsible_email`` and ``care_state``, in the same query."""
    dates = [
        Subquery(model._default_manager.filter(pk=OuterRef("pk")).values("legal_as_of")[:1])
        for model in kinds_of_pages()
    ]
    soon = today + timedelta(days=SOON)
    return pages.annotate(
        law_as_of=Coalesce(*dates, Value(None), output_field=DateField()),
        review_on=F("care__review_on"),
        responsible_email=F("care__responsible__email"),
        care_state=Case(
            When(care__is_outdated=True, then=Value(CareState.OUTDATED.value)),
            When(Q(care__isnull=True) | Q(care__review_on=None), then=Value(CareState.NO_DATE.value)),
            When(care__review_on__lt=today, then=Value(CareState.OVERDUE.value)),
            When(care__review_on__lte=soon, then=Value(CareState.SOON.value)),
            default=Value(CareState.FINE.value),
        ),
    )
