"""The geometry of the site: the pointed arch, the mark, and covers generated from titles.

Everything here is text in, SVG text out, without Django: the same title gives the same picture on every machine.
Shapes carry class names (``f-brick``, ``s-orbit``); the theme gives them their colours.
"""

import functools
import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeVar

EQUILATERAL = math.sqrt(3) / 2

MOTIFS = ("bridge", "orbits", "window", "bond", "gables", "dialogue", "cutouts")
# Ground, two colours of shapes, the sun, and a quiet fifth.
PALETTES = (
    ("sand", "brick", "river", "amber", "blush"),
    ("blush", "brick", "ink", "amber", "sand"),
    ("sky", "river", "moss", "brick", "sand"),
    ("sage", "moss", "brick", "amber", "sand"),
    ("amber", "brick", "ink", "cream", "sand"),
    ("river", "sky", "amber", "brick", "sand"),
    ("brick", "blush", "amber", "ink", "sand"),
    ("moss", "sage", "amber", "brick", "sand"),
)
DARK_GROUNDS = {"river", "brick", "moss", "ink"}
# Where a kind has no size of its own given, this is its shape.
SIZES = {"publication": (240, 320), "film": (480, 270), "course": (400, 300)}

Palette = tuple[str, str, str, str, str]
T = TypeVar("T")


def seed_of(title: str) -> int:
    """The number that stands for a title. Store the first published title, and a later edit keeps its picture."""
    return int.from_bytes(hashlib.sha256(unicodedata.normalize("NFC", title.strip()).encode()).digest(), "big")


def read_seed(value: int | str | None, title: str) -> int:
    """A stored seed: a number, a digest, or the first published title; where none is stored, the title's own."""
    if isinstance(value, int):
        return abs(value)
    if value:
        # A stored digest is at least half a digest long; anything else is a title itself.
        return int(value, 16) if re.fullmatch(r"[0-9a-f]{32,64}", value) else seed_of(value)
    return seed_of(title)


def motif_of(seed: int) -> str:
    """The motif of a seed."""
    return MOTIFS[seed % len(MOTIFS)]


def palette_of(seed: int) -> int:
    return (seed // len(MOTIFS)) % len(PALETTES)


class Dice:
    """A stream of numbers that depends on the seed alone and not on the version of Python's generator."""

    def __init__(self, seed: int) -> None:
        self._numbers = self._stream(seed // (len(MOTIFS) * len(PALETTES)))

    @staticmethod
    def _stream(seed: int) -> Iterator[int]:
        round_number = 0
        while True:
            block = hashlib.sha256(f"{seed}:{round_number}".encode()).digest()
            yield from (int.from_bytes(block[i : i + 4], "big") for i in range(0, 32, 4))
            round_number += 1

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * next(self._numbers) / 0xFFFFFFFF

    def below(self, count: int) -> int:
        return next(self._numbers) % count

    def pick(self, options: tuple[T, ...]) -> T:
        return options[self.below(len(options))]


def n(value: float) -> str:
    """A coordinate as short as it can be written."""
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"


def arch_path(x: float, top: float, width: float, bottom: float, ring: float = 0) -> str:
    """Path of an equilateral pointed arch; with ``ring``, the band of that thickness instead of the whole opening.

    Both arcs of one side share their centre, the opposite springing point: that is what makes two arches meet cleanly.
    """
    half = width / 2
    spring = min(top + width * EQUILATERAL, bottom)
    radius = width if spring < bottom else _radius(half, bottom - top)
    outer = (
        f"M{n(x)} {n(bottom)}V{n(spring)}A{n(radius)} {n(radius)} 0 0 1 {n(x + half)} {n(top)}"
        f"A{n(radius)} {n(radius)} 0 0 1 {n(x + width)} {n(spring)}V{n(bottom)}"
    )
    if not ring:
        return outer + "Z"
    inner_radius = radius - ring
    rise = math.sqrt(inner_radius**2 - (radius - half) ** 2)
    return outer + (
        f"H{n(x + width - ring)}V{n(spring)}A{n(inner_radius)} {n(inner_radius)} 0 0 0 {n(x + half)} {n(spring - rise)}"
        f"A{n(inner_radius)} {n(inner_radius)} 0 0 0 {n(x + ring)} {n(spring)}V{n(bottom)}Z"
    )


def _radius(half: float, rise: float) -> float:
    """Radius of the arc that climbs ``rise`` over ``half`` when there is no room for the equilateral form."""
    return max((half**2 + rise**2) / (2 * half), half)


def pier_path(x: float, spring: float, width: float, ring: float, bottom: float) -> str:
    """The part that two neighbouring arches share, where the second is shifted by ``width - ring``."""
    half = ring / 2
    rise = math.sqrt(width**2 - (width - half) ** 2)
    return (
        f"M{n(x)} {n(bottom)}V{n(spring)}A{n(width)} {n(width)} 0 0 1 {n(x + half)} {n(spring - rise)}"
        f"A{n(width)} {n(width)} 0 0 1 {n(x + ring)} {n(spring)}V{n(bottom)}Z"
    )


def disc(x: float, y: float, radius: float, colour: str) -> str:
    return f'<circle class="f-{colour}" cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"/>'


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<path class="f-{colour}" d="M{n(x)} {n(y)}h{n(width)}v{n(height)}h{n(-width)}z"/>'


def ring(x: float, y: float, radius: float, line: str = "orbit", width: float = 1.2) -> str:
    return f'<circle class="s-{line}" stroke-width="{n(width)}" cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"/>'


def planet(x: float, y: float, orbit: float, degrees: float, radius: float, colour: str) -> str:
    """A disc on a ring; 0 degrees is to the right, and it turns as a clock does backwards."""
    angle = math.radians(degrees)
    return disc(x + orbit * math.cos(angle), y - orbit * math.sin(angle), radius, colour)


@functools.lru_cache(maxsize=256)
def mark(variant: str = "") -> str:
    """The mark, 46 by 44 units: two pointed arches that share a pier, and a circle above it."""
    spring, bottom = 25.0, 44.0
    top = spring - 24 * EQUILATERAL
    css = f"mark mark--{variant}" if variant else "mark"
    return (
        f'<svg class="{css}" viewBox="0 0 46 44" width="46" height="44" aria-hidden="true" focusable="false">'
        f'<path class="mark-a" d="{arch_path(2, top, 24, bottom, 6)}"/>'
        f'<path class="mark-b" d="{arch_path(20, top, 24, bottom, 6)}"/>'
        f'<path class="mark-c" d="{pier_path(20, spring, 24, 6, bottom)}"/>'
        f'<circle class="mark-o" cx="23" cy="4" r="3.6"/></svg>'
    )


# --- Covers ------------------------------------------------------------------------------------------------------


def _bridge(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    water = h * 0.8
    count = 3 if w > h else 2
    thick = w * (0.062 if count == 2 else 0.068)
    span = (w + thick * (count - 1)) / count
    top = water - span * EQUILATERAL - h * (0.02 if w > h else 0.1)
    pier = 1 + dice.below(count - 1)
    x = pier * (span - thick) + thick / 2
    y = top + span * 0.1
    base = min(w, h) * 0.5
    line = "cream" if ground in DARK_GROUNDS else "orbit"
    turn = dice.between(0, 50)
    out = [ring(x, y, base * part, line, 0.007 * base + 0.6) for part in (0.42, 0.75, 1.08)]
    out += [
        planet(x, y, base * 0.42, 150 - turn / 2, base * 0.05, a),
        planet(x, y, base * 0.75, 135 + turn / 2, base * 0.065, b),
    ]
    out += [planet(x, y, base * 1.08, 140 - turn, base * 0.075, tint), disc(x, y, base * 0.2, sun)]
    for index in range(count):
        path = arch_path(index * (span - thick), top, span, water, thick)
        out.append(f'<path class="f-{(a, b)[index % 2]}" d="{path}"/>')
    out.append(rect(0, water, w, h - water, b if ground != b else a))
    for row in range(1, 4):
        for column in range(2):
            at = w * (0.08 + 0.45 * column + dice.between(0, 0.3))
            out.append(rect(at, water + (h - water) * row / 4, w * dice.between(0.14, 0.3), max(1.2, h * 0.008), tint))
    return "".join(out)


def _orbits(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    cx, cy, reach = dice.pick(((0.0, h, 1.0), (w, h, 1.0), (w / 2, h, 0.75), (0.0, 0.0, 1.0), (w, 0.0, 1.0)))
    full = math.hypot(w, h) * 0.74 * reach
    out = [
        disc(cx, cy, full * part, colour)
        for part, colour in ((1, tint), (0.8, a), (0.61, ground), (0.46, b), (0.22, sun))
    ]
    toward = math.degrees(math.atan2(cy - h / 2, w / 2 - cx))
    for part, size, shift, colour in (
        (0.9, 0.055, dice.between(-12, 12), sun),
        (0.7, 0.035, dice.between(-24, 0), tint),
    ):
        line = "orbit" if part == 0.9 else ("cream" if a in DARK_GROUNDS else "orbit")
        out += [ring(cx, cy, full * part, line), planet(cx, cy, full * part, toward + shift, full * size, colour)]
    out.append(planet(cx, cy, full * 0.535, toward + dice.between(5, 30), full * 0.04, tint))
    return "".join(out)


def _window(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    strip = h * 0.036
    floor = h - strip
    outer = min(w * 0.86, (h * 0.9) / 1.15)
    out = []
    for part, colour in ((1, a), (0.78, tint), (0.56, b), (0.34, ground)):
        width = outer * part
        top = floor - (h * 0.91) * (0.16 + 0.84 * part) ** 1.08
        out.append(f'<path class="f-{colour}" d="{arch_path((w - width) / 2, top, width, floor)}"/>')
    out.append(rect(0, floor, w, strip, b))
    size = min(w, h)
    out.append(disc(w / 2, floor - h * dice.between(0.28, 0.36), size * 0.1, sun))
    corner = max(size * 0.14, (w - outer) / 4)
    height = h * dice.between(0.14, 0.2)
    return "".join([*out, disc(corner, height, size * 0.03, b), disc(w - corner, height, size * 0.03, sun)])


def _bond(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    course = min(w, h) / 7
    stretcher = course * 2.3
    mortar = course * 0.09
    bricks = []
    for row in range(math.ceil(h / course)):
        offset = -stretcher / 2 if row % 2 else -stretcher * 0.2
        bricks += [(offset + i * stretcher, row * course) for i in range(math.ceil(w / stretcher) + 2)]
    odd = {dice.below(len(bricks)): (b if turn % 3 else tint) for turn in range(16)}
    out = [
        rect(x + mortar / 2, y + mortar / 2, stretcher - mortar, course - mortar, odd.get(index, a))
        for index, (x, y) in enumerate(bricks)
    ]
    door = min(w * 0.56, h * 0.62)
    x = (w - door) / 2 + dice.between(-0.14, 0.14) * (w - door)
    top = h - door * 1.32
    out.append(f'<path class="f-{ground}" d="{arch_path(x, top, door, h)}"/>')
    out.append(f'<path class="f-{b}" d="{arch_path(x + door * 0.14, top + door * 0.23, door * 0.72, h)}"/>')
    return "".join([*out, disc(x + door / 2, h - door * 0.54, door * 0.17, sun)])


def gable(x: float, width: float, top: float, floor: float, steps: int, colour: str, window: str) -> str:
    """A stepped gable of a Toruń house with three pointed windows."""
    step = width / (2 * steps)
    rise = step * 1.1
    path = [f"M{n(x)} {n(floor)}V{n(top + rise * (steps - 1))}"]
    for _ in range(steps - 1):
        path.append(f"h{n(step)}v{n(-rise)}")
    path.append(f"h{n(2 * step)}")
    for _ in range(steps - 1):
        path.append(f"v{n(rise)}h{n(step)}")
    path.append(f"V{n(floor)}z")
    out = [f'<path class="f-{colour}" d="{"".join(path)}"/>']
    pane = width * 0.26
    height = pane * 1.25
    base = floor - width * 0.28
    for left, bottom in ((0.2, base), (0.54, base), (0.37, base - height * 1.3)):
        at = x + width * left
        out.append(f'<path class="f-{window}" d="{arch_path(at, bottom - height, pane, bottom)}"/>')
    return "".join(out)


def _gables(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    line = "cream" if ground in DARK_GROUNDS else "orbit"
    x, y, base = w * dice.pick((0.3, 0.5, 0.7)), h * 0.3, min(w, h) * 0.4
    out = [ring(x, y, base * part, line) for part in (0.42, 0.7, 0.98)]
    out.append(planet(x, y, base * 0.7, dice.between(20, 160), base * 0.075, b))
    out.append(planet(x, y, base * 0.98, dice.between(200, 340), base * 0.065, a))
    out.append(disc(x, y, base * 0.23, sun))
    width = w / 3
    heights = dice.pick(((0.48, 0.4, 0.58), (0.58, 0.46, 0.4), (0.42, 0.58, 0.48)))
    for index, colour in enumerate((b, tint, a)):
        top = h * (1 - heights[index])
        out.append(gable(index * width, width, top, h, 3 if w <= h else 4, colour, ground))
    return "".join(out)


def _dialogue(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    radius = min(w, h) * 0.46
    shift = radius * 0.17 * dice.pick((1, -1))
    x, y = w / 2, h / 2
    line = "cream" if ground in DARK_GROUNDS else "orbit"
    out = [ring(x, y, radius * 1.28, line)]
    out.append(planet(x, y, radius * 1.28, dice.between(35, 60), radius * 0.085, sun))
    for side, colour, centre in ((0, a, y + shift), (1, b, y - shift)):
        for part, fill in ((1, colour), (0.64, tint), (0.33, colour)):
            r = radius * part
            out.append(f'<path class="f-{fill}" d="M{n(x)} {n(centre - r)}a{n(r)} {n(r)} 0 0 {side} 0 {n(2 * r)}z"/>')
    return "".join([*out, disc(x, y, radius * 0.16, sun)])


def _cutouts(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    columns = 3 if w <= h * 1.2 else 5
    cell = w / columns
    colours = tuple(colour for colour in (a, b, sun, tint, a) if colour != ground)
    out = []
    for row in range(math.ceil(h / cell)):
        for column in range(columns):
            x, y, r, colour = column * cell, row * cell, cell, dice.pick(colours)
            shape = dice.below(4)
            if shape == 0:
                hole = dice.pick(tuple(c for c in (ground, sun, tint) if c != colour))
                out += [disc(x + r / 2, y + r / 2, r * 0.36, colour), disc(x + r / 2, y + r / 2, r * 0.14, hole)]
            elif shape == 1:
                out.append(f'<path class="f-{colour}" d="{arch_path(x + r * 0.08, y + r * 0.08, r * 0.84, y + r)}"/>')
            else:
                corners = ((x, y, 1, 1), (x + r, y, -1, 1), (x, y + r, 1, -1), (x + r, y + r, -1, -1))
                cx, cy, dx, dy = dice.pick(corners)
                sweep = 1 if dx * dy > 0 else 0
                arc = f"M{n(cx)} {n(cy)}h{n(dx * r)}A{n(r)} {n(r)} 0 0 {sweep} {n(cx)} {n(cy + dy * r)}z"
                out.append(f'<path class="f-{colour}" d="{arc}"/>')
    return "".join(out)


_DRAW: dict[str, Callable[[float, float, Palette, Dice], str]] = {
    "bridge": _bridge,
    "orbits": _orbits,
    "window": _window,
    "bond": _bond,
    "gables": _gables,
    "dialogue": _dialogue,
    "cutouts": _cutouts,
}


@functools.lru_cache(maxsize=256)
def cover(
    kind: str,
    title: str,
    width: int = 0,
    height: int = 0,
    seed: int | str | None = None,
    motif: str = "",
    palette: int | None = None,
    shape: str = "",
    uid: str = "",
) -> str:
    """The cover of a course, film or publication: always the same for the same title or stored seed.

    ``shape="arch"`` clips it to a pointed arch. ``uid`` must differ between two arch covers on one page.
    """
    number = read_seed(seed, title)
    w, h = (width, height) if width and height else SIZES.get(kind, SIZES["course"])
    colours = PALETTES[palette % len(PALETTES) if palette is not None else palette_of(number)]
    name = motif if motif in _DRAW else motif_of(number)
    picture = rect(0, 0, w, h, colours[0]) + _DRAW[name](w, h, colours, Dice(number))
    if shape == "arch":
        clip = f"arch-{uid or format(number % 0xFFFFFF, 'x')}"
        outline = f'<clipPath id="{clip}"><path d="{arch_path(0, 0, w, h)}"/></clipPath>'
        picture = f'{outline}<g clip-path="url(#{clip})">{picture}</g>'
    return (
        f'<svg class="cover cover--{kind}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        f'aria-hidden="true" focusable="false">{picture}</svg>'
    )
