"""The edition of a publication as plain data: what the PDF and the EPUB are made from.

A block is a dictionary with its kind under ``k``; its words are lists of pieces: ``{"k": "t", "s": text}``, or ``b``,
``i``, ``a`` with ``href``, each with pieces under ``c``, or ``br``. Kinds of blocks: ``p``, ``h`` (``level`` 2 or 3),
``ul`` and ``ol`` (``items``: lists of blocks), ``table``, ``def``, ``box``, ``quote``, ``pair``, ``details``, ``img``.
"""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import SourceImageIOError
from wagtail.rich_text import expand_db_html

from cms.library import rules
from cms.library.models import PublicationPage
from cms.library.queries import record_of
from cms.pages.art import standing_alone
from cms.pages.covers import cover
from cms.pages.typography import date_in_words, polish_text

Block = dict[str, Any]
Piece = dict[str, Any]

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
        elif block["k"] == "details":
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

    def words(self, text: Any) -> str:
        return polish_text(" ".join(str(text or "").split()), self.language)

    def blocks(self, stream: Any) -> list[Block]:
        found: list[Block] = []
        for block in stream:
            found += getattr(self, f"_{block.block_type}")(block.value)
        return found

    def rich(self, value: Any) -> list[Block]:
        """The blocks of a rich text; links lead to whole addresses."""
        reader = _RichText(self.words_within, self.base)
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


def _picture(image: Any) -> tuple[str, bytes]:
    """A picture at the size of a page, in a form that every reader of books knows."""
    if image.is_svg():
        with image.open_file() as file:
            return f"picture-{image.pk}.svg", file.read()
    kind = "png" if (image.filename or "").lower().endswith((".png", ".gif")) else "jpeg"
    rendition = image.get_rendition(f"width-1200|format-{kind}" + ("|jpegquality-82" if kind == "jpeg" else ""))
    with rendition.file.open("rb") as file:
        return f"picture-{image.pk}.{'png' if kind == 'png' else 'jpg'}", file.read()


class _RichText(HTMLParser):
    """Rich text as blocks. Knows what the editor can write; of anything else it keeps the words."""

    INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}

    def __init__(self, words: Any, base: str) -> None:
        super().__init__()
        self.words = words
        self.base = base
        self.top: list[Block] = []
        self.places: list[list[Block]] = [self.top]
        """Where a new block goes: the text itself, or the items of the lists that are open."""
        self.lists: list[Block] = []
        self.pieces: list[list[Piece]] = []
        """The words of the block that is open, and of the pieces within it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self._open({"k": "p", "c": []})
        elif tag in {"h2", "h3", "h4"}:
            # The title of the chapter is the heading above them, whose level here is 1.
            self._open({"k": "h", "level": max(2, int(tag[1]) - 1), "c": []})
        elif tag in {"ul", "ol"}:
            self._end_words()
            made: Block = {"k": tag, "items": []}
            self.places[-1].append(made)
            self.lists.append(made)
        elif tag == "li" and self.lists:
            self._end_words()
            item: list[Block] = []
            self.lists[-1]["items"].append(item)
            self.places.append(item)
        elif tag == "br":
            self._add({"k": "br"})
        elif tag in self.INLINE:
            self._open_piece({"k": self.INLINE[tag], "c": []})
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._open_piece({"k": "a", "href": urljoin(self.base, href), "c": []} if href else {"k": "span", "c": []})

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "h2", "h3", "h4"}:
            self._end_words()
        elif tag in {"ul", "ol"} and self.lists:
            self._end_words()
            self.lists.pop()
        elif tag == "li" and len(self.places) > 1:
            self._end_words()
            self.places.pop()
        elif (tag in self.INLINE or tag == "a") and len(self.pieces) > 1:
            self.pieces.pop()

    def handle_data(self, data: str) -> None:
        if not self.pieces and not data.strip():
            return
        text = self.words(" ".join(data.replace("\n", " ").split(" ")))
        if text:
            self._add({"k": "t", "s": text})

    def finished(self) -> list[Block]:
        self._end_words()
        return _without_empty(self.top)

    def _open(self, block: Block) -> None:
        self._end_words()
        self.places[-1].append(block)
        self.pieces = [block["c"]]

    def _open_piece(self, piece: Piece) -> None:
        self._add(piece)
        self.pieces.append(piece["c"])

    def _add(self, piece: Piece) -> None:
        if not self.pieces:
            # Words outside of any paragraph, as those of a list item.
            self._open({"k": "p", "c": []})
        self.pieces[-1].append(piece)

    def _end_words(self) -> None:
        self.pieces = []


def _without_empty(blocks: list[Block]) -> list[Block]:
    """An editor leaves empty paragraphs behind; a book has none."""
    kept = []
    for block in blocks:
        if block["k"] in {"ul", "ol"}:
            block["items"] = [inner for item in block["items"] if (inner := _without_empty(item))]
            if block["items"]:
                kept.append(block)
        elif plain(block["c"]).strip():
            kept.append(block)
    return kept


def plain(pieces: list[Piece]) -> str:
    """The words of pieces without their form."""
    return "".join(piece.get("s", " ") if piece["k"] in {"t", "br"} else plain(piece["c"]) for piece in pieces)
