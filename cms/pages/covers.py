"""Covers generated from titles: the same title gives the same picture on every machine.

Text in, SVG text out, without Django, like ``art``, whose geometry they use.
"""

import functools
import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeVar

from cms.pages.art import EQUILATERAL, arch_path, disc, gable, n, planet, rect, ring, whole_planet

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
SIZES = {"publication": (240, 320), "film": (480, 270), "course": (400, 300), "news": (480, 320)}

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


def _bridge(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    water = h * 0.8
    count = 2 if w <= h else 3 if w <= 2 * h else 5
    thick = w * {2: 0.062, 3: 0.068, 5: 0.04}[count]
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
        whole_planet((w, water), x, y, base * part, at, base * size, colour)
        for part, at, size, colour in (
            (0.42, 150 - turn / 2, 0.05, a),
            (0.75, 135 + turn / 2, 0.065, b),
            (1.08, 140 - turn, 0.075, tint),
        )
    ]
    out.append(disc(x, y, base * 0.2, sun))
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
        out.append(ring(cx, cy, full * part, line))
        out.append(whole_planet((w, h), cx, cy, full * part, toward + shift, full * size, colour))
    out.append(whole_planet((w, h), cx, cy, full * 0.535, toward + dice.between(5, 30), full * 0.04, tint))
    return "".join(out)


def _window(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    strip = h * 0.036
    floor = h - strip
    outer = min(w * 0.86, (h * 0.9) / 1.15)
    pitch = w / 3
    # A wide picture has room for three windows in a row.
    centres = (w / 2 - pitch, w / 2 + pitch, w / 2) if outer < pitch else (w / 2,)
    out = []
    for centre in centres:
        for part, colour in ((1, a), (0.78, tint), (0.56, b), (0.34, ground)):
            width = outer * part
            top = floor - (h * 0.91) * (0.16 + 0.84 * part) ** 1.08
            out.append(f'<path class="f-{colour}" d="{arch_path(centre - width / 2, top, width, floor)}"/>')
    out.append(rect(0, floor, w, strip, b))
    size = min(w, h)
    out.append(disc(w / 2, floor - h * dice.between(0.28, 0.36), size * 0.1, sun))
    corner = pitch if len(centres) > 1 else max(size * 0.14, (w - outer) / 4)
    height = h * dice.between(0.14, 0.2)
    return "".join([*out, disc(corner, height, size * 0.03, b), disc(w - corner, height, size * 0.03, sun)])


def _bond(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    course = h / round(7 * h / min(w, h))
    stretcher = course * 2.3
    mortar = course * 0.09
    bricks = []
    for row in range(round(h / course)):
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


def _gables(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    line = "cream" if ground in DARK_GROUNDS else "orbit"
    x, y, base = w * dice.pick((0.3, 0.5, 0.7)), h * 0.3, min(w, h) * 0.4
    out = [ring(x, y, base * part, line) for part in (0.42, 0.7, 0.98)]
    sky = (w, h * 0.45)
    out.append(whole_planet(sky, x, y, base * 0.7, dice.between(20, 160), base * 0.075, b))
    out.append(whole_planet(sky, x, y, base * 0.98, dice.between(200, 340), base * 0.065, a))
    out.append(disc(x, y, base * 0.23, sun))
    # As many houses as keep their upright form: three, and more in a wide picture.
    count = max(3, round(w / (h * 0.42)))
    width = w / count
    heights = dice.pick(((0.48, 0.4, 0.58), (0.58, 0.46, 0.4), (0.42, 0.58, 0.48)))
    for index in range(count):
        top = h * (1 - heights[index % 3])
        out.append(gable(index * width, width, top, h, 3 if w <= h else 4, (b, tint, a)[index % 3], ground))
    return "".join(out)


def _dialogue(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    radius = min(w, h) * 0.34
    shift = radius * 0.17 * dice.pick((1, -1))
    x, y = w / 2, h * 0.47
    line = "cream" if ground in DARK_GROUNDS else "orbit"
    out = [ring(x, y, radius * 1.28, line), rect(0, h * 0.9, w, h * 0.1, b)]
    out.append(planet(x, y, radius * 1.28, dice.between(35, 60), radius * 0.085, sun))
    for side, colour, centre in ((0, a, y + shift), (1, b, y - shift)):
        for part, fill in ((1, colour), (0.64, tint), (0.33, colour)):
            r = radius * part
            out.append(f'<path class="f-{fill}" d="M{n(x)} {n(centre - r)}a{n(r)} {n(r)} 0 0 {side} 0 {n(2 * r)}z"/>')
    return "".join([*out, disc(x, y, radius * 0.16, sun)])


def grid_of(w: float, h: float) -> tuple[int, int]:
    """Columns and rows of whole cells, as nearly square as a few of them can be: 4 by 3, 5 by 2, 7 by 4."""

    def strain(columns: int) -> float:
        rows = max(1, round(h * columns / w))
        return abs(w * rows / (h * columns) - 1) + 0.01 * columns

    columns = min(range(3, 8), key=strain)
    return columns, max(1, round(h * columns / w))


def _cutouts(w: float, h: float, palette: Palette, dice: Dice) -> str:
    ground, a, b, sun, tint = palette
    columns, rows = grid_of(w, h)
    across, down = w / columns, h / rows
    r = min(across, down)
    over = 0.5  # Neighbours of one colour overlap a little, so that no hairline of the ground shows between them.
    colours = tuple(colour for colour in (a, b, sun, tint, a) if colour != ground)
    out = []
    for row in range(rows):
        for column in range(columns):
            x, y, colour = column * across, row * down, dice.pick(colours)
            shape = dice.below(4)
            if shape == 0:
                hole = dice.pick(tuple(c for c in (ground, sun, tint) if c != colour))
                middle = (x + across / 2, y + down / 2)
                out += [disc(*middle, r * 0.36, colour), disc(*middle, r * 0.14, hole)]
            elif shape == 1:
                path = arch_path(x + across * 0.08, y + down * 0.08, across * 0.84, y + down + over)
                out.append(f'<path class="f-{colour}" d="{path}"/>')
            else:
                corners = ((0, 0, 1, 1), (1, 0, -1, 1), (0, 1, 1, -1), (1, 1, -1, -1))
                right, low, dx, dy = dice.pick(corners)
                cx, cy = x + right * across, y + low * down
                back_x, back_y = n(cx - dx * over), n(cy - dy * over)
                arc = (
                    f"M{back_x} {back_y}H{n(cx + dx * across)}V{n(cy)}A{n(across)} {n(down)} 0 0 "
                    f"{1 if dx * dy > 0 else 0} {n(cx)} {n(cy + dy * down)}H{back_x}z"
                )
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
