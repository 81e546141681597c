"""Terms marked in rendered HTML. The HTML is read by a parser, and all but the marks stays as it was."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cms.glossary.rules import Vocabulary, first_uses

# Inside these no word is marked: they are pressed, head something, are quoted, or are no text to read.
_QUIET_TAGS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "summary", "th", "caption", "blockquote", "figcaption", "form"}
    | {"fieldset", "legend", "label", "select", "textarea", "svg", "script", "style", "code", "pre", "kbd", "samp"}
    | {"dt", "dfn", "abbr", "video", "audio", "iframe", "object"}
)
# A quotation, the words of the law, a question to oneself, a film with its transcript, what somebody closed to marks.
_QUIET_CLASSES = frozenset({"alert--law", "quotation", "check", "film", "no-terms"})
_NAMES_A_TERM = frozenset({"dt", "dfn"})
_READ = "rich"
"""The class of text that editors wrote; only there words are marked."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass(slots=True)
class _Open:
    tag: str
    quiet: bool
    read: bool


@dataclass(slots=True)
class Marked:
    """The HTML with its marks, and the terms that were marked, in order."""

    html: str
    terms: list[str] = field(default_factory=list)


class _Marker(HTMLParser):
    def __init__(self, known: Vocabulary, draw: Callable[[str, str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.known = known
        self.draw = draw
        self.out: list[str] = []
        self.stack: list[_Open] = []
        self.seen: set[str] = set()
        self.marked: list[str] = []

    # What is open around the place.

    def _above(self) -> _Open:
        return self.stack[-1] if self.stack else _Open("", quiet=False, read=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in _VOID:
            return
        above, classes = self._above(), set((dict(attrs).get("class") or "").split())
        quiet = above.quiet or tag in _QUIET_TAGS or not classes.isdisjoint(_QUIET_CLASSES)
        self.stack.append(_Open(tag, quiet, above.read or _READ in classes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if any(one.tag == tag for one in self.stack):
            while self.stack.pop().tag != tag:
                pass

    # Text, and what passes as it is.

    def handle_data(self, data: str) -> None:
        here = self._above()
        if here.tag in _NAMES_A_TERM:
            # Whatever the page itself defines needs no hint from there on.
            self.seen.update(use.term for use in first_uses(data, self.known, self.seen))
        if here.quiet or not here.read:
            self.out.append(data)
            return
        at = 0
        for use in first_uses(data, self.known, self.seen):
            self.out += [data[at : use.start], self.draw(use.term, data[use.start : use.end])]
            self.seen.add(use.term)
            self.marked.append(use.term)
            at = use.end
        self.out.append(data[at:])

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.out.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.out.append(f"<![{data}]>")


def marked(html: str, known: Vocabulary, draw: Callable[[str, str], str]) -> Marked:
    """``html`` with the first use of each term drawn by ``draw(term, words as they stand in the HTML)``."""
    if not known.by_beginning:
        return Marked(html)
    marker = _Marker(known, draw)
    marker.feed(html)
    marker.close()
    return Marked("".join(marker.out), marker.marked) if marker.marked else Marked(html)
