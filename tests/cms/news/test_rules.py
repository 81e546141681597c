"""The archive, and the part of it that an address asks for."""

import pytest

from cms.news.rules import Month, Period, Year, archive, asked_period, period_in_words, stretch

YEARS = [Year(2026, (Month(11, 3), Month(2, 1))), Year(2014, (Month(12, 1),))]


@pytest.mark.rule("news-2")
def test_the_archive_begins_with_the_newest() -> None:
    assert archive([(2014, 12, 1), (2026, 2, 1), (2026, 11, 3)]) == YEARS
    assert archive([]) == []


@pytest.mark.rule("news-2")
@pytest.mark.parametrize(
    ("year", "month", "period", "where"),
    [
        ("", "", Period(), (0, 5)),
        ("2026", "", Period(2026), (0, 4)),
        ("2026", "11", Period(2026, 11), (0, 3)),
        ("2026", "2", Period(2026, 2), (3, 4)),
        ("2014", "11", Period(2014), (4, 5)),
        ("1999", "11", Period(), (0, 5)),
        ("", "11", Period(), (0, 5)),
        ("\0", "'--", Period(), (0, 5)),
        ("9" * 400, "-1", Period(), (0, 5)),
    ],
)
def test_an_address_asks_for_a_part_that_there_is(year: str, month: str, period: Period, where: tuple) -> None:
    assert asked_period(year, month, YEARS) == period
    assert stretch(period, YEARS) == where


@pytest.mark.rule("news-2")
@pytest.mark.parametrize(
    ("period", "polish", "english"),
    [
        (Period(), "", ""),
        (Period(2014), "rok\u00a02014", "the year\u00a02014"),
        (Period(2014, 12), "grudzień 2014\u00a0r.", "December 2014"),
        (Period(2026, 2), "luty 2026\u00a0r.", "February 2026"),
    ],
)
def test_periods_are_told_in_words(period: Period, polish: str, english: str) -> None:
    assert period_in_words(period, "pl") == polish
    assert period_in_words(period, "en") == english
