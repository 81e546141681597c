"""Reads of the news: the archive, a stretch of the list, what stands before and after an item, the newest."""

from array import array
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from wagtail.query import PageQuerySet

from cms.news import rules
from cms.news.models import NewsIndexPage, NewsPage
from cms.news.rules import Year
from cms.pages.models import BasePage
from cms.pages.visibility import for_everybody

ORDER = ("-date", "-pk")
IN_A_LIST = ("title", "url_path", "date", "kind", "lead", "cover_seed", "is_sample")


@dataclass(frozen=True, slots=True)
class Archive:
    """The list of news as it is kept until the next publication: its years with their months, the ids of all items."""

    years: list[Year]
    pks: "array[int]"


def archive_of(index: NewsIndexPage) -> Archive:
    """The news for everybody, the newest first: 1 query (2 where the site closes pages)."""
    found = _news_of(index).order_by(*ORDER).values_list("pk", "date")
    counted: Counter[tuple[int, int]] = Counter()
    pks = array("Q")
    for pk, day in found:
        pks.append(pk)
        counted[day.year, day.month] += 1
    return Archive(rules.archive((*month, count) for month, count in counted.items()), pks)


def news_in(pks: Collection[int]) -> list[NewsPage]:
    """These items with what a list shows of them: 1 query."""
    return list(NewsPage.objects.filter(pk__in=pks).only(*IN_A_LIST))


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
