"""Somebody remembers a sentence of a publication, and has its file a minute later, on a phone; with script and not."""

from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect
from pypdf import PdfReader

from media.actions import read_document
from tests.browsers import PHONE, Site
from tests.factories.library import make_publication
from tests.factories.media import DocumentFactory
from tests.factories.search import index_everything

pytestmark = pytest.mark.journey
TEXT = (
    '#set text(lang: "pl")\n= Wstęp\nO zakupach.\n#pagebreak()\n= Kuchnia\nKucharka czyta zapotrzebowanie na telefonie.'
)


@pytest.mark.rule("search-2")
@pytest.mark.parametrize("script", [True, False])
def test_a_publication_is_found_by_a_phrase_inside_its_file(
    site: Site, open_context: Callable[..., BrowserContext], tmp_path: Path, script: bool
) -> None:
    pdf = typst.compile(TEXT.encode())
    document = DocumentFactory(title="Poradnik w PDF", file=ContentFile(pdf, name="poradnik.pdf"))
    read_document(document_id=document.pk, now=timezone.now())
    publication = make_publication(title="Poradnik dla kuchni", files=1, document=document)
    index_everything()
    page = open_context(java_script_enabled=script, viewport=PHONE).new_page()
    page.goto(site.at(publication.get_parent().get_url()))
    if script:
        page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Szukaj", exact=True).click()
    page.get_by_label("Czego szukasz?").fill("kucharki „zapotrzebowanie na telefonie”")
    page.get_by_role("button", name="Szukaj").click()
    expect(page.get_by_role("status")).to_have_text("1 wynik")
    expect(page.get_by_role("link", name="Poradnik dla kuchni")).to_be_visible()
    place = page.get_by_role("link", name="strona 2")
    assert (place.get_attribute("href") or "").endswith("#page=2")
    with page.expect_download() as taken:
        place.click()
    kept = tmp_path / "poradnik.pdf"
    taken.value.save_as(kept)
    assert "Kucharka" in PdfReader(kept).pages[1].extract_text()
