"""Words, questions, spellings, excerpts and ranks."""

import pytest

from cms.search.rules import ranking, weighing
from cms.search.rules.asking import MOST_SIGNS, MOST_WORDS, question, replaced
from cms.search.rules.excerpts import Part, excerpt, marked
from cms.search.rules.spelling import distance, nearest
from cms.search.rules.words import bones, fold, light, tokens


@pytest.mark.rule("search-1")
@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Spółdzielnię", "spoldzielnie"),
        ("ŁÓDŹ", "lodz"),
        ("naïve", "naive"),
        ("Жук", "zhuk"),
        ("19a", "19a"),
        ("\u3164", ""),
        ("a" * 90, "a" * 40),
    ],
)
def test_letters_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.rule("search-1")
@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("pl", "spoldzielnia spoldzielni spoldzielnie spoldzielniami spoldzielniach"),
        ("pl", "szkolenie szkolenia szkoleniami szkoleniach szkolen"),
        ("pl", "konsultacja konsultacje konsultacji konsultacjach"),
        ("pl", "spoleczny spolecznego spolecznych spolecznej"),
        ("pl", "torun toruniu torunia toruniem"),
        ("pl", "urzad urzedu urzedem urzedow"),
        ("pl", "wniosek wnioski wnioskow wnioskiem"),
        ("en", "contract contracts"),
        ("en", "reserved reserve reserves"),
        ("en", "city cities"),
        ("en", "planning planned plan plans"),
    ],
)
def test_forms_of_a_word_share_what_endings_leave_alone(language: str, forms: str) -> None:
    assert len({light(form, language) for form in forms.split()}) == 1


@pytest.mark.parametrize(("word", "kept"), [("pes", "pes"), ("ust", "ust"), ("2014", "2014"), ("19a", "19a")])
def test_short_words_and_numbers_stay(word: str, kept: str) -> None:
    assert light(word, "pl") == light(word, "en") == kept


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ISBN 978-83-940662-0-8", ["isbn", "9788394066208", "978", "83", "940662", "0", "8"]),
        ("e-mail", ["email", "e", "mail"]),
        ("PI-PWP", ["pipwp", "pi", "pwp"]),
        ("lata 2013–2014", ["lata", "2013", "2014"]),
        ("co ma_być", ["co", "ma", "byc"]),
    ],
)
def test_numbers_and_short_beginnings_are_one_word_too(text: str, folded: list[str]) -> None:
    assert [token.folded for token in tokens(text)] == folded


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Jak napisać kartę usługi?", ["napisac", "karte", "uslugi"]),
        ("usługi USŁUGI", ["uslugi"]),
        ("978-83-940662-0-8", ["9788394066208"]),
        ("e-mail", ["email"]),
        ("i w na", []),
        ('"""', []),
        ("((((", []),
        ("\x00", []),
        ("  \t\n ", []),
        ('=HYPERLINK("http://x")', ["hyperlink", "http", "x"]),
    ],
)
def test_a_question_holds_the_words_that_say_something(typed: str, words: list[str]) -> None:
    assert [word.folded for word in question(typed).words] == words


@pytest.mark.parametrize("quoted", ['"art. 94 ustawy"', "„art. 94 ustawy”", "“art. 94 ustawy”", "«art. 94 ustawy»"])
def test_phrases_stand_in_any_quotation_marks(quoted: str) -> None:
    assert question(f"klauzule {quoted}").phrases == ((("art", 0), ("94", 1), ("ustawy", 2)),)


def test_words_that_say_nothing_keep_their_place_in_a_phrase() -> None:
    assert question('"pożytku publicznego i wolontariacie"').phrases == (
        (("pozytku", 0), ("publicznego", 1), ("wolontariacie", 3)),
    )


def test_a_question_is_bounded() -> None:
    long = question(" ".join(f"slowo{n}" for n in range(500)))
    assert len(long.words) == MOST_WORDS
    assert len(long.text) <= MOST_SIGNS


def test_a_correction_leaves_the_rest_as_it_was_typed() -> None:
    asked = question("Jaka spółdzelnia, i gdzie?")
    assert replaced(asked, {"spoldzelnia": "spółdzielnia"}) == "Jaka spółdzielnia, i gdzie?"


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abcd", 1), ("spoldzelnia", "spoldzielnia", 1), ("kot", "pies", 3)],
)
def test_how_far_words_are_from_each_other(one: str, other: str, away: int) -> None:
    assert distance(one, other, 2) == distance(other, one, 2) == min(away, 3)


def test_the_nearest_word_is_the_more_used_of_two_and_short_words_have_none() -> None:
    known = [("karta", "karta", 3), ("kartb", "kartb", 9), ("inny", "inny", 99)]
    assert nearest("kartx", known) == "kartb"
    assert nearest("kax", known) == ""
    assert nearest("zupelnie", known) == ""


def test_bones_are_what_slips_leave() -> None:
    assert bones("spoldzielnia") == bones("spooldzelnia") == "spldzln"


def test_an_excerpt_is_about_the_place_with_most_words_and_marks_them() -> None:
    text = "Nic. " * 100 + "Umowa jest tu. " + "Nic. " * 100 + "Tu karta usługi stoi. " + "Nic. " * 100
    parts = excerpt(text, {"karta", "uslugi", "umowa"})
    assert Part("karta usługi", True) in parts
    shown = "".join(part.text for part in parts)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 260


def test_what_is_marked_is_the_whole_text_again() -> None:
    text = "Zwiększ <b>zakup</b> & zakupy!"
    assert "".join(part.text for part in marked(text, {"zakup", "zakupy"})) == text
    assert [part.text for part in marked(text, {"zakup", "zakupy"}) if part.marked] == ["zakup", "zakupy"]
    assert marked("", {"x"}) == []


def test_a_title_counts_more_than_a_text_and_a_long_text_less_than_a_short_one() -> None:
    words, length = weighing.stands(
        title="Zakupy", also="978-83-940662-0-8", language="pl", passages=[("", "Umowa i zakupy", False)]
    )
    assert length == 3
    assert words["zakupy"].frequency > words["umowa"].frequency
    assert words["zakupy"].places == [(-1, 0), (0, 2)]
    assert words["9788394066208"].places == []
    assert "i" not in words
    assert weighing.weight(1, 50) > weighing.weight(1, 5000) > 0
    assert weighing.read(weighing.written([(0, 3), (-1, 2)])) == {0: [3], -1: [2]}


def test_all_words_come_before_most_of_them() -> None:
    found = ranking.hits(
        [(1, "pl", "page", 0, 0.9, 0.9), (2, "pl", "page", 0, 0.4, 0.4), (2, "pl", "page", 10, 0.4, 0.4)]
    )
    assert next(hit.target for hit in ranking.ranked(found.values(), 2)) == 2


def test_words_that_stand_together_are_known_by_their_places() -> None:
    near = {0: {0: [4]}, 1: {0: [5]}}
    assert ranking.together(near, 2) == (1.0, 0.0)
    assert ranking.together({0: {-1: [0]}, 1: {-1: [1]}}, 2) == (0.0, 1.0)
    assert ranking.together({0: {0: [4]}, 1: {1: [5]}}, 2) == (0.0, 0.0)
    assert ranking.says({"a": {3: [7]}, "b": {3: [9]}}, (("a", 0), ("b", 2))) == {3}
    assert ranking.says({"a": {3: [7]}, "b": {3: [8]}}, (("a", 0), ("b", 2))) == set()
