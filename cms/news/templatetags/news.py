"""News for templates: the list with its archive, the neighbours of an item, the newest items."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.news import rules
from cms.news.models import NewsIndexPage, NewsPage
from cms.news.queries import Archive, archive_of, neighbours_of, newest_below, news_in
from cms.news.rules import Period
from cms.pages.generation import kept, kept_each
from cms.pages.models import BasePage
from cms.pages.typography import NBSP, date_in_words

register = template.Library()

PAGE_SIZE = 20


@register.simple_tag(takes_context=True)
def news_of(context: dict[str, Any], page: NewsIndexPage) -> SafeString:
    """The news that ``?year=&month=&page=`` asks for, twenty a page, and the archive.

    The list as everybody meets it first is drawn once for each publication, and so is each row.
    """
    request: HttpRequest = context["request"]

    def draw() -> SafeString:
        archive, period = _asked(request, page)
        start, end = rules.stretch(period, archive.years)
        page_obj = Paginator(archive.pks[start:end], PAGE_SIZE).get_page(request.GET.get("page"))
        language = get_language() or "pl"
        listing = {
            "total": end - start,
            "rows": kept_each(request, f"news-row:{language}", list(page_obj), _drawn),
            "period": rules.period_in_words(period, language),
            "years": _years(archive.years, period, language),
            "page_obj": page_obj,
            "query": _address(period),
        }
        return render_to_string("cms/news/_news_list.html", {"listing": listing})

    return draw() if request.GET else kept(request, f"news-list:{page.pk}:{get_language()}", draw)


def _drawn(pks: list[int]) -> dict[int, SafeString]:
    """These items as rows of a list."""
    return {item.pk: render_to_string("cms/news/_news_row.html", {"row": _row(item)}) for item in news_in(pks)}


@register.simple_tag(takes_context=True)
def news_period(context: dict[str, Any], page: NewsIndexPage) -> str:
    """The part of the archive that the address asks for, in words; empty for everything."""
    if not context["request"].GET:
        return ""
    _archive, period = _asked(context["request"], page)
    return rules.period_in_words(period, get_language() or "pl")


def _asked(request: HttpRequest, page: NewsIndexPage) -> tuple[Archive, Period]:
    archive = kept(request, f"news-archive:{page.pk}", lambda: archive_of(page))
    return archive, rules.asked_period(request.GET.get("year", ""), request.GET.get("month", ""), archive.years)


def _address(period: Period) -> str:
    asked = [("year", period.year), ("month", period.month)]
    return urlencode([(name, value) for name, value in asked if value])


def _years(years: list[rules.Year], period: Period, language: str) -> list[dict[str, Any]]:
    """The archive as links; the months stand below the year that is open, else below the newest."""
    open_year = period.year or (years[0].number if years else None)
    return [
        {
            "url": f"?{_address(Period(year.number))}",
            "label": str(year.number),
            "count": year.count,
            "current": period == Period(year.number),
            "months": [
                {
                    "url": f"?{_address(Period(year.number, month.number))}",
                    "label": rules.month_name(month.number, language),
                    "whole": rules.period_in_words(Period(year.number, month.number), language),
                    "count": month.count,
                    "current": period == Period(year.number, month.number),
                }
                for month in (year.months if year.number == open_year else ())
            ],
        }
        for year in years
    ]


@register.filter
def month_year(day: date) -> str:
    """„listopada 2026 r.”: what stands under the large numeral of a day."""
    return date_in_words(day, get_language()).partition(NBSP)[2]


@register.simple_tag
def news_neighbours(page: NewsPage) -> dict[str, Any]:
    """The items ``older`` and ``newer`` than this one, {title, url} or None; a draft not in the tree has none."""
    older, newer = neighbours_of(page) if page.pk else (None, None)
    return {
        "older": {"title": older.title, "url": older.get_url()} if older else None,
        "newer": {"title": newer.title, "url": newer.get_url()} if newer else None,
    }


@register.simple_tag(takes_context=True)
def newest_news(context: dict[str, Any], home: BasePage, count: int = 3) -> dict[str, Any]:
    """The newest items below the home page as ``rows`` [{title, url, date, lead, kind, seed, is_sample}], and ``url``
    of the list. Read once for each publication.
    """
    name = f"newest-news:{home.pk}:{count}:{get_language()}"
    return kept(context["request"], name, lambda: _newest(home, count))


def _newest(home: BasePage, count: int) -> dict[str, Any]:
    rows = [_row(item) for item in newest_below(home, count)]
    # The list is the page right above any of them.
    return {"rows": rows, "url": rows[0]["url"].rstrip("/").rpartition("/")[0] + "/" if rows else ""}


def _row(item: NewsPage) -> dict[str, Any]:
    return {
        "title": item.title,
        "url": item.get_url(),
        "date": item.date,
        "lead": item.lead,
        "kind": str(item.get_kind_display()),
        "seed": item.cover_seed,
        "is_sample": item.is_sample,
    }
