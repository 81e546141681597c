"""What a choice of facets leaves of a list, what each value would show, and the addresses that say so."""

import pytest
from django.http import QueryDict

from cms.pages.facets import (
    Entry,
    active,
    catalogue,
    chosen,
    counts,
    form_rows,
    listing,
    narrowed,
    occurring,
    pairs_of,
)


def _entry(pk: int, kind: str, topics: tuple[str, ...], year: int = 2026) -> Entry:
    return Entry(pk=pk, title=f"Title {pk}", when=year, values={"kind": (kind,), "topic": topics, "year": (str(year),)})


ENTRIES = [
    _entry(1, "guide", ("a", "b")),
    _entry(2, "guide", ("b",), 2014),
    _entry(3, "report", ("a",)),
    _entry(4, "report", ()),
]
ROWS = catalogue(ENTRIES)


@pytest.mark.rule("library-6")
@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, [1, 3, 4, 2]),
        ({"kind": ("guide",)}, [1, 2]),
        ({"kind": ("guide", "report")}, [1, 3, 4, 2]),
        ({"kind": ("guide",), "topic": ("a",)}, [1]),
        ({"kind": ("report",), "year": ("2014",)}, []),
    ],
)
def test_one_value_is_enough_within_a_facet_and_all_facets_hold(choice: dict, expected: list[int]) -> None:
    assert narrowed(ROWS, choice) == expected


@pytest.mark.rule("library-6")
def test_the_count_beside_a_value_is_what_choosing_it_would_show() -> None:
    choice = {"kind": ("guide",), "topic": ("a",)}
    found = counts(ROWS, choice)
    # Beside the chosen topic each kind counts; beside the chosen kind each topic.
    assert found["kind"] == {"guide": 1, "report": 1}
    assert found["topic"] == {"a": 1, "b": 2}
    assert found["year"] == {"2026": 1, "2014": 0}
    for facet, values in found.items():
        for value, number in values.items():
            assert len(narrowed(ROWS, choice | {facet: (value,)})) == number


@pytest.mark.rule("library-6")
@pytest.mark.parametrize(
    ("order", "choice", "expected"),
    [
        ("newest", {}, [1, 3, 4, 2]),
        ("title", {}, [1, 2, 3, 4]),
        ("title", {"topic": ("b", "a")}, [1, 2, 3]),
        ("title", {"topic": ("nowhere",)}, []),
    ],
)
def test_the_order_of_the_list(order: str, choice: dict, expected: list[int]) -> None:
    assert narrowed(ROWS, choice, order) == expected


@pytest.mark.rule("library-6")
def test_thousands_of_rows_are_narrowed_and_counted_as_one_by_one() -> None:
    many = [
        Entry(
            pk=number * 7,
            title=f"{number % 13} {number}",
            when=1990 + number % 37,
            values={"kind": (str(number % 5),), "topic": tuple("abc"[: number % 4]), "year": (str(number % 37),)},
        )
        for number in range(1, 2001)
    ]
    rows = catalogue(many)
    choice = {"kind": ("1", "3"), "topic": ("b",)}
    left = [entry for entry in many if entry.values["kind"][0] in "13" and "b" in entry.values["topic"]]
    by_title = sorted(left, key=lambda entry: entry.title)
    assert narrowed(rows, choice, "title") == [entry.pk for entry in by_title]
    assert narrowed(rows, choice) == [entry.pk for entry in sorted(by_title, key=lambda entry: -entry.when)]
    assert counts(rows, choice)["kind"]["2"] == sum(
        1 for entry in many if entry.values["kind"] == ("2",) and "b" in entry.values["topic"]
    )


def test_a_list_without_rows_has_nothing_to_count() -> None:
    rows = catalogue([])
    assert narrowed(rows, {}) == narrowed(rows, {"kind": ("guide",)}) == []
    assert counts(rows, {}) == {}
    told = listing(QueryDict("page=4&sort=title"), rows, occurring(rows, {"kind": [("guide", "Guide")]}), {}, 20)
    assert (told["total"], told["facets"], list(told["page_obj"])) == (0, [], [])


LABELS = {"kind": {"guide": "Guide", "report": "Report"}, "topic": {"a": "A"}}


@pytest.mark.rule("library-6")
@pytest.mark.parametrize(
    ("query", "choice"),
    [
        ("", {}),
        ("kind=guide&kind=guide&kind=nowhere", {"kind": ("guide",)}),
        ("kind=report&topic=a&year=2014", {"kind": ("report",), "topic": ("a",)}),
        ("&".join(f"kind=x{number}" for number in range(40)) + "&kind=guide", {}),
    ],
)
def test_the_address_chooses_and_what_nothing_has_is_passed_over(query: str, choice: dict) -> None:
    assert chosen(QueryDict(query), LABELS) == choice


def test_each_filter_is_removed_alone_and_keeps_the_order() -> None:
    choice = {"kind": ("guide",), "topic": ("a",)}
    assert pairs_of(choice, "newest") == [("kind", "guide"), ("topic", "a")]
    assert active(choice, LABELS, "title") == [
        {"label": "Guide", "url": "?topic=a&sort=title"},
        {"label": "A", "url": "?kind=guide&sort=title"},
    ]


def test_a_facet_with_one_value_is_shown_only_where_it_is_chosen() -> None:
    words = {"kind": [("report", "Report"), ("guide", "Guide"), ("poster", "Poster")], "topic": [("a", "A")]}
    one = Entry(pk=1, title="", when=1, values={"kind": ("guide", "report"), "topic": ("a",)})
    labels = occurring(catalogue([one]), words)
    assert list(labels["kind"]) == ["report", "guide"]
    found = counts(ROWS, {})
    assert [row["name"] for row in form_rows(found, labels, {}, {"kind": "Kind", "topic": "Topic"})] == ["kind"]
    both = form_rows(found, labels, {"topic": ("a",)}, {"kind": "Kind", "topic": "Topic"})
    assert [row["name"] for row in both] == ["kind", "topic"]
    assert both[1]["options"] == [{"value": "a", "label": "A", "count": 2, "chosen": True}]
