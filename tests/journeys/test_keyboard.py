"""The whole way with the keyboard alone, in Polish, on a window of 360 px. The focus is seen at each step."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browsers import PHONE, Site, wait_until
from tests.factories.site import make_academy
from tests.journeys.hands import Keyboard
from tests.journeys.walk import Walk, verify

pytestmark = pytest.mark.journey


@pytest.mark.rule("page-1", "page-2", "page-4", "page-5")
def test_everything_works_with_the_keyboard_alone(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = open_context(viewport=PHONE, reduced_motion="reduce").new_page()
    hand = Keyboard(page)
    walk = Walk(site, make_academy(), page, hand)
    page.goto(site.at("/pl/"))
    hand.skip()
    walk.sign_up()
    walk.verify_by_mail()
    walk.enrol()
    walk.page.reload()
    hand.skip()
    walk.read_lesson()
    hand.press(page.locator("[data-plyr=play]"), "Space")
    wait_until(page, "document.querySelector('video').ended")
    expect(page.locator("#bottom-bar .bottom-bar__done")).to_be_visible()
    walk.next_step(walk.academy.quiz)
    walk.take_quiz(attempt=1, right=False)
    walk.failed()
    walk.take_quiz(attempt=2, right=True)
    walk.passed()
    walk.finish()
    walk.download(tmp_path)
    walk.open_twin()
    stranger = open_context(viewport=PHONE, reduced_motion="reduce").new_page()
    other = Keyboard(stranger)
    verify(site, stranger, other, code=walk.code, number=walk.number)
    hand.check()
    other.check()
