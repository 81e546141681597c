"""Which second an address asks for, how a length is found, which version plays, a transcript as text."""

import pytest

from cms.films.rules import length_of, quality_of, second_of, transcript_text, version_of


@pytest.mark.rule("film-2")
@pytest.mark.parametrize(
    ("asked", "second"),
    [
        ("95", 95), ("95s", 95), ("95.7", 95), ("1m35s", 95), ("1m", 60), ("1:35", 95), ("0:01:35", 95), (" 95 ", 95),
        ("0", 0), (None, 0), ("", 0), ("-5", 0), ("abc", 0), ("270", 0), ("99999999", 0), ("1:99", 0), ("٩٥", 0),
        ("95; DROP", 0), ("1e2", 0), ("\0", 0), ("9" * 4000, 0), ("nan", 0), ("inf", 0),
    ],
)  # fmt: skip
def test_the_second_that_an_address_asks_for(asked: str | None, second: int) -> None:
    assert second_of(asked, 270.0) == second


@pytest.mark.parametrize(
    ("seconds", "values"),
    [(None, ()), (0, ()), (1, ("short",)), (300, ("short",)), (301, ("medium",)), (900, ("medium",)), (901, ("long",))],
)
def test_a_length_is_found_in_one_of_three(seconds: float | None, values: tuple[str, ...]) -> None:
    assert length_of(seconds) == values


@pytest.mark.rule("film-7")
def test_only_what_is_there_plays() -> None:
    assert version_of("sign", {"full", "sign"}) == "sign"
    assert version_of("sign", {"full"}) == ""
    assert version_of("small", {"full", "small"}) == ""
    assert quality_of("small", {"full", "small"}) == "small"
    assert quality_of("small", {"full"}) == "full"
    assert quality_of("sign", {"full", "sign"}) == "full"


@pytest.mark.rule("film-8")
def test_a_transcript_as_text() -> None:
    lines = [(0.0, "Dzień dobry.", "Początek"), (65.2, "Koniec.", "")]
    text = transcript_text("Film", "https://example.org/pl/filmy/film/", lines)
    assert text == (
        "Film\r\nhttps://example.org/pl/filmy/film/\r\n\r\n\r\n"
        "POCZĄTEK\r\n\r\n[0:00] Dzień dobry.\r\n[1:05] Koniec.\r\n"
    )
    assert transcript_text("Film", "", [], plain=["Akapit."]).endswith("Akapit.\r\n")
