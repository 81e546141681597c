"""The frame of the player: where the skip link leads, and what stands in the frame at every width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from cms.accounts.actions import create_account
from tests.browsers import DESK, PHONE, Site, Watch, address, sign_in
from tests.factories.learning import enrol, finish
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


@pytest.mark.rule("page-12")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_the_way_past_the_plan(
    script: bool, window: dict[str, int], site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    academy = make_academy()
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska")
    enrol(person, academy.course)
    page = open_context(viewport=window, java_script_enabled=script).new_page()
    sign_in(page.context, site, person.user)
    step = academy.address(academy.lesson)
    page.goto(site.at(address("courses_learning:open-step", **step)))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert not page.evaluate("document.querySelector('main').contains(document.getElementById('step-outline'))")
    frame = page.locator(".player-header")
    expect(frame.locator('a[href="/pl/pomoc/"]')).to_be_visible()
    expect(frame.locator(f'a[href="{address("courses_learning:open-step", "en", **step)}"]')).to_be_visible()
    expect(frame.locator(f'a[href="{address("courses_learning:list-mine")}"]').last).to_be_visible()


def test_a_button_of_the_film_says_what_it_does(site: Site, open_context: Callable[..., BrowserContext]) -> None:
    academy = make_academy()
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska")
    finish(enrol(person, academy.course), steps=1)
    page = open_context().new_page()
    sign_in(page.context, site, person.user)
    page.goto(site.at(address("courses_learning:open-step", **academy.address(academy.film))))
    mute = page.locator("[data-plyr=mute]")
    for name in ("Wyłącz dźwięk", "Włącz dźwięk", "Wyłącz dźwięk"):
        expect(mute).to_have_attribute("aria-label", name)
        expect(mute).not_to_have_attribute("aria-pressed", "true")
        expect(mute).not_to_have_attribute("aria-pressed", "false")
        mute.click()


def test_a_transcript_read_too_fast_is_refused_beside_its_button(
    site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    academy = make_academy()
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska")
    finish(enrol(person, academy.course), steps=1)
    page = open_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(page.context, site, person.user)
    film = academy.address(academy.film)
    watch.allow(address("courses_learning:complete-by-transcript", **film), 409)
    page.goto(site.at(address("courses_learning:open-step", **film)))
    page.locator("#transcript-done button").click()
    expect(page.locator("#transcript-error")).to_be_in_viewport()
    expect(page.locator("#transcript-done button")).to_be_focused()
    english = address("courses_learning:open-step", "en", **film)
    expect(page.locator(f'.player-header a[href="{english}"]')).to_have_count(1)
