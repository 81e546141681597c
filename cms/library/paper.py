"""A publication as a tagged PDF (PDF/UA-1), made from its edition and from nothing else."""

import base64
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import PIL.Image
import pypdf
import typst

from cms.library.edition import Edition
from cms.library.rich_text import Block
from cms.pages.qr_codes import outline
from cms.press import Press

press = Press(Path(__file__).resolve().parent / "typst")

WIDEST = 48
"""Letters that a column of a table reckons with at most; longer texts take more lines."""


class PaperError(Exception):
    """The edition cannot be printed as it is; the text says why, for editors."""


def render(edition: Edition) -> bytes:
    """The finished PDF. Raises ``PaperError`` rather than give a file with a flaw that can be seen here."""
    pictures = {_drawn_name(name): _drawn(name, content) for name, content in edition.pictures.items()}
    pictures["cover.svg"] = edition.cover.encode()
    pictures |= {_code_name(address): _square_code(address) for address in _film_addresses(edition)}
    try:
        pdf, warnings = press.print(json.dumps(_words(edition), ensure_ascii=False), pictures)
    except typst.TypstError as error:
        raise PaperError(_explained(str(error))) from error
    if warnings:
        # Typst warns when it replaces or drops something.
        raise PaperError("; ".join(str(warning) for warning in warnings)[:300])
    return pdf


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def record_rows(edition: Edition) -> list[dict[str, str]]:
    """What stands about the publication at its end; the same in each format."""
    words = edition.labels
    rows = [
        (words["authors"], ", ".join(edition.authors), ""),
        (words["publisher"], edition.institution, ""),
        (words["place_and_year"], f"{edition.place} {edition.year}".strip(), ""),
        ("ISBN", edition.isbn, ""),
        ("DOI", edition.doi, f"https://doi.org/{edition.doi}" if edition.doi else ""),
        (words["licence"], edition.licence, edition.licence_url),
        (words["cite"], edition.citation, ""),
        (words["online"], edition.address, edition.address),
    ]
    return [{"label": label, "value": value, "url": url} for label, value, url in rows if value]


def _words(edition: Edition) -> dict[str, Any]:
    day = edition.published_on
    authors = [name for name in edition.authors if name != edition.institution]
    issued = ", ".join(part for part in (edition.institution, f"{edition.place} {edition.year}".strip()) if part)
    longest = len(edition.title)
    return {
        "title": edition.title,
        "title-size": 25 if longest < 50 else 21 if longest < 90 else 17,
        "running": edition.title if longest < 90 else edition.title[:88].rsplit(" ", 1)[0] + "…",
        "language": edition.language,
        "authors": edition.authors,
        "topics": edition.topics,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "kind": edition.kind,
        "summary": edition.summary,
        "abstract": edition.abstract,
        "front": [row for row in (", ".join(authors), issued) if row],
        "law": edition.law,
        "sample": edition.sample,
        "funding": edition.funding,
        "labels": edition.labels,
        "record": record_rows(edition),
        "chapters": [
            {"title": chapter.title, "blocks": [_measured(block) for block in chapter.blocks]}
            for chapter in edition.chapters
        ],
    }


def _measured(block: Block) -> Block:
    """A table with the shares of its columns, as much as their longest cells need; a picture by its name here."""
    if block["k"] == "img":
        return block | {"file": _drawn_name(block["file"])}
    if block["k"] == "film":
        return block | {
            "poster": _drawn_name(block["poster"]) if block["poster"] else "",
            "code": _code_name(block["address"]) if block["address"] else "",
            "body": [_measured(inner) for inner in block["body"]],
        }
    if block["k"] != "table":
        return block
    columns = list(zip(block["head"], *block["rows"], strict=False))
    widths = [min(WIDEST, max(8, *(len(cell) for cell in column))) for column in columns]
    return block | {"widths": widths}


def _film_addresses(edition: Edition) -> set[str]:
    blocks = [block for chapter in edition.chapters for block in chapter.blocks if block["k"] == "film"]
    return {block["address"] for block in blocks if block["address"]}


def _code_name(address: str) -> str:
    return f"code-{hashlib.sha256(address.encode()).hexdigest()[:12]}.svg"


def _square_code(address: str) -> bytes:
    """The address for the camera of a phone; it stands in letters beside the code."""
    side, path = outline(address)
    view = f"-4 -4 {side + 8} {side + 8}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}"><path fill-rule="evenodd" d="{path}"/></svg>'
    ).encode()


def _drawn_name(name: str) -> str:
    return name if name.endswith(".svg") else f"{name}.svg"


def _drawn(name: str, content: bytes) -> bytes:
    """A picture as the press takes it: its files are texts, so a photograph is put into a drawing that holds it."""
    if name.endswith(".svg"):
        return content
    with PIL.Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        kind = PIL.Image.MIME[picture.format or ""]
    packed = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:{kind};base64,{packed}"/></svg>'
    ).encode()


def _explained(message: str) -> str:
    missing = re.search(r"the text `\"(.*?)\"` could not be displayed", message, re.DOTALL)
    return f"glyph: {missing[1]}" if missing else message[:300]
