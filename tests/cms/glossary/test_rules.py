"""The order of the alphabet, forms of words, and where a text uses a term first."""

from itertools import pairwise

import pytest

from cms.glossary.rules import first_uses, letter_of, phrases_of, same_word, sort_key, vocabulary

NAMES = {
    "spoldzielnia": (["spółdzielnia socjalna"], ""),
    "pes": (["podmiot ekonomii społecznej"], "PES"),
    "es": (["ekonomia społeczna"], "ES"),
    "owes": (["ośrodek wsparcia ekonomii społecznej", "ośrodka wsparcia ekonomii społecznej"], "OWES"),
    "zastrzezone": (["zamówienie zastrzeżone"], ""),
}
KNOWN = vocabulary(
    [phrase for term, (names, short) in NAMES.items() for phrase in phrases_of(term, names, [short])], "pl"
)


@pytest.mark.rule("glossary-1")
def test_titles_stand_in_the_order_of_the_polish_alphabet() -> None:
    ordered = [
        "cel",
        "ćma",
        "lato",
        "latorośl",
        "ławka",
        "oferta",
        "ósmy",
        "sala",
        "ściąga",
        "zadanie",
        "źródło",
        "żagiel",
    ]
    assert sort_key("lato lokalne") < sort_key("latorośl")
    assert all(sort_key(first) < sort_key(second) for first, second in pairwise(ordered))
    assert sort_key("Mały grant") == sort_key("mały  grant")
    assert sort_key("2024") == ""


@pytest.mark.rule("glossary-1")
@pytest.mark.parametrize(
    ("title", "letter"), [("środki", "Ś"), ("Zadanie", "Z"), ("édition", "E"), ("1,5%", "#"), ("", "#")]
)
def test_a_title_stands_under_its_letter(title: str, letter: str) -> None:
    assert letter_of(title) == letter


@pytest.mark.rule("hint-1")
@pytest.mark.parametrize(
    ("word", "forms"),
    [
        (
            "spółdzielnia",
            "spółdzielni spółdzielnie spółdzielnią spółdzielnię spółdzielniami spółdzielniach spółdzielniom",
        ),
        ("socjalna", "socjalnej socjalną socjalne socjalnych socjalnymi"),
        ("podmiot", "podmiotu podmioty podmiotów podmiotami podmiotach podmiotom podmiotem podmiocie"),
        ("warsztat", "warsztatu warsztaty warsztatów warsztatach warsztacie"),
        ("przedsiębiorstwo", "przedsiębiorstwa przedsiębiorstw przedsiębiorstwem przedsiębiorstwach"),
        ("zamówienie", "zamówienia zamówień zamówieniu zamówieniem zamówieniami"),
        ("organizacja", "organizacji organizacje organizacją organizację organizacjom"),
        ("mały", "małego małemu małym małe małych"),
        ("grant", "granty grantu grantów grancie"),
        ("wykonawca", "wykonawcy wykonawcę wykonawców"),
        ("uczestnik", "uczestnicy uczestnika uczestników"),
        ("dostępność", "dostępności dostępnością"),
        ("zamawiający", "zamawiającego zamawiającym zamawiających"),
    ],
)
def test_inflected_forms_are_the_same_word(word: str, forms: str) -> None:
    assert [form for form in forms.split() if not same_word(form, word, "pl")] == []


@pytest.mark.rule("hint-1")
@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("spółdzielnia", "spółdzielca"),
        ("oferta", "oferent"), ("konsultacje", "konsultant"), ("program", "programista"),
        ("ekonomia", "ekonomista"), ("do", "dom"), ("klub", "klucz"), ("organizacja", "organizator"),
        ("warsztat", "warsztatowy"), ("lokalna", "lokal"),
    ],
)  # fmt: skip
def test_other_words_are_not(word: str, other: str) -> None:
    assert not same_word(other, word, "pl")


@pytest.mark.rule("hint-1")
@pytest.mark.parametrize(
    ("form", "word", "same"),
    [
        ("enterprises", "enterprise", True), ("entities", "entity", True), ("clauses", "clause", True),
        ("grants", "grant", True), ("party", "part", False), ("granted", "grant", False), ("is", "i", False),
    ],
)  # fmt: skip
def test_english_words_take_their_plural(form: str, word: str, same: bool) -> None:
    assert same_word(form, word, "en") is same


@pytest.mark.rule("hint-1")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wśród spółdzielni socjalnych i innych", [("spoldzielnia", "spółdzielni socjalnych")]),
        ("Spółdzielnia\u00a0socjalna.", [("spoldzielnia", "Spółdzielnia\u00a0socjalna")]),
        ("spółdzielnia, socjalna", []),
        ("podmiotami ekonomii społecznej", [("pes", "podmiotami ekonomii społecznej")]),
        ("ekonomii społecznej i PES-ów", [("es", "ekonomii społecznej"), ("pes", "PES-ów")]),
        ("pies i pes, PESEL, OWES-u", [("owes", "OWES-u")]),
        ("w zamówieniu zastrzeżonym; zamówienie zastrzeżone", [("zastrzezone", "zamówieniu zastrzeżonym")]),
        ("od ośrodka wsparcia ekonomii społecznej", [("owes", "ośrodka wsparcia ekonomii społecznej")]),
        ("", []),
        ("(((" * 2000, []),
    ],
)
def test_the_first_use_of_each_term_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(use.term, text[use.start : use.end]) for use in first_uses(text, KNOWN)] == found


@pytest.mark.rule("hint-1")
def test_what_was_seen_before_is_not_found_again() -> None:
    assert first_uses("spółdzielnia socjalna", KNOWN, {"spoldzielnia"}) == []
