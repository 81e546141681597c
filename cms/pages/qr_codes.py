"""A QR code as one closed outline, for the paper and for the page.

Drawn as squares or as lines, neighbouring modules leave hairlines between them on some screens and printers. An
outline has no seams and needs a third of the points.
"""

from functools import lru_cache
from itertools import pairwise

import segno

Point = tuple[int, int]


def matrix(text: str) -> tuple[bytearray, ...]:
    """The modules of the code, without a quiet zone; level M, the smallest version that holds the text."""
    return tuple(segno.make_qr(text, error="m", boost_error=False).matrix)


@lru_cache(maxsize=64)
def outline(text: str) -> tuple[int, str]:
    """Side in modules and SVG path data of the dark area, to be filled by the even-odd rule."""
    dark = matrix(text)
    side = len(dark)

    def is_dark(x: int, y: int) -> bool:
        return 0 <= x < side and 0 <= y < side and dark[y][x] == 1

    # Each edge runs with the dark module on its right. At a corner where two dark modules touch, two edges start.
    edges: dict[Point, list[Point]] = {}
    for y in range(side):
        for x in range(side):
            if dark[y][x] != 1:
                continue
            if not is_dark(x, y - 1):
                edges.setdefault((x, y), []).append((x + 1, y))
            if not is_dark(x + 1, y):
                edges.setdefault((x + 1, y), []).append((x + 1, y + 1))
            if not is_dark(x, y + 1):
                edges.setdefault((x + 1, y + 1), []).append((x, y + 1))
            if not is_dark(x - 1, y):
                edges.setdefault((x, y + 1), []).append((x, y))

    path: list[str] = []
    while edges:
        start = here = next(iter(edges))
        corners: list[Point] = []
        while True:
            ways = edges[here]
            there = ways.pop()
            if not ways:
                del edges[here]
            corners.append(here)
            here = there
            if here == start:
                break
        path.append(polygon(corners))
    return side, "".join(path)


def polygon(corners: list[Point]) -> str:
    """A closed path through the corners in steps along the axes; points on a straight line are joined."""
    count = len(corners)
    turns = [
        here
        for index, here in enumerate(corners)
        if not (corners[index - 1][0] == here[0] == corners[(index + 1) % count][0])
        and not (corners[index - 1][1] == here[1] == corners[(index + 1) % count][1])
    ]
    parts = [f"M{turns[0][0]} {turns[0][1]}"]
    for before, here in pairwise(turns):
        parts.append(f"h{here[0] - before[0]}" if here[1] == before[1] else f"v{here[1] - before[1]}")
    return "".join(parts) + "z"
