"""What is looked at before something is published: the parts of a text and what is wrong with them. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html.parser import HTMLParser


class Severity(StrEnum):
    """What a fault does: stops publication, is told beforehand, or is a hint."""

    BLOCKING = "blocking"
    WARNING = "warning"
    HINT = "hint"


class Check(StrEnum):
    """What is checked. The values stand in rows of exemptions and never change."""

    PICTURE_WITHOUT_WORDS = "picture_without_words"
    PICTURE_NAMED_AS_FILE = "picture_named_as_file"
    PICTURE_WORDS_LONG = "picture_words_long"
    HEADING_SKIPPED = "heading_skipped"
    HEADING_EMPTY = "heading_empty"
    HEADING_FAKED = "heading_faked"
    LINK_EMPTY = "link_empty"
    LINK_SAYS_NOTHING = "link_says_nothing"
    LINK_IS_ADDRESS = "link_is_address"
    LINK_DEAD = "link_dead"
    LINK_TO_DRAFT = "link_to_draft"
    LINK_WITHOUT_PLACE = "link_without_place"
    TABLE_WITHOUT_HEADERS = "table_without_headers"
    TABLE_WITHOUT_CAPTION = "table_without_caption"
    FILM_WITHOUT_CAPTIONS = "film_without_captions"
    FILM_WITHOUT_TRANSCRIPT = "film_without_transcript"
    FILM_WITHOUT_DESCRIPTION = "film_without_description"
    FILM_NOT_PUBLISHED = "film_not_published"
    FILE_NOT_ACCESSIBLE = "file_not_accessible"
    FILE_IN_TEXT_NOT_ACCESSIBLE = "file_in_text_not_accessible"
    FILE_GONE = "file_gone"
    LAW_WITHOUT_DATE = "law_without_date"


_WARNINGS = {
    Check.PICTURE_NAMED_AS_FILE,
    Check.LINK_IS_ADDRESS,
    Check.LINK_TO_DRAFT,
    Check.LINK_WITHOUT_PLACE,
    Check.FILM_NOT_PUBLISHED,
    Check.FILE_IN_TEXT_NOT_ACCESSIBLE,
}
_HINTS = {Check.PICTURE_WORDS_LONG, Check.HEADING_FAKED}


def severity_of(check: Check) -> Severity:
    """How grave a fault of this kind is."""
    if check in _HINTS:
        return Severity.HINT
    return Severity.WARNING if check in _WARNINGS else Severity.BLOCKING


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: the way to its field or block, and the id of the block that the editor's page can show."""

    path: tuple[str | int, ...] = ()
    block: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of what is published."""

    place: Place = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Part):
    level: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoldParagraph(Part):
    """A paragraph that is bold from end to end."""

    words: str


class Target(StrEnum):
    """What is known of where a link leads."""

    FOUND = "found"
    DRAFT = "draft"
    GONE = "gone"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Part):
    """A link: its words, its address or the kind and key of the page or document, and what is known of that."""

    words: str
    address: str = ""
    kind: str = ""
    key: int | None = None
    target: Target = Target.ELSEWHERE
    accessible: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor(Part):
    """A place in the text to which a link can lead."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Part):
    words: str
    decorative: bool
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Part):
    caption: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmShown(Part):
    """A film as the public has it; ``lacks`` names what whoever cannot see or hear it would miss."""

    title: str
    live: bool
    lacks: frozenset[Check] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOffered(Part):
    title: str
    accessible: bool
    alternative: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawStated(Part):
    title: str
    dated: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong at a place; ``what`` names the thing in the editor's own words."""

    check: Check
    place: Place
    what: str = ""

    @property
    def severity(self) -> Severity:
        return severity_of(self.check)

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same fault at the next look, wherever the block has moved meanwhile."""
        return self.check.value, self.what[:WHAT_MAX]


WHAT_MAX = 200
ALT_LONG = 250
_SAYS_NOTHING = frozenset(
    """tutaj|tu|kliknij|kliknij tutaj|kliknij tu|klik|link|ten link|pod tym linkiem|pod linkiem|w linku|więcej|
    czytaj więcej|czytaj dalej|zobacz|zobacz więcej|dowiedz się więcej|przejdź|pobierz|strona|na stronie|
    here|click|click here|this|this link|link here|more|read more|see more|learn more|go|download|page""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\S+\.(?:pl|eu|org|com|net|gov)(?:/\S*)?$", re.I)
_FILE_NAME = re.compile(
    r"^(?:img|dsc|dscn|pic|image|obraz|zdj[eę]cie|screenshot|zrzut)?[\s_-]*\d*\.?"
    r"(?:jpe?g|png|gif|webp|svg|avif|heic)$|^(?:img|dsc|dscn|dcim)[\s_-]?\d+$",
    re.I,
)


def find_faults(parts: Sequence[Part]) -> list[Fault]:
    """What is wrong with the parts, in their order, each fault once at its place."""
    named = {part.name for part in parts if isinstance(part, Anchor)}
    found: list[Fault] = []
    level = 1  # The title of the page.
    for part in parts:
        if isinstance(part, Heading):
            found += _of_heading(part, level)
            level = part.level if part.words.strip() else level
        elif isinstance(part, Link):
            found += _of_link(part, named)
        else:
            found += _of_other(part)
    return list(dict.fromkeys(found))


def blocking(faults: Iterable[Fault]) -> list[Fault]:
    """The ones that stop publication."""
    return [fault for fault in faults if fault.severity is Severity.BLOCKING]


def _of_heading(heading: Heading, above: int) -> list[Fault]:
    words = _plain(heading.words)
    if not words:
        return [Fault(Check.HEADING_EMPTY, heading.place)]
    return [Fault(Check.HEADING_SKIPPED, heading.place, words)] if heading.level > above + 1 else []


def _of_link(link: Link, named: set[str]) -> list[Fault]:
    words = _plain(link.words)
    found = []
    if not words:
        found.append(Fault(Check.LINK_EMPTY, link.place, link.title or link.address))
    elif words.casefold().strip(" .,:;!?…„”\"'»›→>") in _SAYS_NOTHING:
        found.append(Fault(Check.LINK_SAYS_NOTHING, link.place, words))
    elif _ADDRESS.match(words) and "@" not in words:
        found.append(Fault(Check.LINK_IS_ADDRESS, link.place, words))
    if link.target is Target.GONE:
        found.append(Fault(Check.LINK_DEAD, link.place, words or link.address))
    elif link.target is Target.DRAFT:
        found.append(Fault(Check.LINK_TO_DRAFT, link.place, words or link.title))
    elif link.address.startswith("#") and link.address[1:] not in named:
        found.append(Fault(Check.LINK_WITHOUT_PLACE, link.place, words or link.address))
    if not link.accessible and link.target is not Target.GONE:
        found.append(Fault(Check.FILE_IN_TEXT_NOT_ACCESSIBLE, link.place, link.title or words))
    return found


def _of_other(part: Part) -> list[Fault]:
    match part:
        case Picture():
            return _of_picture(part)
        case BoldParagraph(words=words):
            return [Fault(Check.HEADING_FAKED, part.place, _plain(words))]
        case Table(caption=caption, headings=headings):
            name = _plain(caption)
            headless = not headings or not all(heading.strip() for heading in headings)
            return [Fault(Check.TABLE_WITHOUT_CAPTION, part.place)] * (not name) + [
                Fault(Check.TABLE_WITHOUT_HEADERS, part.place, name)
            ] * headless
        case FilmShown(title=title, live=live, lacks=lacks):
            hidden = [] if live else [Fault(Check.FILM_NOT_PUBLISHED, part.place, title)]
            return hidden + [Fault(check, part.place, title) for check in Check if check in lacks]
        case FileOffered(title=title, gone=True):
            return [Fault(Check.FILE_GONE, part.place, title)]
        case FileOffered(title=title, accessible=False, alternative=alternative) if not alternative.strip():
            return [Fault(Check.FILE_NOT_ACCESSIBLE, part.place, title)]
        case LawStated(title=title, dated=False):
            return [Fault(Check.LAW_WITHOUT_DATE, part.place, _plain(title))]
    return []


def _of_picture(picture: Picture) -> list[Fault]:
    words = _plain(picture.words)
    if picture.decorative:
        return []
    if not words:
        return [Fault(Check.PICTURE_WITHOUT_WORDS, picture.place, picture.title)]
    if _FILE_NAME.match(words):
        return [Fault(Check.PICTURE_NAMED_AS_FILE, picture.place, words)]
    return [Fault(Check.PICTURE_WORDS_LONG, picture.place, words)] if len(picture.words.strip()) > ALT_LONG else []


def _plain(words: str) -> str:
    """In one line and short enough for a message."""
    words = " ".join(words.split())
    return words if len(words) <= WHAT_MAX else words[: WHAT_MAX - 1] + "…"


# --- Rich text ---------------------------------------------------------------------------------------------------


def parts_of_html(html: str, place: Place = Place()) -> list[Part]:
    """The headings, links, pictures and tables of rich text, as it is stored, in their order."""
    reader = _Reader(place)
    reader.feed(html)
    reader.close()
    return reader.parts


_BOLD = {"b", "strong"}


@dataclass
class _OpenTable:
    caption: str = ""
    headings: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads rich text once; what is not closed ends with the text."""

    def __init__(self, place: Place) -> None:
        super().__init__(convert_charrefs=True)
        self.place = place
        self.parts: list[Part] = []
        self.words: dict[str, list[str]] = {}
        self.link: dict[str, str] = {}
        self.table: _OpenTable | None = None
        self.bold = 0
        self.plain_seen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if name := given.get("id") if tag != "a" and tag != "embed" else None:
            self.parts.append(Anchor(name=name, place=self.place))
        if re.fullmatch("h[1-6]", tag) or tag in {"p", "th", "caption"}:
            self.words[tag] = []
            self.plain_seen = False
        elif tag == "a":
            self.words["a"], self.link = [], given
        elif tag in _BOLD:
            self.bold += 1
        elif tag == "table":
            self.table = _OpenTable()
        elif tag == "img" or (tag == "embed" and given.get("embedtype") == "image"):
            self.parts.append(Picture(words=given.get("alt", ""), decorative=False, place=self.place))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        for words in self.words.values():
            words.append(data)
        if data.strip() and not self.bold:
            self.plain_seen = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _BOLD:
            self.bold = max(0, self.bold - 1)
        if tag == "table" and self.table is not None:
            table, self.table = self.table, None
            self.parts.append(Table(caption=table.caption, headings=tuple(table.headings), place=self.place))
        if tag not in self.words:
            return
        words = "".join(self.words.pop(tag))
        if re.fullmatch("h[1-6]", tag):
            self.parts.append(Heading(level=int(tag[1]), words=words, place=self.place))
        elif tag == "a":
            self.parts.append(_link(self.link, words, self.place))
        elif tag == "p" and words.strip() and not self.plain_seen and _looks_like_heading(words):
            self.parts.append(BoldParagraph(words=words, place=self.place))
        elif tag == "th" and self.table is not None:
            self.table.headings.append(words)
        elif tag == "caption" and self.table is not None:
            self.table.caption = words


def _link(given: dict[str, str], words: str, place: Place) -> Link:
    kind, key = given.get("linktype", ""), given.get("id", "")
    return Link(
        words=words,
        address=given.get("href", ""),
        kind=kind,
        key=int(key) if kind and key.isdecimal() else None,
        # A link to a page or document that has lost its key leads nowhere.
        target=Target.GONE if kind in {"page", "document"} and not key.isdecimal() else Target.ELSEWHERE,
        place=place,
    )


def _looks_like_heading(words: str) -> bool:
    words = words.strip()
    return 2 < len(words) <= 90 and words[-1] not in ".,;:!?…”"
