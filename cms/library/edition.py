"""The edition of a publication as plain data: what the PDF and the EPUB are made from.

A block is a dictionary with its kind under ``k``; its words are lists of pieces: ``{"k": "t", "s": text}``, or ``b``,
``i``, ``a`` with ``href``, each with pieces under ``c``, or ``br``. Kinds of blocks: ``p``, ``h`` (``level`` 2 or 3),
``ul`` and ``ol`` (``items``: lists of blocks), ``table``, ``def``, ``box``, ``quote``, ``pair``, ``details``, ``img``,
``film``.
"""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import PIL.Image
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import SourceImageIOError
from wagtail.rich_text import expand_db_html

from cms.library import rules
from cms.library.models import PublicationPage
from cms.library.queries import addresses_of, record_of
from cms.library.rich_text import Block, Piece, RichText
from cms.pages.art import standing_alone
from cms.pages.blocks import foreign_film_at
from cms.pages.covers import cover
from cms.pages.typography import date_in_words, polish_text, seconds_in_words
from media.film_files import file_of
from media.models import Film
from media.queries import film_on_paper
from media.rules import clock

CALLOUTS = {"note": _("Good to know"), "warning": _("Take care"), "law": _("Legal basis")}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its title and its blocks."""

    title: str
    blocks: list[Block]


@dataclass(slots=True)
class Edition:
    """All that stands in a made file, in the language of the publication. ``labels`` are the words round it."""

    title: str
    language: str
    identifier: str
    summary: str
    abstract: str
    kind: str
    authors: list[str]
    institution: str
    place: str
    year: int
    published_on: date
    modified_at: str
    address: str
    licence: str
    licence_url: str
    isbn: str
    doi: str
    citation: str
    topics: list[str]
    law: str
    funding: str
    sample: str
    cover: str
    labels: dict[str, str]
    chapters: list[Chapter] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


def licence_url(licence: str, language: str) -> str:
    """Where the licence is explained in plain words; empty where there is none."""
    address = rules.LICENCE_ADDRESSES.get(licence)
    return f"{address}deed.{language}" if address else ""


def edition_of(page: PublicationPage) -> Edition:
    """The edition as it is live, in the language of the publication and not in that of its page."""
    with translation.override(page.language):
        record = record_of(page)
        published = page.last_published_at or page.latest_revision_created_at
        reader = _Reader(page)
        chapters = [
            Chapter(reader.words(chapter.value["title"]), _stepped(reader.blocks(chapter.value["body"])))
            for chapter in page.chapters
        ]
        return Edition(
            title=reader.words(page.title),
            language=page.language,
            identifier=f"urn:uuid:{page.translation_key}",
            summary=reader.words(page.summary),
            abstract=reader.words(page.abstract),
            kind=_capital(str(page.get_kind_display())),
            authors=page.author_names(),
            institution=page.institution,
            place=page.place,
            year=page.year,
            published_on=published.date(),
            modified_at=published.strftime("%Y-%m-%dT%H:%M:%SZ"),
            address=page.full_url or "",
            licence=str(page.get_licence_display()),
            licence_url=licence_url(page.licence, page.language),
            isbn=page.isbn,
            doi=page.doi,
            citation=reader.words(rules.as_text(record)),
            topics=[topic.title for topic in page.topics.all()],
            law=_law(page),
            funding=reader.words(page.funding_notice),
            sample=gettext("Sample content") if page.is_sample else "",
            cover=drawn_cover(page),
            labels={
                "contents": gettext("Contents"),
                "about": gettext("About the publication"),
                "authors": gettext("Authors"),
                "publisher": gettext("Publisher"),
                "place_and_year": gettext("Place and year"),
                "licence": gettext("Licence"),
                "cite": gettext("How to cite"),
                "online": gettext("On the site"),
                "made": gettext("This file was made from the edition published on %(day)s.")
                % {"day": date_in_words(published.date(), page.language)},
                "page": gettext("Page {page} of {pages}"),
                "accessibility": gettext(
                    "The text has headings, a table of contents, tables with headings and descriptions of pictures."
                ),
            },
            chapters=chapters,
            pictures=reader.pictures,
        )


def drawn_cover(page: PublicationPage) -> str:
    """The generated cover as an SVG that knows its colours itself."""
    return standing_alone(cover("publication", page.title, 0, 0, page.cover_seed or None))


def _stepped(blocks: list[Block]) -> list[Block]:
    """No heading is more than one level below the one before it."""
    level = 1
    for block in blocks:
        if block["k"] == "h":
            level = block["level"] = min(block["level"], level + 1)
        elif block["k"] in {"details", "film"}:
            level = 2
    return blocks


def _law(page: PublicationPage) -> str:
    if page.legal_as_of:
        return gettext("Law as of %(day)s") % {"day": date_in_words(page.legal_as_of, page.language)}
    return page.legal_note


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Reader:
    """Turns the blocks of an edition into data and gathers its pictures."""

    def __init__(self, page: PublicationPage) -> None:
        self.language = page.language
        self.base = page.full_url or ""
        self.pictures: dict[str, bytes] = {}
        self.film_addresses = addresses_of(page.films(), page.language)
        self.films = 0

    def words(self, text: Any) -> str:
        return polish_text(" ".join(str(text or "").split()), self.language)

    def blocks(self, stream: Any) -> list[Block]:
        found: list[Block] = []
        for block in stream:
            found += getattr(self, f"_{block.block_type}")(block.value)
        return found

    def rich(self, value: Any) -> list[Block]:
        """The blocks of a rich text; links lead to whole addresses."""
        reader = RichText(self.words_within, self.base)
        reader.feed(expand_db_html(getattr(value, "source", value)))
        reader.close()
        return reader.finished()

    def words_within(self, text: str) -> str:
        """A piece of a sentence keeps its blanks at both ends."""
        return polish_text(text, self.language)

    def _text(self, value: Any) -> list[Block]:
        return self.rich(value)

    def _image(self, value: Any) -> list[Block]:
        image = value["image"]
        if image is None:
            return []
        try:
            name, content = _picture(image)
        except (SourceImageIOError, OSError):
            # A picture that cannot be read now must not silently be left out of a book.
            raise OSError(f"picture {image.pk} cannot be read") from None
        self.pictures[name] = content
        alt = "" if getattr(image, "decorative", False) else self.words(image.contextual_alt_text or image.title)
        return [{"k": "img", "file": name, "alt": alt, "caption": self.words(value["caption"])}]

    def _definition(self, value: Any) -> list[Block]:
        return [{"k": "def", "term": self.words(value["term"]), "body": self.rich(value["text"])}]

    def _callout(self, value: Any) -> list[Block]:
        kind, as_of = value["kind"], value["as_of"]
        label = ""
        if kind == "law" and as_of:
            label = gettext("Law as of %(day)s") % {"day": date_in_words(as_of, self.language)}
        return [
            {
                "k": "box",
                "kind": kind,
                "label": label,
                "title": self.words(value["title"]) or ("" if label else str(CALLOUTS[kind])),
                "body": self.rich(value["text"]),
            }
        ]

    def _table(self, value: Any) -> list[Block]:
        table = value["table"]
        return [
            {
                "k": "table",
                "caption": self.words(value["caption"]),
                "head": [self.words(column["heading"]) for column in table.columns],
                "rows": [[self.words(cell.value) for cell in row] for row in table.rows],
            }
        ]

    def _quotation(self, value: Any) -> list[Block]:
        return [{"k": "quote", "text": self.words(value["text"]), "source": self.words(value["source"])}]

    def _comparison(self, value: Any) -> list[Block]:
        sides = [
            {"title": self.words(value[f"{side}_title"]), "body": self.rich(value[side])} for side in ("left", "right")
        ]
        return [{"k": "pair", "title": self.words(value["title"]), "sides": sides}]

    def _accordion(self, value: Any) -> list[Block]:
        items = [{"title": self.words(item["title"]), "body": self.rich(item["text"])} for item in value["items"]]
        return [{"k": "details", "items": items}]

    def _film(self, value: Any) -> list[Block]:
        """A film as one has it on paper: where it is seen, its chapters, and every word of it."""
        film: Film | None = value["film"]
        if film is None:
            return []
        self.films += 1
        title = gettext("Film: %(title)s") % {"title": self.words(film.title)}
        block: Block = {"k": "film", "title": title, "language": film.language, "about": "", "address": ""}
        block |= {"poster": "", "chapters": [], "lines": [], "body": [], "transcript": "", "transcript_language": ""}
        if not film.live:
            return [block | {"about": gettext("The film is not available at the moment.")}]
        own = self.film_addresses.get(film.pk, "")
        told = film_on_paper(film, self.language, own=own, elsewhere=f"{self.base}#film-{self.films}")
        spoken = told["transcript_language"]
        with_times = [
            {"time": clock(line["start"]), "text": polish_text(line["text"], spoken), "chapter": line["chapter"]}
            for line in told["cues"]
        ]
        length = seconds_in_words(told["duration"], self.language) if told["duration"] else ""
        return [
            block
            | {
                "about": gettext("Length: %(length)s") % {"length": length} if length else "",
                "address": told["address"],
                "poster": self._poster(film),
                "chapters": [
                    {"time": clock(row["seconds"]), "title": self.words(row["title"]), "address": row["address"]}
                    for row in told["chapters"]
                ],
                "transcript": gettext("Transcript") if with_times or told["transcript_html"] else "",
                "transcript_language": spoken,
                "lines": with_times,
                "body": [] if with_times else self.rich(told["transcript_html"]),
            }
        ]

    def _poster(self, film: Film) -> str:
        """The name of the film's picture among the pictures; empty where there is none. It only decorates."""
        try:
            if film.poster:
                name, content = _picture(film.poster)
            elif (made := file_of(film, "poster")) is not None:
                with made.open("rb") as file:
                    name, content = f"film-{film.pk}.jpg", _as_jpeg(file)
            else:
                return ""
        except (SourceImageIOError, OSError):
            return ""
        self.pictures[name] = content
        return name

    def _foreign_player(self, value: Any) -> list[Block]:
        """A film on a site of others: its title and where it is."""
        foreign = foreign_film_at(value["address"])
        if foreign is None:
            return []
        link: Piece = {"k": "a", "href": foreign.page_url, "c": [{"k": "t", "s": foreign.page_url}]}
        title = gettext("Film: %(title)s") % {"title": self.words(value["title"])}
        return [{"k": "p", "c": [{"k": "b", "c": [{"k": "t", "s": title}]}, {"k": "br"}, link]}]


def _as_jpeg(file: Any) -> bytes:
    """A picture in a form that every reader of books knows."""
    made = io.BytesIO()
    with PIL.Image.open(file) as picture:
        picture.convert("RGB").save(made, "JPEG", quality=82)
    return made.getvalue()


def _picture(image: Any) -> tuple[str, bytes]:
    """A picture at the size of a page, in a form that every reader of books knows."""
    if image.is_svg():
        with image.open_file() as file:
            return f"picture-{image.pk}.svg", file.read()
    kind = "png" if (image.filename or "").lower().endswith((".png", ".gif")) else "jpeg"
    rendition = image.get_rendition(f"width-1200|format-{kind}" + ("|jpegquality-82" if kind == "jpeg" else ""))
    with rendition.file.open("rb") as file:
        return f"picture-{image.pk}.{'png' if kind == 'png' else 'jpg'}", file.read()
