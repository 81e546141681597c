"""Sizes of files in words: one way of writing them for the whole site."""

from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from media.rules import size_in_words

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("size", "polish", "english"),
    [
        (0, "0 kB", "0 kB"),
        (1, "1 kB", "1 kB"),
        (62_100, "62 kB", "62 kB"),
        (999_499, "999 kB", "999 kB"),
        (999_500, "1 MB", "1 MB"),
        (3_940_000, "3,9 MB", "3.9 MB"),
        (50_000_000, "50 MB", "50 MB"),
        (999_960_000, "1 GB", "1 GB"),
        (1_230_000_000, "1,2 GB", "1.2 GB"),
    ],
)
@pytest.mark.rule("page-16")
def test_a_size_is_whole_below_a_megabyte_and_never_a_thousand_of_a_unit(size: int, polish: str, english: str) -> None:
    assert size_in_words(size, "pl").replace("\u00a0", " ") == polish
    assert size_in_words(size, "en").replace("\u00a0", " ") == english


@pytest.mark.rule("page-16")
def test_templates_write_a_size_in_the_language_of_the_page() -> None:
    template = Template("{{ size|file_size }}")
    with translation.override("pl"):
        assert template.render(Context({"size": 3_940_000})) == "3,9\u00a0MB"
    with translation.override("en"):
        assert template.render(Context({"size": 3_940_000})) == "3.9\u00a0MB"
        assert template.render(Context({"size": None})) == "0\u00a0kB"


@pytest.mark.rule("page-16")
def test_no_page_writes_a_size_in_another_way() -> None:
    houses = ("media", "cms", "courses", "certificates", "templates")
    sources = [path for house in houses for path in (ROOT / house).rglob("*") if path.suffix in {".py", ".html"}]
    assert sources
    assert not [path.name for path in sources if "filesizeformat" in path.read_text(encoding="utf-8")]
