"""Rich text as the plain blocks of ``edition``: paragraphs, headings and lists, with pieces of words in them."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

Block = dict[str, Any]
Piece = dict[str, Any]


class RichText(HTMLParser):
    """Rich text as blocks. Knows what the editor can write; of anything else it keeps the words."""

    INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}

    def __init__(self, words: Any, base: str) -> None:
        super().__init__()
        self.words = words
        self.base = base
        self.top: list[Block] = []
        self.places: list[list[Block]] = [self.top]
        """Where a new block goes: the text itself, or the items of the lists that are open."""
        self.lists: list[Block] = []
        self.pieces: list[list[Piece]] = []
        """The words of the block that is open, and of the pieces within it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self._open({"k": "p", "c": []})
        elif tag in {"h2", "h3", "h4"}:
            # The title of the chapter is the heading above them, whose level here is 1.
            self._open({"k": "h", "level": max(2, int(tag[1]) - 1), "c": []})
        elif tag in {"ul", "ol"}:
            self._end_words()
            made: Block = {"k": tag, "items": []}
            self.places[-1].append(made)
            self.lists.append(made)
        elif tag == "li" and self.lists:
            self._end_words()
            item: list[Block] = []
            self.lists[-1]["items"].append(item)
            self.places.append(item)
        elif tag == "br":
            self._add({"k": "br"})
        elif tag in self.INLINE:
            self._open_piece({"k": self.INLINE[tag], "c": []})
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._open_piece({"k": "a", "href": urljoin(self.base, href), "c": []} if href else {"k": "span", "c": []})

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "h2", "h3", "h4"}:
            self._end_words()
        elif tag in {"ul", "ol"} and self.lists:
            self._end_words()
            self.lists.pop()
        elif tag == "li" and len(self.places) > 1:
            self._end_words()
            self.places.pop()
        elif (tag in self.INLINE or tag == "a") and len(self.pieces) > 1:
            self.pieces.pop()

    def handle_data(self, data: str) -> None:
        if not self.pieces and not data.strip():
            return
        text = self.words(" ".join(data.replace("\n", " ").split(" ")))
        if text:
            self._add({"k": "t", "s": text})

    def finished(self) -> list[Block]:
        self._end_words()
        return without_empty(self.top)

    def _open(self, block: Block) -> None:
        self._end_words()
        self.places[-1].append(block)
        self.pieces = [block["c"]]

    def _open_piece(self, piece: Piece) -> None:
        self._add(piece)
        self.pieces.append(piece["c"])

    def _add(self, piece: Piece) -> None:
        if not self.pieces:
            # Words outside of any paragraph, as those of a list item.
            self._open({"k": "p", "c": []})
        self.pieces[-1].append(piece)

    def _end_words(self) -> None:
        self.pieces = []


def without_empty(blocks: list[Block]) -> list[Block]:
    """An editor leaves empty paragraphs behind; a book has none."""
    kept = []
    for block in blocks:
        if block["k"] in {"ul", "ol"}:
            block["items"] = [inner for item in block["items"] if (inner := without_empty(item))]
            if block["items"]:
                kept.append(block)
        elif plain(block["c"]).strip():
            kept.append(block)
    return kept


def plain(pieces: list[Piece]) -> str:
    """The words of pieces without their form."""
    return "".join(piece.get("s", " ") if piece["k"] in {"t", "br"} else plain(piece["c"]) for piece in pieces)
