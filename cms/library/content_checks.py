"""What is looked at of a publication beside its fields: its files, and the places of its edition."""

from collections.abc import Iterator

from cms.checks.content import Draft
from cms.checks.rules import Anchor, FileOffered, Part, Place
from cms.library.models import PublicationPage


def parts_of(draft: Draft) -> Iterator[Part]:
    """Each file with its alternative; the contents and chapters are places to which links may lead."""
    if not isinstance(draft.row, PublicationPage):
        return
    for position, file in enumerate(draft.rows("files")):
        document = file.document if file.document_id else None
        if document is not None:
            yield FileOffered(
                title=document.title,
                accessible=document.accessible,
                alternative=file.alternative,
                place=Place(("files", position, "alternative")),
            )
    yield Anchor(name="read")
    yield Anchor(name="contents")
    for number, _chapter in enumerate(draft.row.chapters, start=1):
        yield Anchor(name=f"chapter-{number}")
    for number, _film in enumerate(draft.row.films(), start=1):
        yield Anchor(name=f"film-{number}")
