"""Free drawings of the films: stepped gables, trees, garlands, a laid table, open doors. No people, no faces."""

from __future__ import annotations

import math

from media.demo.kit import arch, box, disc, number, path
from media.demo.stage import GROUND


def gable(x: float, width: float, height: float, css: str, window: str = "art-cream", foot: float = GROUND) -> str:
    """A house with a stepped gable, windows and a door that are arches."""
    top, step = foot - height, width / 7
    rise = step * 1.15
    points = f"M{number(x)} {number(foot)}V{number(top + 3 * rise)}"
    points += "".join(f"h{number(step)}v{number(-rise)}" for _ in range(3))
    points += f"h{number(step)}" + "".join(f"v{number(rise)}h{number(step)}" for _ in range(3))
    svg = path(f"{points}V{number(foot)}z", f"f-{css}")
    side = width * 0.16
    for line in range(max(1, round((height - 3 * rise - width * 0.62) / (side * 2.1)))):
        y = top + 3 * rise + side * 0.4 + line * side * 2.1
        for column in range(3):
            svg += arch(x + width * (0.2 + 0.3 * column) - side / 2, y, side, side * 1.55, f"f-{window}")
    door = width * 0.3
    svg += arch(x + (width - door) / 2, foot - door * 1.55, door, door * 1.55, f"f-{window}")
    return svg + disc(x + width / 2, top + 2.1 * rise, step * 0.55, f"f-{window}")


def tree(x: float, width: float, height: float, css: str = "art-moss", foot: float = GROUND) -> str:
    trunk = box(x + width / 2 - 7, foot - 60, 14, 60, "f-art-ink")
    return trunk + arch(x, foot - height, width, height - 34, f"f-{css}")


def garland(x: float, y: float, width: float, drop: float, lights: int, colours: tuple[str, ...]) -> str:
    """Lamps on a line that hangs from both ends."""
    svg = path(
        f"M{number(x)} {number(y)}q{number(width / 2)} {number(2 * drop)} {number(width)} 0", "none s-art-ink", 3
    )
    for place in range(lights):
        share = (place + 0.5) / lights
        lamp_y = y + 4 * drop * share * (1 - share)
        svg += disc(x + width * share, lamp_y + 15, 15, f"f-{colours[place % len(colours)]}")
    return svg


def jug(x: float, y: float, scale: float = 1.0) -> str:
    """A jug that stands on the line y."""
    body = "M-24 -92H26V-74L36 0H-20L-10 -74z"
    water = "M-5 -54H20L26 -10H-10z"
    drawn = disc(30, -54, 17, "none s-art-river", 8) + path(body, "f-art-river") + path(water, "f-art-sky")
    return f'<g transform="translate({number(x)} {number(y)}) scale({scale:g})">{drawn}</g>'


def bowl(x: float, y: float, radius: float, css: str, full: str = "") -> str:
    """A bowl that stands on the line y, with a heap in it."""
    heap = (
        path(
            f"M{number(x - radius * 0.8)} {number(y - radius)}a{number(radius * 0.8)} {number(radius * 0.62)} 0 0 1 "
            f"{number(radius * 1.6)} 0z",
            f"f-{full}",
        )
        if full
        else ""
    )
    half = f"M{number(x - radius)} {number(y - radius)}a{number(radius)} {number(radius)} 0 0 0 {number(2 * radius)} 0z"
    return heap + path(half, f"f-{css}")


def steam(x: float, y: float) -> str:
    """Three lines of steam that rise from the point."""
    waves = (f"M{number(x + at)} {number(y)}q-14 -16 0 -32t0 -32" for at in (-34, 0, 34))
    return "".join(path(wave, "none s-art-orbit", 6) for wave in waves)


def cake(x: float, y: float) -> str:
    """A round cake on a stand."""
    stand = box(x - 5, y - 26, 10, 26, "f-art-ink") + box(x - 30, y - 5, 60, 5, "f-art-ink")
    body = box(x - 50, y - 74, 100, 42, "f-art-brick") + box(x - 50, y - 74, 100, 14, "f-art-blush")
    return stand + box(x - 62, y - 33, 124, 8, "f-art-ink") + body + disc(x, y - 82, 9, "f-art-amber")


def table(x: float, width: float, foot: float = GROUND) -> str:
    """A table with a cloth whose edge is a row of half discs; its top lies 150 over the foot."""
    top = foot - 150
    legs = "".join(box(at, top + 10, 14, 140, "f-art-ink") for at in (x + 34, x + width - 48))
    cloth = box(x, top, width, 40, "f-art-cream")
    scallops = round(width / 60)
    size = width / scallops / 2
    edge = "".join(disc(x + size + 2 * size * place, top + 40, size, "f-art-cream") for place in range(scallops))
    return legs + cloth + edge + box(x - 10, top - 6, width + 20, 14, "f-art-blush")


def laid_table(x: float, width: float, foot: float = GROUND) -> str:
    top = foot - 156
    things = bowl(x + width * 0.14, top, 42, "art-brick", "art-amber") + jug(x + width * 0.34, top)
    things += bowl(x + width * 0.55, top, 42, "art-river", "art-sage") + cake(x + width * 0.83, top)
    return things + table(x, width, foot)


def loudspeaker(x: float, foot: float = GROUND) -> str:
    body = box(x, foot - 168, 84, 168, "f-art-ink")
    return (
        body
        + disc(x + 42, foot - 62, 31, "f-art-sky")
        + disc(x + 42, foot - 62, 13, "f-art-ink")
        + disc(x + 42, foot - 128, 18, "f-art-sky")
    )


def podium(x: float, width: float, foot: float = GROUND) -> str:
    """A small stage: boards with brick bond, and an arch behind."""
    back = arch(x + width * 0.16, foot - 84 - width * 0.78, width * 0.68, width * 0.78, "f-art-river")
    back += arch(x + width * 0.29, foot - 84 - width * 0.52, width * 0.42, width * 0.52, "f-art-sky")
    boards = box(x, foot - 84, width, 84, "f-art-brick")
    lines = "".join(box(x, foot - 84 + 28 * line, width, 2.5, "f-art-blush") for line in (1, 2))
    for line in range(3):
        start = x + (33 if line % 2 else 66)
        places = range(int((x + width - start - 1) // 66) + 1)
        lines += "".join(box(start + 66 * place, foot - 84 + 28 * line, 2.5, 28, "f-art-blush") for place in places)
    return back + boards + lines


def door(x: float, width: float, css: str, inside: str = "", top: float = 110) -> str:
    """A pointed door that stands on the ground, with something in its opening."""
    ring = width * 0.15
    frame = arch(x, top, width, GROUND - top, f"f-{css}")
    opening = arch(x + ring, top + ring * 1.9, width - 2 * ring, GROUND - top - ring * 1.9, "f-art-cream")
    return frame + opening + inside


def clock(x: float, y: float, radius: float, hour: int, minute: int) -> str:
    """A clock without figures."""
    svg = disc(x, y, radius, "f-page s-art-ink", radius * 0.07)
    for place in range(12):
        angle = math.radians(30 * place)
        size = radius * (0.06 if place % 3 == 0 else 0.03)
        svg += disc(x + radius * 0.8 * math.sin(angle), y - radius * 0.8 * math.cos(angle), size, "f-art-ink")
    for share, length, width in (((hour % 12 + minute / 60) / 12, 0.46, 0.09), (minute / 60, 0.68, 0.06)):
        angle = 2 * math.pi * share
        end = f"L{number(x + radius * length * math.sin(angle))} {number(y - radius * length * math.cos(angle))}"
        svg += path(f"M{number(x)} {number(y)}{end}", "none s-art-ink", radius * width)
    return svg + disc(x, y, radius * 0.09, "f-art-brick")


def pot(x: float, y: float, scale: float = 1.0, css: str = "art-brick", *, steaming: bool = True) -> str:
    """A pot that stands on the line y, its middle at x."""
    body = box(-78, -104, 156, 104, f"f-{css}", 10) + box(-88, -112, 176, 18, "f-art-ink", 4)
    ears = "".join(disc(at, -66, 17, "none s-art-ink", 9) for at in (-84, 84))
    lid = path("M-70 -112a70 34 0 0 1 140 0z", f"f-{css}") + disc(0, -150, 11, "f-art-ink")
    drawn = ears + body + lid + (steam(0, -176) if steaming else "")
    return f'<g transform="translate({number(x)} {number(y)}) scale({scale:g})">{drawn}</g>'


def spoon(x: float, y: float, css: str, *, empty: bool = False) -> str:
    """A spoon that stands upright on the line y, or the empty place of one."""
    dashes = ' stroke-dasharray="7 6"'
    if empty:
        ring = disc(x, y - 78, 17, "none s-art-ink", 3).replace("/>", f"{dashes}/>")
        return ring + path(f"M{number(x)} {number(y - 61)}V{number(y)}", "none s-art-ink", 3).replace(
            "/>", f"{dashes}/>"
        )
    return disc(x, y - 78, 19, f"f-{css}") + box(x - 4, y - 64, 8, 64, f"f-{css}", 3)


def van(x: float, width: float, foot: float = GROUND) -> str:
    """A delivery van that drives to the right; its load is an arch."""
    height = width * 0.46
    load = box(x, foot - height - 24, width * 0.66, height, "f-art-brick", 4)
    cab = path(
        f"M{number(x + width * 0.68)} {number(foot - 24)}v{number(-height * 0.74)}h{number(width * 0.17)}"
        f"l{number(width * 0.15)} {number(height * 0.4)}v{number(height * 0.34)}z",
        "f-art-river",
    )
    pane = path(
        f"M{number(x + width * 0.73)} {number(foot - 24 - height * 0.4)}v{number(-height * 0.24)}h{number(width * 0.1)}"
        f"l{number(width * 0.09)} {number(height * 0.24)}z",
        "f-art-sky",
    )
    side = height * 0.42
    sign = arch(x + width * 0.33 - side / 2, foot - 24 - height * 0.86, side, height * 0.72, "f-art-cream")
    wheels = "".join(
        disc(x + width * at, foot - 26, width * 0.085, "f-art-ink") + disc(x + width * at, foot - 26, 10, "f-art-sand")
        for at in (0.2, 0.82)
    )
    return load + sign + cab + pane + wheels
