"""A certificate as a PDF/UA-1 of two A4 pages, made from its snapshot and from nothing else.

The same snapshot gives the same bytes on every machine: the layout and the drawings lie in this folder, the fonts with
the press, and the date in the file is the day of issue. Words reach the layout as data, so whatever a name holds is
printed and never read as markup.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import typst
from anyascii import anyascii

from certificates.labels import default_labels
from certificates.snapshot import DocumentError, paper_words, strings
from cms.pages.qr_codes import outline
from cms.press import Press

__all__ = ["DocumentError", "default_labels", "file_name", "qr_svg", "render"]

FOLDER = Path(__file__).resolve().parent
QUIET_ZONE = 4
INK = "#16264a"


def render(snapshot: Mapping[str, Any]) -> bytes:
    """The finished PDF. Raises ``DocumentError`` rather than give a paper with a flaw that can be seen here."""
    words = paper_words(snapshot)
    words["qr"] = bare_qr(snapshot["verify_url"])
    try:
        pdf, warnings = press.print(json.dumps(words, ensure_ascii=False))
    except typst.TypstError as error:
        raise explained(error, snapshot) from error
    if warnings:
        # Typst warns when it replaces or drops something; on a proof that is as bad as an error.
        raise DocumentError("typst", "; ".join(str(warning) for warning in warnings))
    return pdf


press = Press(FOLDER / "typst")


def explained(error: typst.TypstError, snapshot: Mapping[str, Any]) -> DocumentError:
    """Typst's complaint as one of ours, with the field that holds the character that no font has."""
    message = str(error)
    if "panicked with" in message and "overflow" in message:
        if "at the foot" in message:
            return DocumentError("overflow", "Signatory and issuer take more lines than the foot of page 1 has.")
        return DocumentError("overflow", "The name, the title and the facts are too long together for page 1.")
    unprintable = re.search(r"the text `\"(.*?)\"` could not be displayed", message, re.DOTALL)
    if unprintable is None:
        return DocumentError("typst", message)
    characters = unprintable[1]
    field = next((path for path, text in strings(snapshot) if characters in unicodedata.normalize("NFC", text)), "")
    where = f" in {field}" if field else ""
    message = f"No font of the paper has “{characters}”{where}."
    return DocumentError("glyph", message, field=field, characters=characters)


def bare_qr(url: str) -> str:
    """The code without its quiet zone, which the paper round it gives."""
    side, path = outline(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="{INK}" fill-rule="evenodd" d="{path}"/></svg>'
    )


def qr_svg(url: str, alt: str = "") -> str:
    """The same QR code for the page: inline SVG with its quiet zone on white, without style or script.

    With ``alt`` it is an image of that name, without it decoration beside the written address. Its size is the page's
    matter; a module should be at least 3 px wide.
    """
    side, path = outline(url)
    edge, whole = -QUIET_ZONE, side + 2 * QUIET_ZONE
    role = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{edge} {edge} {whole} {whole}" {role}>'
        f'<path fill="#fff" d="M{edge} {edge}h{whole}v{whole}h-{whole}z"/>'
        f'<path fill="{INK}" fill-rule="evenodd" d="{path}"/></svg>'
    )


def file_name(number: str, surname: str) -> str:
    """``AW-2026-00001_Golebiowska-Sliwinska.pdf``: letters, digits, ``-`` and ``_``, at most 80 characters."""
    parts = [re.sub(r"[^A-Za-z0-9]+", "-", anyascii(text)).strip("-") for text in (number, surname)]
    return ("_".join(part for part in parts if part)[:76].rstrip("-_") or "certificate") + ".pdf"
