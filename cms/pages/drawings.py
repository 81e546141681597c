"""Drawings that are the same on every page: the front page, progress, the small certificate, a film's strip.

Text in, SVG text out, without Django, like ``art``, whose geometry they use.
"""

import functools
import math
from html import escape

from cms.pages.art import EQUILATERAL, arch_path, disc, gable, mark, n, pier_path, planet, rect, ring

BRICK_BOND = (
    '<pattern id="{uid}" width="46" height="40" patternUnits="userSpaceOnUse"><path class="f-brick" d="M0 0h46v40H0z"/>'
    '<path class="s-mortar" stroke-width="1.6" d="M0 .8h46M0 20.8h46M.8 0v20M23.8 20v20"/></pattern>'
)


def _svg(css: str, width: float, height: float, inner: str, left: float = 0, top: float = 0) -> str:
    return (
        f'<svg class="{css}" viewBox="{n(left)} {n(top)} {n(width)} {n(height)}" '
        f'width="{n(width)}" height="{n(height)}" aria-hidden="true" focusable="false">{inner}</svg>'
    )


@functools.lru_cache(maxsize=256)
def hero(uid: str = "hero") -> str:
    """Two arches on one pier over the water, four orbits centred above that pier."""
    width, band, water = 372, 62, 603
    top = 211
    spring = top + width * EQUILATERAL
    x, y = width - band / 2, 330
    above = f'<clipPath id="{uid}-sky"><path d="M-60-2h800v{water + 2}H-60z"/></clipPath>'
    out = [f"<defs>{BRICK_BOND.format(uid=uid)}{above}</defs>"]
    sky = "".join(ring(x, y, radius, width=1.6) for radius in (108, 178, 252, 330))
    out.append(f'<g clip-path="url(#{uid}-sky)">{sky}</g>')
    out += [
        planet(x, y, 330, 160, 26, "blush"),
        planet(x, y, 252, 118, 14, "river"),
        planet(x, y, 330, 52, 12, "brick"),
    ]
    out += [planet(x, y, 178, 38, 19.5, "moss"), planet(x, y, 252, 20, 8, "orbit"), disc(x, y, 64, "amber")]
    left, right = arch_path(0, top, width, water, band), arch_path(width - band, top, width, water, band)
    out.append(f'<path fill="url(#{uid})" d="{left}"/><path class="f-river" d="{right}"/>')
    out.append(f'<path class="f-ink" d="{pier_path(width - band, spring, width, band, water)}"/>')
    for start, colour in ((0, "brick"), (310, "ink"), (620, "river")):
        out += [rect(start + (-8 if row % 2 == 0 else 8), 615 + 22 * row, band, 10, colour) for row in range(5)]
    for line_x, line_y, long in (
        (101, 639, 90),
        (430, 627, 100),
        (250, 683, 62),
        (120, 705, 130),
        (400, 715, 90),
        (520, 671, 70),
    ):
        out.append(rect(line_x, line_y, long, 4, "sage"))
    out.append('<path class="f-cream" d="M452 649h96a48 30 0 0 1-96 0zM495 578v65h-35z"/>')
    out.append('<path class="f-amber" d="M500 551l48 92h-48z"/>')
    # The sky begins above the outermost ring, whose line is as wide above as below.
    return _svg("hero__art", 682, 734, "".join(out), top=-2)


@functools.lru_cache(maxsize=256)
def hero_water() -> str:
    """Lines on the water at both sides of the drawing, placed by share of the window's width."""
    lines = ((16.5, 34, 9.3), (8.5, 81, 4), (29, 71, 5.3), (41, 45, 8), (-3, 52, 6))
    out = "".join(f'<rect class="f-sage" x="{n(x)}%" y="{y}%" width="{n(w)}%" height="3"/>' for x, y, w in lines)
    return f'<svg class="hero__water" width="100%" height="100%" aria-hidden="true" focusable="false">{out}</svg>'


@functools.lru_cache(maxsize=256)
def door(kind: str, uid: str = "door") -> str:
    """A door of the front page, 341 by 386, clipped to a pointed arch: ``courses`` (also for any other word),
    ``sessions``, ``conference``, ``certificate`` or ``project``."""
    w, h = 341, 386
    if kind == "sessions":
        inner = rect(0, 0, w, h, "blush")
        for side, centre, colour in ((0, 241, "brick"), (1, 204, "ink")):
            for radius, fill in ((105, colour), (66, "cream"), (34, colour)):
                inner += (
                    f'<path class="f-{fill}" d="M171 {centre - radius}a{radius} {radius} 0 0 {side} 0 {2 * radius}z"/>'
                )
        inner += disc(171, 223, 17, "amber") + rect(0, 346, w, 40, "brick")
    elif kind == "conference":
        inner = rect(0, 0, w, h, "sage") + disc(171, 127, 27, "amber")
        for index, colour in enumerate(("moss", "brick", "river")):
            inner += f'<path class="f-{colour}" d="{arch_path(20.5 + 100 * index, 163, 100, 346)}"/>'
            inner += f'<path class="f-cream" d="{arch_path(41 + 100 * index, 222, 59, 346)}"/>'
        inner += ring(171, 127, 57, width=2.2) + planet(171, 127, 57, 36, 9, "brick") + rect(0, 346, w, 40, "moss")
    elif kind == "certificate":
        inner = rect(0, 0, w, h, "sand") + rect(92, 132, 158, 214, "cream") + rect(92, 132, 16, 214, "brick")
        for y, long in ((164, 74), (180, 104), (206, 104), (220, 84), (234, 96)):
            inner += rect(124, y, long, 6 if y < 190 else 4, "ink" if y < 190 else "sky")
        for index, colour in enumerate(("brick", "river", "brick")):
            inner += f'<path class="f-{colour}" d="{arch_path(124 + 30 * index, 286, 37, 332, 7)}"/>'
        inner += disc(250, 262, 40, "moss") + '<path class="s-cream" stroke-width="9" d="m231 263 13 13 26-28"/>'
        inner += ring(250, 262, 58, width=2.2) + planet(250, 262, 58, 60, 9, "amber") + rect(0, 346, w, 40, "river")
    elif kind == "project":
        inner = rect(0, 0, w, h, "blush") + disc(171, 118, 30, "amber")
        inner += ring(171, 118, 52, width=2.2) + ring(171, 118, 74, width=2.2)
        inner += planet(171, 118, 52, 148, 8, "brick") + planet(171, 118, 74, 28, 10, "river")
        for x, top, colour in ((20, 226, "brick"), (120, 196, "river"), (220, 226, "brick")):
            inner += gable(x, 100, top, 346, 4, colour, "cream")
        inner += rect(0, 346, w, 40, "moss")
    else:
        inner = rect(0, 0, w, h, "sky") + disc(171, 341, 216, "river") + ring(171, 341, 188, "cream", 2.4)
        inner += disc(171, 341, 159, "sky") + disc(171, 341, 109, "moss") + disc(171, 341, 52, "amber")
        inner += planet(171, 341, 188, 118, 17, "brick") + planet(171, 341, 134, 52, 10, "orbit")
    clip = f'<clipPath id="{uid}"><path d="{arch_path(0, 0, w, h)}"/></clipPath>'
    return _svg("door__art", w, h, f'{clip}<g clip-path="url(#{uid})">{inner}</g>')


@functools.lru_cache(maxsize=256)
def arch_ground() -> str:
    """The plain arch behind a module's code or a step's number."""
    return (
        '<svg class="arch__ground" viewBox="0 0 64 76" width="64" height="76" aria-hidden="true" focusable="false">'
        f'<path d="{arch_path(0, 0, 64, 76)}"/></svg>'
    )


@functools.lru_cache(maxsize=256)
def arch_step(state: str, *, here: bool = False) -> str:
    """One arch of the arcade that shows the steps of a module; ``here`` is the step that one looks at."""
    whole = arch_path(6, 9, 28, 42) if here else arch_path(1, 1, 38, 47)
    inner = {
        "done": f'<path class="i-moss" d="{whole}"/>'
        '<path class="i-paper-line" stroke-width="3.4" d="m12.5 30 5.4 5.6 10-12"/>',
        "now": f'<path class="i-card i-brick-edge" stroke-width="3" d="{arch_path(2.5, 3, 35, 45.5)}"/>'
        '<circle class="i-brick" cx="20" cy="29" r="5.4"/>',
    }.get(state, f'<path class="i-sand" d="{whole}"/>')
    if here and state != "now":
        inner = f'<path class="i-card i-brick-edge" stroke-width="3" d="{arch_path(2.5, 3, 35, 45.5)}"/>' + inner
    return _svg("arcade__arch", 40, 48, inner)


@functools.lru_cache(maxsize=256)
def arch_built(done: int, total: int) -> str:
    """An arch of ``total`` stones, laid from the left over the top; ``done`` of them stand, the next one shines.

    The joints point to the centre of their side, as a mason cuts them; a keystone closes the top, or two halves of it
    where the number of stones is even.
    """
    total = max(total, 1)
    width, band, top, foot = 216.0, 40.0, 6.0, 16.0
    spring = top + width * EQUILATERAL
    joints = _joints(total, width, band)
    out = []
    for index in range(total):
        css = "stone--done" if index < done else "stone--next" if index == done else "stone--open"
        path = _stone(joints[index], joints[index + 1], width, band, spring)
        out.append(f'<path class="stone {css}" d="{path}"/>')
    # Its neighbours must not cover the edge of the next stone.
    out.sort(key=lambda stone: "stone--next" in stone)
    # The feet go on below the picture, which stands on the edge of what holds it.
    feet = "".join(
        f'<path class="arch-built__foot" d="M{n(x)} {n(spring)}h{n(band + 8)}v{n(foot + 4)}h{n(-band - 8)}z"/>'
        for x in (-4.0, width - band - 4)
    )
    return _svg("arch-built", width + 12, spring + foot, feet + "".join(out), left=-6)


def _joints(total: int, width: float, band: float) -> list[float]:
    """The angles at which the stones part, from the left foot (0) over the top to the right one (pi).

    Of each side the last joint leaves the keystone a foot to stand on; pi / 2 is the top, where two halves meet.
    """
    beside = (total - 1) // 2
    last = math.acos(width / 2 / (width - band)) * beside / (beside + 0.4)
    left = [last * index / beside for index in range(beside)] + [last] if beside else [0.0]
    middle = [] if total % 2 else [math.pi / 2]
    return left + middle + [math.pi - angle for angle in reversed(left)]


def _stone(start: float, end: float, width: float, band: float, spring: float) -> str:
    """Outline of the stone between two joints; the one across the top has a point."""
    top = math.pi / 2

    def on(angle: float, radius: float) -> tuple[float, float]:
        if angle == top:
            return width / 2, spring - math.sqrt(radius**2 - (width / 2) ** 2)
        # Each side is an arc round the foot of the other one.
        x = width - radius * math.cos(min(angle, math.pi - angle))
        return (x if angle < top else width - x), spring - radius * math.sin(angle)

    angles = [start, top, end] if start < top < end else [start, end]
    outer = [on(angle, width) for angle in angles]
    inner = [on(angle, width - band) for angle in reversed(angles)]
    path = f"M{n(outer[0][0])} {n(outer[0][1])}"
    path += "".join(f"A{n(width)} {n(width)} 0 0 1 {n(x)} {n(y)}" for x, y in outer[1:])
    path += f"L{n(inner[0][0])} {n(inner[0][1])}"
    path += "".join(f"A{n(width - band)} {n(width - band)} 0 0 0 {n(x)} {n(y)}" for x, y in inner[1:])
    return path + "Z"


@functools.lru_cache(maxsize=256)
def certificate(title: str = "", label: str = "") -> str:
    """A small picture of a certificate's first page, an A4 sheet of paper, so it stays light in the dark.

    ``title`` is what the page is called, its lines parted by “|”; ``label`` stands over the line of the name.
    """
    width, height, left, right, ground = 160, 226, 22, 143, 172
    words = "".join(
        f'<text class="sheet__title" x="{left}" y="{56 + 13 * index}">{escape(line.strip())}</text>'
        for index, line in enumerate(title.split("|")[:2])
    )
    name = f'<text class="sheet__label" x="{left}" y="94">{escape(label)}</text>' if label else ""
    name += f'<path class="sheet__rule" d="M{left} 99h{right - left}"/>'
    rows = "".join(
        f'<path class="sheet__line" d="M{left} {y}h{long}"/>'
        for y, long in ((109, 100), (116, 86), (126, 112), (133, 92))
    )
    sun = 122.0
    orbits = "".join(
        f'<path class="s-ink" stroke-width=".6" d="M{n(sun - r)} {ground}a{n(r)} {n(r)} 0 0 1 {n(2 * r)} 0"/>'
        for r in (9.4, 16.6, 24.6)
    )
    orbits += planet(sun, ground, 24.6, 62, 1.6, "moss") + planet(sun, ground, 16.6, 128, 2, "brick")
    orbits += planet(sun, ground, 9.4, 50, 1.2, "ink")
    orbits += f'<path class="f-amber" d="M{n(sun - 5.4)} {ground}a5.4 5.4 0 0 1 10.8 0z"/>'
    span, band = 30.0, 5.2
    arches = "".join(
        _little_arch(left + index * (span - band), span, ground, band, bricks=index != 1) for index in range(3)
    )
    spring = ground - 28 + span * EQUILATERAL
    arches += "".join(
        f'<path class="f-ink" d="{pier_path(left + index * (span - band), spring, span, band, ground)}"/>'
        for index in (1, 2)
    )
    floor = f'<path class="sheet__rule" d="M7.6 {ground}h{n(width - 7.6)}"/>' + "".join(
        f'<path class="s-river" stroke-width=".8" d="M{x} {y}h{long}"/>'
        for x, y, long in ((28, 174.5, 13), (50, 174.5, 20), (88, 175.5, 11), (112, 175.5, 20))
    )
    qr = f'<path class="f-ink" d="M{right - 24} 185h24v24h-24zm4 4v16h16v-16zm5 5h6v6h-6z" fill-rule="evenodd"/>'
    # The bond of the strip is drawn by dashes: no ids, so that many sheets stand on one page.
    strip = (
        f'<path class="f-brick" d="M0 0h7.6v{height}H0z"/>'
        f'<path class="s-mortar" stroke-width="7.6" stroke-dasharray=".4 3" d="M3.8 0v{height}"/>'
        f'<path class="s-mortar" stroke-width=".4" stroke-dasharray="3 3.8" d="M3.8 .4v{height}"/>'
    )
    logo = f'<g transform="translate({left} 17) scale(.32)">{_mark_shapes()}</g>'
    paper = f'<path class="sheet__paper" d="M0 0h{width}v{height}H0z"/>'
    foot = f'<path class="sheet__line" d="M{left} 203h46"/>'
    inner = (paper, strip, logo, words, name, rows, orbits, arches, floor, foot, qr)
    return _svg("sheet", width, height, "".join(inner))


def _little_arch(x: float, width: float, ground: float, band: float, *, bricks: bool) -> str:
    """An arch too small for a bond: its joints are dashes along the middle of the band."""
    top = ground - 28
    if not bricks:
        return f'<path class="f-river" d="{arch_path(x, top, width, ground, band)}"/>'
    half, radius = band / 2, width - band / 2
    spring = top + width * EQUILATERAL
    rise = math.sqrt(radius**2 - (width / 2) ** 2)
    arc = f"A{n(radius)} {n(radius)} 0 0 1"
    line = (
        f"M{n(x + half)} {n(ground)}V{n(spring)}{arc} {n(x + width / 2)} {n(spring - rise)}"
        f"{arc} {n(x + width - half)} {n(spring)}V{n(ground)}"
    )
    whole = f'<path class="f-brick" d="{arch_path(x, top, width, ground, band)}"/>'
    return whole + f'<path class="s-mortar" stroke-width="{n(band)}" stroke-dasharray=".4 2" d="{line}"/>'


def _mark_shapes() -> str:
    whole = mark()
    return whole[whole.index(">") + 1 : whole.rindex("</svg>")]


def coverage_strip(duration: float, covered: list[tuple[float, float]], marks: list[float]) -> str:
    """A film's length: seen parts are solid, the rest is hatched, so that grey print tells them apart, too."""
    duration = max(duration, 0.001)

    def share(second: float) -> str:
        return n(round(min(max(second / duration, 0), 1) * 100, 2))

    seen = "".join(
        f'<rect class="strip__seen" x="{share(start)}%" y="0" width="{share(end - start)}%" height="100%"/>'
        for start, end in covered
    )
    ticks = "".join(
        f'<rect class="strip__tick" x="{share(at)}%" y="0" width="2" height="100%"/>' for at in marks if at > 0
    )
    return (
        '<svg class="strip" width="100%" height="30" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="strip-hatch" width="9" height="30" patternUnits="userSpaceOnUse" patternTransform="skewX(-20)">'
        '<path class="strip__ground" d="M-1 0h11v30H-1z"/>'
        '<path class="strip__hatch" d="M0 0h1.6v30H0z"/></pattern></defs>'
        f'<rect width="100%" height="100%" fill="url(#strip-hatch)"/><g data-strip-seen="">{seen}</g>{ticks}</svg>'
    )


@functools.lru_cache(maxsize=256)
def certificate_strip(uid: str = "strip-bond") -> str:
    """The brick strip at the left edge of a certificate: courses of 4 mm."""
    bond = (
        f'<pattern id="{uid}" width="10" height="8" patternUnits="userSpaceOnUse">'
        '<path class="f-brick" d="M0 0h10v8H0z"/>'
        '<path class="s-mortar" stroke-width=".3" d="M0 .15h10M0 4.15h10M5 0v4M.15 4v4"/></pattern>'
    )
    return (
        '<svg class="paper__strip" viewBox="0 0 10 297" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false"><defs>{bond}</defs><path fill="url(#{uid})" d="M0 0h10v297H0z"/></svg>'
    )


@functools.lru_cache(maxsize=256)
def certificate_art(uid: str = "paper-bond") -> str:
    """The band of a certificate: brick, plain, brick, so that grey print tells the arches apart, and half a sun."""
    width, band, ground = 38.0, 6.4, 40.0
    top = 4.5
    spring = top + width * EQUILATERAL
    bond = (
        f'<pattern id="{uid}" width="7" height="6" patternUnits="userSpaceOnUse">'
        '<path class="f-brick" d="M0 0h7v6H0z"/>'
        '<path class="s-mortar" stroke-width=".25" d="M0 .1h7M0 3.1h7M3.5 0v3M.1 3v3"/></pattern>'
    )
    x, out = 148.0, []
    for radius in (14.8, 24.4, 34.4):
        arc = f"M{n(x - radius)} {n(ground)}a{n(radius)} {n(radius)} 0 0 1 {n(2 * radius)} 0"
        out.append(f'<path class="s-ink" stroke-width=".3" d="{arc}"/>')
    out += [
        planet(x, ground, 34.4, 62, 1.8, "moss"),
        planet(x, ground, 24.4, 128, 2.4, "brick"),
        planet(x, ground, 14.8, 50, 1.3, "ink"),
    ]
    out.append(f'<path class="f-amber" d="M{n(x - 7.4)} {n(ground)}a7.4 7.4 0 0 1 14.8 0z"/>')
    step = width - band
    for index, paint in enumerate((f'fill="url(#{uid})"', 'class="f-river"', f'fill="url(#{uid})"')):
        out.append(f'<path {paint} d="{arch_path(18 + index * step, top, width, ground, band)}"/>')
    out += [
        f'<path class="f-ink" d="{pier_path(18 + index * step, spring, width, band, ground)}"/>' for index in (1, 2)
    ]
    out.append(f'<path class="s-ink" stroke-width=".5" d="M0 {n(ground)}h200"/>')
    out += [
        f'<path class="s-river" stroke-width=".6" d="M{x0} {y}h{long}"/>'
        for x0, y, long in ((25, 42.4, 18), (55, 42.4, 31), (105, 43.4, 16), (137, 43.4, 25))
    ]
    return _svg("paper__drawing", 200, 45, f"<defs>{bond}</defs>{''.join(out)}")
