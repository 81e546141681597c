"""Every letter, in both languages, rendered with what it may be filled with."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from cms.accounts.adapter import NOTICES
from cms.mail.letters import compose
from tests.factories.mail import OutgoingMailFactory

ACCOUNT_LETTERS = {
    "account_already_exists": {"login_url": "https://example.org/l/", "reset_url": "https://example.org/r/"},
    "account_deleted": {},
    "address_taken": {},
    "already_verified": {"login_url": "https://example.org/l/", "reset_url": "https://example.org/r/"},
    "email_confirmation": {"confirm_url": "https://example.org/c/"},
    "email_confirmation_signup": {"confirm_url": "https://example.org/c/"},
    "invitation": {"set_password_url": "https://example.org/s/"},
    "password_reset_key": {"set_password_url": "https://example.org/s/"},
    "unknown_account": {"signup_url": "https://example.org/u/"},
}
NOTICE = {
    "reset_url": "https://example.org/r/",
    "at": "2026-11-24T06:01:00+00:00",
    "to_email": "b@example.org",
    "deleted_email": "c@example.org",
}


def letter(template: str, language: str = "pl", **context: str) -> EmailMultiAlternatives:
    return compose(OutgoingMailFactory.build(template=template, language=language, context=context))


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def check(message: EmailMultiAlternatives, links: list[str]) -> None:
    html = html_of(message)
    assert re.search(r"<html lang=\"(pl|en)\">", html)
    assert html.count("<h1") == 1
    for part in (message.body, html):
        assert "{{" not in part
        assert "{%" not in part
        for link in links:
            assert link in part
    assert not re.findall(r"(?:src|background)\s*=\s*[\"'](?!data:)|url\(|@import|<link |<script|<img", html)
    assert message.alternatives[0][1] == "text/html"


@pytest.mark.rule("mail-5")
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("template", ACCOUNT_LETTERS)
def test_letters_of_accounts_say_the_same_in_both_parts(template: str, language: str) -> None:
    context = ACCOUNT_LETTERS[template]
    check(letter(template, language, **context), list(context.values()))


@pytest.mark.rule("mail-5")
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("event", sorted(NOTICES))
def test_each_notice_says_what_happened(event: str, language: str) -> None:
    message = letter("security_notice", language, event=event, **NOTICE)
    # The old address of an account can do nothing with a link for a new password: it would go to the new one.
    check(message, ["akademia@example.org"] if event == "email_changed" else [NOTICE["reset_url"]])
    assert (NOTICE["reset_url"] in message.body) == (event != "email_changed")
    when = {"pl": "24 listopada 2026 r. o 7.01", "en": "24 November 2026 at 7:01"}[language]
    assert when in message.body.replace("\xa0", " ")


@pytest.mark.rule("mail-5")
def test_every_letter_has_four_files() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "mail"
    names = {path.name.partition(".")[0] for path in folder.glob("[!_]*")}
    for name in names:
        for ending in ("pl.txt", "pl.html", "en.txt", "en.html"):
            assert (folder / f"{name}.{ending}").exists(), f"{name}.{ending}"


@pytest.mark.rule("mail-5")
def test_headers_say_that_a_program_wrote_it() -> None:
    message = letter("account_deleted", "en").message()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message["From"].endswith("<akademia@example.org>")
    assert len(message.get_all("To")) == len(message.get_all("Subject")) == 1


@pytest.mark.rule("mail-5")
def test_values_are_escaped_in_html_and_stand_as_they_are_in_text() -> None:
    message = letter(
        "account_already_exists", login_url="https://example.org/?a=1&b=<x>", reset_url="https://example.org/"
    )
    assert "https://example.org/?a=1&b=<x>" in message.body
    assert "<x>" not in html_of(message)
    assert "?a=1&amp;b=&lt;x&gt;" in html_of(message)


@pytest.mark.rule("mail-5")
def test_no_letter_speaks_to_men_or_women_alone() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "mail"
    for path in folder.glob("*.pl.*"):
        assert not re.search(r"\b\w+(łeś|łaś)\b|Pan(i|em|u)?\b", path.read_text(encoding="utf-8")), path.name
