"""The letters of the newsletter: both parts and languages, links in both, nothing from outside, one header a line."""

import re

import pytest

from cms.mail.letters import Brought, compose
from cms.newsletter.letters import preview_of
from tests.factories.library import make_publication
from tests.factories.mail import OutgoingMailFactory
from tests.factories.newsletter import make_issue

LINKS = {"manage_url": "https://example.org/m/", "leave_url": "https://example.org/l/"}
CONTENTS = {
    "subject": "Tytuł\nBcc: obcy@example.org",
    "title": "Tytuł & <b>reszta</b>",
    "preheader": "Pierwsze zdanie",
    "intro": "Jeden\nDwa",
    "is_sample": True,
    "web_url": "https://example.org/w/",
    "blocks": [
        {"kind": "heading", "text": "Nagłówek <script>"},
        {"kind": "text", "source": '<p>Tekst z <a href="https://example.org/t/">linkiem</a></p>'},
        {"kind": "page", "page": 7, "title": "Strona <i>", "summary": "O czym & po co"},
    ],
}


@pytest.mark.rule("mail-5", "newsletter-6")
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    ("template", "context", "links"),
    [
        ("newsletter_confirm", {"confirm_url": "https://example.org/c/"}, ["https://example.org/c/"]),
        ("newsletter_already", LINKS, list(LINKS.values())),
        (
            "newsletter_issue",
            CONTENTS | LINKS,
            [*LINKS.values(), "https://example.org/w/", "https://example.org/t/", "/7/"],
        ),
    ],
)
def test_both_parts_lead_to_the_same_places(template: str, language: str, context: dict, links: list[str]) -> None:
    message = compose(OutgoingMailFactory.build(template=template, language=language, context=context))
    html = str(message.alternatives[0][0])
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    for part in (message.body, html):
        assert "{{" not in part
        assert "{%" not in part
        assert [link for link in links if link not in part] == []
    assert not re.findall(r"(?:src|background)\s*=\s*[\"'](?!data:)|url\(|@import|<link |<script|<img", html)
    assert "<i>" not in html
    mime = message.message()
    assert mime["Bcc"] is None
    assert len(mime.get_all("To")) == len(mime.get_all("Subject")) == 1


@pytest.mark.rule("newsletter-6")
def test_what_is_brought_along_stands_in_the_letter_and_not_in_its_row() -> None:
    letter = OutgoingMailFactory.build(template="newsletter_issue", bulk=True)
    message = compose(
        letter, Brought(context=CONTENTS | LINKS, headers={"List-Unsubscribe": "<https://example.org/l/>"})
    )
    assert message.message()["List-Unsubscribe"] == "<https://example.org/l/>"
    assert letter.context == {}


@pytest.mark.rule("newsletter-7")
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_preview_says_what_the_letter_will_say(language: str) -> None:
    page = make_publication(language, title="Poradnik", summary="O czym jest.")
    issue = make_issue(language, blocks=[("page", {"page": page.pk, "title": "Własny tytuł", "text": ""})])
    html, text = preview_of(issue)
    for part in (html, text):
        assert "Własny" in part
        assert f"/{language}/newsletter/" in part
    assert "O czym jest." in text
    assert {"pl": "próba", "en": "trial"}[language] in text
