"""Hints in a browser: by mouse and keys, closed by Escape, without script, on paper."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browsers import Site, Watch
from tests.factories.glossary import make_small_glossary
from tests.factories.news import make_newsroom

pytestmark = [pytest.mark.axe, pytest.mark.rule("hint-6")]
ADDRESS = "/pl/aktualnosci/biblioteka/"


def open_page(site: Site, context: BrowserContext) -> Page:
    make_newsroom()
    make_small_glossary()
    page = context.new_page()
    page.goto(site.at(ADDRESS))
    return page


def test_a_hint_opens_by_keys_and_is_closed_by_escape(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_page(site, open_context())
    term, card = page.get_by_role("button", name="Karta usługi"), page.locator(".term-card")
    expect(card).to_be_hidden()
    for key in ("Enter", " "):
        term.press(key)
        expect(card).to_be_visible()
        expect(term).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        expect(card.get_by_role("link")).to_be_focused()
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        expect(term).to_be_focused()
        expect(term).to_have_attribute("aria-expanded", "false")


def test_a_hint_opens_by_a_press_and_is_closed_by_the_next(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_page(site, open_context())
    term, card = page.get_by_role("button", name="Karta usługi"), page.locator(".term-card")
    for close in (term, page.locator("h1"), card.get_by_role("button")):
        term.click()
        expect(card).to_be_visible()
        close.click()
        expect(card).to_be_hidden()
    term.click()
    card.get_by_role("link").click()
    page.wait_for_url("**/slowniczek/#karta-uslugi")


def test_without_script_a_term_leads_to_the_glossary(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_page(site, open_context(java_script_enabled=False))
    page.get_by_role("link", name="Karta usługi").click()
    assert page.url.endswith("/pl/slowniczek/#karta-uslugi")


def test_on_paper_the_explanations_stand_at_the_end(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_page(site, open_context())
    expect(page.locator("#term-karta-uslugi")).to_be_hidden()
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages]
    paper = " ".join(" ".join(sheets).replace("\u00a0", " ").split())
    assert "Słowniczek" in paper
    assert "Wyjaśnienie: karta usługi." in paper
    assert paper.count("[1]") == 2
