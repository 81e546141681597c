"""How much a word counts where it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.search.rules.words import clean, is_empty, tokens

TITLE, HEADING, SUMMARY, ALSO, TEXT = 7.0, 2.5, 3.0, 3.0, 1.0
IN_TITLE = -1
"""The number of the title among the passages."""

MOST_PLACES = 24
_USUAL_TITLE = 4
_TITLE_COUNTS = 0.12
_SATURATION = 2.0
_USUAL_LENGTH = 350
_LENGTH_COUNTS = 0.55


@dataclass(slots=True)
class Stand:
    """A word in an entry: its form as written, how much it counts, and where it stands."""

    shown: str
    frequency: float = 0.0
    places: list[tuple[int, int]] = field(default_factory=list)


def stands(
    *, title: str, also: str, language: str, passages: Iterable[tuple[str, str, bool]]
) -> tuple[dict[str, Stand], int]:
    """Every word of an entry that says something, and how many words its passages have.

    ``passages`` are (heading, text, whether it is the summary). Of ``also`` only the words count, not their places.
    """
    found: dict[str, Stand] = {}
    length = 0

    def add(text: str, weight: float, passage: int | None, offset: int = 0) -> int:
        last = offset
        for token in tokens(clean(text)):
            last = offset + token.position + 1
            if is_empty(token.folded, language):
                continue
            stand = found.setdefault(token.folded, Stand(shown=token.shown.lower()[:60]))
            stand.frequency += weight
            if passage is not None and len(stand.places) < MOST_PLACES:
                stand.places.append((passage, offset + token.position))
        return last

    # A word is worth more in a title of two words than in one of twelve.
    beyond = max(sum(1 for _token in tokens(clean(title))), 1) - _USUAL_TITLE
    add(title, TITLE / max(0.7, 1 + _TITLE_COUNTS * beyond), IN_TITLE)
    add(also, ALSO, None)
    for number, (heading, text, is_summary) in enumerate(passages):
        behind = add(heading, HEADING, number) if heading else 0
        end = add(text, SUMMARY if is_summary else TEXT, number, behind + 2 if heading else 0)
        length += end
    return found, length


def weight(frequency: float, length: int) -> float:
    """Between 0 and 1: a word that stands there often counts more, and less the longer the text is (as in BM25)."""
    share = 1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length / _USUAL_LENGTH
    return frequency / (frequency + _SATURATION * min(share, 6.0))


def written(places: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{passage}.{position}" for passage, position in places)


def read(places: str) -> dict[int, list[int]]:
    """Positions by passage."""
    found: dict[int, list[int]] = defaultdict(list)
    for place in places.split():
        passage, _dot, position = place.partition(".")
        found[int(passage)].append(int(position))
    return found
