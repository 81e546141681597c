"""Is a drawing (SVG) only a drawing? One that acts or fetches is refused.

It is never mended, so that nothing is lost unseen.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import fromstring

MAX_BYTES = 2_000_000

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_ACTING = {"script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video"}
_ANIMATING = {"animate", "set", "animatecolor"}
_REFERENCE = {"href", "src"}
_EMBEDDED_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
# Letters that a drawing carries itself. Browsers check what a font holds; it can neither act nor fetch.
_EMBEDDED_FONT = re.compile(r"url\(data:font/woff2;base64,[A-Za-z0-9+/]+={0,2}\)")
_STYLE_URL = re.compile(r"""url\(\s*["']?\s*(.?)""", re.IGNORECASE | re.DOTALL)
_STYLE_TRICK = re.compile(r"@import|expression\s*\(|javascript:|image-set\s*\(|-moz-binding|\\", re.IGNORECASE)
_FETCHING = re.compile(r"(?<![\w-])(?:image-set|image|src|cross-fade)\s*\(", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?(?!xml[\s?])", re.IGNORECASE)


class UnsafeDrawing(ValueError):
    """A drawing that may do more than be looked at. ``code`` says why, ``detail`` names the part."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def check_drawing(content: bytes) -> None:
    """Refuse an SVG file with script, event handlers, foreign content or references to anything outside itself.

    Codes: ``svg_broken``, ``svg_too_large``, ``svg_doctype``, ``svg_script``, ``svg_handler``, ``svg_foreign``,
    ``svg_reference``, ``svg_style``.
    """
    if len(content) > MAX_BYTES:
        raise UnsafeDrawing("svg_too_large")
    try:
        text = content.decode("utf-8-sig")
        root = fromstring(text.encode(), forbid_dtd=True)
    except DTDForbidden as error:
        raise UnsafeDrawing("svg_doctype") from error
    except (UnicodeDecodeError, ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise UnsafeDrawing("svg_broken") from error
    if _name(root.tag) != (_SVG, "svg"):
        raise UnsafeDrawing("svg_broken")
    if _INSTRUCTION.search(text):
        raise UnsafeDrawing("svg_reference", "<?xml-stylesheet")
    for element in _elements(root):
        _check_element(element)


def _elements(root: Element) -> Iterator[Element]:
    # Comments have a function instead of a name.
    return (element for element in root.iter() if isinstance(element.tag, str))


def _name(tag: str) -> tuple[str, str]:
    """Namespace and lower-case name of ``{namespace}name``."""
    namespace, _brace, name = tag.rpartition("}")
    return namespace.lstrip("{"), name.lower()


def _check_element(element: Element) -> None:
    namespace, name = _name(element.tag)
    if name == "script":
        raise UnsafeDrawing("svg_script")
    if name in _ACTING or namespace == _XHTML:
        raise UnsafeDrawing("svg_foreign", name)
    if name == "style":
        _check_style("".join(element.itertext()))
    for attribute, value in element.attrib.items():
        _check_attribute(name, *_name(attribute), value)


def _check_attribute(element: str, namespace: str, attribute: str, value: str) -> None:
    if attribute.startswith("on"):
        raise UnsafeDrawing("svg_handler", attribute)
    if element in _ANIMATING and attribute == "attributename":
        target = value.strip().lower().rpartition(":")[2]
        if target in _REFERENCE or target.startswith("on"):
            raise UnsafeDrawing("svg_handler", target)
    if attribute in _REFERENCE:
        if not value.strip().startswith("#") and not _EMBEDDED_PICTURE.fullmatch(value.strip()):
            raise UnsafeDrawing("svg_reference", value.strip()[:60])
    elif attribute == "base":
        raise UnsafeDrawing("svg_reference", value.strip()[:60])
    elif attribute == "style":
        _check_style(value)
    else:
        # An escape in a paint (``fill="u\72l(…)"``) would hide an address.
        if not namespace and re.search(r"\\[0-9a-fA-F]", value):
            raise UnsafeDrawing("svg_style", value.strip()[:60])
        _check_urls(value)


def _check_style(text: str) -> None:
    trick = _STYLE_TRICK.search(text)
    if trick:
        raise UnsafeDrawing("svg_style", trick.group())
    _check_urls(_EMBEDDED_FONT.sub("url(#)", text))


def _check_urls(text: str) -> None:
    # What takes a picture fetches it in other ways, too: ``mask="image-set(…)"``.
    fetching = _FETCHING.search(text)
    if fetching:
        raise UnsafeDrawing("svg_reference", fetching.group())
    for match in _STYLE_URL.finditer(text):
        if match.group(1) != "#":
            raise UnsafeDrawing("svg_reference", match.group()[:60])
