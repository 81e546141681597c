"""Free drawings on the screens of the IT tool: its sign, the photo of the example, the stand-in for a code to scan."""

from __future__ import annotations

from media.demo.kit import Drawn, Part, Place, arch, box, disc, number, path


def picture(drawing: str, width: float, height: float) -> Part:
    """A free drawing in its own units, scaled to the width of its place."""

    def draw(place: Place) -> Drawn:
        scale = place.width / width
        group = f'<g transform="translate({number(place.x)} {number(place.y)}) scale({scale:.3f})">{drawing}</g>'
        return Drawn(group, place.width, height * scale)

    return draw


def bridge() -> str:
    """Two arches that share a pier, a sun with one orbit, water: the sign of the tool on its sign-in screen."""
    sky, water = box(0, 0, 320, 320, "f-art-sky"), box(0, 250, 320, 70, "f-art-moss")
    orbit = disc(160, 130, 104, "none s-art-orbit", 2) + disc(86, 57, 11, "f-art-brick")
    sun = disc(160, 130, 34, "f-art-amber") + orbit
    arches = arch(44, 110, 128, 140, "f-art-brick") + arch(148, 110, 128, 140, "f-art-river")
    openings = arch(68, 152, 80, 98, "f-art-sky") + arch(172, 152, 80, 98, "f-art-sky")
    # The pier is what both arches cover: it begins where their outer curves cross.
    pier = path("M160 166.8A128 128 0 0 1 172 220.9V250H148V220.9A128 128 0 0 1 160 166.8z", "f-art-ink")
    return sky + sun + arches + openings + pier + water


def jug(x: float) -> str:
    body = path(f"M{x - 10} 40H{x + 40}V58L{x + 50} 132H{x - 6}L{x + 4} 58z", "f-art-river")
    water = path(f"M{x + 9} 78H{x + 34}L{x + 40} 122H{x + 4}z", "f-art-sky")
    return disc(x + 44, 78, 18, "none s-art-river", 8) + body + water


def table_with_food() -> str:
    """The photo of the example: a table with three round plates and two jugs."""
    fillings = ((84, "art-brick"), (200, "art-amber"), (316, "art-brick"))
    plates = "".join(disc(x, 190, 46, "f-art-cream") + disc(x, 190, 28, f"f-{css}") for x, css in fillings)
    return box(0, 0, 400, 260, "f-art-sage") + box(0, 122, 400, 138, "f-art-moss") + jug(104) + jug(226) + plates


def is_free(column: int, line: int) -> bool:
    """Neither under a corner square nor under the arch in the middle of the code square."""
    corner = (column < 5 and (line < 5 or line > 8)) or (column > 8 and line < 5)
    return not corner and not (5 <= column <= 8 and 4 <= line <= 9)


def code_square() -> str:
    """A stand-in for a QR code: three corner squares and a pattern that no reader takes for a code."""
    corners = "".join(
        box(x, y, 48, 48, "f-ink") + box(x + 8, y + 8, 32, 32, "f-page") + box(x + 16, y + 16, 16, 16, "f-ink")
        for x, y in ((16, 16), (136, 16), (16, 136))
    )
    dots = "".join(
        box(16 + 12 * column, 16 + 12 * line, 12, 12, "f-ink")
        for column in range(14)
        for line in range(14)
        if (column * 7 + line * 5 + column * line) % 3 == 0 and is_free(column, line)
    )
    return box(1, 1, 198, 198, "f-page s-edge", 4, 2) + corners + dots + arch(82, 72, 36, 54, "f-art-brick")
