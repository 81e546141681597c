"""What is printed: of a certificate its two sheets, of a verification one page."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from certificates.actions import confirm_name
from certificates.models import Certificate
from cms.accounts.actions import create_account
from tests.accessibility.test_learners_pages import attempt
from tests.browsers import Site, Watch, address, sign_in
from tests.factories.learning import enrol, finish
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


def printed(page: Page) -> list[str]:
    """The words of each printed page, on A4 as the site asks for it."""
    paper = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages]


@pytest.mark.rule("page-11")
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
    page = open_context().new_page()
    sign_in(page.context, site, person.user)

    page.goto(site.at(address("certificates_own:show-certificate", language=language, pk=certificate.pk)))
    sheets = printed(page)
    assert len(sheets) == 2, [sheet[:80] for sheet in sheets]
    assert all(certificate.number in sheet for sheet in sheets)
    assert "Żaneta Gołębiowska-Śliwińska" in sheets[0]

    page.goto(site.at(f"/c/{certificate.code}/?lang={language}"))
    assert len(printed(page)) == 1
