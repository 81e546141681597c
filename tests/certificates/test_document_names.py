"""Names on the paper: long ones, foreign ones, and those that cannot be printed."""

from typing import Any

import pytest

from certificates.documents import DocumentError, render
from certificates.snapshot import direction
from tests.certificates.test_documents import a_snapshot, opened, words_of

# ---- Names ------------------------------------------------------------------------------------------------------

LONG_NAME = (
    "Wincentyna Aleksandra Konstancja Żółć Brzęczyszczykiewiczówna Gołębiowska Śliwińska de Chrząszczyżewoszyce "
    "i Łękołody Święto Żdźbłowska Maksymiliana Grzegorzówna Ćwikła Ńemczyńska Ósemkowa Łódź"
).ljust(200, "ż")


@pytest.mark.parametrize(
    "name", [LONG_NAME, "ŻÓŁĆ" * 50, "Żółć " * 40, "Ń" * 200], ids=["words", "run", "short", "wide"]
)
def test_a_name_of_200_characters_fits(name: str) -> None:
    name = name.strip()
    pdf = render(a_snapshot(holder_name=name))
    assert len(opened(pdf).pages) == 2
    assert name.replace(" ", "") in words_of(pdf, 0).replace(" ", "")


@pytest.mark.parametrize("name", ["ŻÓŁĆ" * 50, "W" * 200, LONG_NAME])
def test_long_words_stay_between_the_margins(name: str) -> None:
    """No letter of page 1 begins right of the margin (22 mm), or left of the other one (28 mm)."""
    starts: list[float] = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            starts.append(matrix[0] * text_matrix[4] + matrix[4])

    opened(render(a_snapshot(holder_name=name, course_title=name))).pages[0].extract_text(visitor_text=visit)
    millimetre = 72 / 25.4
    assert min(starts) >= 27.9 * millimetre
    assert max(starts) <= 188 * millimetre


def test_everything_long_at_once_still_fits() -> None:
    pdf = render(
        a_snapshot(
            holder_name=LONG_NAME,
            course_title="Program współpracy samorządu z organizacjami pozarządowymi – od diagnozy do oceny " * 2,
            trainer="Katarzyna Wiśniewska-Przykładowa, Jan Maria Przykładowy, Zofia Przykładowa-Żółkiewska",
            validator="Piotr Zając-Przykładowy",
            issuer={
                "name": "Stowarzyszenie Przykładowe na rzecz Współpracy Podmiotów Ekonomii Społecznej z Samorządem",
                "address": "ul. Bardzo Długiej Nazwy Przykładowej 123 lok. 45, 87-100 Toruń",
                "contact": "koordynacja.szkolen@akademia.example.org\ntel. 56 000 00 00",
            },
        )
    )
    assert len(opened(pdf).pages) == 2
    # Addresses are copied by people; nothing is hidden in them.
    assert "koordynacja.szkolen@akademia.example.org" in opened(pdf).pages[0].extract_text()


def test_too_much_for_page_one_is_refused_in_words() -> None:
    with pytest.raises(DocumentError) as refusal:
        render(a_snapshot(course_title="Bardzo długi tytuł szkolenia " * 100))
    assert refusal.value.code == "overflow"


def test_a_long_programme_goes_on_to_a_third_page_with_its_head() -> None:
    parts = [{"code": f"M{n}", "title": f"Temat numer {n}", "minutes": 5} for n in range(1, 46)]
    pdf = render(a_snapshot(programme=parts, minutes=225))
    assert len(opened(pdf).pages) == 3
    assert "strona 3 z 3" in words_of(pdf, 2)


@pytest.mark.parametrize(
    "name",
    [
        "Олександра Ґалаґан-Їжакевич",
        "Ελένη Παπαδοπούλου",
        "Þórður Ægisson",
        "Nguyễn Thị Hằng",
        "Zoë Šťastná-Nagyőrű",
        "O’Neill d'Arc",
    ],
)
def test_european_names_are_printed_as_written(name: str) -> None:
    assert name in words_of(render(a_snapshot(holder_name=name)), 0)


def letters(text: str) -> list[str]:
    return sorted(char for char in text if char.isalpha())


@pytest.mark.parametrize(
    "name", ["محمد عبد الرحمن بن عبد الله الأنصاري", "پژمان گلپایگانی", "שלום בן־דוד כהן", "محمد Kowalski"]
)
def test_names_from_right_to_left_are_printed(name: str) -> None:
    """Extracted order depends on the reader's rules; each letter is there exactly once."""
    with_name = letters(words_of(render(a_snapshot(holder_name=name)), 0))
    without = letters(words_of(render(a_snapshot(holder_name="-")), 0))
    added = with_name.copy()
    for char in without:
        added.remove(char)
    assert added == letters(name)


def test_direction_follows_the_first_letter() -> None:
    assert direction("1. محمد Kowalski") == "rtl"
    assert direction("Anna (שרה)") == "ltr"
    assert direction("123") == "ltr"


def test_letters_in_pieces_are_composed() -> None:
    pieces = "Z\u0307o\u0301łc\u0301"
    assert "Żółć" in words_of(render(a_snapshot(holder_name=pieces)), 0)


@pytest.mark.parametrize(("name", "sign"), [("Anna 🎓", "🎓"), ("李小龍", "李"), ("Anna \u2603", "\u2603")])
def test_a_character_without_a_glyph_is_refused_with_its_place(name: str, sign: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        render(a_snapshot(holder_name=name))
    assert refusal.value.code == "glyph"
    assert refusal.value.field == "holder_name"
    assert sign in refusal.value.characters
    assert sign in str(refusal.value)


def test_a_glyph_is_missed_wherever_it_stands() -> None:
    snapshot = a_snapshot()
    snapshot["programme"][2]["title"] = "Zapotrzebowania 🙂"
    with pytest.raises(DocumentError) as refusal:
        render(snapshot)
    assert (refusal.value.code, refusal.value.field) == ("glyph", "programme.2.title")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x00", "\x1b", "\ue000", "\ufeff"])
def test_invisible_control_characters_are_refused(sign: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        render(a_snapshot(holder_name=f"Anna{sign} Przykładowa"))
    assert (refusal.value.code, refusal.value.field, refusal.value.characters) == ("control", "holder_name", sign)
