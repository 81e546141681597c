"""Reads of the news: the archive, a stretch of the list, what stands before and after an item, the newest."""

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from wagtail.query import PageQuerySet

from cms.news import rules
from cms.news.models import NewsIndexPage, NewsPage
from cms.news.rules import Period, Year
from cms.pages.models import BasePage
from cms.pages.visibility import for_everybody

ORDER = ("-date", "-pk")
IN_A_LIST = ("title", "url_path", "date", "kind", "lead", "cover_seed", "is_sample")


def archive_of(index: NewsIndexPage) -> list[Year]:
    """Years and months in which there is news for everybody: 1 query (2 where the site closes pages)."""
    months = _news_of(index).order_by().annotate(year=ExtractYear("date"), month=ExtractMonth("date"))
    counted = months.values("year", "month").annotate(count=Count("pk"))
    return rules.archive(counted.values_list("year", "month", "count"))


def news_in(index: NewsIndexPage, period: Period, start: int, end: int) -> list[NewsPage]:
    """The items of a part of the archive from ``start`` to ``end``, the newest first: 1 query (2 with closed pages)."""
    found = _news_of(index)
    if period.year:
        found = found.filter(date__year=period.year)
    if period.month:
        found = found.filter(date__month=period.month)
    return list(found.order_by(*ORDER).only(*IN_A_LIST)[start:end])


def neighbours_of(page: NewsPage) -> tuple[NewsPage | None, NewsPage | None]:
    """The item before and the item after this one in time, for everybody: 2 queries (4 with closed pages)."""
    others = for_everybody(NewsPage.objects.sibling_of(page, inclusive=False).live(), shown_on=page)
    older = others.filter(Q(date__lt=page.date) | Q(date=page.date, pk__lt=page.pk))
    newer = others.filter(Q(date__gt=page.date) | Q(date=page.date, pk__gt=page.pk))
    return older.order_by(*ORDER).first(), newer.order_by("date", "pk").first()


def newest_below(home: BasePage, count: int) -> list[NewsPage]:
    """The newest items below the home page, for everybody: 1 query (2 with closed pages)."""
    found = for_everybody(NewsPage.objects.live().filter(path__startswith=home.path), shown_on=home)
    return list(found.order_by(*ORDER).only(*IN_A_LIST)[:count])


def _news_of(index: NewsIndexPage) -> PageQuerySet:
    return for_everybody(NewsPage.objects.child_of(index).live(), shown_on=index)
