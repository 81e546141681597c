"""Who wants an issue, masked addresses, texts as they stand in letters."""

import pytest

from cms.newsletter import rules


@pytest.mark.parametrize(
    ("chosen", "topics", "wanted"),
    [
        ([], [], True),
        (["prawo"], [], True),
        (["prawo"], ["prawo", "filmy"], True),
        (["prawo"], ["filmy"], False),
        ([], ["filmy"], False),
    ],
)
def test_an_issue_goes_to_who_chose_one_of_its_topics(chosen: list[str], topics: list[str], wanted: bool) -> None:
    assert rules.wants(chosen, topics) is wanted


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("anna.nowak@example.org", "an•••@ex•••.org"),
        ("jan@urzad.torun.pl", "j•••@ur•••.pl"),
        ("a@localhost", "a•••@•••localhost"),
    ],
)
def test_an_address_is_shown_in_part(address: str, shown: str) -> None:
    assert rules.masked(address) == shown


def test_who_is_refused_three_times_in_a_row_gets_no_more() -> None:
    assert [rules.is_refused_too_often(number) for number in (0, 2, 3, 4)] == [False, False, True, True]


def address(attributes):
    return f"https://example.org/{attributes['id']}/" if "id" in attributes else attributes.get("href", "")


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        (
            "<p>Wieści &amp; <b>ważne</b></p>",
            '<p style="margin: 0 0 16px;">Wieści &amp; <b>ważne</b></p>',
            "Wieści & ważne",
        ),
        (
            '<p>Zobacz <a linktype="page" id="7">poradnik</a>.</p>',
            '<p style="margin: 0 0 16px;">Zobacz <a class="link" href="https://example.org/7/" '
            'style="color: #1f4e8c;">poradnik</a>.</p>',
            "Zobacz poradnik (https://example.org/7/).",
        ),
        (
            '<p><a href="javascript:alert(1)">tu</a></p>',
            '<p style="margin: 0 0 16px;">tu</p>',
            "tu",
        ),
        (
            "<p>a<br>b</p><script>x()</script><img src='https://obcy.example/x.gif'>",
            '<p style="margin: 0 0 16px;">a<br>b</p>x()',
            "a\nb\n\nx()",
        ),
    ],
)
def test_a_text_is_written_anew_for_letters(source: str, html: str, text: str) -> None:
    assert rules.letter_html(source, address) == html
    assert rules.letter_text(source, address) == text


def test_lists_are_lists_in_both_parts() -> None:
    source = "<ul><li>raz</li><li>dwa</li></ul><ol><li>trzy</li><li>cztery</li></ol><p>Koniec</p>"
    assert rules.letter_html(source, address).count("<li style=") == 4
    assert rules.letter_text(source, address) == "- raz\n- dwa\n\n1. trzy\n2. cztery\n\nKoniec"


@pytest.mark.parametrize(
    "payload", ['<a href="x" onclick="y()">a</a>', "<svg onload=alert(1)>", '"><script>', "</p></table>", "<a>", "</a>"]
)
def test_nothing_an_editor_pastes_reaches_a_letter_as_code(payload: str) -> None:
    html = rules.letter_html(payload, lambda attributes: 'https://example.org/"><script>')
    assert "<script" not in html
    assert "onload" not in html
    assert "onclick" not in html
    assert "table" not in html
