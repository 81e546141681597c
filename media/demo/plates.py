"""Plates of the films that explain: title, card of a chapter, words beside a drawing, a figure, a list that grows.

Their type is large, because the same plate is looked at on a telephone: no letter is lower than 36 px.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from media.demo.kit import (
    LEADING,
    Drawn,
    Part,
    Place,
    Scale,
    arch,
    box,
    disc,
    line_of,
    measure,
    nothing,
    stack,
    text,
    tick,
)
from media.demo.stage import GROUND, LargeType, Slide, water

PLATE = Scale(
    width=1280, least=720, pad=56, text=50, small=44, title=60, control=84, gap=26, outset=11, frame=8, stroke=3
)
LARGE: tuple[LargeType, ...] = (
    ("display", 88, 790),
    ("amount", 112, 600),
    ("numeral", 40, 700),
    ("name", 36, 700),
)
# The sheet with the words, and the words on it.
SHEET, LEFT, RIGHT = 450, 508, 1244


def sky(css: str = "art-sky") -> str:
    return box(0, 0, 1280, 720, f"f-{css}")


def orbit(x: float, y: float, radius: float, angle: float, css: str = "art-brick", size: float = 17) -> str:
    """A ring with one planet on it; the angle is in degrees, from the right and upwards."""
    turn = math.radians(angle)
    planet = disc(x + radius * math.cos(turn), y - radius * math.sin(turn), size, f"f-{css}")
    return disc(x, y, radius, "none s-art-orbit", 2.5) + planet


def display(words: str, x: float, y: float) -> str:
    return line_of(words, x, y, 88, "display")


def title_card(lines: Sequence[str], art: str, tags: Sequence[str] = ()) -> Drawn:
    """The first plate, and the poster: the name of the film, what it is, and a drawing on the right."""
    svg = sky() + art + water() + line_of("Akademia Współpracy", 72, 56, 36, "name f-brick")
    svg += "".join(display(line, 68, 108 + 90 * number) for number, line in enumerate(lines))
    y = 108 + 90 * len(lines) + 34
    for words in tags:
        width = measure(words, 36, bold=True) + 28
        svg += box(72, y, width, 60, "f-page s-ink dashed", 3, 3)
        svg += line_of(words, 72 + width / 2, y + 5, 36, "name", "middle")
        y += 78
    return Drawn(svg, 1280, 720)


def chapter_card(eyebrow: str, lines: Sequence[str], css: str, inside: str) -> Slide:
    """The plate that opens a chapter: its arch, and a planet that goes once along its orbit."""

    def draw(share: float) -> Drawn:
        svg = sky() + disc(640, GROUND, 640, "f-art-cream")
        svg += orbit(330, 330, 250, 205 - 150 * share, "art-amber" if css != "art-amber" else "art-brick", 20)
        svg += arch(180, 130, 300, GROUND - 130, f"f-{css}") + arch(225, 230, 210, GROUND - 230, "f-art-cream")
        svg += inside + water()
        y = 330 - (44 if eyebrow else 0) - 48 * len(lines)
        if eyebrow:
            svg += line_of(eyebrow, 640, y, 56, "title f-muted")
            y += 84
        return Drawn(svg + "".join(display(line, 636, y + 96 * n) for n, line in enumerate(lines)), 1280, 720)

    return draw


def big(words: str) -> Part:
    """A figure that answers the plate."""

    def draw(place: Place) -> Drawn:
        width = measure(words, 112, bold=True) * 0.9
        if width > place.width:
            raise ValueError(f"{words!r} is too wide")
        return Drawn(line_of(words, place.x - 4, place.y, 112, "amount"), width, 112 * LEADING * 0.92)

    return draw


def beside(art: str, words: Part, edge: str = "art-brick", whole: Part | None = None, ground: str = "art-sky") -> Drawn:
    """A drawing on the left, words on a sheet of paper on the right; as high as the whole where it grows."""
    place = Place(LEFT, 0, RIGHT - LEFT, PLATE)
    height = (whole or words)(place).height
    if height > GROUND - 60:
        raise ValueError(f"a plate is {height - GROUND + 60:.0f} too high")
    svg = sky(ground) + art + water()
    svg += box(SHEET, 0, 1280 - SHEET, GROUND, "f-paper") + box(SHEET, 0, 12, GROUND, f"f-{edge}")
    drawn = words(place.at(LEFT, max(30, (GROUND - height) / 2 - 6)))
    return Drawn(svg + drawn.svg, 1280, 720, drawn.spots)


def heading(words: str) -> Part:
    return text(words, size="title")


def said(*parts: str | Part, gap: float = 30) -> Part:
    """Paragraphs; the first is the heading."""
    first, *rest = parts
    top = heading(first) if isinstance(first, str) else first
    return stack(top, *(text(part) if isinstance(part, str) else part for part in rest), gap=gap)


def sign(css: str, mark: str) -> Part:
    """An arch with a number in it, or with a tick."""

    def draw(place: Place) -> Drawn:
        dark = css in ("art-brick", "art-river", "art-moss", "art-ink")
        svg = arch(place.x, place.y - 6, 58, 74, f"f-{css}")
        if mark:
            svg += line_of(mark, place.x + 29, place.y + 10, 40, f"numeral{' f-page' if dark else ''}", "middle")
        else:
            svg += tick(place.x + 29, place.y + 40, 26, "s-page" if dark else "s-ink")
        return Drawn(svg, 58, 68)

    return draw


def item(css: str, mark: str, words: str, *, bold: bool = False, size: str = "small") -> Part:
    """One line of a list: its sign and its words, which stand in the middle of the sign when they are one line."""

    def draw(place: Place) -> Drawn:
        units = getattr(place.scale, size)
        mark_drawn = sign(css, mark)(place)
        inside = place.at(place.x + 84, place.y, place.width - 84)
        lines = text(words, size=size, bold=bold)
        shift = max(0.0, (68 - lines(inside).height) / 2)
        drawn = lines(inside.at(inside.x, place.y + shift + units * 0.04))
        return Drawn(mark_drawn.svg + drawn.svg, 84 + drawn.width, max(68, drawn.height + shift))

    return draw


def listed(title: str, items: Sequence[Part], shown: int, gap: float = 22) -> Part:
    """A heading and as many lines of the list as are shown."""
    return stack(heading(title), *items[:shown], *([] if shown else [nothing]), gap=gap)


def growing(
    name: str, art: str, title: str, items: Sequence[Part], edge: str, ground: str = "art-sky"
) -> dict[str, Slide]:
    """The plates name-0, name-1 …, on which a list grows line by line and nothing that stands there moves."""
    whole = listed(title, items, len(items))
    return {
        f"{name}-{shown}": beside(art, listed(title, items, shown), edge, whole, ground)
        for shown in range(len(items) + 1)
    }
