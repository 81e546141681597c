"""What is found in a text before it is published, as tables."""

import pytest

from cms.checks.rules import (
    Anchor,
    Check,
    Fault,
    FileOffered,
    FilmShown,
    Heading,
    LawStated,
    Link,
    Picture,
    Place,
    Severity,
    Table,
    Target,
    blocking,
    find_faults,
    parts_of_html,
    severity_of,
)

HERE = Place(("body", 0))


def checks(*parts) -> list[str]:
    return [fault.check.value for fault in find_faults(parts)]


@pytest.mark.rule("check-1")
@pytest.mark.parametrize(
    ("levels", "found"),
    [
        ([], 0),
        ([2, 3, 4, 2, 3], 0),
        ([2, 2, 3, 3, 2], 0),
        ([3], 1),
        ([2, 4], 1),
        ([2, 4, 4], 1),
        ([2, 3, 2, 4], 1),
        ([4, 2, 4], 2),
    ],
)
def test_no_level_of_heading_is_skipped(levels: list[int], found: int) -> None:
    headings = [Heading(level=level, words=f"N {place}") for place, level in enumerate(levels)]
    assert checks(*headings) == ["heading_skipped"] * found


@pytest.mark.rule("check-1")
def test_an_empty_heading_is_a_fault_and_no_level() -> None:
    assert checks(Heading(level=2, words=" \xa0"), Heading(level=2, words="Dalej")) == ["heading_empty"]


@pytest.mark.rule("check-1")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tutaj", "link_says_nothing"),
        ("Tutaj.", "link_says_nothing"),
        ("  kliknij   tutaj ", "link_says_nothing"),
        ("„Tu”", "link_says_nothing"),
        ("czytaj więcej…", "link_says_nothing"),
        ("Click here", "link_says_nothing"),
        ("read more »", "link_says_nothing"),
        ("", "link_empty"),
        ("\xa0 ", "link_empty"),
        ("https://example.org/a", "link_is_address"),
        ("www.example.org", "link_is_address"),
        ("torun.pl/kontakt", "link_is_address"),
        ("akademia@example.org", None),
        ("regulamin naboru", None),
        ("Link do nagrania z konferencji", None),
    ],
)
def test_the_words_of_a_link_say_where_it_leads(words: str, found: str | None) -> None:
    assert checks(Link(words=words, address="https://example.org")) == ([found] if found else [])


@pytest.mark.rule("check-1")
@pytest.mark.parametrize(
    ("link", "found"),
    [
        (Link(words="regulamin", kind="page", key=3, target=Target.FOUND), []),
        (Link(words="regulamin", kind="page", key=3, target=Target.GONE), ["link_dead"]),
        (Link(words="regulamin", kind="page", key=3, target=Target.DRAFT), ["link_to_draft"]),
        (
            Link(words="plik", kind="document", key=3, target=Target.FOUND, accessible=False),
            ["file_in_text_not_accessible"],
        ),
        (Link(words="plik", kind="document", key=3, target=Target.GONE, accessible=False), ["link_dead"]),
        (Link(words="rozdział drugi", address="#chapter-2"), []),
        (Link(words="rozdział dziewiąty", address="#chapter-9"), ["link_without_place"]),
        (Link(words="tutaj", kind="page", target=Target.GONE), ["link_says_nothing", "link_dead"]),
    ],
)
def test_a_link_leads_somewhere(link: Link, found: list[str]) -> None:
    assert checks(Anchor(name="chapter-2"), link) == found


@pytest.mark.rule("check-1")
@pytest.mark.parametrize(
    ("part", "found"),
    [
        (Picture(words="", decorative=False, title="most.jpg"), ["picture_without_words"]),
        (Picture(words=" ", decorative=False), ["picture_without_words"]),
        (Picture(words="", decorative=True), []),
        (Picture(words="Most nad Wisłą", decorative=False), []),
        (Picture(words="IMG_2034.JPG", decorative=False), ["picture_named_as_file"]),
        (Picture(words="DSC 0001", decorative=False), ["picture_named_as_file"]),
        (Picture(words="słowo " * 60, decorative=False), ["picture_words_long"]),
        (Table(caption="Progi", headings=("Tryb", "Kwota")), []),
        (Table(caption="", headings=("Tryb", "Kwota")), ["table_without_caption"]),
        (Table(caption="Progi", headings=("Tryb", " ")), ["table_without_headers"]),
        (Table(caption="", headings=()), ["table_without_caption", "table_without_headers"]),
        (FileOffered(title="Wzór", accessible=True), []),
        (FileOffered(title="Wzór", accessible=False), ["file_not_accessible"]),
        (FileOffered(title="Wzór", accessible=False, alternative="Wydanie w serwisie"), []),
        (FileOffered(title="Wzór", accessible=True, gone=True), ["file_gone"]),
        (LawStated(title="Art. 94", dated=True), []),
        (LawStated(title="Art. 94", dated=False), ["law_without_date"]),
        (FilmShown(title="Film", live=True), []),
        (FilmShown(title="Film", live=False), ["film_not_published"]),
        (
            FilmShown(
                title="Film", live=True, lacks=frozenset({Check.FILM_WITHOUT_TRANSCRIPT, Check.FILM_WITHOUT_CAPTIONS})
            ),
            ["film_without_captions", "film_without_transcript"],
        ),
    ],
)
def test_pictures_tables_files_law_and_films(part, found: list[str]) -> None:
    assert checks(part) == found


@pytest.mark.rule("check-1")
@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("", []),
        ("<h2>Po &amp; <b>co</b></h2>", [Heading(level=2, words="Po & co", place=HERE)]),
        ('<p><a linktype="page" id="7">Start</a></p>', [Link(words="Start", kind="page", key=7, place=HERE)]),
        ('<p><a linktype="page">Start</a></p>', [Link(words="Start", kind="page", target=Target.GONE, place=HERE)]),
        ('<a href="#d"><b>Do</b> dołu</a>', [Link(words="Do dołu", address="#d", place=HERE)]),
        (
            '<embed embedtype="image" alt="Most" id="3" format="left"/>',
            [Picture(words="Most", decorative=False, place=HERE)],
        ),
        (
            "<table><caption>Progi</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>",
            [Table(caption="Progi", headings=("A", "B"), place=HERE)],
        ),
        ("<h2>Nie zamknięty", []),
        ("<p><a href='x'>w <p>środku", []),
    ],
)
def test_rich_text_is_read_by_a_parser(html: str, parts: list) -> None:
    assert parts_of_html(html, HERE) == parts


@pytest.mark.rule("check-1")
@pytest.mark.parametrize(
    ("html", "fakes"),
    [
        ("<p><b>Kto może złożyć ofertę</b></p>", 1),
        ("<p> <strong>Kto</strong> <b>może</b></p>", 1),
        ("<p><b>Uwaga:</b> termin mija w piątek</p>", 0),
        ("<p><b>To jest całe zdanie.</b></p>", 0),
        ("<p>Zwykły akapit</p>", 0),
        ("<h2><b>Nagłówek</b></h2>", 0),
    ],
)
def test_a_bold_paragraph_may_be_a_heading_in_disguise(html: str, fakes: int) -> None:
    assert checks(*parts_of_html(html)) == ["heading_faked"] * fakes


@pytest.mark.rule("check-2")
def test_each_check_has_a_severity_and_only_grave_ones_stop() -> None:
    assert {severity_of(check) for check in Check} == set(Severity)
    faults = [Fault(check, HERE) for check in Check]
    assert {fault.check for fault in blocking(faults)} == {
        check for check in Check if severity_of(check) is Severity.BLOCKING
    }
    assert severity_of(Check.LINK_TO_DRAFT) is Severity.WARNING
    assert severity_of(Check.HEADING_FAKED) is Severity.HINT


def test_the_same_fault_is_told_once_for_each_place() -> None:
    twice = Link(words="tutaj", address="a", place=HERE)
    elsewhere = Link(words="tutaj", address="b", place=Place(("body", 1)))
    assert len(find_faults([twice, twice, elsewhere])) == 2


def test_long_words_are_cut_alike_so_that_a_fault_keeps_its_name() -> None:
    (fault,) = find_faults([Heading(level=5, words="a" * 500)])
    assert fault.key == ("heading_skipped", "a" * 199 + "…")
