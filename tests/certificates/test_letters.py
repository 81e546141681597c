"""Letters to holders: in their language, with links, without an attachment or a gendered form."""

import re
from typing import Any

import pytest
from django.utils import timezone

from certificates import actions
from certificates.models import Award, Certificate
from cms.accounts.models import Person, User
from cms.mail.letters import compose
from cms.mail.models import OutgoingMail
from tests.factories.certificates import make_certificate, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def parts(mail: OutgoingMail) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    message = compose(mail)
    assert message.attachments == []
    return message.subject, str(message.body), str(message.alternatives[0][0])


def letter(template: str) -> OutgoingMail:
    return OutgoingMail.objects.get(template=template)


@pytest.mark.rule("certificate-14")
@pytest.mark.parametrize(
    ("language", "path", "greeting"),
    [("pl", "/pl/", "Gratulacje"), ("en", "/en/my-certificates/", "Congratulations")],
)
def test_a_letter_tells_of_a_new_certificate(award: Award, language: str, path: str, greeting: str) -> None:
    certificate = make_certificate(make_person(language=language), award=award)
    mail = letter("certificate_issued")
    assert (mail.language, mail.recipient) == (language, certificate.person.contact_email)
    subject, text, html = parts(mail)
    assert certificate.number in subject
    assert f"http://127.0.0.1:8000{path}" in text
    assert f"{certificate.pk}/\n" in text
    for part in (text, html):
        assert greeting in part
        assert certificate.number in part
        assert certificate.snapshot["verify_url"] in part


@pytest.mark.rule("certificate-11", "certificate-13", "certificate-14")
@pytest.mark.parametrize("language", ["pl", "en"])
def test_letters_of_replacement_and_revocation(award: Award, coordinator: User, language: str) -> None:
    old = make_certificate(make_person(language=language), award=award)
    new = actions.reissue(certificate_id=old.pk, name="Anna Nowa", by=coordinator, now=NOW)
    actions.revoke(certificate_id=new.pk, reason="Błąd & pomyłka\n<b>x</b>", by=coordinator, now=NOW)
    subject, text, html = parts(letter("certificate_reissued"))
    for part in (subject, text, html):
        assert old.number in part
        assert new.number in part
    assert new.snapshot["verify_url"] in text
    assert old.snapshot["verify_url"] not in text
    subject, text, html = parts(letter("certificate_revoked"))
    assert new.number in subject
    assert "Błąd & pomyłka\n<b>x</b>" in text
    assert "Błąd &amp; pomyłka<br>&lt;b&gt;x&lt;/b&gt;" in html


def test_a_person_without_an_account_gets_no_link_that_needs_one(award: Award) -> None:
    person = Person.objects.create(email="walk-in@example.org")
    person.take_name("Jan Przykładowy")
    person.save()
    certificate = make_certificate(person, award=award)
    _subject, text, html = parts(letter("certificate_issued"))
    for part in (text, html):
        assert certificate.snapshot["verify_url"] in part
        assert f"/{certificate.pk}/" not in part.replace(certificate.snapshot["verify_url"], "")


@pytest.mark.parametrize("template", ["certificate_issued", "certificate_reissued", "certificate_revoked"])
def test_polish_letters_have_no_gendered_forms(template: str, settings: Any) -> None:
    for ending in ("txt", "html"):
        text = (settings.BASE_DIR / "templates" / "mail" / f"{template}.pl.{ending}").read_text(encoding="utf-8")
        assert not re.search(r"\b\w+(łeś|łaś|łem|łam)\b", text)
        assert "certyfikat" not in text.lower()


def test_a_letter_is_written_once_for_each_occasion(certificate: Certificate) -> None:
    actions.issue(completion_id=certificate.completion_id, now=NOW)
    assert OutgoingMail.objects.count() == 1
