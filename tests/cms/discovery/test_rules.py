"""How facts are written for machines."""

import json

import pytest

from cms.discovery import rules


@pytest.mark.rule("discovery-3")
@pytest.mark.parametrize("value", ["</script><script>alert(1)</script>", "a & b", "\u2028", '"cudzysłów"', "<!--"])
def test_json_ld_says_the_same_and_never_ends_its_element(value: str) -> None:
    text = rules.as_json_ld({"name": value})
    assert json.loads(text) == {"@context": "https://schema.org", "name": value}
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_is_not_known_is_left_out(nothing: object) -> None:
    assert rules.without_blanks({"name": "A", "isbn": nothing, "free": False}) == {"name": "A", "free": False}


def test_the_way_is_numbered_from_the_home_page() -> None:
    told = rules.breadcrumb_list([("Start", "https://a.example.org/pl/"), ("Publikacje", "")])
    assert told == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Start", "item": "https://a.example.org/pl/"},
            {"@type": "ListItem", "position": 2, "name": "Publikacje"},
        ],
    }
