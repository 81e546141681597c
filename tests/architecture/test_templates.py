"""Templates keep to the policy that browsers enforce, and to the house's rules."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import HOUSES, ROOT, shown, templates

SITE = [path for path in templates() if "mail" not in path.parts]
WITHOUT_COMMENTS = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
REFUSED = {
    "an inline style": re.compile(r"""<[^>]*\sstyle\s*=""", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.I),
    "an inline handler": re.compile(r"<[^>]*\son(?:click|load|change|submit|input|error|focus|blur|key\w+)\s*=", re.I),
    "an address of another host": re.compile(r"""(?:src|srcset|href|action)\s*=\s*["'](?:https?:)?//""", re.I),
}
# Whom a link may lead to; nothing is loaded from there.
LINKS_OUT = re.compile(r"""<a\b[^>]*href\s*=\s*["']https://""", re.I)
NAMESPACES = re.compile(r"""xmlns(?::\w+)?\s*=\s*["'][^"']*["']""")


def text(path: Path) -> str:
    """What of a template reaches the browser, more or less."""
    return WITHOUT_COMMENTS.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", REFUSED)
def test_templates_of_the_site_hold_nothing_that_the_policy_refuses(what: str) -> None:
    found = []
    for path in SITE:
        shown_text = LINKS_OUT.sub("<a", NAMESPACES.sub("", text(path)))
        if REFUSED[what].search(shown_text):
            found.append(shown(path))
    assert not found, what


def test_nothing_is_marked_safe() -> None:
    """Text is escaped; rich text has its own filter, which cleans."""
    mark = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
    text_mail = {path for path in templates() if path.suffix == ".txt"}
    assert [shown(path) for path in templates() if path not in text_mail and mark.search(text(path))] == []


def test_code_marks_nothing_safe_but_what_it_built_itself() -> None:
    """``mark_safe`` hides an injection; ``format_html`` escapes what it is given."""
    word = re.compile(r"\bmark_safe\b")
    found = {
        shown(path)
        for house in HOUSES
        for path in (ROOT / house).rglob("*.py")
        if word.search(path.read_text(encoding="utf-8"))
    }
    assert found <= MARKS_SAFE


# Each was looked at: what it marks comes from a file of ours or was cleaned on the line itself.
MARKS_SAFE = {
    "cms/discovery/templatetags/discovery.py",
    "cms/glossary/hints.py",
    "cms/library/templatetags/library.py",
    "cms/pages/styleguide.py",
    "cms/newsletter/templatetags/newsletter.py",
    "cms/pages/templatetags/look.py",
    "cms/pages/templatetags/typesetting.py",
    "courses/catalogue/templatetags/catalogue.py",
    "media/queries.py",
}


def test_mail_is_written_in_both_languages_and_both_forms() -> None:
    folder = ROOT / "templates" / "mail"
    names = {path.name.partition(".")[0] for path in folder.glob("*.*.*") if not path.name.startswith("_")}
    assert names
    wanted = {f"{name}.{language}.{form}" for name in names for language in ("pl", "en") for form in ("txt", "html")}
    assert sorted(name for name in wanted if not (folder / name).exists()) == []
