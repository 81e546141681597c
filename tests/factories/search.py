"""The index for tests, written as the sweep and its jobs write it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from cms.search.actions import reindex
from media.models import CustomDocument, DocumentPage, DocumentReading
from tests.factories.media import DocumentFactory


def index_everything() -> None:
    """Read all that can be found; a thing that cannot be read breaks the test."""
    for _key, error in reindex(now=timezone.now()):
        if error is not None:
            raise error


def make_pdf(*pages: str, title: str = "Plik", **fields: Any) -> CustomDocument:
    """A document that was read: these are the texts of its pages."""
    document: CustomDocument = DocumentFactory(title=title, **fields)
    # The name alone says what it is: what it holds was read already.
    CustomDocument.objects.filter(pk=document.pk).update(file=f"documents/{document.pk}.pdf")
    document.refresh_from_db()
    DocumentReading.objects.update_or_create(
        document=document,
        defaults={
            "file": document.file.name,
            "state": DocumentReading.State.READ,
            "pages": len(pages),
            "read_at": timezone.now(),
        },
    )
    DocumentPage.objects.bulk_create(
        [DocumentPage(document=document, number=number, text=text) for number, text in enumerate(pages, start=1)]
    )
    return document


def titles(client: Client, q: str, language: str = "pl", **asked: str) -> list[str]:
    """The titles that the screen shows for a question."""
    where = {"pl": "/pl/szukaj/", "en": "/en/search/"}[language]
    answer = client.get(where, {"q": q, **asked})
    assert answer.status_code == 200
    return ["".join(part.text for part in row["title"]) for row in answer.context.get("rows") or ()]
