"""The whole way with JavaScript switched off, in Polish, on a phone; the film by its transcript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browsers import PHONE, Site
from tests.factories.site import make_academy
from tests.journeys.hands import Mouse
from tests.journeys.walk import Walk, verify

pytestmark = pytest.mark.journey


@pytest.mark.rule("page-1", "page-2", "page-3", "progress-9")
def test_everything_works_without_script(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = open_context(java_script_enabled=False, viewport=PHONE).new_page()
    walk = Walk(site, make_academy(), page, Mouse(page))
    walk.sign_up()
    walk.verify_by_mail()
    walk.enrol()
    walk.read_lesson()
    walk.read_transcript()
    walk.take_quiz(attempt=1, right=False)
    walk.failed()
    walk.take_quiz(attempt=2, right=True)
    walk.passed()
    walk.finish()
    walk.download(tmp_path)
    walk.open_twin()
    stranger = open_context(java_script_enabled=False, viewport=PHONE).new_page()
    verify(site, stranger, Mouse(stranger), code=walk.code, number=walk.number)
