"""Mail without a mail server."""

import email
from email import policy
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from cms.mail import actions
from tests.factories.mail import OutgoingMailFactory


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "cms.mail.file_backend.EmailBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


@pytest.mark.rule("mail-6")
@pytest.mark.django_db
def test_a_letter_is_one_file_and_its_link_is_printed(folder: Path, capsys) -> None:
    letter = OutgoingMailFactory(
        template="email_confirmation_signup", context={"confirm_url": "http://127.0.0.1:8000/pl/konto/x/"}
    )
    actions.send_mail(mail_id=letter.pk)
    (path,) = folder.iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "anna@example.org"
    assert message["Subject"].strip() == "Potwierdź adres e-mail – konto w Akademii Współpracy"
    assert "http://127.0.0.1:8000/pl/konto/x/" in message.get_body(("plain",)).get_content()
    printed = capsys.readouterr().err
    assert str(path) in printed
    assert "anna@example.org" in printed
    assert "→ http://127.0.0.1:8000/pl/konto/x/" in printed


@pytest.mark.rule("mail-6", "mail-3")
def test_a_letter_sent_twice_is_one_file(folder: Path) -> None:
    for body in ("first", "second"):
        EmailMessage(
            "Subject", body, "a@example.org", ["b@example.org"], headers={"Message-ID": "<one@example.org>"}
        ).send()
    (path,) = folder.iterdir()
    assert path.name == "one.eml"
    assert b"second" in path.read_bytes()


@pytest.mark.rule("mail-6")
def test_a_message_id_cannot_leave_the_folder(folder: Path) -> None:
    EmailMessage(
        "S", "b", "a@example.org", ["b@example.org"], headers={"Message-ID": "<../../evil@example.org>"}
    ).send()
    (path,) = folder.iterdir()
    assert path.parent == folder
    assert "/" not in path.name


@pytest.mark.rule("mail-6")
def test_a_letter_that_cannot_be_written_leaves_nothing_behind(folder: Path, monkeypatch) -> None:
    def full(self, target):
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        EmailMessage("S", "b", "a@example.org", ["b@example.org"]).send()
    assert list(folder.iterdir()) == []
