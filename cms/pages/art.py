"""The geometry of the site: the pointed arch, the mark, the gable, the circle and its planets.

Everything here is numbers in, SVG text out, without Django. Shapes carry class names (``f-brick``, ``s-orbit``); the
theme gives them their colours.
"""

import functools
import math

EQUILATERAL = math.sqrt(3) / 2


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


def whole_planet(
    frame: tuple[float, float], x: float, y: float, orbit: float, degrees: float, radius: float, colour: str
) -> str:
    """A planet that stands in the picture as a whole: where the edge would cut it, it moves on along its ring."""
    for turn in range(0, 181, 4):
        for at in (degrees + turn, degrees - turn):
            angle = math.radians(at)
            far = (x + orbit * math.cos(angle), y - orbit * math.sin(angle))
            if all(1.5 * radius <= place <= side - 1.5 * radius for place, side in zip(far, frame, strict=True)):
                return disc(*far, radius, colour)
    return ""


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


def gable(x: float, width: float, top: float, floor: float, steps: int, colour: str, window: str) -> str:
    """A stepped gable of a Toruń house with three pointed windows, or two where it is too low for a third above."""
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
    windows = ((0.2, base), (0.54, base), (0.37, base - height * 1.3))
    for left, bottom in windows if floor - top > width * 1.12 else windows[:2]:
        at = x + width * left
        out.append(f'<path class="f-{window}" d="{arch_path(at, bottom - height, pane, bottom)}"/>')
    return "".join(out)


ART = {
    "brick": "#b5442f", "river": "#2b62a6", "moss": "#3d7361", "amber": "#f0b23e", "ink": "#16264a", "cream": "#fbf3e4",
    "sand": "#ebddc4", "blush": "#efc7b0", "sky": "#cadbea", "sage": "#c6d6c3", "mortar": "#d98468", "orbit": "#16264a",
}  # fmt: skip
"""The colours of drawings on paper (``cms/static/css/tokens/color.css``), where no stylesheet names them."""


def standing_alone(svg: str) -> str:
    """``svg`` as a picture of its own, which knows the colours of the light scheme itself and needs no stylesheet."""
    for name, colour in ART.items():
        svg = svg.replace(f'class="f-{name}"', f'fill="{colour}"')
        svg = svg.replace(f'class="s-{name}"', f'fill="none" stroke="{colour}"')
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
