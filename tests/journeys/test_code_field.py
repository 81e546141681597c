"""The field for a code in a real browser: nothing of a code is cut off, and Enter sends it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browsers import PHONE, Site, Watch, address
from tests.factories.site import make_academy

pytestmark = pytest.mark.journey
UNKNOWN = "7K4M9QXT2HPD8RWY5NCV3JBFGA"
IN_GROUPS = "7K4M-9QXT-2HPD-8RWY-\n5NCV-3JBF-GA"
HIDDEN = "field => [field.scrollWidth - field.clientWidth, field.scrollHeight - field.clientHeight]"


@pytest.mark.rule("verify-4", "verify-6")
@pytest.mark.parametrize("width", [320, 360, 900, 1280])
def test_a_code_is_sent_by_enter_and_stands_whole_in_its_field(
    site: Site, open_context: Callable[..., BrowserContext], watch: Watch, width: int
) -> None:
    make_academy()
    watch.allow(f"/c/{UNKNOWN}/", 404)
    page = open_context(viewport={**PHONE, "width": width}).new_page()
    page.goto(site.at(address("certificates:check")))
    field = page.locator('[name="code"]')
    assert field.bounding_box()["height"] <= 56, "empty it is as high as any field"  # type: ignore[index]
    field.fill(UNKNOWN.lower())
    field.press("Enter")
    expect(page.locator(".answer--not_found")).to_be_visible()
    assert field.input_value() == IN_GROUPS
    assert field.evaluate(HIDDEN) == [0, 0]
    assert field.bounding_box()["height"] < 80, "in two lines, as on the document"  # type: ignore[index]
