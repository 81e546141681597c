"""Prints a page as it stands with the system's browser and reads the sheets: what a reader has in hand."""

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from playwright.sync_api import BrowserContext
from pypdf import PdfReader

from tests.browsers import Site, widths

A4_TEXT = {"width": 673, "height": 1000}
"""The sheet within the margins of the print style, in pixels."""
FAINTEST = 4.5

SEEN = """() => {
  const UNSAID = "script, template, noscript, select, textarea, video, audio, svg, .visually-hidden";
  const main = document.querySelector("main");
  const shown = (node) => {
    for (let part = node; part && part !== document; part = part.parentElement) {
      const style = getComputedStyle(part);
      if (style.display === "none" || style.visibility === "hidden") return false;
      if (part.matches(UNSAID)) return false;
    }
    return true;
  };
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const nodes = (part) => {
    const found = [], walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.data.trim() && shown(walker.currentNode.parentElement)) found.push(walker.currentNode);
    }
    return found;
  };
  const texts = (part) => nodes(part).map((node) => node.data);
  const contrast = (node) => 1.05 / (light(getComputedStyle(node.parentElement).color) + 0.05);
  const press = "nav, button, .button, .site-footer, .skip-link, video ~ *, audio, [role=search] button";
  return {
    words: texts(main),
    faint: nodes(main).filter((node) => contrast(node) < FAINTEST).map((node) => node.data),
    title: document.title,
    language: document.documentElement.lang,
    heading: [...document.querySelectorAll("h1")].filter(shown).map((one) => one.textContent),
    tables: [...main.querySelectorAll("table")].filter(shown).map((table) => ({
      head: [...(table.tHead?.rows[0].cells ?? [])].map((cell) => cell.textContent),
      rows: [...table.tBodies[0].rows].map((row) => texts(row)),
    })),
    addresses: [...main.querySelectorAll('.rich a[href^="http"], .page-foot__sources a')].filter(shown)
      .map((link) => link.getAttribute("href")),
    pressable: [...document.querySelectorAll(press)].filter((part) => shown(part) && part.textContent.trim())
      .filter((part) => !part.matches(".pagination, .paper-course__contents"))
      .map((part) => part.className || part.tagName),
    posters: [...main.querySelectorAll("video[poster]")].filter((film) => getComputedStyle(film).display !== "none")
      .length,
  };
}""".replace("FAINTEST", str(FAINTEST))


def bare(text: str) -> str:
    """The signs alone: blanks, breaks and the hyphens that only break a word are no part of what was written."""
    return re.sub(r"[\s\u00ad\u200b\u2060\ufeff]+", "", text)


@dataclass
class Paper:
    """A printed page: its sheets, each as its bare signs, and what the file says of itself."""

    sheets: list[str]
    title: str
    language: str
    is_tagged: bool
    pictures: int

    def holds(self, text: str) -> bool:
        """Whether the text stands on one sheet, or at the end of one and the beginning of the next.

        A sheet's words come in the order in which they are painted, so what is parted need not be the last there.
        """
        whole = bare(text)
        return any(whole in sheet for sheet in self.sheets) or any(
            whole[:cut] in sheet and whole[cut:] in after
            for sheet, after in pairwise(self.sheets)
            for cut in range(1, len(whole))
        )


def read_paper(pdf: bytes) -> Paper:
    """What stands on the sheets of a PDF."""
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    return Paper(
        sheets=[bare(sheet.extract_text()) for sheet in reader.pages],
        title=(reader.metadata.title if reader.metadata else "") or "",
        language=str(root.get("/Lang", "")),
        is_tagged=bool(root.get("/MarkInfo", {}).get("/Marked")),
        pictures=len(reader.pages[0].images),
    )


class Printer:
    """Goes from page to page, prints each without colours of the ground, and gathers what is wrong with the paper."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.page = context.new_page()
        self.site = site
        self.faults: list[str] = []
        self.printed: list[str] = []

    def print_page(self, name: str, path: str, *, stated: tuple[str, ...] = ()) -> Paper:
        """Open a page and print it; ``stated`` must stand on it, too."""
        self.page.goto(self.site.at(path))
        paper = read_paper(self.page.pdf(format="A4", prefer_css_page_size=True, tagged=True))
        screen = self.page.viewport_size
        assert screen is not None
        self.page.set_viewport_size(A4_TEXT)
        self.page.emulate_media(media="print")
        found = self.page.evaluate(SEEN)
        content, sheet = widths(self.page)
        self.page.emulate_media(media="null")
        self.page.set_viewport_size(screen)
        self.printed.append(name)
        missing = [text for text in found["words"] if not paper.holds(text)]
        self.faults += [
            f"{name}: {fault}"
            for fault in (
                not paper.is_tagged and "not tagged",
                paper.title != found["title"] and f"titled {paper.title!r}",
                paper.language != found["language"] and f"in the language {paper.language!r}",
                not all(paper.sheets) and f"an empty sheet among {len(paper.sheets)}",
                not _begins(paper, found["heading"]) and "the subject does not stand on the first sheet",
                missing and f"not on paper: {missing[:5]}",
                found["faint"] and f"too faint on white: {found['faint'][:5]}",
                found["pressable"] and f"nothing to press on paper: {found['pressable'][:5]}",
                content > sheet and f"{content} px wide on a sheet of {sheet} px",
                found["posters"] and not paper.pictures and "a film without its poster",
                *(f"{text!r} is not stated" for text in stated if not paper.holds(text)),
                *(f"the address {link} is not written out" for link in found["addresses"] if not paper.holds(link)),
                *(_parted(paper, table) for table in found["tables"]),
            )
            if fault
        ]
        return paper

    def check(self) -> None:
        """Fail with everything that was found."""
        assert self.printed
        assert not self.faults, "\n".join(self.faults)


def _begins(paper: Paper, headings: list[str]) -> bool:
    return all(bare(heading) in paper.sheets[0] for heading in headings)


def _parted(paper: Paper, table: dict[str, list[str]]) -> str | None:
    """What is wrong with a table over several sheets: each that holds a row holds the headings, too."""
    head, rows = bare("".join(table["head"])), [bare("".join(row)) for row in table["rows"]]
    bad = [
        number
        for number, sheet in enumerate(paper.sheets, 1)
        if head not in sheet and any(row in sheet for row in rows)
    ]
    return f"sheets {bad} hold rows of a table without its headings" if bad else None
