"""Drawings: what is only drawn passes, everything that acts or fetches is refused."""

import pytest

from media.svg import MAX_BYTES, UnsafeDrawing, check_drawing
from tests.rule_marks import ROOT

pytestmark = pytest.mark.rule("media-10")

X = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
FONT = "url(data:font/woff2;base64,d09GMgABAAA=)"


def svg(inside: str, attributes: str = "") -> bytes:
    return f'<svg {X} viewBox="0 0 10 10" {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "content",
    [
        svg('<path d="M0 0h9"/><text fill="#123">Zażółć</text>'),
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<!-- rysunek -->' + svg("<g/>"),
        svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="stroke:url( \'#a\' )"/><use href="#a"/>'),
        svg(f'<use {XLINK} xlink:href="#a"/>'),
        svg("<style>.a { fill: red; mask: url(#b) }</style><title>Opis</title>"),
        svg(f"<style>@font-face{{font-family:a;src:{FONT}}}</style><text>Zażółć</text>"),
        svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'),
        svg('<animate attributeName="opacity" to="0"/>'),
        svg('<i:layer xmlns:i="http://www.inkscape.org/" i:label="C:\\\\dom"/>'),
    ],
)
def test_drawings_that_only_draw(content: bytes) -> None:
    check_drawing(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "svg_broken"),
        (b"not xml", "svg_broken"),
        (b"<svg", "svg_broken"),
        (b"<html><body/></html>", "svg_broken"),
        (b"<svg><g/></svg>", "svg_broken"),
        (svg("<g/>").decode().encode("utf-16"), "svg_broken"),
        (b'<?xml version="1.0" encoding="no-such"?>' + svg("<g/>"), "svg_broken"),
        (svg(" " * MAX_BYTES), "svg_too_large"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("<text>&a;</text>"), "svg_doctype"),
        (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/svg11.dtd">' + svg(""), "svg_doctype"),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>"), "svg_doctype"),
        (svg("<script>alert(1)</script>"), "svg_script"),
        (svg('<SCRIPT href="#a"/>'), "svg_script"),
        (svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'), "svg_script"),
        (svg("", 'onload="alert(1)"'), "svg_handler"),
        (svg('<path OnClick="alert(1)"/>'), "svg_handler"),
        (svg('<a href="#a"><set attributeName="href" to="javascript:alert(1)"/></a>'), "svg_handler"),
        (svg('<animate attributeName="xlink:href" values="javascript:alert(1)"/>'), "svg_handler"),
        (svg('<animate attributeName=" onmouseover " to="alert(1)"/>'), "svg_handler"),
        (svg("<foreignObject><b/></foreignObject>"), "svg_foreign"),
        (svg('<h:img xmlns:h="http://www.w3.org/1999/xhtml"/>'), "svg_foreign"),
        (svg("<iframe/>"), "svg_foreign"),
        (svg('<use href="https://example.org/a.svg#a"/>'), "svg_reference"),
        (svg(f'<image {XLINK} xlink:href="//example.org/a.png"/>'), "svg_reference"),
        (svg('<a href="javascript:alert(1)"/>'), "svg_reference"),
        (svg('<a href=" java&#10;script:alert(1)"/>'), "svg_reference"),
        (svg('<image href="data:image/svg+xml;base64,PHN2Zz4="/>'), "svg_reference"),
        (svg('<use href="data:text/html,x"/>'), "svg_reference"),
        (svg("", 'xml:base="https://example.org/"'), "svg_reference"),
        (svg('<rect fill="url(https://example.org/a.svg#a)"/>'), "svg_reference"),
        (svg("<rect style=\"fill: url( 'http://example.org/' )\"/>"), "svg_reference"),
        (svg("<style>@font-face { src: url(//example.org/f.woff) }</style>"), "svg_reference"),
        (svg("<style>@font-face { src: url(data:font/svg;base64,PHN2Zz4=) }</style>"), "svg_reference"),
        (svg("<style>@font-face { src: url(data:font/woff2,plain) }</style>"), "svg_reference"),
        (svg(f"<style>@font-face {{ src: {FONT}, url(//example.org/f.woff2) }}</style>"), "svg_reference"),
        (svg(f"<style>a {{ b: u{FONT}rl(//example.org) url(https://example.org) }}</style>"), "svg_reference"),
        (svg(f"<style>@import {FONT}</style>"), "svg_style"),
        (svg(f"<style>a {{ b: image-set({FONT}) }}</style>"), "svg_style"),
        (svg(f'<rect fill="{FONT}"/>'), "svg_reference"),
        (b'<?xml-stylesheet href="https://example.org/a.css"?>' + svg("<g/>"), "svg_reference"),
        (svg("<rect mask=\"image-set('http://example.org/a.png')\"/>"), "svg_reference"),
        (svg("<style>@IMPORT 'https://example.org/a.css'</style>"), "svg_style"),
        (svg("<style>a { b: u\\72l(//example.org) }</style>"), "svg_style"),
        (svg('<rect fill="u\\72l(//example.org)"/>'), "svg_style"),
        (svg('<rect style="width: expression(alert(1))"/>'), "svg_style"),
    ],
)
def test_drawings_that_act_or_fetch(content: bytes, code: str) -> None:
    with pytest.raises(UnsafeDrawing) as caught:
        check_drawing(content)
    assert caught.value.code == code


def test_the_drawings_of_the_project_pass() -> None:
    drawings = [*(ROOT / "courses" / "catalogue" / "demo" / "drawings").glob("*.svg"), *(ROOT / "cms").rglob("*.svg")]
    assert drawings
    for path in drawings:
        check_drawing(path.read_bytes())


def test_the_screens_in_lessons_bring_their_letters_and_stay_small() -> None:
    for path in (ROOT / "courses" / "catalogue" / "demo" / "drawings").glob("*.svg"):
        content = path.read_text(encoding="utf-8")
        assert content.count("@font-face") == content.count("url(data:font/woff2;base64,") == 2, path.name
        assert len(content) <= 25_000, path.name
