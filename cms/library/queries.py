"""Reads of the library: the list as entries, its rows, a file for whoever asks, what a page tells of its neighbours."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, TextField, When, prefetch_related_objects
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string
from wagtail.query import PageQuerySet

from cms.library import rules
from cms.library.models import Cover, LibraryPage, MadeFile, PublicationFile, PublicationPage, Topic
from cms.library.permissions import can_see_publication, is_for_everybody
from cms.library.rules import Record
from cms.pages.facets import Entry
from cms.pages.models import BasePage
from cms.pages.visibility import for_everybody
from media.models import CustomDocument, Film

AUDIENCES = {"pes": "for_pes", "administration": "for_administration", "trainers": "for_trainers"}
NEIGHBOURS = 3
MOST_TRIES = 5
"""After so many tries at the same edition or file nothing more is tried by itself."""


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


_WITH_FILES = (
    Prefetch("files", PublicationFile.objects.select_related("document__first_page")),
    Prefetch("made_files", MadeFile.objects.exclude(file="")),
)


def newest_on_shelf(home: BasePage, count: int) -> list[PublicationPage]:
    """The newest publications below a home page that everybody may see, for a shelf: 1 query."""
    shown = ("title", "url_path", "kind", "year", "cover_seed")
    pages = for_everybody(PublicationPage.objects.live().filter(path__startswith=home.path), shown_on=home)
    return list(pages.only(*shown).order_by("-first_published_at", "title")[:count])


def rows_of(pks: Sequence[int]) -> list[PublicationPage]:
    """These publications with their files and made files, in the order given: 3 queries."""
    pages = PublicationPage.objects.filter(pk__in=pks).select_related("locale").prefetch_related(*_WITH_FILES)
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


def get_made_file_for(request: HttpRequest, key: UUID) -> MadeFile | None:
    """A file made from an edition, for whoever may see the page of the publication; None for everybody else.

    It holds what stands on the page, so nobody else may have it, and nobody has it when the page is withdrawn.
    """
    made = MadeFile.objects.filter(key=key, publication__makes_files=True).exclude(file="")
    file = made.select_related("publication").first()
    return file if file is not None and can_see_publication(request, file.publication) else None


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
    prefetch_related_objects(files, Prefetch("document", CustomDocument.objects.select_related("first_page")))
    return files


def made_files_of(page: PublicationPage) -> list[MadeFile]:
    """The files made from its edition that are there, the PDF first: 1 query."""
    return list(page.made_files.exclude(file="")) if page.pk and page.makes_files else []


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


def newest_below(home: BasePage, count: int) -> list[PublicationPage]:
    """The newest publications below a home page that everybody may see: 4 queries."""
    pages = for_everybody(PublicationPage.objects.descendant_of(home).live(), shown_on=home)
    return rows_of(list(pages.order_by("-year", "-first_published_at", "title").values_list("pk", flat=True)[:count]))


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


# --- Films in editions -------------------------------------------------------------------------------------------


def publications_showing(film_id: int) -> PageQuerySet:
    """The publications in public whose edition shows the film."""
    return PublicationPage.objects.live().filter(edition_films__film=film_id)


def titles_showing(films: Collection[int]) -> dict[int, list[str]]:
    """For each of these films that editions in public show: their titles. One query; none for no films."""
    if not films:
        return {}
    shown = PublicationPage.objects.live().filter(edition_films__film__in=films).order_by("title")
    titles: dict[int, list[str]] = {}
    for film, title in shown.values_list("edition_films__film", "title").distinct():
        titles.setdefault(film, []).append(title)
    return titles


def with_films_at_hand(page: PublicationPage) -> list[Film]:
    """The films of an edition with all that their players show: as many queries for one as for many, none for none."""
    films = page.films()
    prefetch_related_objects(films, "tracks", "transcripts", "renditions", "poster__renditions")
    return films


def addresses_of(films: Collection[Film], language: str) -> dict[int, str]:
    """The address of each film's own page, for those that have one in public; none is asked for where there is none."""
    if not films:
        return {}
    told: dict[int, str] = import_string(settings.FILM_ADDRESSES)(language, {film.pk for film in films})
    return told


# --- What is made ------------------------------------------------------------------------------------------------


def has_edition(page: PublicationPage) -> bool:
    """Whether the publication can be read on the site."""
    return bool(page.chapters)


def editions_without_files() -> list[int]:
    """Live publications with an edition of which a file is missing or not of the last publication, those that were
    tried least first; left out is what failed again and again."""
    tried = Q(tried=OuterRef("live_revision"), tries__gte=MOST_TRIES)
    pages = PublicationPage.objects.live().filter(makes_files=True, live_revision__isnull=False)
    wanted = Q()
    for kind, layout in rules.LAYOUTS.items():
        rows = MadeFile.objects.filter(publication=OuterRef("pk"), format=kind)
        fresh = rows.filter(revision=OuterRef("live_revision"), layout=layout).exclude(file="")
        given_up = rows.filter(tried, tried_layout=layout)
        wanted |= ~Exists(fresh) & ~Exists(given_up)
    found = pages.annotate(stored=Cast("chapters", TextField())).filter(wanted).exclude(stored__in=("[]", ""))
    return list(found.order_by("pk").values_list("pk", flat=True))


def cover_documents(page: PublicationPage) -> list[CustomDocument]:
    """The documents that may give the publication its cover, in their order."""
    return [file.document for file in files_of(page) if _is_pdf(file.document)]


def gives_a_cover(document_id: int) -> bool:
    """Whether a live publication takes its cover from its files, this one among them."""
    files = PublicationFile.objects.filter(document=document_id, publication__live=True)
    return files.filter(publication__cover_from_file=True).exists()


def documents_without_cover() -> list[int]:
    """Documents that may give a cover and are not drawn from their present file; left out is what cannot be drawn."""
    drawn = Cover.objects.filter(document=OuterRef("document"), file=OuterRef("document__file"))
    settled = drawn.filter(~Q(small="") | Q(tries__gte=MOST_TRIES))
    files = PublicationFile.objects.filter(publication__live=True, publication__cover_from_file=True)
    files = files.filter(~Exists(settled), document__file__iendswith=".pdf")
    return list(files.order_by("document").values_list("document", flat=True).distinct())


def cover_of(
    page: PublicationPage, files: Sequence[PublicationFile], *, today: date
) -> tuple[PublicationFile, Cover] | None:
    """Of the files of a page with their documents at hand: the first PDF that is open to everybody, and its picture,
    where the page takes its cover from there."""
    if not page.cover_from_file:
        return None
    for file in files:
        if not _is_pdf(file.document) or not is_for_everybody(file, today=today):
            continue
        picture = getattr(file.document, "first_page", None)
        if picture is not None and picture.small and picture.file == file.document.file.name:
            return file, picture
    return None


def get_cover_for(request: HttpRequest, key: UUID, *, today: date) -> Cover:
    """The picture of the file's first page, where it is the cover of a publication that this visitor may see; Http404
    for everybody else and everything else."""
    file = get_file_for(request, key)
    found = cover_of(file.publication, files_of(file.publication), today=today)
    if found is None or found[0].key != key:
        raise Http404
    return found[1]


def files_in_use() -> set[str]:
    """The names of all made files and covers."""
    covers = Cover.objects.values_list("small", "large")
    return {*MadeFile.objects.values_list("file", flat=True), *(name for pair in covers for name in pair)} - {""}


def _is_pdf(document: CustomDocument) -> bool:
    return (document.file.name or "").lower().endswith(".pdf")
