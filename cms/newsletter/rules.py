"""Decisions of the newsletter: who wants an issue, how a text stands in a letter, how an address is masked. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from html import escape
from html.parser import HTMLParser

CONSENT_VERSION = "2026-11"
"""The version of the words that one agrees to; raised when they change in meaning."""

CONFIRM_WITHIN = timedelta(days=3)
UNCONFIRMED_KEPT = timedelta(days=7)
UNSUBSCRIBED_KEPT = timedelta(days=30)
DELIVERIES_KEPT = timedelta(days=90)
"""So long it is known to whom an issue went; then only how many."""

MOST_REFUSALS = 3
"""So many issues in a row that the address refused for good switch the subscription off."""

BATCH = 100
BATCH_SECONDS = 60
HOLD = timedelta(minutes=4)
"""How long an issue belongs to whoever began a batch: longer than a batch with one letter that hangs."""

SAMPLE = 8
LONG_SUBJECT = 70


def wants(chosen: Collection[str], topics: Collection[str]) -> bool:
    """Whether somebody who chose these topics wants an issue on those; an issue without a topic is for everybody."""
    return not topics or not set(chosen).isdisjoint(topics)


def is_refused_too_often(refusals: int) -> bool:
    """Whether an address that refused so many issues in a row gets no more."""
    return refusals >= MOST_REFUSALS


def masked(address: str) -> str:
    """An address by which its owner knows it and nobody else learns it: an•••@ex•••.org."""
    local, _at, domain = address.partition("@")
    name, dot, ending = domain.rpartition(".")
    return f"{local[:2] if len(local) > 3 else local[:1]}•••@{name[:2]}•••{dot}{ending}"


# --- Texts in letters --------------------------------------------------------------------------------------------

Address = Callable[[Mapping[str, str]], str]
"""Gives the full address of a link by the attributes that the editor stored; empty where there is nothing to link."""

_STYLES = {
    "p": "margin: 0 0 16px;",
    "ul": "margin: 0 0 16px; padding: 0 0 0 24px;",
    "ol": "margin: 0 0 16px; padding: 0 0 0 24px;",
    "li": "margin: 0 0 6px;",
    "b": "",
    "strong": "",
    "i": "",
    "em": "",
}
_LINK_STYLE = "color: #1f4e8c;"
_SAFE_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def is_safe_link(address: str) -> bool:
    """Whether an address may stand in a letter: of the web, of mail or of a telephone."""
    return address.lower().startswith(_SAFE_SCHEMES)


class _Letter(HTMLParser):
    """Writes an editor's text anew, as HTML with its styles and as plain text; what is not known is left out."""

    def __init__(self, address: Address) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.html: list[str] = []
        self.text: list[str] = []
        self.open_links: list[str] = []
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            link = self.address({name: value or "" for name, value in attrs})
            link = link if is_safe_link(link) else ""
            self.open_links.append(link)
            if link:
                self.html.append(f'<a class="link" href="{escape(link)}" style="{_LINK_STYLE}">')
        elif tag == "br":
            self.html.append("<br>")
            self.text.append("\n")
        elif tag in _STYLES:
            style = _STYLES[tag]
            self.html.append(f'<{tag} style="{style}">' if style else f"<{tag}>")
            self._begin_in_text(tag)

    def _begin_in_text(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            if number is not None:
                self.lists[-1] = number + 1
            self.text.append("\n- " if number is None else f"\n{number + 1}. ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            link = self.open_links.pop() if self.open_links else ""
            if link:
                self.html.append("</a>")
                self.text.append(f" ({link.removeprefix('mailto:').removeprefix('tel:')})")
        elif tag in _STYLES:
            self.html.append(f"</{tag}>")
            if tag in ("ul", "ol"):
                if self.lists:
                    self.lists.pop()
                self.text.append("\n\n")
            elif tag == "p":
                self.text.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.html.append(escape(data, quote=False))
        # The blanks between tags say nothing, and a line break in the source is a blank.
        self.text.append(re.sub(r"[ \t\r\n]+", " ", data))


def _written(source: str, address: Address) -> _Letter:
    writer = _Letter(address)
    writer.feed(source)
    writer.close()
    return writer


def letter_html(source: str, address: Address) -> str:
    """An editor's text as it stands in a letter: known tags with their style, links in full, nothing else."""
    return "".join(_written(source, address).html)


def letter_text(source: str, address: Address) -> str:
    """The same as plain text: a line for each item of a list, the address of a link after its words."""
    text = "".join(_written(source, address).text)
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})


def links_of(sources: Iterable[str]) -> list[dict[str, str]]:
    """The attributes of every link in these texts, in their order."""
    parser = _Links()
    for source in sources:
        parser.feed(source)
    return parser.found
