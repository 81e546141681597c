"""Looks at a page as it stands at each width and in each colour scheme: axe, the HTML checker, rules of our own."""

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page

from tests.browsers import DESK, PHONE, Site, Watch, address, widths
from tests.html_checker import html_faults

SCRIPT = Axe().axe_script
RUN = """() => axe.run({ resultTypes: ["violations"] }).then((found) => found.violations.map((violation) =>
  `${violation.id} (${violation.impact}): ` + violation.nodes.map((node) =>
    `${node.target.join(" ")} – ${node.failureSummary.split("\\n").slice(1, 2).join("").trim()}`).join("; ")))"""
FRAME = """() => ({
  lang: document.documentElement.lang, title: document.title,
  mains: document.querySelectorAll("main").length, headings: document.querySelectorAll("h1").length,
  first: document.querySelector("a[href], button, input, select, textarea")?.className,
})"""
OPEN_DETAILS = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"
NARROWEST = {"width": 320, "height": 640}


class Inspection:
    """Goes from page to page in one language and gathers everything that is wrong."""

    def __init__(self, page: Page, site: Site, watch: Watch, language: str) -> None:
        self.page = page
        self.site = site
        self.watch = watch
        self.language = language
        self.faults: list[str] = []
        self.looked_at: list[str] = []
        self.documents: dict[str, str] = {}

    def at(self, name: str, **kwargs: Any) -> str:
        """The path of a view in the language of the inspection."""
        return address(name, self.language, **kwargs)

    def visit(self, name: str, path: str, *, status: int = 200, empty: str = "", press: str = "") -> None:
        """Open a page, empty a field and press a button where the state wanted comes after that, and look at it."""
        if status != 200:
            self.watch.allow(urlsplit(path).path, status)
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(self.site.at(path))
        assert answer is not None
        if answer.status != status:
            self.faults.append(f"{name}: {path} answered {answer.status}")
            return
        self.documents[f"{name} ({self.language})"] = answer.text()
        if empty:
            self.page.locator(empty).fill("")
        if press:
            self.page.locator(press).first.click()
            self.page.wait_for_load_state()
        self.look(name)

    def look(self, name: str) -> None:
        """Look at the page that is open, with everything unfolded that can be unfolded."""
        self.looked_at.append(name)
        self._look_at_frame(name)
        self.page.evaluate(SCRIPT)
        self.page.evaluate(OPEN_DETAILS)
        for window in (DESK, PHONE):
            self.page.set_viewport_size(window)
            self._look_at_width(name, window["width"])
            for button in self.page.locator("[data-menu-button]:visible, [data-outline-button]:visible").all():
                button.click()
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                where = f"{name} ({self.language}, {window['width']} px, {scheme})"
                self.faults += [f"{where}: {violation}" for violation in self.page.evaluate(RUN)]
            self._look_at_width(name, window["width"])
        self.page.set_viewport_size(NARROWEST)
        self._look_at_width(name, NARROWEST["width"])

    def _look_at_frame(self, name: str) -> None:
        """What holds for every page: its language, its title with the site's name, one subject, the skip link first."""
        found = self.page.evaluate(FRAME)
        with translation.override(self.language):
            site_name = gettext("Cooperation Academy")
        wrong = [
            found["lang"] != self.language and f"lang is {found['lang']}",
            not found["title"].endswith(f" – {site_name}") and f"the title is {found['title']}",
            found["mains"] != 1 and f"{found['mains']} main",
            found["headings"] != 1 and f"{found['headings']} h1",
            found["first"] != "skip-link" and "the skip link is not the first stop",
        ]
        self.faults += [f"{name} ({self.language}): {words}" for words in wrong if words]

    def _look_at_width(self, name: str, width: int) -> None:
        content, window = widths(self.page)
        if content > window:
            self.faults.append(f"{name} ({self.language}): {content} px wide in a window of {width} px")

    def check(self) -> None:
        """Fail with everything that was found, also by the HTML checker in the documents as they were sent."""
        assert self.looked_at
        faults = self.faults + html_faults(self.documents)
        assert not faults, "\n".join(faults)
