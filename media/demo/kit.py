"""Shapes of the drawn IT tool, for the drawings in the lessons and for the slides of the films.

A part is a function that draws itself into a place and tells how much room it took; `row` and `stack` put parts
together, so one description of a screen gives a wide drawing, a narrow one and a slide. The result is one SVG text with
its own colours for light and dark: no script, no reference to anything outside; `letters` adds the letters it shows.
Widths are those of the widest face that may be substituted (DejaVu Sans): what fits here fits everywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape

FONT = '"Atkinson Hyperlegible Next","Segoe UI",Arial,sans-serif'

# Tokens of the look: light, dark. Art colours start with "art-" and never carry small text.
COLOURS = {
    "paper": ("#FBF8F3", "#121826"),
    "page": ("#FFFFFF", "#1B2438"),
    "bar": ("#F5EEE2", "#192134"),
    "sand": ("#EADFCC", "#28334D"),
    "line": ("#DCCFB8", "#34405C"),
    "edge": ("#8A7F6C", "#8592AE"),
    "ink": ("#16264A", "#F3EDE2"),
    "muted": ("#5B6478", "#AEB8CB"),
    "brick": ("#9E3426", "#E8927C"),
    "river": ("#1F4E8C", "#9DB7E8"),
    "on-river": ("#FFFFFF", "#101828"),
    "moss": ("#2F5D50", "#8CC7AF"),
    "on-moss": ("#FFFFFF", "#0E1A16"),
    "amber": ("#F4B942", "#F4B942"),
    "tint-river": ("#E4ECF5", "#1D2C4A"),
    "tint-moss": ("#E3ECE4", "#1C332E"),
    "tint-amber": ("#FCEFD0", "#3A2F16"),
    "art-brick": ("#B5442F", "#C45E47"),
    "art-river": ("#2B62A6", "#4C7CBD"),
    "art-moss": ("#3D7361", "#427A68"),
    "art-amber": ("#F0B23E", "#F0B23E"),
    "art-ink": ("#16264A", "#0A0F1A"),
    "art-orbit": ("#16264A", "#B9C2D4"),
    "art-cream": ("#FBF3E4", "#EADFCC"),
    "art-sand": ("#EBDDC4", "#2A3146"),
    "art-blush": ("#EFC7B0", "#5C3A35"),
    "art-sky": ("#CADBEA", "#263A5A"),
    "art-sage": ("#C6D6C3", "#2A443E"),
}

# Share of the type size that a letter takes, rounded up; every other letter takes OTHER.
LETTERS = {
    0.30: "'Iijlł",
    0.35: " ,./:;|·\u00a0",
    0.40: "()-ft",
    0.45: "r!",
    0.55: "cszćśźż„”",
    0.60: "?Lkvxy–•",
    0.70: "ABEKPSVXYZĄĘŚŹŻ",
    0.75: "CNRUĆŃ",
    0.80: "&DGHOQÓ",
    0.85: "w+~",
    0.90: "M",
    1.00: "mW%@…",
}
WIDTHS = {letter: width for width, letters in LETTERS.items() for letter in letters}
OTHER = 0.65
BOLD = 1.12
LEADING = 1.35


@dataclass(frozen=True)
class Scale:
    """Sizes of one kind of drawing, in units of its view box."""

    width: int
    least: int
    pad: int
    text: int
    small: int
    title: int
    control: int
    gap: int
    outset: int  # from a thing to the middle of the amber frame round it; a gap holds the whole frame
    frame: int
    stroke: float
    narrow: bool = False


WIDE = Scale(
    width=960, least=480, pad=44, text=21, small=19, title=29, control=58, gap=26, outset=11, frame=7, stroke=2.5
)
NARROW = Scale(
    width=320,
    least=240,
    pad=18,
    text=17,
    small=16,
    title=21,
    control=46,
    gap=18,
    outset=7,
    frame=5,
    stroke=2,
    narrow=True,
)


@dataclass(frozen=True)
class Place:
    """Where a part begins and how wide it may become."""

    x: float
    y: float
    width: float
    scale: Scale
    least: float = 0  # height that a panel must have, to be as high as its neighbours

    def at(self, x: float, y: float, width: float | None = None) -> Place:
        return replace(self, x=x, y=y, width=self.width if width is None else width, least=0)


Rectangle = tuple[float, float, float, float]  # x, y, width, height
Spots = dict[str, Rectangle]


@dataclass(frozen=True)
class Drawn:
    """What a part has drawn, the room that it took, and the rectangles of its named spots."""

    svg: str
    width: float
    height: float
    spots: Spots = field(default_factory=dict)


Part = Callable[[Place], Drawn]


def number(value: float) -> str:
    """The shortest text of a coordinate, to a tenth of a unit."""
    return f"{round(value, 1):g}"


def measure(words: str, size: float, bold: bool = False) -> float:
    """The most that a line of text can take in any of the faces that may be substituted."""
    return sum(WIDTHS.get(letter, OTHER) for letter in words) * size * (BOLD if bold else 1)


def wrap(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break text into lines; a one-letter word or a number stays with the next. Longer than a line is an error."""
    bound = re.sub(r"(?<![^\s(„])([aiouwzAIOUWZ]|\d+|godz\.|ul\.) ", "\\1\u00a0", words)
    lines: list[str] = []
    for word in bound.split(" "):
        if measure(word, size, bold) > width:
            raise ValueError(f"{word!r} does not fit into {width:.0f} units at size {size}")
        if lines and measure(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def box(x: float, y: float, width: float, height: float, css: str, radius: float = 0, stroke: float = 0) -> str:
    """A rectangle; with a stroke it is the middle of the line that lies on the edge."""
    extra = (f' rx="{number(radius)}"' if radius else "") + (f' stroke-width="{number(stroke)}"' if stroke else "")
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect class="{css}" x="{number(x)}" y="{number(y)}" {size}{extra}/>'


def disc(x: float, y: float, radius: float, css: str, stroke: float = 0) -> str:
    extra = f' stroke-width="{number(stroke)}"' if stroke else ""
    return f'<circle class="{css}" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{extra}/>'


def path(points: str, css: str, stroke: float = 0) -> str:
    extra = f' stroke-width="{number(stroke)}"' if stroke else ""
    return f'<path class="{css}" d="{points}"{extra}/>'


def arch(x: float, y: float, width: float, height: float, css: str, stroke: float = 0) -> str:
    """An equilateral pointed arch that stands on the line y + height."""
    spring, foot = y + width * math.sqrt(3) / 2, y + height
    turn = f"A{number(width)} {number(width)} 0 0 1"
    points = (
        f"M{number(x)} {number(foot)}V{number(spring)}{turn} {number(x + width / 2)} {number(y)}"
        f"{turn} {number(x + width)} {number(spring)}V{number(foot)}z"
    )
    return path(points, css, stroke)


def tick(x: float, y: float, size: float, css: str) -> str:
    """A tick whose middle is the point."""
    down, right, up = number(size * 0.35), number(size * 0.62), number(-size * 0.7)
    points = f"M{number(x - size * 0.5)} {number(y)}l{down} {down} {right} {up}"
    return path(points, f"none {css}", size * 0.22)


def line_of(words: str, x: float, y: float, size: float, css: str, anchor: str = "") -> str:
    """One line of text in a line box whose top is y."""
    base = y + size * (LEADING / 2 + 0.35)
    place = f' text-anchor="{anchor}"' if anchor else ""
    css = f' class="{css}"' if css else ""
    return f'<text{css} x="{number(x)}" y="{number(base)}"{place}>{escape(words, quote=False)}</text>'


SIZES = {"text": "", "small": "small", "title": "title"}


def text(words: str, *, size: str = "text", bold: bool = False, tone: str = "", middle: bool = False) -> Part:
    """A paragraph; sizes are text, small and title (always bold), tones are colours."""
    bold = bold or size == "title"

    def draw(place: Place) -> Drawn:
        units = getattr(place.scale, size)
        lines = wrap(words, place.width, units, bold)
        css = " ".join(filter(None, (SIZES[size], "bold" if bold and size != "title" else "", tone and f"f-{tone}")))
        x, anchor = (place.x + place.width / 2, "middle") if middle else (place.x, "")
        svg = "".join(
            line_of(line, x, place.y + i * units * LEADING, units, css, anchor) for i, line in enumerate(lines)
        )
        return Drawn(svg, max(measure(line, units, bold) for line in lines), len(lines) * units * LEADING)

    return draw


def nothing(place: Place) -> Drawn:
    """An empty cell."""
    return Drawn("", 0, 0)


def rule(css: str = "f-line", height: float = 1.5) -> Part:
    """A hairline across the place."""
    return lambda place: Drawn(box(place.x, place.y, place.width, height, css), place.width, height)


def named(name: str, part: Part) -> Part:
    """Remember where the part stands, for a frame or a cursor that comes later."""

    def draw(place: Place) -> Drawn:
        drawn = part(place)
        return replace(drawn, spots={**drawn.spots, name: (place.x, place.y, drawn.width, drawn.height)})

    return draw


def frame_round(rectangle: Rectangle, scale: Scale) -> str:
    """The amber frame round the thing to press."""
    x, y, width, height = rectangle
    out = scale.outset
    return box(x - out, y - out, width + 2 * out, height + 2 * out, "none s-amber", 2, scale.frame)


def framed(part: Part) -> Part:
    """The part in an amber frame; the frame lies in the gaps round it and moves nothing."""

    def draw(place: Place) -> Drawn:
        drawn = part(place)
        return replace(drawn, svg=drawn.svg + frame_round((place.x, place.y, drawn.width, drawn.height), place.scale))

    return draw


def stack(*parts: Part, gap: float | None = None) -> Part:
    """Parts one under the other."""

    def draw(place: Place) -> Drawn:
        space_between = place.scale.gap if gap is None else gap
        y, width, svg = place.y, 0.0, ""
        spots: Spots = {}
        for part in parts:
            drawn = part(place.at(place.x, y))
            svg, width, spots = svg + drawn.svg, max(width, drawn.width), {**spots, **drawn.spots}
            y += drawn.height + space_between
        return Drawn(svg, width, y - space_between - place.y, spots)

    return draw


def row(
    *parts: Part, weights: tuple[float, ...] = (), align: str = "start", keep: bool = False, gap: float | None = None
) -> Part:
    """Parts side by side, in a narrow drawing one under the other unless kept.

    Weight 0 is the part's own width; align is start, middle, end or stretch (panels of one height).
    """
    shares = weights or (1,) * len(parts)

    def draw(place: Place) -> Drawn:
        if place.scale.narrow and not keep:
            return stack(*parts)(place)
        space_between = place.scale.gap if gap is None else gap
        own = [0 if share else part(place).width for part, share in zip(parts, shares, strict=True)]
        left = place.width - sum(own) - space_between * (len(parts) - 1)
        widths = [width or left * share / sum(shares) for width, share in zip(own, shares, strict=True)]
        heights = [part(place.at(place.x, place.y, width)).height for part, width in zip(parts, widths, strict=True)]
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0, "stretch": 0.0}[align]
        x, svg = place.x, ""
        spots: Spots = {}
        for part, width, height in zip(parts, widths, heights, strict=True):
            cell = place.at(x, place.y + (max(heights) - height) * shift, width)
            drawn = part(replace(cell, least=max(heights) if align == "stretch" else 0))
            svg, spots = svg + drawn.svg, {**spots, **drawn.spots}
            x += width + space_between
        return Drawn(svg, x - space_between - place.x, max(heights), spots)

    return draw


def one_of(wide: Part, narrow: Part) -> Part:
    """Two ways to draw the same, where stacking alone does not do."""
    return lambda place: (narrow if place.scale.narrow else wide)(place)


def panel(part: Part, css: str = "f-page s-edge", pad: float | None = None, stroke: float | None = None) -> Part:
    """A box with the part in it, as wide as its place."""

    def draw(place: Place) -> Drawn:
        inset = place.scale.gap if pad is None else pad
        drawn = part(place.at(place.x + inset, place.y + inset, place.width - 2 * inset))
        edge = (place.scale.stroke if stroke is None else stroke) if " s-" in css else 0
        height = max(drawn.height + 2 * inset, place.least)
        svg = box(place.x, place.y, place.width, height, css, 5, edge) + drawn.svg
        return Drawn(svg, place.width, height, drawn.spots)

    return draw


def style_of(body: str, scale: Scale) -> str:
    """The style sheet for the classes that the body uses: colours as custom properties, light and dark."""
    used = sorted({css for group in re.findall(r'class="([^"]+)"', body) for css in group.split()} | {"f-ink"})
    names = sorted({css[2:] for css in used if css[:2] in ("f-", "s-")})
    light, dark = ("".join(f"--{name}:{COLOURS[name][theme]};" for name in names) for theme in (0, 1))
    weight = {
        "none": ".none{fill:none}",
        "bold": ".bold{font-weight:700}",
        "small": f".small{{font-size:{scale.small}px}}",
        "title": f".title{{font-size:{scale.title}px;font-weight:700}}",
    }
    # Text rules come first, so that a tone of its own wins over the ink of plain text.
    rules = [f"text{{font:400 {scale.text}px {FONT};fill:var(--ink)}}"]
    rules += [weight[css] for css in used if css in weight]
    rules += [f".{css}{{fill:var(--{css[2:]})}}" for css in used if css.startswith("f-")]
    rules += [f".{css}{{stroke:var(--{css[2:]})}}" for css in used if css.startswith("s-")]
    return f"<style>svg{{{light}}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}{''.join(rules)}</style>"


def document(title: str, body: str, width: float, height: float, scale: Scale) -> str:
    """A whole SVG file."""
    size = f'width="{number(width)}" height="{number(height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {number(width)} {number(height)}" lang="pl">'
    return f"{head}\n<title>{escape(title, quote=False)}</title>\n{style_of(body, scale)}\n{body}\n</svg>\n"
