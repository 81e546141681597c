"""Polish setting: what must not be parted at the end of a line, and quantities and dates in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.pages import typography

_ = typography.NBSP
J = typography.WORD_JOINER


@pytest.mark.parametrize(
    ("plain", "polished"),
    [
        ("w Toruniu", f"w{_}Toruniu"),
        ("i w mieście", f"i{_}w{_}mieście"),
        ("Miasto i ekonomia", f"Miasto i{_}ekonomia"),
        ("(w mieście)", f"(w{_}mieście)"),
        ("„O projekcie”", f"„O{_}projekcie”"),
        ("A to Polska", f"A{_}to Polska"),
        ("nowy dom", "nowy dom"),
        ("dwa domy", "dwa domy"),
        ("2026 r. w Toruniu", f"2026{_}r. w{_}Toruniu"),
        ("5 sierpnia 2022 r.", f"5{_}sierpnia 2022{_}r."),
        ("45 min", f"45{_}min"),
        ("45 minut", f"45{_}minut"),
        ("135 minutes, 3 hours", f"135{_}minutes, 3{_}hours"),
        ("Catering na spotkanie, 40 osób", f"Catering na spotkanie, 40{_}osób"),
        ("Zapotrzebowanie w 4 krokach", f"Zapotrzebowanie w{_}4{_}krokach"),
        ("1 240 osób", f"1{_}240{_}osób"),
        ("w 2027 rozpoczniemy", f"w{_}2027 rozpoczniemy"),
        ("krok 3 oraz 4", "krok 3 oraz 4"),
        ("o 9.30 wykład", f"o{_}9.30 wykład"),
        ("B3 zapotrzebowania", "B3 zapotrzebowania"),
        ("adres e-mail", f"adres e-{J}mail"),
        ("E-usługi", f"E-{J}usługi"),
        ("e-mail@example.org, a-b.example.org", "e-mail@example.org, a-b.example.org"),
        ("dla-e-mail, https://example.org/e-mail", "dla-e-mail, https://example.org/e-mail"),
        ("ISBN 978-83-940662-0-8", f"ISBN{_}978-83-940662-0-8"),
        ("krok 3 z 5", f"krok 3{_}z{_}5"),
        ("2 z nich", f"2 z{_}nich"),
        ("2 godz. 48 min", f"2{_}godz. 48{_}min"),
        ("170 000 zł netto", f"170{_}000{_}zł netto"),
        ("834 036,79 zł", f"834{_}036,79{_}zł"),
        ("w 2026 300 osób", f"w{_}2026{_}300{_}osób"),
        ("art. 2 pkt 5 ustawy", f"art.{_}2 pkt{_}5 ustawy"),
        ("o współpracy – dla wszystkich", f"o{_}współpracy{_}– dla wszystkich"),
        ("im. Jana", f"im.{_}Jana"),
        ("70 %", f"70{_}%"),
        ("3 godziny (1 godzina = 45 minut)", f"3{_}godziny (1{_}godzina{_}={_}45{_}minut)"),
        ("(1 hour = 45 minutes)", f"(1{_}hour{_}={_}45{_}minutes)"),
        ("a = b", f"a{_}= b"),
        ("w latach 2012–2015", f"w{_}latach 2012{J}–{J}2015"),
        ("projekt PI-PWP", f"projekt PI-{J}PWP"),
        ("kod PI-PWP-7K", "kod PI-PWP-7K"),
        ("od 2012 – do 2015", f"od 2012{_}– do 2015"),
        ("koniec w", "koniec w"),
        ("", ""),
    ],
)
def test_what_leans_on_its_neighbour_stays_with_it(plain: str, polished: str) -> None:
    assert typography.polish_html(plain) == polished


@pytest.mark.parametrize(
    ("plain", "polished"),
    [
        ("with a course", "with a course"),
        ("I o u", "I o u"),
        ("135 minutes in 2012–2015", f"135{_}minutes in 2012{J}–{J}2015"),
    ],
)
def test_english_knows_no_rule_for_words_of_one_letter(plain: str, polished: str) -> None:
    assert typography.polish_html(plain, "en") == polished


def test_names_of_fields_get_no_sign_that_nobody_says() -> None:
    assert typography.polish_html("Adres e-mail i w domu", hyphens=False) == f"Adres e-mail i{_}w{_}domu"


@pytest.mark.parametrize(
    ("html", "polished"),
    [
        ("<p>w <strong>Toruniu</strong></p>", f"<p>w{_}<strong>Toruniu</strong></p>"),
        (
            '<a title="w Toruniu i okolicy" href="/w a/">i tak</a>',
            f'<a title="w Toruniu i okolicy" href="/w a/">i{_}tak</a>',
        ),
        ("<code>a b</code> a b", f"<code>a b</code> a{_}b"),
        ("<pre>i <b>w c</b></pre><p>i w</p>", f"<pre>i <b>w c</b></pre><p>i{_}w</p>"),
        ("<ul>\n  <li>w domu</li>\n</ul>", f"<ul>\n  <li>w{_}domu</li>\n</ul>"),
        ("<!-- w domu --><p>w domu</p>", f"<!-- w domu --><p>w{_}domu</p>"),
        ("1 < 2 i 3", f"1 < 2 i{_}3"),
    ],
)
def test_tags_and_code_are_not_touched(html: str, polished: str) -> None:
    assert typography.polish_html(html) == polished


@given(st.text(alphabet=" aiwoz0123.rmin–-łx<>/pb@", max_size=60))
def test_polishing_is_safe_to_repeat_and_changes_no_sign_that_is_seen(text: str) -> None:
    once = typography.polish_html(text)
    assert typography.polish_html(once) == once
    assert once.replace(_, " ").replace(J, "").split() == text.split()


@pytest.mark.parametrize(
    ("minutes", "polish", "english"),
    [
        (0, f"0{_}min", f"0{_}min"),
        (8, f"8{_}min", f"8{_}min"),
        (60, f"1{_}godz.", f"1{_}h"),
        (168, f"2{_}godz.{_}48{_}min", f"2{_}h{_}48{_}min"),
        (-3, f"0{_}min", f"0{_}min"),
        (59.6, f"1{_}godz.", f"1{_}h"),
    ],
)
def test_minutes_in_words(minutes: float, polish: str, english: str) -> None:
    assert typography.minutes_in_words(minutes, "pl") == polish
    assert typography.minutes_in_words(minutes, "en") == english


@pytest.mark.parametrize(
    ("seconds", "words", "code"),
    [
        (0, f"0{_}s", "0:00"),
        (20, f"20{_}s", "0:20"),
        (60, f"1{_}min", "1:00"),
        (97, f"1{_}min 37{_}s", "1:37"),
        (3670, f"1{_}godz.{_}1{_}min", "1:01:10"),
    ],
)
def test_seconds(seconds: float, words: str, code: str) -> None:
    assert typography.seconds_in_words(seconds) == words
    assert typography.timecode(seconds) == code


@pytest.mark.parametrize(
    ("style", "language", "words"),
    [
        ("", "pl", f"1{_}grudnia 2026{_}r."),
        ("", "en", f"1{_}December 2026"),
        ("", "en-gb", f"1{_}December 2026"),
        ("", None, f"1{_}grudnia 2026{_}r."),
        ("weekday", "pl", f"wtorek, 1{_}grudnia 2026{_}r."),
        ("weekday", "en", f"Tuesday, 1{_}December 2026"),
        ("short", "pl", f"1{_}grudnia"),
    ],
)
def test_dates_in_words(style: str, language: str | None, words: str) -> None:
    assert typography.date_in_words(datetime.date(2026, 12, 1), language, style) == words


def test_month_and_weekday_and_hour() -> None:
    assert typography.month_and_weekday(datetime.date(2026, 12, 1)) == "grudnia, wtorek"
    assert typography.month_and_weekday(datetime.date(2026, 12, 1), "en") == "December, Tuesday"
    assert typography.hour_in_words(datetime.time(9, 5)) == "9.05"
    assert typography.hour_in_words(datetime.datetime(2026, 1, 2, 17, 30), "en") == "17:30"


def test_moments_have_no_leading_zero_in_the_hour() -> None:
    moment = datetime.datetime(2026, 11, 24, 7, 1)
    assert typography.moment_in_words(moment, "pl") == "24\u00a0listopada 2026\u00a0r. o\u00a07.01"
    assert typography.moment_in_words(moment, "en") == "24\u00a0November 2026 at\u00a07:01"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Co robisz?", "Co robisz?"),
        ("  Co\n robisz? ", "Co robisz?"),
        ("Dwa słowa tutaj", "Dwa słowa tutaj"),
        ("Dwa słowa tutaj są", "Dwa słowa…"),
        ("Dwanaście, dalej", "Dwanaście…"),
        ("Dwanaście i w dalej", "Dwanaście…"),
        ("Konto. To dalekie", "Konto…"),
        ("Konto – „dalekie”", "Konto…"),
        ("Konstantynopolitańczykowianeczka", "Konstantynopol…"),
        ("Ma punktów 7 z ośmiu", "Ma punktów 7…"),
        ("– – – – – – – – – – – –", "– – – – – – –…"),
    ],
)
def test_a_text_is_shortened_after_a_whole_word(text: str, short: str) -> None:
    assert typography.shortened(text, 15) == short
    assert len(short) <= 15


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Miasto i ekonomia społeczna uczą się razem.", ("Miasto i ekonomia społeczna", "uczą się razem.")),
        ("City and social economy learn together.", ("City and social economy", "learn together.")),
        ("Uczą się razem", ("", "Uczą się razem")),
        ("Konstantynopolitańczykowianeczka", ("Konstantynopolitańczykowianeczka", "")),
        ("", ("", "")),
    ],
)
def test_a_headline_keeps_its_last_words_together(text: str, parts: tuple[str, str]) -> None:
    assert typography.parted_at_end(text) == parts
