"""Which hits come first: how rare a word is, how much it counts, how many of the words are there, how near they are."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

EXACT, SAME_WORD, SAME_ROOT, BEGINNING = 0, 1, 2, 3
CLOSENESS = (1.0, 0.95, 0.8, 0.45)
"""What a hit counts by how it is like the word that was typed."""

_OF_THE_REST = 0.25
"""A publication whose files say it, too, is a little better than one that says it once."""
_NEAR = 3
"""Words with at most so many steps between them stand together."""
_NEAR_IN_TITLE = 8
_BEGINNING = 8
"""What stands so early is in the heading of a passage, or is what the passage is about."""


@dataclass(slots=True)
class Hit:
    """A target in one language: its kind and what each word of the question (by its number) counts there."""

    target: int
    language: str
    kind: str
    counts: dict[int, float] = field(default_factory=dict)
    score: float = 0.0


def hits(rows: Iterable[tuple[int, str, str, int, float, float]]) -> dict[tuple[int, str], Hit]:
    """Hits from rows of (target, language, kind, code, greatest weight, sum of weights).

    A code is ten times the number of the word and its closeness.
    """
    found: dict[tuple[int, str], Hit] = {}
    for target, language, kind, code, most, together in rows:
        word, closeness = divmod(code, 10)
        hit = found.get((target, language))
        if hit is None:
            hit = found[target, language] = Hit(target, language, kind)
        counts = CLOSENESS[closeness] * (most + _OF_THE_REST * (together - most))
        # Of several forms of one word the best counts, and a little of the rest.
        known = hit.counts.get(word, 0.0)
        hit.counts[word] = max(known, counts) + _OF_THE_REST * min(known, counts)
    return found


def ranked(found: Iterable[Hit], words: int) -> list[Hit]:
    """The hits that have enough of the words, the best first."""
    all_hits = list(found)
    having = [sum(1 for hit in all_hits if word in hit.counts) for word in range(words)]
    rare = [math.log(1 + (len(all_hits) + 20) / (count + 0.5)) for count in having]
    # A word that stands nowhere is no reason to pass over what has all the others.
    total = sum(worth for worth, count in zip(rare, having, strict=True) if count) or 1.0
    fullest = 0.0
    shares = []
    for hit in all_hits:
        share = sum(rare[word] for word in hit.counts) / total
        shares.append(share)
        fullest = max(fullest, share)
        hit.score = sum(rare[word] * counts for word, counts in hit.counts.items()) * share**2
    least = 0.62 * fullest
    kept = [hit for hit, share in zip(all_hits, shares, strict=True) if share >= least]
    return in_order(kept)


def in_order(found: Iterable[Hit]) -> list[Hit]:
    """The best first, always in the same order."""
    return sorted(found, key=_order)


def _order(hit: Hit) -> tuple[float, int, str]:
    return -hit.score, hit.target, hit.language


def together(places: Mapping[int, Mapping[int, Sequence[int]]], words: int) -> tuple[float, float]:
    """The greatest share of neighbouring words of a question that are neighbours in one passage, and in the title.

    ``places``: for each word of the question its positions by passage.
    """
    if words < 2:
        return 0.0, 0.0
    pairs: dict[int, int] = defaultdict(int)
    for word in range(words - 1):
        first, second = places.get(word, {}), places.get(word + 1, {})
        for passage in first.keys() & second.keys():
            most_steps = _NEAR if passage >= 0 else _NEAR_IN_TITLE
            if any(0 < b - a <= most_steps for a in first[passage] for b in second[passage]):
                pairs[passage] += 1
    most = max((count for passage, count in pairs.items() if passage >= 0), default=0)
    return most / (words - 1), pairs.get(-1, 0) / (words - 1)


def says(places: Mapping[str, Mapping[int, Sequence[int]]], phrase: Sequence[tuple[str, int]]) -> set[int]:
    """The passages in which a phrase stands word for word. ``places`` are those of the forms as they were typed."""
    first, _zero = phrase[0]
    found = set()
    for passage, positions in places.get(first, {}).items():
        for position in positions:
            if all(position + away in places.get(word, {}).get(passage, ()) for word, away in phrase[1:]):
                found.add(passage)
    return found


def best_passages(places: Mapping[int, Mapping[int, Sequence[int]]], worth: Mapping[int, float]) -> list[int]:
    """The passages of an entry that say most of a question, the best first; the title is none."""
    scores: dict[int, float] = defaultdict(float)
    for word, by_passage in places.items():
        for passage, positions in by_passage.items():
            if passage >= 0:
                begins = bool(positions) and min(positions) < _BEGINNING
                scores[passage] += worth.get(word, 1.0) * (1 + 0.1 * min(len(positions), 3) + 0.3 * begins)
    for passage in scores:
        near = together({word: {passage: by.get(passage, ())} for word, by in places.items()}, len(worth))
        scores[passage] *= 1 + 0.5 * near[0]
    return sorted(scores, key=lambda passage: (-scores[passage], passage))
