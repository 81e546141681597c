"""Builds the library from its files, one YAML file for each publication and language. Safe to repeat.

A page that a person has edited since, or unpublished, is left as it is.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from anyascii import anyascii
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale

from cms.library.actions import make_files
from cms.library.demo.chapters import stored_chapters
from cms.library.edition import edition_of
from cms.library.models import LibraryPage, PublicationFile, PublicationPage, Topic
from cms.library.paper import pages_of, render
from cms.pages.demo.publishing import publish_if_changed
from cms.pages.models import HomePage
from media.actions import read_document
from media.models import CustomDocument, Film

PUBLICATIONS = Path(__file__).parent / "publications"
LIBRARY = {
    "pl": {
        "title": "Publikacje",
        "slug": "publikacje",
        "lead": "Poradniki, ściągi i szablony. Wszystkie za darmo.",
    },
    "en": {"title": "Publications", "slug": "publications", "lead": "Guides, cheat sheets and templates, all free."},
}
TOPICS = {
    "zlecanie-zadan": {"pl": "Zlecanie zadań", "en": "Commissioning of tasks"},
    "zakupy": {"pl": "Zakupy", "en": "Purchases"},
    "narzedzie-it": {"pl": "Narzędzie IT", "en": "The IT tool"},
    "program-wspolpracy": {"pl": "Program współpracy", "en": "Cooperation programme"},
    "ewaluacja": {"pl": "Ewaluacja", "en": "Evaluation"},
}


def build() -> None:
    """Make the lists, the topics and the publications of both languages; publish what differs from the files."""
    for language, words in LIBRARY.items():
        home = HomePage.objects.get(locale__language_code=language)
        topics = _topics(home.locale)
        library = _library(home, words)
        for file in sorted(PUBLICATIONS.glob(f"*.{language}.yaml")):
            name = file.name.split(".")[0]
            _publication(library, name, yaml.safe_load(file.read_text(encoding="utf-8")), topics)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/library/{name}")


def _topics(locale: Locale) -> dict[str, Topic]:
    return {
        slug: Topic.objects.get_or_create(
            translation_key=_key(f"topic/{slug}"),
            locale=locale,
            defaults={"slug": slug, "title": titles[locale.language_code]},
        )[0]
        for slug, titles in TOPICS.items()
    }


def _library(home: HomePage, words: dict[str, str]) -> LibraryPage:
    library = LibraryPage.objects.child_of(home).first()
    if library is None:
        library = LibraryPage(
            locale=home.locale, translation_key=_key("library"), show_in_menus=True, live=False, **words
        )
        home.add_child(instance=library)
        publish_if_changed(library)
    return library


def _publication(library: LibraryPage, name: str, spec: dict[str, Any], topics: dict[str, Topic]) -> None:
    page = PublicationPage.objects.filter(translation_key=_key(name), locale=library.locale).first()
    is_new = page is None
    page = page or PublicationPage(
        translation_key=_key(name),
        locale=library.locale,
        slug=slugify(anyascii(spec["title"]))[:80].strip("-"),
        live=False,
    )
    page.title, page.summary, page.abstract = spec["title"], spec["summary"], spec["abstract"]
    page.kind, page.year, page.language = spec["kind"], spec["year"], spec["language"]
    page.authors, page.institution, page.place = "\n".join(spec["authors"]), spec["institution"], spec["place"]
    page.isbn, page.licence, page.phase = spec.get("isbn", ""), spec["licence"], spec.get("phase", "")
    page.for_pes = "pes" in spec["audience"]
    page.for_administration = "administration" in spec["audience"]
    page.for_trainers = "trainers" in spec["audience"]
    page.legal_as_of, page.is_sample = spec.get("legal_as_of"), spec["is_sample"]
    page.topics = [topics[slug] for slug in spec["topics"]]
    page.chapters = stored_chapters(_with_films(spec["chapters"]), place=f"{name}.{spec['language']}")
    page.legal_note = spec.get("legal_note", "")
    if is_new:
        library.add_child(instance=page)
    publish_if_changed(page)
    _parts(page, name, spec.get("parts", []))
    # At once, so that the demonstration shows them before any worker runs. The queued job then finds them made.
    make_files(publication_id=page.pk, now=timezone.now())


def _with_films(chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The chapters with the films that they name by title; one that was not built is left out."""
    titles = [block["film"] for chapter in chapters for block in chapter["blocks"] if block["type"] == "film"]
    films = {film.title: film for film in Film.objects.filter(title__in=titles, is_sample=True, live=True)}
    return [
        chapter
        | {
            "blocks": [
                block | {"film": films[block["film"]]} if block["type"] == "film" else block
                for block in chapter["blocks"]
                if block["type"] != "film" or block["film"] in films
            ]
        }
        for chapter in chapters
    ]


def _parts(page: PublicationPage, name: str, parts: list[dict[str, Any]]) -> None:
    """Chapters of the edition as files of their own, for whoever needs only these; made once."""
    missing = [part for part in parts if not page.files.filter(key=_key(f"{name}/{part['title']}")).exists()]
    if not missing or page.latest_revision.user_id is not None:
        return
    edition = edition_of(page)
    for part in missing:
        chapters = [chapter for chapter in edition.chapters if plain_title(chapter.title) in part["chapters"]]
        if not chapters:
            raise ValueError(f"{part['title']}: no such chapter")
        content = render(replace(edition, title=part["title"], abstract="", chapters=chapters))
        document = CustomDocument(title=part["title"], language=page.language, accessible=True)
        document.file.save(f"{part['title']}.pdf", ContentFile(content), save=False)
        document.save()
        document.get_file_size()
        read_document(document_id=document.pk, now=timezone.now())
        page.files.add(
            PublicationFile(
                key=_key(f"{name}/{part['title']}"),
                document=document,
                pages=pages_of(content),
                access=part["access"],
                sort_order=page.files.count(),
            )
        )
    publish_if_changed(page)


def plain_title(title: str) -> str:
    """A title as the files of the demonstration write it."""
    return " ".join(title.replace("\u2060", "").split())
