"""The inspection notices what is wrong; one that never fails would show nothing."""

import pytest
from playwright.sync_api import Page

from tests.accessibility.inspection import Inspection
from tests.browsers import Site, Watch
from tests.html_checker import JAVA, html_faults

pytestmark = pytest.mark.axe
GOOD = """<!doctype html><html lang="pl"><head><title>Próba – Akademia Współpracy</title><style>
  body {{ background: #fff; color: #222; margin: 0; }} a {{ color: inherit; }}
  @media (prefers-color-scheme: dark) {{ body {{ background: #111; color: {dark}; }} }}
</style></head><body><a class="skip-link" href="#main">Przejdź do treści</a>
<main id="main"><h1>Próba</h1><p>Treść.</p>{more}</main></body></html>"""


@pytest.mark.parametrize(
    ("dark", "more", "found"),
    [
        ("#eee", "", []),
        ("#222", "", ["1280 px, dark): color-contrast", "360 px, dark): color-contrast"]),
        ("#eee", '<img src="data:,">', ["light): image-alt", "dark): image-alt"]),
        ("#eee", '<div style="width: 340px">szeroko</div>', ["340 px wide in a window of 320 px"]),
        ("#eee", "<h1>Drugi</h1>", ["2 h1"]),
    ],
    ids=["nothing", "contrast in the dark", "a picture without words", "too wide", "two subjects"],
)
def test_what_is_wrong_is_noticed(page: Page, dark: str, more: str, found: list[str]) -> None:
    inspection = Inspection(page, Site("http://127.0.0.1"), Watch("http://127.0.0.1"), "pl")
    page.set_content(GOOD.format(dark=dark, more=more))
    inspection.look("page")
    said = "\n".join(inspection.faults)
    assert all(words in said for words in found), said
    assert bool(said) is bool(found), said


@pytest.mark.skipif(JAVA is None, reason="no Java runtime for the HTML checker")
@pytest.mark.rule("page-6")
def test_the_html_checker_names_the_document_and_the_fault() -> None:
    good = GOOD.format(dark="#eee", more="")
    faults = html_faults({"good": good, "bad": good.replace("<main", "<p><div></p><main")})
    assert faults
    assert all(fault.startswith("bad:") for fault in faults)
