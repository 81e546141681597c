"""What a choice of facets leaves of a list, what each value would show, and the addresses that say so."""

import pytest
from django.http import QueryDict

from cms.pages.facets import Entry, active, chosen, counts, form_rows, in_order, narrowed, occurring, pairs_of


def _entry(pk: int, kind: str, topics: tuple[str, ...], year: int = 2026) -> Entry:
    return Entry(pk=pk, title=f"Title {pk}", when=year, values={"kind": (kind,), "topic": topics, "year": (str(year),)})


ENTRIES = [
    _entry(1, "guide", ("a", "b")),
    _entry(2, "guide", ("b",), 2014),
    _entry(3, "report", ("a",)),
    _entry(4, "report", ()),
]


@pytest.mark.rule("library-6")
@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"kind": ("guide",)}, [1, 2]),
        ({"kind": ("guide", "report")}, [1, 2, 3, 4]),
        ({"kind": ("guide",), "topic": ("a",)}, [1]),
        ({"kind": ("report",), "year": ("2014",)}, []),
    ],
)
def test_one_value_is_enough_within_a_facet_and_all_facets_hold(choice: dict, expected: list[int]) -> None:
    assert [entry.pk for entry in narrowed(ENTRIES, choice)] == expected


@pytest.mark.rule("library-6")
def test_the_count_beside_a_value_is_what_choosing_it_would_show() -> None:
    choice = {"kind": ("guide",), "topic": ("a",)}
    found = counts(ENTRIES, choice, ("kind", "topic", "year"))
    # Beside the chosen topic each kind counts; beside the chosen kind each topic.
    assert found["kind"] == {"guide": 1, "report": 1}
    assert found["topic"] == {"a": 1, "b": 2}
    assert found["year"] == {"2026": 1}
    for facet in ("kind", "topic"):
        for value, number in found[facet].items():
            assert len(narrowed(ENTRIES, choice | {facet: (value,)})) == number


@pytest.mark.rule("library-6")
@pytest.mark.parametrize(("order", "expected"), [("newest", [1, 3, 4, 2]), ("title", [1, 2, 3, 4])])
def test_the_order_of_the_list(order: str, expected: list[int]) -> None:
    assert [entry.pk for entry in in_order(ENTRIES, order)] == expected


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
    labels = occurring([Entry(pk=1, title="", when=1, values={"kind": ("guide", "report"), "topic": ("a",)})], words)
    assert list(labels["kind"]) == ["report", "guide"]
    found = counts(ENTRIES, {}, list(labels))
    assert [row["name"] for row in form_rows(found, labels, {}, {"kind": "Kind", "topic": "Topic"})] == ["kind"]
    both = form_rows(found, labels, {"topic": ("a",)}, {"kind": "Kind", "topic": "Topic"})
    assert [row["name"] for row in both] == ["kind", "topic"]
    assert both[1]["options"] == [{"value": "a", "label": "A", "count": 2, "chosen": True}]
