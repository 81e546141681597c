"""What the check of the words finds."""

from pathlib import Path

import catalogues
import pytest
from django.utils import translation

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
)
PLURAL = 'msgid "%(n)s hour"\nmsgid_plural "%(n)s hours"\n'


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "cms" / "locale")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "_used_words", lambda: {("", "Yes"), ("", "%(n)s hour")})
    monkeypatch.setattr(catalogues.shutil, "which", lambda name: "/usr/bin/xgettext")
    path = tmp_path / "cms" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


COMPLETE = (
    'msgid "Yes"\nmsgstr "Tak"\n\n'
    + PLURAL
    + 'msgstr[0] "%(n)s godzina"\nmsgstr[1] "%(n)s godziny"\nmsgstr[2] "%(n)s godzin"\n'
)


def test_a_complete_catalogue(polish: Path) -> None:
    polish.write_text(HEAD + COMPLETE)
    assert catalogues.problems() == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('"Tak"', '""', "is not translated"),
        ('msgid "Yes"', '#, fuzzy\nmsgid "Yes"', "is fuzzy"),
        ('msgstr[2] "%(n)s godzin"', 'msgstr[2] ""', "is not translated"),
        ('"%(n)s godziny"', '"%(h)s godziny"', "has a placeholder that the original does not have"),
        ('msgid "Yes"\nmsgstr "Tak"\n', "", "not gathered, see make messages: 'Yes'"),
        ('msgid "Yes"', 'msgid "No"\nmsgstr "Nie"\n\nmsgid "Yes"', "no longer used, see make messages: 'No'"),
    ],
)
def test_what_is_wrong_is_said(polish: Path, before: str, after: str, problem: str) -> None:
    polish.write_text(HEAD + COMPLETE.replace(before, after))
    assert len(catalogues.problems()) == 1
    assert problem in catalogues.problems()[0]


def test_a_catalogue_that_is_not_there(polish: Path) -> None:
    assert catalogues.problems() == ["cms/locale/pl/LC_MESSAGES/django.po is missing: make messages"]


def test_compiling_needs_no_other_program(polish: Path) -> None:
    polish.write_text(HEAD + COMPLETE)
    catalogues.compile_all()
    compiled = polish.with_suffix(".mo")
    first = compiled.stat().st_mtime_ns
    assert b"godzina" in compiled.read_bytes()
    catalogues.compile_all()
    assert compiled.stat().st_mtime_ns == first


def test_the_words_that_wagtail_lacks_are_checked_and_compiled(polish: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    polish.write_text(HEAD + COMPLETE)
    monkeypatch.setattr(catalogues, "_words_of_wagtail", lambda: {("", "Saved")})
    lacking = polish.parents[3] / "locale_wagtail" / "pl" / "LC_MESSAGES" / "django.po"
    lacking.parent.mkdir(parents=True)
    lacking.write_text(HEAD + 'msgid "Saved"\nmsgstr "Zapisano"\n')
    assert catalogues.problems() == []
    catalogues.compile_all()
    assert b"Zapisano" in lacking.with_suffix(".mo").read_bytes()
    lacking.write_text(HEAD + 'msgid "Gone"\nmsgstr "Nie ma"\n\nmsgid "Saved"\nmsgstr ""\n')
    assert catalogues.problems() == ["pl: 'Saved': is not translated", "Wagtail no longer says: 'Gone'"]


def test_the_editors_side_speaks_polish_where_wagtail_has_no_words() -> None:
    with translation.override("pl"):
        assert translation.gettext("Saved") == "Zapisano"
        counted = translation.ngettext(
            '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
            '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
            5,
        )
        assert "obrazów" in counted
        assert translation.gettext("Sign in") == "Zaloguj się", "our own words come first"
