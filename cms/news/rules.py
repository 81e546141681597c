"""Decisions of the news: the archive by year and month, which part an address asks for, periods in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

_MONTHS_PL = (
    "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec",
    "lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which there is news, and how much."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive with its months, the newest first."""

    number: int
    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the archive: everything, a year, or a month of it."""

    year: int | None = None
    month: int | None = None


def archive(rows: Iterable[tuple[int, int, int]]) -> list[Year]:
    """Rows of year, month and count as years with their months, the newest first."""
    years: dict[int, list[Month]] = {}
    for year, month, count in sorted(rows, reverse=True):
        years.setdefault(year, []).append(Month(month, count))
    return [Year(number, tuple(months)) for number, months in years.items()]


def asked_period(year: str, month: str, years: Iterable[Year]) -> Period:
    """The part of the archive that an address asks for; whatever the archive does not hold is passed over."""
    found = next((one for one in years if str(one.number) == year), None)
    if found is None:
        return Period()
    number = next((one.number for one in found.months if str(one.number) == month), None)
    return Period(found.number, number)


def stretch(period: Period, years: Iterable[Year]) -> tuple[int, int]:
    """Where the part of the archive begins and ends among all items of news, the newest first."""
    months = [(year.number, month.number, month.count) for year in years for month in year.months]
    newer = within = 0
    for year, month, count in months:
        if period.year in (None, year) and period.month in (None, month):
            within += count
        elif period.year is not None and (year, month) > (period.year, period.month or 12):
            newer += count
    return newer, newer + within


def month_name(month: int, language: str) -> str:
    """„grudzień”, "December"."""
    return (_MONTHS_PL if language.startswith("pl") else _MONTHS_EN)[month - 1]


def period_in_words(period: Period, language: str) -> str:
    """„grudzień 2014 r.”, „rok 2014”; in English "December 2014", "the year 2014"; everything is empty."""
    if period.year is None:
        return ""
    polish = language.startswith("pl")
    if period.month is None:
        return f"{'rok' if polish else 'the year'}\u00a0{period.year}"
    words = f"{month_name(period.month, language)} {period.year}"
    return f"{words}\u00a0r." if polish else words
