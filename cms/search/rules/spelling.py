"""How far a typed word is from one that the texts have."""

from collections.abc import Iterable


def allowed(length: int) -> int:
    """How many slips are forgiven in a word of so many letters; in a short one none, for it would be another word."""
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 12 else 3


def distance(one: str, other: str, most: int) -> int:
    """Letters to put in, take out, change, or swap with their neighbour; ``most + 1`` for anything beyond ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, row, older = row, [i, *[0] * len(other)], before
        for j, b in enumerate(other, start=1):
            cost = above[j - 1] if a == b else 1 + min(above[j - 1], above[j], row[j - 1])
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row[j] = cost
        if min(row) > most:
            return most + 1
        before = above
    return min(row[-1], most + 1)


def nearest(typed: str, known: Iterable[tuple[str, str, int]]) -> str:
    """Of (folded, shown, uses) the shown form of the nearest word, the more used of two; empty where none is near."""
    most = allowed(len(typed))
    best: tuple[int, bool, int, str] | None = None
    for folded, shown, uses in known:
        away = distance(typed, folded, most)
        if 0 < away <= most:
            rank = (away, folded[:1] != typed[:1], -uses, shown)
            if best is None or rank < best:
                best = rank
    return best[3] if best else ""
