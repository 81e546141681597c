"""What is printed: of a certificate its two sheets, of a verification one page."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from certificates.actions import confirm_name
from certificates.models import Certificate
from certificates.queries import verify_url
from cms.accounts.actions import create_account
from tests.accessibility.test_learners_pages import attempt
from tests.browsers import Site, Watch, address, sign_in
from tests.certificates.qr_reader import read
from tests.factories.learning import enrol, finish
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


def printed(page: Page) -> list[str]:
    """The words of each printed page, on A4 as the site asks for it."""
    paper = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages]


def photographed(page: Page) -> list[list[int]]:
    """The modules of the code as they are drawn on the screen, each by the pixel in its middle."""
    code = page.locator(".paper__qr")
    picture = Image.open(BytesIO(code.screenshot(type="png"))).convert("L")
    dark = [[picture.getpixel((x, y)) < 128 for x in range(picture.width)] for y in range(picture.height)]
    # The upper edges of two finders, each seven modules long, are the whole side of the code.
    top, edge = next((y, line) for y, line in enumerate(dark) if any(line))
    left, right = edge.index(True), len(edge) - edge[::-1].index(True)
    module = edge[left:].index(False) / 7
    side = round((right - left) / module)
    middles = [(at + 0.5) * (right - left) / side for at in range(side)]
    return [[int(dark[top + int(y)][left + int(x)]) for x in middles] for y in middles]


@pytest.mark.rule("page-11", "certificate-24")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_certificate_and_its_verification(
    language: str, site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> None:
    academy = make_academy()
    person = create_account(email="druk@example.org", password="dowolne-haslo-9", name="Żaneta Gołębiowska-Śliwińska")
    enrolment = enrol(person, academy.course)
    finish(enrolment, steps=2)
    attempt(enrolment, academy, right=3)
    confirm_name(person_id=person.pk, name=person.name, now=timezone.now())
    certificate = Certificate.objects.get()
    page = open_context(device_scale_factor=4).new_page()
    sign_in(page.context, site, person.user)

    page.goto(site.at(address("certificates_own:show-certificate", language=language, pk=certificate.pk)))
    sheets = printed(page)
    assert len(sheets) == 2, [sheet[:80] for sheet in sheets]
    assert all(certificate.number in sheet for sheet in sheets)
    assert "Żaneta Gołębiowska-Śliwińska" in sheets[0]
    assert read(photographed(page)) == verify_url(certificate.code)

    page.goto(site.at(f"/c/{certificate.code}/?lang={language}"))
    assert len(printed(page)) == 1
