"""Reads of the library: the list as entries, its rows, a file for whoever asks, what a page tells of its neighbours."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Case, When, prefetch_related_objects
from django.http import Http404, HttpRequest

from cms.library.models import LibraryPage, PublicationFile, PublicationPage, Topic
from cms.library.permissions import can_see_publication
from cms.library.rules import Record
from cms.pages.facets import Entry
from cms.pages.visibility import for_everybody

AUDIENCES = {"pes": "for_pes", "administration": "for_administration", "trainers": "for_trainers"}
NEIGHBOURS = 3


def entries_of(library: LibraryPage) -> list[Entry]:
    """Every publication of the list that everybody may see, as the rules of the list need it: 2 queries (3 where the
    site closes pages)."""
    pages = for_everybody(PublicationPage.objects.child_of(library).live(), shown_on=library)
    topics: dict[int, list[str]] = defaultdict(list)
    through = PublicationPage.topics.through.objects.filter(publicationpage__in=pages.values("pk"))
    for publication, slug in through.values_list("publicationpage_id", "topic__slug"):
        topics[publication].append(slug)
    needed = ("pk", "title", "year", "kind", "language", *AUDIENCES.values())
    return [
        Entry(
            pk=row["pk"],
            title=row["title"],
            when=row["year"],
            values={
                "kind": (row["kind"],),
                "topic": tuple(topics[row["pk"]]),
                "audience": tuple(name for name, column in AUDIENCES.items() if row[column]),
                "year": (str(row["year"]),),
                "language": (row["language"],),
            },
        )
        for row in pages.values(*needed)
    ]


def rows_of(pks: Sequence[int]) -> list[PublicationPage]:
    """These publications with their files, in the order given: 3 queries."""
    pages = PublicationPage.objects.filter(pk__in=pks).select_related("locale").prefetch_related("files__document")
    found = {page.pk: page for page in pages}
    return [found[pk] for pk in pks if pk in found]


def get_file_for(request: HttpRequest, key: UUID) -> PublicationFile:
    """The file, of a publication that this visitor may see; Http404 for everybody else, as for one that is not there.

    Translations of a page carry the same file, so the first live page that shows it answers for it.
    """
    files = PublicationFile.objects.filter(key=key, publication__live=True).select_related("publication", "document")
    for file in files.order_by("pk"):
        if can_see_publication(request, file.publication):
            return file
    raise Http404


def get_publication_for(request: HttpRequest, pk: int) -> PublicationPage:
    """The publication, for whoever may see its page; Http404 for everybody else."""
    page = PublicationPage.objects.filter(pk=pk, live=True).first()
    if page is None or not can_see_publication(request, page):
        raise Http404
    return page


def replacement_of(page: PublicationPage) -> PublicationPage | None:
    """The newest publication for everybody that replaces this one: 1 query."""
    newer = PublicationPage.objects.filter(replaces=page.pk).live().order_by("-year", "pk")
    return for_everybody(newer, shown_on=page).first()


def replaced_publication(page: PublicationPage) -> PublicationPage | None:
    """The publication for everybody that this one replaces: 1 query, none where it replaces nothing."""
    older = PublicationPage.objects.filter(pk=page.replaces_id).live()
    return for_everybody(older, shown_on=page).first() if page.replaces_id else None


def files_of(page: PublicationPage) -> list[PublicationFile]:
    """Its files with their documents, of a draft that is not saved, too: 2 queries."""
    files = list(page.files.all())
    prefetch_related_objects(files, "document")
    return files


def topic_titles(slugs: Collection[str], locale_id: int) -> list[tuple[str, str]]:
    """Slug and title of these topics in a language, by title: 1 query."""
    found = Topic.objects.filter(slug__in=slugs, locale=locale_id).order_by("title")
    return list(found.values_list("slug", "title"))


def neighbours_of(page: PublicationPage) -> list[PublicationPage]:
    """At most three other publications of the same list, those on the same topics first: 4 queries."""
    topics = [topic.pk for topic in page.topics.all()]
    others = for_everybody(PublicationPage.objects.sibling_of(page, inclusive=False).live(), shown_on=page)
    same = Case(When(pk__in=others.filter(topics__in=topics).values("pk"), then=0), default=1)
    nearest = others.order_by(same, "-year", "title").values_list("pk", flat=True)
    return rows_of(list(nearest[:NEIGHBOURS]))


def record_of(page: PublicationPage) -> Record:
    """What a citation needs. Its key is the same for as long as the page has its address."""
    return Record(
        key=f"{page.slug}-{page.year}",
        title=page.title,
        year=page.year,
        address=page.full_url or "",
        authors=page.author_names(),
        institution=page.institution,
        place=page.place,
        isbn=page.isbn,
        doi=page.doi,
        language=page.language,
    )
