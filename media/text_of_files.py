"""The text of a PDF page by page, of an EPUB, ODT or DOCX part by part. Run as a program by :mod:`media.isolated`.

Knows nothing of the site. Whatever a file holds, no more than the bounds below is read of it.
"""

import json
import re
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

KINDS = ("pdf", "epub", "odt", "docx")

MOST_PAGES = 500
MOST_CHARACTERS = 3_000_000
PAGE_CHARACTERS = 60_000
SECONDS = 90
"""After these no further page is begun."""
MOST_ENTRIES = 5_000
ENTRY_BYTES = 8_000_000
UNPACKED_BYTES = 80_000_000
LEAST_LETTERS = 10


class Broken(Exception):
    """The file is not what it should be."""


class Encrypted(Exception):
    """The file does not open without a password."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page with its text, or a part with its heading."""

    number: int
    text: str
    heading: str = ""


@dataclass(slots=True)
class Found:
    """What was read. ``state`` is one of ``DocumentReading.State``; ``pages`` only where the format has pages."""

    state: str
    parts: list[Part] = field(default_factory=list)
    pages: int | None = None
    tagged: bool | None = None


def read(path: Path, kind: str) -> Found:
    """The text of the file, within the bounds."""
    reader = {"pdf": _read_pdf, "epub": _read_epub, "odt": _read_odt, "docx": _read_docx}.get(kind)
    if reader is None:
        return Found("other")
    try:
        return reader(path)
    except Encrypted:
        return Found("encrypted")
    except (Broken, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, MemoryError, RecursionError):
        return Found("broken")


class _Gatherer:
    """Collects parts until a bound is met."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.left = MOST_CHARACTERS
        self.until = time.monotonic() + SECONDS
        self.full = False

    def wants_more(self, number: int) -> bool:
        if number > MOST_PAGES or self.left <= 0 or time.monotonic() > self.until:
            self.full = True
        return not self.full

    def add(self, number: int, text: str, heading: str = "") -> None:
        bare = clean(text)
        kept = bare[: min(PAGE_CHARACTERS, self.left)]
        self.full = self.full or len(kept) < len(bare)
        self.left -= len(kept)
        if kept:
            self.parts.append(Part(number, kept, clean(heading)[:200]))

    def found(self, *, expected: int, pages: int | None = None, tagged: bool | None = None) -> Found:
        """``expected`` is how many pages were read; a stamp or a number on each of them is no text yet."""
        letters = sum(sum(map(str.isalpha, part.text)) for part in self.parts)
        if letters < max(LEAST_LETTERS, 3 * expected):
            return Found("without_text", [], pages, tagged)
        return Found("too_long" if self.full else "read", self.parts, pages, tagged)


_LIGATURES = re.compile("[\ufb00-\ufb06]")
_SPLIT_WORD = re.compile(r"(?<=\w)[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_A-ZĄĆĘŁŃÓŚŹŻ])")


def clean(text: str) -> str:
    """Text for a database and a search: no signs that mean nothing, no split words, single blanks."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", text))
    text = _SPLIT_WORD.sub("", text).replace("\u00ad", "")
    text = "".join(" " if unicodedata.category(sign) in {"Cc", "Cn", "Co"} else sign for sign in text)
    return " ".join(text.split())


# --- PDF ---------------------------------------------------------------------------------------------------------


def _read_pdf(path: Path) -> Found:
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = pypdf.PdfReader(path)
        # Many files are locked only against changes and open with an empty password, as every viewer opens them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Encrypted
        total = len(reader.pages)
        marks = reader.root_object.get("/MarkInfo")
        tagged = bool(marks and marks.get_object().get("/Marked")) and "/StructTreeRoot" in reader.root_object
    except DependencyError as error:
        raise Encrypted from error
    except Encrypted:
        raise
    except Exception as error:  # a broken file breaks in as many ways as there are
        raise Broken from error
    if not total:
        raise Broken
    gatherer = _Gatherer()
    tried = unreadable = 0
    for number in range(1, total + 1):
        if not gatherer.wants_more(number):
            break
        tried += 1
        try:
            gatherer.add(number, reader.pages[number - 1].extract_text())
        except MemoryError:
            raise
        except (PyPdfError, Exception):  # one broken page does not hide the others
            unreadable += 1
    if unreadable == tried:
        raise Broken
    return gatherer.found(expected=tried, pages=total, tagged=tagged)


# --- Packed formats ----------------------------------------------------------------------------------------------


class _Archive:
    """A zip of which no more is unpacked than the bounds allow, whatever its headers say."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        self.left = UNPACKED_BYTES
        if len(self.zip.infolist()) > MOST_ENTRIES:
            raise Broken

    def read(self, name: str) -> bytes:
        try:
            info = self.zip.getinfo(name)
            if info.flag_bits & 1:
                raise Encrypted
            with self.zip.open(info) as entry:
                content = entry.read(min(ENTRY_BYTES, self.left) + 1)
        except (KeyError, RuntimeError, EOFError) as error:
            raise Broken from error
        except Exception as error:
            if isinstance(error, Encrypted | MemoryError):
                raise
            raise Broken from error
        if len(content) > min(ENTRY_BYTES, self.left):
            raise Broken
        self.left -= len(content)
        return content

    def xml(self, name: str) -> Element:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            root: Element = fromstring(self.read(name), forbid_dtd=False)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise Broken from error
        return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _read_epub(path: Path) -> Found:
    archive = _Archive(path)
    if "META-INF/encryption.xml" in archive.zip.namelist() and _locks_text(archive):
        raise Encrypted
    container = archive.xml("META-INF/container.xml")
    package_name = next((_attribute(e, "full-path") for e in container.iter() if _local(e) == "rootfile"), "")
    package = archive.xml(package_name)
    items = {_attribute(e, "id"): _attribute(e, "href") for e in package.iter() if _local(e) == "item"}
    spine = [_attribute(e, "idref") for e in package.iter() if _local(e) == "itemref"]
    folder = PurePosixPath(package_name).parent
    gatherer = _Gatherer()
    tried = unreadable = 0
    for number, key in enumerate(spine, 1):
        if not gatherer.wants_more(number):
            break
        tried += 1
        try:
            content = archive.read(str(folder / unquote(items.get(key, "").partition("#")[0])))
        except Broken:
            unreadable += 1
            if archive.left <= ENTRY_BYTES:
                gatherer.full = True
            continue
        text, heading = html_text(content)
        gatherer.add(number, text, heading)
    if unreadable == tried:
        raise Broken
    return gatherer.found(expected=1)


def _locks_text(archive: _Archive) -> bool:
    """Whether more than the fonts is encrypted; those are often obfuscated."""
    methods = [_attribute(e, "Algorithm") for e in archive.xml("META-INF/encryption.xml").iter()]
    return any(method and "font" not in method.lower() for method in methods)


def _read_odt(path: Path) -> Found:
    archive = _Archive(path)
    if "META-INF/manifest.xml" in archive.zip.namelist():
        manifest = archive.xml("META-INF/manifest.xml")
        if any(_local(e) == "encryption-data" for e in manifest.iter()):
            raise Encrypted
    return _sections(_odt_blocks(archive.xml("content.xml")))


def _odt_blocks(root: Element) -> Iterator[tuple[bool, str]]:
    for element in root.iter():
        if _local(element) in {"p", "h"}:
            yield _local(element) == "h", "".join(element.itertext())


def _read_docx(path: Path) -> Found:
    return _sections(_docx_blocks(_Archive(path).xml("word/document.xml")))


def _docx_blocks(root: Element) -> Iterator[tuple[bool, str]]:
    for paragraph in root.iter():
        if _local(paragraph) != "p":
            continue
        style = next((_attribute(e, "val") for e in paragraph.iter() if _local(e) == "pStyle"), "")
        words = [
            (element.text or "") if _local(element) == "t" else " "
            for element in paragraph.iter()
            if _local(element) in {"t", "tab", "br"}
        ]
        # Word names its styles in the language of whoever installed it.
        yield style.lower().startswith(("heading", "nag", "title", "tytu")), "".join(words)


def _sections(blocks: Iterator[tuple[bool, str]]) -> Found:
    """A part for each heading with what follows it."""
    gatherer = _Gatherer()
    number, heading, lines = 1, "", list[str]()
    for is_heading, text in blocks:
        if not gatherer.wants_more(number):
            break
        if is_heading and text.strip() and lines:
            gatherer.add(number, "\n".join(lines), heading)
            number, lines = number + 1, []
        if is_heading and text.strip():
            heading = text
        lines.append(text)
    if lines and gatherer.wants_more(number):
        gatherer.add(number, "\n".join(lines), heading)
    return gatherer.found(expected=1)


class _Words(HTMLParser):
    """The words of an HTML or XHTML document and its first heading. Resolves no entity but those of HTML."""

    SILENT = frozenset({"script", "style", "head", "template"})
    BLOCKS = frozenset({"p", "div", "li", "td", "th", "br", "tr", "section", "figcaption", "dt", "dd", "pre"})
    HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.heading: list[str] = []
        self.silent = 0
        self.in_heading = False
        self.headed = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        tag = tag.rpartition(":")[2]
        self.silent += tag in self.SILENT
        if tag in self.HEADINGS:
            self.in_heading = not self.headed
        if tag in self.BLOCKS or tag in self.HEADINGS:
            self.words.append("\n")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        if tag.rpartition(":")[2] in self.BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in self.HEADINGS:
            self.headed = self.headed or self.in_heading
            self.in_heading = False
        if tag in self.BLOCKS or tag in self.HEADINGS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.words.append(data)
        if self.in_heading:
            self.heading.append(data)


def html_text(content: bytes) -> tuple[str, str]:
    """The words of a document and its first heading."""
    reader = _Words()
    reader.feed(content.decode("utf-8", "replace"))
    reader.close()
    return "".join(reader.words), "".join(reader.heading)


# --- The program -------------------------------------------------------------------------------------------------


def main(path: str, kind: str) -> None:
    """Write what is found: first a line about the whole, then a line for each part."""
    from media.isolated import bound

    bound(SECONDS + 30)
    found = read(Path(path), kind)
    about = {"state": found.state, "pages": found.pages, "tagged": found.tagged}
    sys.stdout.write(json.dumps(about) + "\n")
    for part in found.parts:
        sys.stdout.write(json.dumps([part.number, part.heading, part.text]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
