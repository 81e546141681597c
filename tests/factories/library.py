"""Publications for tests."""

from datetime import date
from itertools import count
from typing import Any

from cms.library.demo.chapters import stored_chapters
from cms.library.models import LibraryPage, PublicationFile, PublicationPage, Topic
from media.models import CustomDocument
from tests.factories.catalogue import make_home, make_list, publish
from tests.factories.media import DocumentFactory

_numbers = count(1)


def make_library(language: str = "pl") -> LibraryPage:
    """The list of publications of a language."""
    return make_list(LibraryPage, language, title="Publikacje", slug="publikacje")


def make_topic(title: str = "Zakupy", slug: str = "zakupy") -> Topic:
    """A topic in Polish."""
    return Topic.objects.create(title=title, slug=slug, locale=make_home().locale)


def make_publication(
    tree: str = "pl",
    *,
    files: int = 0,
    topics: tuple[Topic, ...] = (),
    live: bool = True,
    document: CustomDocument | None = None,
    access: dict[str, Any] | None = None,
    **fields: Any,
) -> PublicationPage:
    """A published guide of 2026 with so many files; ``access`` says who may open them and from when.

    ``tree`` is the language of the list in which it stands, ``language`` its own.
    """
    number = next(_numbers)
    fields = {"title": f"Publikacja {number}", "summary": "Jedno zdanie.", "year": 2026, "slug": f"p-{number}"} | fields
    page = PublicationPage(**fields, live=False)
    page.topics = list(topics)
    documents = [document or DocumentFactory() for _place in range(files)]
    for one in documents:
        # The form of the administration notes the size, too.
        one.get_file_size()
    page.files = [
        PublicationFile(document=one, sort_order=place, **(access or {})) for place, one in enumerate(documents)
    ]
    make_library(tree).add_child(instance=page)
    if live:
        publish(page)
        page.refresh_from_db()
    return page


def make_shelf() -> None:
    """In each language a guide with all that a page can show, and a report of 2014."""
    chapters = [
        {
            "title": "Zakupy",
            "blocks": [
                {"type": "text", "html": "<p>Wstęp.</p><h3>Krok pierwszy</h3><ul><li>lista</li></ul>"},
                {"type": "definition", "term": "PES", "text": "<p>Podmiot ekonomii społecznej.</p>"},
                {"type": "callout", "kind": "law", "as_of": date(2026, 11, 24), "text": "<p>Art. 94.</p>"},
                {"type": "table", "caption": "Progi", "header": ["Tryb", "Kwota"], "rows": [["zakup", "10 zł"]]},
                {
                    "type": "comparison",
                    "title": "Opis",
                    "left_title": "Słabo",
                    "left": "<p>Obiady.</p>",
                    "right_title": "Dobrze",
                    "right": "<p>40 obiadów.</p>",
                },
            ],
        }
    ]
    for language in ("pl", "en"):
        topic = Topic.objects.create(title="Zakupy", slug="zakupy", locale=make_home(language).locale)
        old = make_publication(language, title="Raport", kind="report", year=2014, slug="raport")
        guide = make_publication(
            language,
            live=False,
            files=2,
            topics=(topic,),
            title="Poradnik",
            slug="poradnik",
            abstract="O zakupach.",
            authors="Kowal, Jan",
            replaces=old,
            legal_as_of=date(2026, 11, 24),
            is_sample=True,
            for_pes=True,
            chapters=stored_chapters(chapters, place=language),
        )
        publish(guide)
