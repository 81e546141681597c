"""What search finds of the library: each publication with its record and its edition, and each of its files."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.library.models import EditionFilm, LibraryPage, PublicationFile, PublicationPage
from cms.library.queries import addresses_of
from cms.library.rules import PUBLIC, SIGNED_IN
from cms.pages.passages import passages_of
from cms.pages.searchable import live_page, page_entry, page_marks
from media.models import Film
from media.passages import film_passages

AUDIENCES = {PUBLIC: "", SIGNED_IN: "signed-in"}
"""Whom search tells of a file; of one that is for others it tells nobody."""


def marks(ids: Collection[int] | None) -> Iterable[tuple[int, str]]:
    """Publications with the states in which their files and films were read: 5 queries, 3 without films."""
    files = PublicationFile.objects.filter(publication__live=True)
    if ids is not None:
        files = files.filter(publication__in=ids)
    told = ("publication_id", "document__file", "document__reading__read_at")
    read: dict[int, str] = {}
    for publication, name, moment in files.order_by("publication", "pk").values_list(*told):
        read[publication] = f"{read.get(publication, '')} {name}:{moment}"
    shown = EditionFilm.objects.filter(publication__live=True, film__live=True)
    if ids is not None:
        shown = shown.filter(publication__in=ids)
    films = list(shown.order_by("pk").select_related("film").only("publication", "film__live_revision"))
    own = addresses_of([row.film for row in films], settings.LANGUAGE_CODE)
    for row in films:
        mark = "" if row.film_id in own else f" film:{row.film_id}:{row.film.live_revision_id}"
        read[row.publication_id] = f"{read.get(row.publication_id, '')}{mark}"
    for pk, mark in page_marks(PublicationPage)(ids):
        yield pk, f"{mark}{read.get(pk, '')}"


def read(pk: int) -> list[dict[str, Any]]:
    """The record with the edition, then the files."""
    page = live_page(PublicationPage, pk)
    if page is None:
        return []
    with translation.override(page.locale.language_code):
        return [_record(page), *(_file(page, file) for file in page.files.select_related("document__reading"))]


def _record(page: PublicationPage) -> dict[str, Any]:
    chapters = [
        passage
        for number, chapter in enumerate(page.chapters.raw_data, start=1)
        for passage in passages_of(
            chapter["value"]["body"], anchor=f"#chapter-{number}", heading=chapter["value"]["title"]
        )
    ]
    also = [
        page.authors,
        page.institution,
        page.place,
        str(page.year),
        page.isbn,
        page.doi,
        page.get_kind_display(),
        " ".join(topic.title for topic in page.topics.all()),
    ]
    kind = str(page.get_kind_display())
    return page_entry(
        page,
        about=f"{kind[:1].upper()}{kind[1:]}, {page.year}",
        summary=page.summary,
        also="\n".join(also),
        passages=[{"text": page.abstract}, *chapters, *_spoken(page)],
    )


def _spoken(page: PublicationPage) -> list[dict[str, Any]]:
    """What is said in the films of the edition. One with a page of its own is found there, and not twice."""
    films = page.films()
    language = page.locale.language_code
    own = addresses_of(films, language)
    found = []
    for number, film in enumerate(films, start=1):
        if not film.live or film.pk in own:
            continue
        told = film_passages(film)
        for passage in told.get(language) or told.get(film.language, []):
            found.append(passage | {"heading": film.title, "anchor": f"#film-{number}"})
    return found


def _file(page: PublicationPage, file: PublicationFile) -> dict[str, Any]:
    document = file.document
    is_pdf = document.file_extension.lower() == "pdf"
    return page_entry(
        page,
        part=f"file:{file.key}",
        title=document.title,
        # Whoever reads Polish may look for an English file in the Polish library, and the other way round.
        language=document.language,
        about=document.file_extension.upper(),
        address=reverse("cms_library:open-file", args=[file.key]),
        audience=AUDIENCES.get(file.access, f"file:{file.key}"),
        opens_on=file.opens_on,
        passages=[
            {
                "text": text.text,
                "heading": text.heading,
                "page_number": text.number if is_pdf else None,
                "anchor": f"#page={text.number}" if is_pdf else "",
            }
            for text in document.text_pages.order_by("number")
        ],
    )


def read_list(pk: int) -> list[dict[str, Any]]:
    """The list itself, which is a page like others."""
    page = live_page(LibraryPage, pk)
    return [page_entry(page, summary=page.lead)] if page else []


def with_film(film: Film) -> list[int]:
    """The publications whose edition shows a film."""
    return list(EditionFilm.objects.filter(film=film.pk).values_list("publication_id", flat=True))


def with_document(document_id: int) -> list[int]:
    """The publications of which a document is a file."""
    return list(PublicationFile.objects.filter(document=document_id).values_list("publication_id", flat=True))


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "cms_library.publication",
        "kind": "publication",
        "one": _("publication"),
        "many": _("Publications"),
        "order": 10,
        "marks": marks,
        "read": read,
        "models": {PublicationPage._meta.label: lambda page: [page.pk], Film._meta.label: with_film},
        "documents": with_document,
    },
    {
        "name": "cms_library.list",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(LibraryPage),
        "read": read_list,
        "models": [LibraryPage._meta.label],
    },
]
