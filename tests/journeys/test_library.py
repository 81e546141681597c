"""A publication is found in the library and its PDF taken home, on a phone, with and without script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from pypdf import PdfReader

from cms.library.demo.chapters import stored_chapters
from tests.browsers import Site, Watch
from tests.factories.library import make_library, make_publication

pytestmark = pytest.mark.journey

CHAPTERS = [{"title": "Zakupy", "blocks": [{"type": "text", "html": "<h3>Pytanie</h3><p>Klauzula społeczna.</p>"}]}]


@pytest.mark.parametrize("script", [True, False])
def test_a_publication_is_found_and_its_pdf_downloaded(
    site: Site, new_context: Callable[..., BrowserContext], tmp_path: Path, script: bool
) -> None:
    make_publication(title="Raport roczny", kind="report", year=2014)
    make_publication(title="Poradnik zakupów", chapters=stored_chapters(CHAPTERS, place="journey"))
    watch = Watch(site.url)
    context = new_context(viewport={"width": 360, "height": 740}, java_script_enabled=script)
    watch.over(context)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(site.at(make_library().get_url()))
    box = page.get_by_role("checkbox", name="Poradnik")
    expect(box).to_be_hidden()
    page.locator(".facets__switch").click()
    if script:
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        expect(page.locator(".facets__switch")).to_be_focused()
        page.keyboard.press("Enter")
    box.check()
    page.get_by_role("button", name="Pokaż wyniki").click()
    expect(page.get_by_role("link", name="Raport roczny")).to_have_count(0)
    assert page.url.endswith("kind=guide#results")
    page.get_by_role("link", name="Poradnik zakupów").click()
    expect(page.locator(".edition__contents").get_by_role("link", name="Pytanie")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Do druku i czytania: PDF").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.suffix == ".pdf"
    assert "Klauzula społeczna." in " ".join(sheet.extract_text() for sheet in PdfReader(path).pages)
    assert not watch.faults
