"""What is printed: every page type whole and without what can only be pressed; of a certificate its two sheets."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from certificates.actions import confirm_name
from certificates.models import Certificate
from certificates.queries import verify_url
from cms.accounts.actions import create_account
from cms.library.demo.chapters import stored_chapters
from cms.pages.typography import date_in_words
from tests.accessibility.printing import Printer
from tests.accessibility.test_learners_pages import attempt
from tests.browsers import PHONE, Site, Watch, address, sign_in
from tests.certificates.qr_reader import read
from tests.factories.films import make_films
from tests.factories.glossary import make_small_glossary
from tests.factories.learning import enrol, finish
from tests.factories.library import make_publication, make_shelf
from tests.factories.news import make_newsroom
from tests.factories.newsletter import make_issue
from tests.factories.pages import look_after, make_text_page
from tests.factories.search import index_everything
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


@pytest.fixture(params=["pl", "en"])
def printer(
    request: pytest.FixtureRequest, site: Site, watch: Watch, open_context: Callable[..., BrowserContext]
) -> Iterator[tuple[Printer, str]]:
    """A printer and its language; the window is a phone's with dark colours, of which nothing reaches the paper."""
    locale = {"pl": "pl-PL", "en": "en-GB"}[request.param]
    printer = Printer(open_context(locale=locale, viewport=PHONE, color_scheme="dark", reduced_motion="reduce"), site)
    yield printer, request.param
    printer.check()


def long_edition() -> dict[str, Any]:
    """A chapter with a table over several sheets, something folded and a link to another site."""
    rows = [[f"Wiersz {number}", f"Słowo o wierszu {number}", "10 zł"] for number in range(1, 91)]
    return {
        "title": "Zestawienie",
        "blocks": [
            {"type": "text", "html": '<p>Zobacz <a href="https://example.org/ustawa">ustawę</a>.</p>'},
            {"type": "table", "caption": "Wiersze", "header": ["Co", "Opis", "Kwota"], "rows": rows},
        ],
    }


@pytest.mark.rule("page-32")
def test_public_pages(printer: tuple[Printer, str]) -> None:
    paper, language = printer
    make_academy()
    make_shelf()
    make_publication(
        language, title="Długa tabela", slug="dluga", chapters=stored_chapters([long_edition()], place="druk")
    )
    make_films()
    make_newsroom()
    make_small_glossary()
    issue = make_issue(language, slug="numer", blocks=[("heading", "Do czytania"), ("text", "<p>Słowa.</p>")])
    sources = [("source", {"text": "UDPP, art. 5a", "address": "https://example.org/"})]
    cared = make_text_page(
        "Zasady",
        slug="zasady",
        language=language,
        body=[("timeline", {"items": [{"when": "2014", "text": "<p>Poradnik.</p>", "source": "ISBN", "address": ""}]})],
    )
    look_after(cared, review_on=date(2026, 1, 1), sources=sources)
    index_everything()
    home = f"/{language}/"
    today = date_in_words(timezone.localdate(), language)
    help_pages = {"pl": ["o-projekcie", "pomoc", "deklaracja-dostepnosci", "prywatnosc", "regulamin"]}.get(
        language, ["about", "help", "accessibility", "privacy", "terms"]
    )
    course = f"{home}szkolenia/narzedzie/"
    pages = {name: f"{home}{name}/" for name in help_pages} | {
        "home": home,
        "page with care": f"{home}zasady/",
        "list of courses": f"{home}szkolenia/",
        "course page": course,
        "list of publications": f"{home}publikacje/",
        "publication": f"{home}publikacje/poradnik/",
        "long table": f"{home}publikacje/dluga/",
        "list of news": f"{home}aktualnosci/",
        "item of news": f"{home}aktualnosci/biblioteka/",
        "glossary": f"{home}slowniczek/",
        "list of films": f"{home}filmy/",
        "film": f"{home}filmy/zakupy/",
        "film with a foreign player": f"{home}filmy/obcy/",
        "archive of the newsletter": issue.get_parent().get_url(),
        "issue": issue.get_url(),
    }
    for name, path in pages.items():
        at = settings.SITE_URL + path
        paper.print_page(name, path, stated=(at,))
    for name in ("home", "page with care", "course page", "publication", "film", "item of news"):
        at = settings.SITE_URL + pages[name]
        paper.print_page(f"{name}, for print", f"{pages[name]}?print", stated=(at, today))
    paper.print_page("whole course", f"{course}{'druk' if language == 'pl' else 'print'}/", stated=(today,))
    search = address("cms_search:search-site", language)
    for name, path in {
        "search with results": f"{search}?q=zakupy+poradnik&lang=all",
        "search that finds nothing": f"{search}?q=ornitologia",
        "narrowed to nothing": f"{home}publikacje/?kind=guide&year=2014",
        "verification form": f"/c/?lang={language}",
        "newsletter": address("cms_newsletter:subscribe", language),
        "sign-up": address("account_signup", language),
        "sign-in": address("account_login", language),
    }.items():
        paper.print_page(name, path)


@pytest.mark.rule("page-32")
def test_learners_pages(printer: tuple[Printer, str]) -> None:
    paper, language = printer
    academy = make_academy()
    person = create_account(email="druk@example.org", password="dowolne-haslo-9", name="Żaneta Śliwińska")
    enrolment = enrol(person, academy.course)
    finish(enrolment, steps=2)
    attempt(enrolment, academy, right=3)
    sign_in(paper.page.context, paper.site, person.user)
    for name, path in {
        "my learning": address("courses_learning:list-mine", language),
        "lesson": address("courses_learning:open-step", language, **academy.address(academy.lesson)),
        "film": address("courses_learning:open-step", language, **academy.address(academy.film)),
        "result": address("courses_learning:show-result", language, **academy.address(academy.quiz), number=1),
        "certificates": address("certificates_own:list-mine", language),
        "profile": address("cms_accounts:show-profile", language),
        "own data": address("cms_accounts:show-data", language),
        "whole course": f"/{language}/szkolenia/narzedzie/{'druk' if language == 'pl' else 'print'}/",
    }.items():
        paper.print_page(name, path)


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
