"""Reads of films in public: the list as entries, its rows, a page for whoever asks, whether strangers see a film."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest

from cms.films.models import FilmListPage, FilmPage, ForeignPlayers
from cms.films.rules import length_of
from cms.library.queries import publications_showing
from cms.pages.facets import Entry
from cms.pages.models import BasePage
from cms.pages.visibility import for_everybody, is_open_to
from media.models import CaptionTrack, Film

AUDIENCES = {"pes": "for_pes", "administration": "for_administration", "trainers": "for_trainers"}
SPOKEN = (CaptionTrack.Kind.CAPTIONS, CaptionTrack.Kind.SUBTITLES)
NEIGHBOURS = 3
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def is_shown_to_everybody(film_id: int) -> bool:
    """Whether a page that everybody may see shows the film, its own or an edition: 2 queries, 4 without the former."""
    if FilmPage.objects.live().public().filter(film_id=film_id).exists():
        return True
    return publications_showing(film_id).public().exists()


def addresses_of_films(language: str, films: Collection[int] | None = None) -> dict[int, str]:
    """The public page of each film that has one, in this language where there is one: 2 queries."""
    found = FilmPage.objects.live().public().filter(film__live=True).select_related("locale").order_by("pk")
    if films is not None:
        found = found.filter(film__in=films)
    pages = sorted(found, key=lambda page: page.locale.language_code == language)
    return {page.film_id: page.full_url or "" for page in pages}


def peertube_hosts() -> frozenset[str]:
    """The PeerTube hosts that editors named: 1 query."""
    named = ForeignPlayers.objects.filter(site__is_default_site=True).first()
    return named.hosts() if named else frozenset()


def entries_of(listing: FilmListPage) -> list[Entry]:
    """Every film of the list that everybody may see, as the rules of the list need it: 3 queries (4 where the site
    closes pages)."""
    pages = for_everybody(FilmPage.objects.child_of(listing).live(), shown_on=listing).filter(film__live=True)
    topics: dict[int, list[str]] = defaultdict(list)
    through = FilmPage.topics.through.objects.filter(filmpage__in=pages.values("pk"))
    for page, slug in through.values_list("filmpage_id", "topic__slug"):
        topics[page].append(slug)
    captions: dict[int, list[str]] = defaultdict(list)
    tracks = CaptionTrack.objects.filter(kind__in=SPOKEN, film__in=pages.values("film"))
    for film, language in tracks.values_list("film_id", "language"):
        captions[film].append(language)
    needed = (
        "pk", "title", "first_published_at", "film_id", "film__language", "film__duration_seconds",
        "film__description_kind", "film__sign_file", *AUDIENCES.values(),
    )  # fmt: skip
    return [
        Entry(
            pk=row["pk"],
            title=row["title"],
            when=int((row["first_published_at"] or _NEVER).timestamp()),
            values={
                "topic": tuple(topics[row["pk"]]),
                "audience": tuple(name for name, column in AUDIENCES.items() if row[column]),
                "length": length_of(row["film__duration_seconds"]),
                "language": (row["film__language"],),
                "captions": tuple(captions[row["film_id"]]),
                "access": (
                    *(("sign",) if row["film__sign_file"] else ()),
                    *(("described",) if row["film__description_kind"] == Film.DescriptionKind.TRACK else ()),
                ),
            },
        )
        for row in pages.values(*needed)
    ]


def rows_of(pks: Sequence[int]) -> list[FilmPage]:
    """These pages with their films and captions, in the order given: 2 queries."""
    pages = FilmPage.objects.filter(pk__in=pks).select_related("film", "locale").prefetch_related("film__tracks")
    found = {page.pk: page for page in pages}
    return [found[pk] for pk in pks if pk in found]


def get_film_page_for(request: HttpRequest, pk: int) -> FilmPage:
    """The page of a film, for whoever may see it; Http404 for everybody else, as for one that is not there."""
    page = FilmPage.objects.select_related("film").filter(pk=pk, live=True, film__live=True).first()
    if page is None or not is_open_to(request, page):
        raise Http404
    return page


def neighbours_of(page: FilmPage) -> list[FilmPage]:
    """At most three other films of the same list, the newest first: 3 queries."""
    others = for_everybody(FilmPage.objects.sibling_of(page, inclusive=False).live(), shown_on=page)
    newest = others.filter(film__live=True).order_by("-first_published_at", "title").values_list("pk", flat=True)
    return rows_of(list(newest[:NEIGHBOURS]))


def newest_on_shelf(home: BasePage, count: int) -> list[FilmPage]:
    """The newest films below a home page that everybody may see, with no more than a shelf shows: 1 query."""
    shown = ("title", "url_path", "summary", "cover_seed", "film__duration_seconds")
    below = FilmPage.objects.live().filter(path__startswith=home.path, film__live=True)
    pages = for_everybody(below, shown_on=home).select_related("film").only(*shown)
    return list(pages.order_by("-first_published_at", "title")[:count])


def newest_below(home: BasePage, count: int) -> list[FilmPage]:
    """The newest films below a home page that everybody may see: 3 queries."""
    pages = for_everybody(FilmPage.objects.descendant_of(home).live(), shown_on=home).filter(film__live=True)
    return rows_of(list(pages.order_by("-first_published_at", "title").values_list("pk", flat=True)[:count]))


def film_of(page: FilmPage) -> Film:
    """The film of a page with its tracks and transcripts, of a draft that is not saved, too: 2 queries."""
    film = page.film
    prefetch_related_objects([film], "tracks", "transcripts")
    return film
