"""Words on the paper: hostile ones, missing ones, and how they are set."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.documents import DocumentError, default_labels, render
from certificates.snapshot import code_in_groups, code_in_lines, paper_words, set_text
from tests.certificates.test_documents import CODE, a_snapshot, opened, tags, words_of

# ---- Hostile words ----------------------------------------------------------------------------------------------

HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd")',
    '#import "main.typ": data',
    "$ x^2 $ [*gruby*] _pochylony_ `kod`",
    "= Nagłówek",
    '"cudzysłów" \\ ukośnik \\u{41} \\n',
    "]}) ; #let data = none",
    "@odnośnik <etykieta> // uwaga /* uwaga */",
    "https://example.org/?a=1&b=2",
    "{holder} {course} {{7*7}} %s",
    "<script>alert(1)</script>",
    "~ -- --- ... '",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_mark_up_in_words_is_printed_as_it_is(text: str) -> None:
    snapshot = a_snapshot(holder_name=text, course_title=text, trainer=text, funding_note=text)
    snapshot["programme"][0]["title"] = text
    snapshot["outcomes"]["skills"] = [text]
    pdf = render(snapshot)
    close = re.sub(r"\s+", "", text)
    assert re.sub(r"\s+", "", words_of(pdf, 0)).count(close) >= 3
    assert re.sub(r"\s+", "", words_of(pdf, 1)).count(close) >= 3
    assert [name for name, _ in tags(pdf) if name.startswith("/H")].count("/H1") == 1


def test_a_name_cannot_fill_the_places_of_a_label() -> None:
    labels = default_labels("pl")
    title = opened(render(a_snapshot(holder_name="{course}", labels=labels))).metadata
    assert title is not None
    assert title.subject == "Zaświadczenie dla: {course}. Szkolenie: Narzędzie IT programu współpracy – obsługa."


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_printed_or_refused(text: str) -> None:
    try:
        pdf = render(a_snapshot(holder_name=text, trainer=text))
    except DocumentError as refusal:
        outcome: Any = refusal.code
    else:
        outcome = len(opened(pdf).pages)
    assert outcome in {"snapshot", "control", "glyph", "overflow", 2}


# ---- Refused snapshots ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", ["number", "code", "holder_name", "course_title", "completed_on", "issued_on", "verify_url", "labels"]
)
def test_a_snapshot_without_a_field_is_refused(field: str) -> None:
    snapshot = a_snapshot()
    del snapshot[field]
    with pytest.raises(DocumentError) as refusal:
        render(snapshot)
    assert (refusal.value.code, refusal.value.field) == ("snapshot", field)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"language": "de"}, "language"),
        ({"holder_name": ""}, "holder_name"),
        ({"issued_on": "wczoraj"}, "issued_on"),
        ({"started_on": "2026-13-01"}, "started_on"),
        ({"verify_url": "javascript:alert(1)"}, "verify_url"),
        ({"verify_url": "https://example.org/" + "a" * 400}, "verify_url"),
        ({"labels": {}}, "date"),
        ({"programme": [{"code": "B1", "title": "Konto"}]}, "programme"),
        ({"issuer": {}}, "name"),
    ],
)
def test_a_wrong_snapshot_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        render(a_snapshot(**changes))
    assert (refusal.value.code, refusal.value.field) == ("snapshot", field)


def test_a_programme_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(DocumentError) as refusal:
        render(a_snapshot(minutes=180))
    assert refusal.value.code == "minutes"
    assert "135" in str(refusal.value)


# ---- Setting of words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("pl", "o ukończeniu i w domu z tatą", "o\u00a0ukończeniu i\u00a0w\u00a0domu z\u00a0tatą"),
        ("pl", "2026 r. – koniec", "2026\u00a0r.\u00a0– koniec"),
        ("pl", "Ala ma kota", "Ala ma kota"),
        ("pl", "(w domu) „A to”", "(w\u00a0domu) „A\u00a0to”"),
        ("en", "a day of the week", "a\u00a0day of\u00a0the\u00a0week"),
        ("en", "Plan B i C", "Plan B i C"),
    ],
)
def test_short_words_keep_to_the_next(language: str, text: str, expected: str) -> None:
    assert set_text(text, language) == expected


def test_long_runs_get_hidden_places_to_break_and_others_do_not() -> None:
    assert "\u200b" not in set_text("Konstantynopolitańczyk-Żółkiewski", "pl")
    assert set_text("x" * 30, "pl").replace("\u200b", "") == "x" * 30


def test_code_is_printed_in_groups() -> None:
    assert code_in_groups(CODE) == "7K4M-9QXT-2HPD-8RWY-5NCV-3JBF-GA"
    assert code_in_groups("ABCD-EFGH") == "ABCD-EFGH"


def test_code_parts_between_its_fourth_group_and_its_fifth() -> None:
    assert code_in_lines(CODE) == ["7K4M-9QXT-2HPD-8RWY-", "5NCV-3JBF-GA"]
    assert code_in_lines("7K4M-9QXT-2HPD") == ["7K4M-9QXT-2HPD"]
    assert code_in_lines("") == []
    assert paper_words(a_snapshot())["code"] == code_in_lines(CODE)


def test_the_place_to_type_a_code_may_be_told() -> None:
    told = paper_words(a_snapshot(verify_page="https://akademia.example/sprawdz/"))
    assert "".join(told["verify_page"]) == "akademia.example/sprawdz"
    assert "".join(paper_words(a_snapshot())["verify_page"]) == "akademia.example.org/c"
