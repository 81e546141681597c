"""The browser, the site and the watch, and an inspection that walks from page to page."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.accessibility.inspection import Inspection
from tests.browsers import (  # noqa: F401
    Site,
    Watch,
    base_url,
    browser_type_launch_args,
    collected_static,
    open_context,
    site,
    watch,
)


@pytest.fixture(params=["pl", "en"])
def inspection(
    request: pytest.FixtureRequest,
    site: Site,  # noqa: F811
    watch: Watch,  # noqa: F811
    open_context: Callable[..., BrowserContext],  # noqa: F811
) -> Iterator[Inspection]:
    """One inspection for each language; what it found fails the test at the end, all of it at once."""
    locale = {"pl": "pl-PL", "en": "en-GB"}[request.param]
    context = open_context(locale=locale, reduced_motion="reduce")
    inspection = Inspection(context.new_page(), site, watch, request.param)
    yield inspection
    inspection.check()
