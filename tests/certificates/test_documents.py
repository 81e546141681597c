"""The paper: what a snapshot becomes, and which snapshots are refused."""

import copy
import json
import re
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from certificates.documents import default_labels, file_name, qr_svg, render
from certificates.snapshot import facts
from cms.pages.qr_codes import matrix, outline

CODE = "7K4M9QXT2HPD8RWY5NCV3JBFGA"


def a_snapshot(**changes: Any) -> dict[str, Any]:
    """A whole Polish snapshot, with changes."""
    snapshot = {
        "language": "pl",
        "series": "AW",
        "number": "AW/2026/00001",
        "code": CODE,
        "verify_url": f"https://akademia.example.org/c/{CODE}/",
        "document_title": "Zaświadczenie o ukończeniu szkolenia",
        "holder_name": "Anna Przykładowa",
        "course_title": "Narzędzie IT programu współpracy – obsługa",
        "course_form": "zdalna",
        "started_on": "2026-11-02",
        "completed_on": "2026-11-14",
        "issued_on": "2026-11-14",
        "issued_place": "Toruń",
        "hours_text": "3 godziny dydaktyczne (1 godzina = 45 minut)",
        "minutes": 135,
        "lesson_hour_minutes": 45,
        "programme": [
            {"code": "B1", "title": "Konto i role", "minutes": 30},
            {"code": "B2", "title": "Wizytówka PES i katalog usług", "minutes": 30},
            {"code": "B3", "title": "Zapotrzebowania", "minutes": 35},
            {"code": "B4", "title": "Komentarze, powiadomienia, porządek", "minutes": 15},
            {"code": "B5", "title": "Zestawienia i sprawozdanie z programu", "minutes": 25},
        ],
        "outcomes": {
            "knowledge": ["zna role i zakres danych publicznych w narzędziu"],
            "skills": ["zakłada konto i łączy je z organizacją", "publikuje usługę", "zgłasza zapotrzebowanie"],
            "social": ["dba o aktualność i dane innych osób"],
        },
        "verification_method": "Quiz po każdym z pięciu modułów, co najmniej 70% punktów w każdym.",
        "result": "pozytywny",
        "issuer": {
            "name": "Akademia Współpracy – wersja demonstracyjna",
            "address": "ul. Przykładowa 1, 87-100 Toruń",
            "contact": "akademia@example.org",
        },
        "signatory": {"name": "", "function": "Koordynacja szkoleń (przykład)"},
        "trainer": "Jan Przykładowy",
        "validator": "",
        "funding_note": "Treść przykładowa – edycja bez finansowania UE.",
        "not_note": default_labels("pl")["not_note"],
        "is_sample": True,
        "labels": default_labels("pl"),
    }
    return copy.deepcopy(snapshot | changes)


def an_english_snapshot(**changes: Any) -> dict[str, Any]:
    labels = default_labels("en")
    return a_snapshot(
        **{
            "language": "en",
            "labels": labels,
            "document_title": labels["document_title"],
            "not_note": labels["not_note"],
            "hours_text": "3 lesson hours (1 hour = 45 minutes)",
            "result": "passed",
        }
        | changes
    )


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words_of(pdf: bytes, page: int | None = None) -> str:
    """The text as a reader hears it: every run of white space is one blank, hidden break marks are nothing."""
    pages = opened(pdf).pages if page is None else [opened(pdf).pages[page]]
    text = "\n".join(each.extract_text() for each in pages).replace("\u200b", "")
    return re.sub(r"\s+", " ", text)


def tags(pdf: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The structure tree in reading order."""

    def walk(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"]), node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(opened(pdf).trailer["/Root"]["/StructTreeRoot"])


@pytest.fixture(scope="module")
def polish() -> bytes:
    return render(a_snapshot())


def test_is_two_pages_of_a4(polish: bytes) -> None:
    pages = opened(polish).pages
    assert len(pages) == 2
    assert all(round(page.mediabox.width) == 595 and round(page.mediabox.height) == 842 for page in pages)


def test_declares_itself_as_pdf_ua_with_title_and_language(polish: bytes) -> None:
    root = opened(polish).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "pl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    metadata = opened(polish).metadata
    assert metadata is not None
    assert metadata.title == "Zaświadczenie o ukończeniu szkolenia AW/2026/00001"
    assert metadata.author == "Akademia Współpracy – wersja demonstracyjna"
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == "2026-11-14"


def test_is_tagged_in_the_order_of_reading(polish: bytes) -> None:
    order = [name for name, _ in tags(polish)]
    headings = [name for name in order if re.fullmatch(r"/H\d", name)]
    assert headings == ["/H1", "/H2", "/H2", "/H3", "/H3", "/H3", "/H2"]
    assert order.index("/L") < order.index("/Figure") < order.index("/Table")
    assert order.count("/THead") == 1
    assert order.count("/TH") == 3
    assert order.count("/Link") == 1
    scopes = [str(attribute["/Scope"]) for name, node in tags(polish) if name == "/TH" for attribute in node["/A"][:1]]
    assert scopes == ["/Column"] * 3


def test_only_the_code_is_a_figure_and_it_has_words(polish: bytes) -> None:
    figures = [node for name, node in tags(polish) if name == "/Figure"]
    assert len(figures) == 1
    assert a_snapshot()["verify_url"] in figures[0]["/Alt"]


def test_embeds_its_fonts_and_no_others(polish: bytes) -> None:
    names = {
        str(font.get_object()["/BaseFont"]).split("+")[1]
        for page in opened(polish).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names == {
        "AtkinsonHyperlegibleNextRegular",
        "AtkinsonHyperlegibleNextBold",
        "LiterataDisplayMedium",
        "LiterataDisplaySemiBold",
        "LiterataTextMedium",
    }


def test_says_everything_that_the_snapshot_says(polish: bytes) -> None:
    first, second = words_of(polish, 0), words_of(polish, 1)
    for text in (
        "Nr AW/2026/00001",
        "DOKUMENT PRZYKŁADOWY",
        "Zaświadczenie o ukończeniu szkolenia",
        "Imię i nazwisko Anna Przykładowa",
        "Ukończone szkolenie „Narzędzie IT programu współpracy – obsługa”",
        "Termin 2–14 listopada 2026 r.",
        "Wymiar 3 godziny dydaktyczne (1 godzina = 45 minut)",
        "Forma zdalna",
        "Sposób weryfikacji Quiz po każdym z pięciu modułów, co najmniej 70% punktów w każdym, wynik pozytywny",
        "Prowadzenie Jan Przykładowy",
        "Toruń, 14 listopada 2026 r.",
        "Koordynacja szkoleń (przykład)",
        "w imieniu organizatora: Akademia Współpracy – wersja demonstracyjna",
        "ul. Przykładowa 1, 87-100 Toruń",
        "Sprawdź to zaświadczenie",
        "akademia.example.org/c",
    ):
        assert text in first
    assert "7K4M-9QXT-2HPD-8RWY-5NCV-3JBF-GA" in first.replace("- ", "-")
    for text in (
        "Nr AW/2026/00001, strona 2 z 2",
        "Program szkolenia Moduł Temat Minuty",
        "B2 Wizytówka PES i katalog usług 30",
        "Razem: 3 godziny dydaktyczne (1 godzina = 45 minut) 135",
        "Kompetencje społeczne",
        "zakłada konto i łączy je z organizacją",
        "Wynik: pozytywny.",
        "Nie jest certyfikatem kwalifikacji w rozumieniu ustawy",
        "Treść przykładowa – edycja bez finansowania UE.",
    ):
        assert text in second


def test_reads_nothing_but_the_snapshot(polish: bytes) -> None:
    """Same bytes again, also after JSON, with keys in another order, and after other papers came between."""
    render(an_english_snapshot())
    snapshot = json.loads(json.dumps(a_snapshot()))
    assert render(dict(reversed(snapshot.items()))) == polish


def test_a_word_changed_in_the_labels_changes_the_paper() -> None:
    labels = default_labels("pl") | {"holder": "Wydane dla"}
    assert "Wydane dla Anna Przykładowa" in words_of(render(a_snapshot(labels=labels)))


def test_default_labels_are_fresh_and_alike_in_both_languages() -> None:
    default_labels("pl")["months"].clear()
    assert len(default_labels("pl")["months"]) == 12
    assert default_labels("pl").keys() == default_labels("en").keys()
    places = {name: set(re.findall(r"\{\w+\}", str(text))) for name, text in default_labels("pl").items()}
    assert places == {name: set(re.findall(r"\{\w+\}", str(text))) for name, text in default_labels("en").items()}


def test_english_paper_is_english() -> None:
    pdf = render(an_english_snapshot())
    assert opened(pdf).trailer["/Root"]["/Lang"] == "en"
    text = words_of(pdf)
    for part in (
        "No. AW/2026/00001",
        "SAMPLE DOCUMENT",
        "Certificate of course completion",
        "Completed course “Narzędzie",
        "Dates 2–14 November 2026",
        "result: passed",
        "page 2 of 2",
        "Learning outcomes",
        "Result: passed.",
    ):
        assert part in text
    # What the snapshot says in Polish (the course's own words) stays; no fixed word is left over in Polish.
    assert not {"Termin", "Wymiar", "Razem", "strona", "Imię"} & set(re.findall(r"\w+", text))


def test_an_earnest_paper_is_no_sample() -> None:
    pdf = render(a_snapshot(is_sample=False))
    assert "PRZYKŁADOWY" not in words_of(pdf)


@pytest.mark.parametrize("left_out", ["trainer", "validator", "course_form", "verification_method", "funding_note"])
def test_empty_lines_are_left_out(left_out: str) -> None:
    rows = dict(facts(a_snapshot(**{left_out: ""})))
    assert "" not in rows.values()
    assert len(opened(render(a_snapshot(**{left_out: ""}))).pages) == 2


def test_trainer_and_validator_share_a_row() -> None:
    rows = dict(facts(a_snapshot(validator="Zofia Przykładowa")))
    assert rows["Prowadzenie"] == "Jan Przykładowy; walidacja: Zofia Przykładowa"
    assert "Walidacja" not in rows


@pytest.mark.parametrize(
    ("started", "completed", "polish_words", "english_words"),
    [
        ("2026-11-14", "2026-11-14", "14 listopada 2026 r.", "14 November 2026"),
        ("", "2026-11-14", "14 listopada 2026 r.", "14 November 2026"),
        ("2026-11-02", "2026-11-14", "2–14 listopada 2026 r.", "2–14 November 2026"),
        ("2026-11-24", "2026-12-10", "24 listopada – 10 grudnia 2026 r.", "24 November – 10 December 2026"),
        (
            "2026-12-30",
            "2027-01-04",
            "30 grudnia 2026 r. – 4 stycznia 2027 r.",
            "30 December 2026 – 4 January 2027",
        ),
    ],
)
def test_dates_are_words(started: str, completed: str, polish_words: str, english_words: str) -> None:
    days = {"started_on": started, "completed_on": completed}
    assert dict(facts(a_snapshot(**days)))["Termin"] == polish_words
    assert dict(facts(an_english_snapshot(**days)))["Dates"] == english_words


# ---- QR code ----------------------------------------------------------------------------------------------------


def filled_modules(side: int, path: str) -> list[list[int]]:
    """The modules that an SVG reader would fill by the even-odd rule: walls crossed on a ray to the left."""
    walls: set[tuple[int, int]] = set()
    for figure in re.findall(r"M(\d+) (\d+)([^Mz]*)z", path):
        x, y = start = int(figure[0]), int(figure[1])
        for way, length in [*re.findall(r"([hv])(-?\d+)", figure[2]), ("end", "0")]:
            to = {"h": (x + int(length), y), "v": (x, y + int(length)), "end": start}[way]
            if to[0] == x:
                walls |= {(x, row) for row in range(min(y, to[1]), max(y, to[1]))}
            x, y = to
    return [[len([wall for wall in range(x + 1) if (wall, y) in walls]) % 2 for x in range(side)] for y in range(side)]


@pytest.mark.parametrize("url", [f"https://akademia.example.org/c/{CODE}/", "http://127.0.0.1:8000/c/A/"])
def test_outline_of_the_qr_code_fills_what_segno_encodes(url: str) -> None:
    side, path = outline(url)
    code = segno.make_qr(url, error="m", boost_error=False)
    assert code.error == "M"
    assert filled_modules(side, path) == [list(row) for row in code.matrix] == [list(row) for row in matrix(url)]


def test_qr_code_for_the_page_needs_no_style_and_escapes_its_name() -> None:
    picture = qr_svg("https://example.org/c/A/", alt='Kod "QR" <b>')
    assert 'role="img" aria-label="Kod &quot;QR&quot; &lt;b&gt;"' in picture
    assert "style" not in picture
    assert "<script" not in picture
    assert 'aria-hidden="true"' in qr_svg("https://example.org/c/A/")


# ---- Files and the press ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "surname", "expected"),
    [
        ("AW/2026/00001", "Gołębiowska-Śliwińska", "AW-2026-00001_Golebiowska-Sliwinska.pdf"),
        ("AW/2026/00001", "", "AW-2026-00001.pdf"),
        ("AW/2026/00001", "../../etc/passwd", "AW-2026-00001_etc-passwd.pdf"),
        ("AW/2026/00001", 'a"b\r\nc;d', "AW-2026-00001_a-b-c-d.pdf"),
        ("AW/2026/00001", "Ґалаґан", "AW-2026-00001_Galagan.pdf"),
        ("", "🎓", "mortar-board.pdf"),
        ("", "", "certificate.pdf"),
    ],
)
def test_file_names_are_plain(number: str, surname: str, expected: str) -> None:
    assert file_name(number, surname) == expected


def test_file_names_are_short_and_ascii_whatever_comes() -> None:
    name = file_name("AW/2026/00001", "الأنصاري" * 30)
    assert re.fullmatch(r"[A-Za-z0-9_-]+\.pdf", name)
    assert len(name) <= 80


def test_threads_take_turns() -> None:
    made: list[bytes] = []

    def make(person: int) -> None:
        made.extend(render(a_snapshot(holder_name=f"Osoba Przykładowa {person}")) for _ in range(5))

    threads = [threading.Thread(target=make, args=(person,)) for person in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 20
    assert len(set(made)) == 4


def test_a_forked_process_is_told_instead_of_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    render(a_snapshot())
    monkeypatch.setattr("certificates.documents.press.process", -1)
    with pytest.raises(RuntimeError, match="forked"):
        render(a_snapshot())


def test_a_certificate_after_the_first_is_cheap() -> None:
    """Twice the budget of 20 ms, so that a busy machine does not fail it; the benchmark measures the real figure."""
    render(a_snapshot())
    costs = []
    for person in range(20):
        snapshot = a_snapshot(
            holder_name=f"Osoba Przykładowa {person}",
            number=f"AW/2026/{person:05d}",
            verify_url=f"https://akademia.example.org/c/{person:026d}/",
        )
        before = time.process_time()
        render(snapshot)
        costs.append(time.process_time() - before)
    assert sorted(costs)[10] < 0.040
