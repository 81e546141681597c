"""The head of a page on a phone: the menu opens without moving anything, and the way back stands in one line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsers import PHONE, Site
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe
PLACES = """() => [...document.querySelectorAll(
    ".site-header .brand .mark, .site-header__corner--narrow a, [data-menu-button]"
)].map((part) => { const {x, y} = part.getBoundingClientRect(); return [x, y]; })"""


@pytest.fixture
def page(site: Site, open_context: Callable[..., BrowserContext]) -> Page:
    make_academy()
    return open_context(viewport=PHONE, reduced_motion="reduce").new_page()


@pytest.mark.rule("page-17")
@pytest.mark.parametrize("width", [320, 360, 768])
def test_opening_the_menu_moves_nothing(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site.at("/pl/"))
    button = page.locator("[data-menu-button]")
    expect(button).to_have_accessible_name("Menu")
    before = page.evaluate(PLACES)
    assert len(before) == 3

    button.click()

    assert page.evaluate(PLACES) == before
    expect(button).to_have_accessible_name("Zwiń menu")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button.get_by_text("Menu", exact=True)).to_be_hidden()


@pytest.mark.rule("page-17")
def test_the_way_back_is_one_link_in_one_line(page: Page, site: Site) -> None:
    page.goto(site.at("/pl/szkolenia/narzedzie/"))
    way = page.locator(".breadcrumbs")
    seen = [link.inner_text() for link in way.locator("a:visible").all()]
    assert seen == ["Szkolenia"]
    box = way.bounding_box()
    assert box is not None
    assert box["height"] < 50
    # Whoever listens still hears where they are.
    assert "Narzędzie" in way.aria_snapshot()
    assert way.locator("[aria-current=page]").count() == 1


@pytest.mark.rule("page-17")
def test_the_first_button_of_a_course_shows_without_scrolling(page: Page, site: Site) -> None:
    page.goto(site.at("/pl/szkolenia/narzedzie/"))
    box = page.locator(".action-card .button").bounding_box()
    assert box is not None
    assert box["y"] < 740
