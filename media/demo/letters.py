"""Letters of the site's typeface for a drawing, which as a picture in a page cannot see the fonts of the page.

Needs fonttools and brotli, which the program itself does without. The same drawing gets the same bytes.
"""

from __future__ import annotations

import base64
import io
import re
from html import unescape
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONT = Path(__file__).resolve().parents[2] / "cms" / "static" / "fonts" / "atkinson-hyperlegible-next.woff2"
FAMILY = "Atkinson Hyperlegible Next"
BOLD = {"bold", "title"}
_TEXT = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
_CLASSES = re.compile(r'class="([^"]*)"')


def with_letters(svg: str) -> str:
    """The drawing with the letters that it shows, and no others, embedded in its style sheet."""
    shown: dict[int, set[str]] = {400: set(), 700: set()}
    for attributes, inside in _TEXT.findall(svg):
        classes = {name for group in _CLASSES.findall(attributes) for name in group.split()}
        shown[700 if classes & BOLD else 400].update(unescape(re.sub(r"<[^>]+>", "", inside)))
    faces = "".join(_face(weight, letters) for weight, letters in shown.items() if letters)
    return svg.replace("<style>", f"<style>{faces}", 1)


def _face(weight: int, letters: set[str]) -> str:
    source = base64.b64encode(_cut(weight, letters)).decode("ascii")
    return f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url(data:font/woff2;base64,{source})}}'


def _cut(weight: int, letters: set[str]) -> bytes:
    """A font of one weight that has these letters and the space between them."""
    font = instantiateVariableFont(TTFont(FONT, recalcTimestamp=False), {"wght": weight})
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["ccmp", "kern", "mark"]
    options.name_IDs = []
    options.notdef_outline = False
    options.hinting = False
    cut = Subsetter(options)
    cut.populate(text="".join(sorted(letters | {" "})))
    cut.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
