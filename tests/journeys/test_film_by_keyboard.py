"""A film in public: with the keyboard alone from the list to a minute of its transcript, and without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browsers import DESK, Site, wait_until
from tests.factories.films import make_film_list, make_film_page
from tests.journeys.hands import Keyboard

pytestmark = pytest.mark.journey


@pytest.mark.rule("film-2")
def test_a_film_is_opened_at_a_minute_from_its_transcript(
    site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    film_page = make_film_page(title="Zakupy w filmie", slug="zakupy")
    page = open_context(viewport=DESK, reduced_motion="reduce").new_page()
    hand = Keyboard(page)
    page.goto(site.at(make_film_list().get_url()))
    hand.skip()
    hand.press(page.locator(f'main a[href="{film_page.get_url()}"]'))
    expect(page.locator("h1")).to_have_text("Zakupy w filmie")
    hand.skip()
    hand.fill(page.locator("#film-filter"), "dziekuje")
    expect(page.locator("[data-film-found]")).to_have_text("Akapity z tymi słowami: 1 z 3")
    line = page.locator(".transcript__line:visible")
    expect(line).to_have_count(1)
    hand.press(line.locator("a"))
    wait_until(page, "document.querySelector('video').currentTime >= 4")
    expect(line).to_have_attribute("aria-current", "true")
    assert page.locator("[data-film-share] input").input_value().startswith(f"{film_page.full_url}?t=")
    hand.check()


@pytest.mark.rule("film-2", "film-10")
def test_without_script_the_address_leads_to_the_second(
    site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    block = [("foreign_player", {"address": "https://vimeo.com/76979871", "title": "Film obcy"})]
    film_page = make_film_page(slug="zakupy", body=block)
    page = open_context(viewport=DESK, java_script_enabled=False).new_page()
    page.goto(site.at(film_page.get_url()))
    page.locator(".transcript__line a").last.click()
    expect(page.locator("video source")).to_have_attribute("src", re.compile(r"/source\.mp4\?v=\w+#t=4$"))
    link = page.locator("aw-foreign-player a")
    expect(link).to_have_attribute("href", "https://vimeo.com/76979871")
    expect(page.locator("aw-foreign-player button")).to_be_hidden()
