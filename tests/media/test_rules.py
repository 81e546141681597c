"""The pure rules of films: intervals, ranges of bytes, publication, WebVTT, transcripts."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.rules import (
    Cue,
    FilmFacts,
    FilmProblem,
    RangeNotSatisfiable,
    VttFault,
    VttProblem,
    byte_range,
    clip_intervals,
    clock,
    coverage_percent,
    covered_seconds,
    cue_text,
    cue_voice,
    duration_for_machines,
    merge_intervals,
    missing_intervals,
    paragraph_times,
    publishable,
    transcript_html,
    vtt_fault,
)

seconds = st.integers(min_value=0, max_value=2_000).map(lambda n: n / 4)
intervals = st.lists(st.tuples(seconds, seconds).map(list), max_size=30)


# --- Intervals ---------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-1")
@pytest.mark.parametrize(
    ("given_", "union"),
    [
        ([], []),
        ([[0, 5]], [[0, 5]]),
        ([[5, 9], [0, 5]], [[0, 9]]),
        ([[0, 5], [0, 5], [1, 3]], [[0, 5]]),
        ([[0, 5], [7, 9], [4, 8]], [[0, 9]]),
        ([[3, 3], [5, 2]], []),
        ([[-4, 2]], [[0, 2]]),
        ([[0, math.inf], [math.nan, 4], [1, math.nan], [1, 2]], [[1, 2]]),
    ],
)
def test_union_of_intervals(given_: list, union: list) -> None:
    assert merge_intervals(given_) == union


@pytest.mark.rule("media-1")
@settings(deadline=None)
@given(intervals, st.randoms(use_true_random=False))
def test_order_and_repetition_never_change_the_union(reported: list, chance: object) -> None:
    union = merge_intervals(reported)
    again = [*reported, *reported, *union]
    chance.shuffle(again)
    assert merge_intervals(again) == union
    assert merge_intervals(union) == union


@pytest.mark.rule("media-1")
@settings(deadline=None)
@given(intervals, intervals)
def test_union_is_in_order_apart_and_only_grows(reported: list, more: list) -> None:
    union = merge_intervals(reported)
    assert all(start < end for start, end in union)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(union))
    assert covered_seconds([*reported, *more]) >= covered_seconds(reported)


@pytest.mark.rule("media-1")
@settings(deadline=None)
@given(intervals, st.integers(min_value=1, max_value=2_000).map(lambda n: n / 4))
def test_a_moment_is_covered_exactly_when_it_was_played(reported: list, duration: float) -> None:
    """Seen against a drawing of the film in quarters of a second."""
    played = {
        quarter
        for start, end in reported
        for quarter in range(int(start * 4), int(end * 4))
        if quarter < int(duration * 4)
    }
    clipped = clip_intervals(reported, duration)
    assert covered_seconds(clipped) == len(played) / 4 <= duration
    missing = missing_intervals(reported, duration, shortest=0)
    assert covered_seconds(missing) == pytest.approx(duration - len(played) / 4)
    assert merge_intervals([*clipped, *missing]) == [[0, duration]]
    assert coverage_percent(reported, duration) == math.floor(100 * len(played) / (duration * 4))


@pytest.mark.rule("media-1")
@settings(deadline=None)
@given(st.lists(st.lists(st.floats(), min_size=2, max_size=2), max_size=20), st.floats(min_value=0.1, max_value=90_000))
def test_no_report_however_wild_covers_more_than_the_film(reported: list, duration: float) -> None:
    assert 0 <= covered_seconds(clip_intervals(reported, duration)) <= duration * (1 + 1e-9)
    assert 0 <= coverage_percent(reported, duration) <= 100


@pytest.mark.rule("media-2")
@pytest.mark.parametrize(
    ("covered", "duration", "missing"),
    [
        ([], 60, [[0, 60]]),
        ([[0, 60]], 60, []),
        ([[0, 60], [61, 200]], 60, []),
        ([[10, 20]], 60, [[0, 10], [20, 60]]),
        ([[0.4, 20], [20.5, 59.6]], 60, []),
        ([[0, 20], [21, 60]], 60, [[20, 21]]),
    ],
)
def test_missing_stretches(covered: list, duration: float, missing: list) -> None:
    assert missing_intervals(covered, duration) == missing


@pytest.mark.rule("media-2")
@pytest.mark.parametrize(
    ("covered", "duration", "percent"),
    [
        ([[0, 89.99]], 100, 89),
        ([[0, 0.1 * 9], [0.1 * 9, 9]], 10, 90),
        ([[0, 10]], None, 0),
        ([[0, 10]], 0, 0),
        ([[0, 9]], 8, 100),
    ],
)
def test_percent_is_rounded_down(covered: list, duration: float | None, percent: int) -> None:
    assert coverage_percent(covered, duration) == percent


@pytest.mark.parametrize(("at", "shown"), [(0, "0:00"), (65.9, "1:05"), (3725, "1:02:05"), (-3, "0:00")])
def test_clock(at: float, shown: str) -> None:
    assert clock(at) == shown


# --- Ranges of bytes ---------------------------------------------------------------------------------------------


@pytest.mark.rule("media-3")
@pytest.mark.parametrize(
    ("header", "sent"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=90-200", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-200", (0, 49)),
        ("bytes=0-", (0, 49)),
        ("BYTES = 5 - 6", (5, 6)),
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
        ("bytes=0-" + "9" * 40, None),
        ("bytes=٣-٤", None),
    ],
)
def test_byte_range(header: str, sent: tuple[int, int] | None) -> None:
    assert byte_range(header, 100, longest=50) == sent


@pytest.mark.rule("media-3")
@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)])
def test_range_behind_the_end(header: str, size: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        byte_range(header, size, longest=50)


@pytest.mark.rule("media-3")
@settings(deadline=None)
@given(st.text(max_size=40), st.integers(min_value=0, max_value=10**12))
def test_any_header_gives_bytes_of_the_file(header: str, size: int) -> None:
    for text in (header, "bytes=" + header):
        try:
            found = byte_range(text, size, longest=1000)
        except RangeNotSatisfiable:
            continue
        assert found is None or (0 <= found[0] <= found[1] < size and found[1] - found[0] < 1000)


# --- Publication -------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-4")
@pytest.mark.parametrize(
    ("has_source", "captions", "transcripts", "problems"),
    [
        (True, {"pl"}, {"pl"}, []),
        (True, {"pl", "en"}, {"pl", "en"}, []),
        (False, {"pl"}, {"pl"}, [FilmProblem.NO_SOURCE]),
        (True, {"en"}, {"pl"}, [FilmProblem.NO_CAPTIONS]),
        (True, {"pl"}, {"en"}, [FilmProblem.NO_TRANSCRIPT]),
        (False, set(), set(), [FilmProblem.NO_SOURCE, FilmProblem.NO_CAPTIONS, FilmProblem.NO_TRANSCRIPT]),
    ],
)
def test_publishable(has_source: bool, captions: set, transcripts: set, problems: list) -> None:
    film = FilmFacts("pl", has_source, frozenset(captions), frozenset(transcripts))
    assert publishable(film) == problems


# --- WebVTT ------------------------------------------------------------------------------------------------------

CUE = "00:01.000 --> 00:02.500\nDzień dobry\n"


@pytest.mark.rule("media-6")
@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{CUE}",
        f"\ufeffWEBVTT - napisy\nKind: captions\n\n{CUE}",
        f"WEBVTT\r\n\r\n{CUE}".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"WEBVTT\r\r{CUE}".replace("\n", "\r"),
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:start line:0\n<v Anna>Dwa\nwiersze</v>\n",
        "WEBVTT\n\nNOTE uwaga\nw dwóch wierszach\n\nSTYLE\n::cue { color: red }\n\n"
        f"1\n{CUE}\n\n\n2\n00:02.000 --> 100:00:03.000\nKoniec",
    ],
)
def test_good_captions_have_no_fault(text: str) -> None:
    assert vtt_fault(text) is None


@pytest.mark.rule("media-6")
@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("", VttProblem.NO_HEADER, 1),
        ("WEBVTTX\n\n" + CUE, VttProblem.NO_HEADER, 1),
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT\n", VttProblem.NO_HEADER, 1),
        ("WEBVTT\n\n" + CUE + "\0", VttProblem.BINARY, 5),
        ("WEBVTT\n", VttProblem.NO_CUES, 2),
        ("WEBVTT\n\nNOTE nic tu nie ma\n", VttProblem.NO_CUES, 4),
        ("WEBVTT\n" + CUE, VttProblem.NO_BLANK_LINE, 2),
        ("WEBVTT\n\n00:01 --> 00:02\nBez tysięcznych\n", VttProblem.BAD_TIME, 3),
        ("WEBVTT\n\n1\n00:61.000 --> 00:62.000\nZłe sekundy\n", VttProblem.BAD_TIME, 4),
        ("WEBVTT\n\n00:01.000-->\nPół czasu\n", VttProblem.BAD_TIME, 3),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nPrzecinek\n", VttProblem.COMMA_IN_TIME, 3),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nNic\n", VttProblem.ENDS_BEFORE_START, 3),
        ("WEBVTT\n\n" + CUE + "\n00:00.500 --> 00:03.000\nWcześniej\n", VttProblem.OUT_OF_ORDER, 6),
        ("WEBVTT\n\n" + CUE + CUE, VttProblem.NO_BLANK_LINE, 5),
        ("WEBVTT\n\na\nb\n" + CUE, VttProblem.NO_BLANK_LINE, 5),
        ("WEBVTT\n\nNOTE uwaga\n" + CUE, VttProblem.NO_BLANK_LINE, 4),
        ("WEBVTT\n\n" + CUE + "\nzgubiony wiersz\n", VttProblem.STRAY_TEXT, 6),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n" + CUE, VttProblem.NO_TEXT, 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i> </i>\n", VttProblem.NO_TEXT, 3),
    ],
)
def test_the_first_fault_is_named_with_its_line(text: str, problem: VttProblem, line: int) -> None:
    assert vtt_fault(text) == VttFault(problem, line)


@pytest.mark.rule("media-6")
@settings(deadline=None)
@given(st.text(max_size=300), st.text(alphabet="WEBVT\n\r->0123456789:. ab\0", max_size=300))
def test_no_text_breaks_the_check(any_text: str, nearly: str) -> None:
    for text in (any_text, f"WEBVTT\n\n{nearly}"):
        fault = vtt_fault(text)
        assert fault is None or 1 <= fault.line <= len(text) + 1


@pytest.mark.rule("media-8")
@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("Dzień  dobry\n świecie ", "Dzień dobry świecie"),
        ("<b>gruby</b> <c.żółty.duży>kolor</c> <00:01.500>dalej", "gruby kolor dalej"),
        ("<script>alert(1)</script>x", "alert(1)x"),
        ('x<img src=x onerror="alert(1)">y', "xy"),
        ("A &amp; B &lt;3 &nbsp;", "A & B <3"),
        ("urwany <b", "urwany"),
        ("<i></i>", ""),
    ],
)
def test_cue_text_is_plain(payload: str, text: str) -> None:
    assert cue_text(payload) == text


def test_cue_voice() -> None:
    assert cue_voice("<v.loud Anna Przykładowa>Dzień dobry</v>") == "Anna Przykładowa"
    assert cue_voice("<b>Dzień dobry</b>") == ""


# --- Transcripts -------------------------------------------------------------------------------------------------


@pytest.mark.rule("media-7")
def test_transcript_by_chapters() -> None:
    captions = [
        Cue(0, 2, "Dzień dobry."),
        # Begins a breath before its chapter.
        Cue(9.8, 12, "Drugi rozdział"),
        Cue(12, 14, "trwa dalej."),
        Cue(17, 18, "Po przerwie."),
    ]
    chapters = [Cue(0, 10, "Wstęp"), Cue(10, 20, "Opis"), Cue(20, 30, "Bez słów")]
    assert transcript_html(captions, chapters) == (
        "<h3>Wstęp</h3><p>Dzień dobry.</p><h3>Opis</h3><p>Drugi rozdział trwa dalej.</p><p>Po przerwie.</p>"
    )


@pytest.mark.rule("media-7")
def test_transcript_without_chapters_and_with_speakers() -> None:
    captions = [Cue(0, 1, "Pytanie?", "Anna"), Cue(1, 2, "Odpowiedź.", "Jan"), Cue(2, 3, "I jeszcze.", "Jan")]
    assert transcript_html(captions, []) == "<p><b>Anna:</b> Pytanie?</p><p><b>Jan:</b> Odpowiedź. I jeszcze.</p>"


@pytest.mark.rule("media-7")
def test_long_speech_is_parted_at_the_ends_of_sentences() -> None:
    captions = [Cue(i, i + 1, "słowo " * 9 + ("koniec." if i % 4 == 3 else "dalej")) for i in range(8)]
    assert transcript_html(captions, []).count("<p>") == 2


@pytest.mark.rule("media-8")
def test_transcript_is_escaped() -> None:
    captions = [Cue(0, 1, "<script>alert(1)</script> & spółka", "<b>")]
    chapters = [Cue(0, 1, "<img src=x>")]
    assert transcript_html(captions, chapters) == (
        "<h3>&lt;img src=x&gt;</h3><p><b>&lt;b&gt;:</b> &lt;script&gt;alert(1)&lt;/script&gt; &amp; spółka</p>"
    )


@pytest.mark.rule("media-9")
def test_edited_paragraphs_find_their_time() -> None:
    captions = [
        Cue(0, 2, "Dzień dobry."),
        Cue(2, 5, "W cztery minuty pokażę,"),
        Cue(5, 8, "jak urząd zgłasza zapotrzebowanie."),
        Cue(40, 44, "Dzień dobry raz jeszcze."),
        Cue(50, 55, "Wybieram przycisk „Opublikuj”."),
    ]
    paragraphs = [
        "Dzień dobry.",
        "W cztery minuty pokażę, jak urząd zgłasza zapotrzebowanie.",
        "Na ekranie widać formularz z pięcioma polami.",
        "Anna: Dzień dobry raz jeszcze.",
        "Wybieram przycisk „Opublikuj”.",
    ]
    assert paragraph_times(paragraphs, captions) == [0, 2, None, 40, 50]
    assert paragraph_times(paragraphs, []) == [None] * 5
    assert paragraph_times(["", "…"], captions) == [None, None]


@pytest.mark.parametrize(("seconds", "told"), [(None, ""), (0, ""), (6.4, "PT6S"), (270, "PT4M30S"), (3600, "PT60M0S")])
def test_a_length_as_machines_read_it(seconds: float | None, told: str) -> None:
    assert duration_for_machines(seconds) == told
