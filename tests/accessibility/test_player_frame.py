"""The frame of the player: where the skip link leads, and what stands in the frame at every width."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, FloatRect, Locator, Page, expect

from cms.accounts.actions import create_account
from tests.browsers import DESK, PHONE, Site, Watch, address, sign_in, wait_until
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
    header = page.locator(".player-header")
    assert _box(header)["height"] <= 72
    expect(header.locator(f'a[href="{address("courses_learning:list-mine")}"]').last).to_be_visible()
    if window is PHONE and script:
        page.locator("[data-outline-button]").press("Enter")
    # Each is there once for everybody, in this order and before the content, as on every other page.
    ways = [
        page.locator(f'a[href="{address("courses_learning:open-step", "en", **step)}"]:visible'),
        page.locator('a[href="/pl/pomoc/"]:visible'),
        page.locator("main"),
    ]
    for way in ways:
        expect(way).to_have_count(1)
    follows = "([one, other]) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)"
    for one, other in pairwise(ways):
        assert page.evaluate(follows, [one.element_handle(), other.element_handle()])


@pytest.mark.rule("page-10")
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_a_table_is_a_stop_of_the_keyboard_only_while_it_scrolls(
    window: dict[str, int], site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    academy = make_academy()
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska")
    enrol(person, academy.course)
    page = open_context(viewport=window).new_page()
    sign_in(page.context, site, person.user)
    page.goto(site.at(address("courses_learning:open-step", **academy.address(academy.lesson))))
    box = page.locator(".table-scroll")
    expect(box).not_to_have_attribute("tabindex", "0")
    table = box.locator("table").element_handle()
    page.evaluate("(table) => { table.style.minWidth = '2000px'; table.style.display = 'table'; }", table)
    expect(box).to_have_attribute("tabindex", "0")
    page.evaluate("(table) => table.removeAttribute('style')", table)
    expect(box).not_to_have_attribute("tabindex", "0")


@pytest.mark.rule("page-15")
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_the_bar_keeps_its_places_and_its_height(
    window: dict[str, int], site: Site, open_context: Callable[..., BrowserContext]
) -> None:
    academy = make_academy()
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska")
    enrolment = enrol(person, academy.course)
    page = open_context(viewport=window).new_page()
    sign_in(page.context, site, person.user)
    lesson, film = (
        site.at(address("courses_learning:open-step", **academy.address(step)))
        for step in (academy.lesson, academy.film)
    )
    seen = []
    for steps, where in ((0, lesson), (1, lesson), (1, film), (2, film)):
        finish(enrolment, steps=steps)
        page.goto(where)
        bar = page.locator("#bottom-bar")
        seen.append((where, _box(bar)["height"]))
        # At the right stands an arrow that leads on or a lock that does not, always of the same size.
        locked = steps < (1 if where == lesson else 2)
        after = bar.locator(".bottom-bar__side--next .bottom-bar__link")
        assert after.evaluate("(part) => part.tagName") == ("P" if locked else "A")
        expect(after.locator("svg")).to_be_visible()
        box = _box(after)
        assert min(box["width"], box["height"]) >= 52
        assert box["x"] + box["width"] == pytest.approx(window["width"] - 20, abs=1)
    tallest = 77 if window is PHONE else 93
    assert all(height <= tallest for _where, height in seen), seen


def _box(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


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
    expect(page.locator("#transcript-rule")).to_be_in_viewport()
    expect(page.locator("#transcript-done button")).to_be_focused()
    english = address("courses_learning:open-step", "en", **film)
    expect(page.locator(f'a[href="{english}"]:visible')).to_have_count(1)


@pytest.fixture
def film_page(site: Site, open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens the film step for somebody who has got as far, in a window of this size and in this language."""
    academy = make_academy()
    person = create_account(email="krok@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska")
    finish(enrol(person, academy.course), steps=1)

    def opened(width: int, height: int, language: str = "pl") -> Page:
        page = open_context(viewport={"width": width, "height": height}).new_page()
        sign_in(page.context, site, person.user)
        where = site.at(address("courses_learning:open-step", language, **academy.address(academy.film)))
        page.goto(where, wait_until="networkidle")
        return page

    return opened


@pytest.mark.rule("page-20")
@pytest.mark.parametrize("window", [(1280, 800), (1280, 900), (768, 800), (360, 740)], ids=str)
def test_a_film_can_be_started_on_the_first_screen(window: tuple[int, int], film_page: Callable[..., Page]) -> None:
    page = film_page(*window)
    start = page.get_by_role("button", name="Odtwórz film", exact=True)
    bar = _box(page.locator("#bottom-bar"))["y"]
    seen = [start, page.locator(".film__controls [data-plyr=play]")]
    for button in seen if window[0] > 1000 else seen[:1]:
        box = _box(button)
        assert box["y"] + box["height"] <= bar
    # Smaller on a phone, so that it leaves the title on the poster to be read.
    assert _box(start)["width"] == (48 if window[0] < 400 else 72)
    start.press("Enter")
    wait_until(page, "document.querySelector('video').currentTime > 0")
    expect(start).to_have_count(0)
    expect(page.locator(".film__controls [data-plyr=play]")).to_be_focused()


@pytest.mark.rule("page-20")
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("width", [320, 360, 599, 1000])
def test_the_controls_of_a_film_keep_to_one_row(language: str, width: int, film_page: Callable[..., Page]) -> None:
    page = film_page(width, 740, language)
    boxes = [_box(part) for part in page.locator(".film__buttons :is(button, select):visible").all()]
    assert len(boxes) >= 4
    assert all(box["height"] >= 44 and box["width"] >= 40 for box in boxes)
    assert len({box["y"] + box["height"] / 2 for box in boxes}) == 1


@pytest.mark.rule("page-20")
def test_the_transcript_goes_to_the_place_that_was_chosen(film_page: Callable[..., Page]) -> None:
    page = film_page(1280, 800)
    lines = page.locator("[data-film-lines]")
    # The film of the tests is short: in a box this low its transcript scrolls as a long one does.
    lines.evaluate("box => box.style.setProperty('max-block-size', '60px')")
    expect(lines).to_have_attribute("tabindex", "0")
    page.evaluate("document.querySelector('video').currentTime = 5")
    spoken = page.locator(".transcript__line[data-current]")
    expect(spoken).to_contain_text("Dziękuję za uwagę.")
    expect(page.locator(".plyr__caption:visible", has_not_text=re.compile(r"\S"))).to_have_count(0)
    wait_until(page, "document.querySelector('[data-film-lines]').scrollTop > 0")
    box, line = _box(lines), _box(spoken)
    assert box["y"] <= line["y"] < box["y"] + box["height"]
    assert page.evaluate("document.querySelector('video').paused")
