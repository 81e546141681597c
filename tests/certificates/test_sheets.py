"""The picture of the paper on its page beside the paper itself, and the code on both, read as a phone reads it."""

import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

import pytest
import segno
from django.http import HttpResponse
from pypdf import PdfReader
from pypdf.generic import ContentStream

from certificates import actions
from certificates.documents import render
from certificates.models import Certificate
from certificates.presentation import _back_density, _front_density
from certificates.queries import verify_url
from certificates.snapshot import arranged
from cms.accounts.models import Person
from tests.certificates.conftest import signed_in
from tests.certificates.qr_reader import Modules, read
from tests.certificates.test_documents import a_snapshot, filled_modules
from tests.factories.certificates import make_award, make_certificate


@pytest.fixture
def printed(certificate: Certificate, site_pages: None) -> Certificate:
    return actions.make_paper(certificate_id=certificate.pk)


@pytest.fixture
def shown(printed: Certificate, holder: Person) -> str:
    response: HttpResponse = signed_in(holder).get(f"/pl/moje-zaswiadczenia/{printed.pk}/")
    return response.content.decode()


def sheets(html: str) -> list[str]:
    """The words of the two sheets on the page, in their order."""
    picture = html[html.index('class="papers"') : html.index('<section class="section">')]
    picture = re.sub(r"<svg.*?</svg>", "", picture, flags=re.DOTALL)
    fronts = re.split(r'(?=<div class="paper[ "])', picture)[1:]
    return [close(re.sub(r"<[^>]+>", " ", unescape(sheet))) for sheet in fronts]


def close(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.mark.rule("certificate-23")
@pytest.mark.django_db
def test_the_sheets_on_the_page_say_what_the_paper_says_in_its_order(printed: Certificate, shown: str) -> None:
    with printed.pdf.open("rb") as file:
        paper = [close(page.extract_text()) for page in PdfReader(BytesIO(file.read())).pages]
    front, back = sheets(shown)
    assert front == paper[0]
    # The head of a later page is no part of the order of reading and stands elsewhere in the file.
    head = close(f"Akademia Współpracy Nr {printed.number}, strona 2 z 2")
    assert back.startswith(head)
    assert head.removeprefix("AkademiaWspółpracy") in paper[1]
    body = back[back.index("Programszkolenia") :]
    assert body in paper[1]


@pytest.mark.rule("certificate-23")
@pytest.mark.django_db
def test_the_programme_names_its_modules_in_the_word_of_the_glossary(printed: Certificate, shown: str) -> None:
    assert "ModułTematMinuty" in sheets(shown)[1]
    # What was issued in other words keeps them.
    printed.snapshot["labels"]["part"] = "Część"
    printed.save(update_fields=["snapshot"])
    assert printed.person is not None
    again = signed_in(printed.person).get(f"/pl/moje-zaswiadczenia/{printed.pk}/").content.decode()
    assert "CzęśćTematMinuty" in sheets(again)[1]


def test_page_one_is_set_tighter_where_more_has_to_stand_on_it() -> None:
    def density(**changes: Any) -> str:
        return _front_density(arranged(a_snapshot(**changes)))

    assert density(trainer="", verification_summary="quizy w szkoleniu") == ""
    assert density(holder_name="Maria Anna Przykładowska-Wielonazwiskowa", course_title="Szkolenie " * 9) == "dense"
    assert density(holder_name="Ż" * 200, course_title="Szkolenie " * 14) == "densest"


def test_page_two_is_set_tighter_with_a_longer_programme() -> None:
    def density(modules: int) -> str:
        programme = [{"code": f"B{at}", "title": "Konto", "minutes": 5} for at in range(modules)]
        return _back_density(arranged(a_snapshot(programme=programme, minutes=5 * modules))["back"])

    assert [density(modules) for modules in (5, 12, 20)] == ["", "dense", "densest"]


# --- One thing to do --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.django_db
def test_downloading_is_the_one_thing_to_do_where_there_is_one_certificate(
    count: int, holder: Person, site_pages: None
) -> None:
    for _ in range(count):
        actions.make_paper(certificate_id=make_certificate(holder, award=make_award()).pk)
    html = signed_in(holder).get("/pl/moje-zaswiadczenia/").content.decode()
    assert html.count("button--primary") == (1 if count == 1 else 0)
    assert html.count("Pobierz PDF") == count
    assert re.search(r"\b\d+\u00a0kB", html)


@pytest.mark.django_db
def test_the_page_of_a_certificate_has_one_primary_button_with_the_size_beside_it(shown: str) -> None:
    assert shown.count("button--primary") == 1
    assert re.search(r"2\u00a0?\s?strony, \d+\u00a0kB", shown)


# --- The code ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 9, 26, 60, 100])
def test_the_reader_reads_what_segno_writes(length: int) -> None:
    text = "https://example.org/c/" + "7K4M9QXT2H" * 10
    code = [list(row) for row in segno.make_qr(text[: 22 + length], error="m", boost_error=False).matrix]
    assert read(code) == text[: 22 + length]
    assert read(code) != text[: 21 + length]


@pytest.mark.rule("certificate-24")
@pytest.mark.django_db
def test_the_code_on_the_page_leads_to_the_verification(printed: Certificate, shown: str) -> None:
    source = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', shown)
    assert source is not None
    svg = b64decode(source[1]).decode()
    side = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    path = re.search(r' d="([^"]+)"', svg)
    assert side is not None
    assert path is not None
    assert read(filled_modules(int(side[1]), path[1])) == verify_url(printed.code)


@pytest.mark.rule("certificate-24")
@pytest.mark.parametrize("url", ["https://akademia.example.org/c/7K4M9QXT2HPD8RWY5NCV3JBFGA/", "http://127.0.0.1/c/A/"])
def test_the_code_on_the_paper_leads_to_the_verification(url: str) -> None:
    assert read(modules_of(render(a_snapshot(verify_url=url, verify_page="https://akademia.example.org/c")))) == url


def modules_of(pdf: bytes) -> Modules:
    """What is filled of the code on page 1, as it lies on the paper: upright, and not mirrored."""
    (rings,) = [rings for operator, rings in painted(pdf) if operator == b"f*"]
    xs, ys = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    left, top = min(xs), max(ys)
    # Some wall is one module long; the whole side then tells the length of a module more exactly.
    module = (max(xs) - left) / round((max(xs) - left) / narrowest(rings))
    side = round((max(xs) - left) / module)
    walls: set[tuple[int, int]] = set()
    for ring in rings:
        corners = [(round((x - left) / module), round((top - y) / module)) for x, y in ring]
        for (x, y), (to_x, to_y) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if x == to_x:
                walls |= {(x, row) for row in range(min(y, to_y), max(y, to_y))}
    return [[len([wall for wall in range(x + 1) if (wall, y) in walls]) % 2 for x in range(side)] for y in range(side)]


Point = tuple[float, float]


def narrowest(rings: list[list[Point]]) -> float:
    steps = (
        abs(one[axis] - two[axis])
        for ring in rings
        for one, two in zip(ring, [*ring[1:], ring[0]], strict=True)
        for axis in (0, 1)
    )
    return min(step for step in steps if step > 0.01)


def painted(pdf: bytes) -> Iterator[tuple[bytes, list[list[Point]]]]:
    """Each filled path of page 1 in points of the paper, with how it is filled."""
    reader = PdfReader(BytesIO(pdf))
    page = reader.pages[0]
    matrix, stack, rings = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), [], []

    def placed(x: float, y: float) -> Point:
        a, b, c, d, e, f = matrix
        return a * x + c * y + e, b * x + d * y + f

    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        numbers = [float(value) for value in operands] if operator in (b"cm", b"m", b"l") else []
        if operator == b"q":
            stack.append(matrix)
        elif operator == b"Q":
            matrix = stack.pop()
        elif operator == b"cm":
            a, b, c, d, e, f = numbers
            x, y = placed(e, f)
            A, B, C, D = matrix[:4]
            matrix = (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, x, y)
        elif operator == b"m":
            rings.append([placed(*numbers)])
        elif operator == b"l":
            rings[-1].append(placed(*numbers))
        elif operator in (b"f", b"f*", b"S", b"n", b"B"):
            yield operator, rings
            rings = []
