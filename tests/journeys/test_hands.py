"""The keyboard's hand notices a focus that cannot be seen; a check that never fails would show nothing."""

import pytest
from playwright.sync_api import Page

from tests.journeys.hands import Keyboard

pytestmark = pytest.mark.journey
PAGE = """<!doctype html><html lang="pl"><title>t</title><style>{style}</style>
<p><a href="#a" id="a">pierwszy</a></p><div style="height: {space}px"></div><p><a href="#b" id="b">drugi</a></p>
<div class="bar" style="position: fixed; inset: auto 0 0; height: 90px; background: #eee"></div></html>"""
RING = ":focus-visible { outline: 3px solid black }"


@pytest.mark.parametrize(
    ("style", "space", "words"),
    [
        (RING, 0, ""),
        (":focus-visible { outline: none }", 0, "not seen"),
        (RING, 640, "lies under DIV.bar"),
    ],
    ids=["seen", "without a ring", "under the bar"],
)
def test_a_hidden_focus_is_noticed(page: Page, style: str, space: int, words: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_content(PAGE.format(style=style, space=space))
    hand = Keyboard(page)
    hand.go_to(page.locator("#b"))
    assert words in " ".join(hand.faults)
    assert bool(hand.faults) is bool(words)
