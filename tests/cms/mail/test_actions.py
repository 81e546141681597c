"""Queueing, sending, trying again and tidying."""

import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.mail import actions
from cms.mail.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.mail import OutgoingMailFactory
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


class TroubledBackend(EmailBackend):
    """A mail server in trouble: raises what the test puts here, and counts the tries."""

    trouble: Exception | None = None
    tries = 0

    def send_messages(self, messages):
        type(self).tries += 1
        if self.trouble is not None:
            raise self.trouble
        return super().send_messages(messages)


@pytest.fixture
def server(settings) -> type[TroubledBackend]:
    TroubledBackend.trouble, TroubledBackend.tries = None, 0
    settings.EMAIL_BACKEND = "tests.cms.mail.test_actions.TroubledBackend"
    return TroubledBackend


def queue(**fields) -> OutgoingMail:
    return actions.queue_mail(
        **{"key": "k", "recipient": "anna@example.org", "template": "account_deleted", "language": "pl", **fields}
    )


@pytest.mark.rule("mail-1")
def test_a_letter_is_sent_after_the_commit_and_once(on_commit: Callable) -> None:
    with on_commit():
        first = queue()
        assert django_mail.outbox == []
    with on_commit():
        again = queue(recipient="jan@example.org")
    assert again == first
    assert again.recipient == "anna@example.org"
    assert [message.to for message in django_mail.outbox] == [["anna@example.org"]]
    first.refresh_from_db()
    assert (first.state, first.tries, first.last_error) == (State.SENT, 1, "")
    assert first.sent_at is not None


@pytest.mark.rule("mail-1")
def test_a_sent_letter_is_not_sent_again() -> None:
    letter = OutgoingMailFactory()
    assert actions.send_mail(mail_id=letter.pk) is not None
    assert actions.send_mail(mail_id=letter.pk) is None
    assert len(django_mail.outbox) == 1


@pytest.mark.rule("mail-5")
@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "a@b.c\nBcc: x@example.org",
        "a@example.org\r\nX: y",
        "a b@example.org",
        "a@example.org,b@example.org",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        queue(recipient=address)
    assert refusal.value.code == "invalid_recipient"
    assert not OutgoingMail.objects.exists()


def test_an_unknown_language_becomes_the_sites_own() -> None:
    assert queue(language="de").language == "pl"


@pytest.mark.rule("mail-2")
def test_trouble_is_tried_six_times_with_a_growing_delay(server: type[TroubledBackend]) -> None:
    server.trouble = ConnectionRefusedError("nobody there")
    letter = OutgoingMailFactory()
    now = timezone.now()
    waits = []
    for _try in range(6):
        tried = actions.send_mail(mail_id=letter.pk, now=now)
        assert tried is not None
        assert actions.send_mail(mail_id=letter.pk, now=now) is None, "not due before its time"
        waits.append(tried.next_try_at - now)
        now = tried.next_try_at
    letter.refresh_from_db()
    assert server.tries == 6
    assert waits[:5] == sorted(set(waits[:5])), "each wait is longer"
    assert (letter.state, letter.tries) == (State.FAILED, 6)
    assert letter.last_error == "ConnectionRefusedError: nobody there"
    assert actions.send_mail(mail_id=letter.pk, now=now + timedelta(days=9)) is None


@pytest.mark.rule("mail-2")
@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"anna@example.org": (550, b"no such user")}), State.FAILED),
        (smtplib.SMTPRecipientsRefused({"anna@example.org": (450, b"greylisted")}), State.QUEUED),
        (smtplib.SMTPDataError(554, b"rejected"), State.FAILED),
        (smtplib.SMTPDataError(451, b"later"), State.QUEUED),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), State.QUEUED),
        (TimeoutError("too slow"), State.QUEUED),
    ],
)
def test_only_a_refusal_for_good_fails_at_once(server: type[TroubledBackend], trouble: Exception, state: str) -> None:
    server.trouble = trouble
    letter = OutgoingMailFactory()
    actions.send_mail(mail_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (state, 1)


@pytest.mark.rule("mail-2")
def test_a_letter_that_cannot_be_rendered_is_noted_not_lost() -> None:
    letter = OutgoingMailFactory(template="missing")
    actions.send_mail(mail_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == State.QUEUED
    assert letter.last_error.startswith("TemplateDoesNotExist")


@pytest.mark.rule("mail-3")
def test_who_dies_while_sending_leaves_a_letter_that_becomes_due_again(server: type[TroubledBackend]) -> None:
    class Killed(BaseException):
        """Stands for a process that ends in the middle."""

    letter = OutgoingMailFactory()
    now = timezone.now()
    server.trouble = Killed()
    with pytest.raises(Killed):
        actions.send_mail(mail_id=letter.pk, now=now)
    server.trouble = None
    assert actions.send_mail(mail_id=letter.pk, now=now + timedelta(minutes=1)) is None, "the lease still holds"
    sent = actions.send_mail(mail_id=letter.pk, now=now + timedelta(minutes=2))
    assert sent is not None
    assert (sent.state, sent.tries) == (State.SENT, 2)
    assert len(django_mail.outbox) == 1


@pytest.mark.rule("mail-3")
def test_a_repeat_carries_the_same_message_id() -> None:
    letter = OutgoingMailFactory()
    actions.send_mail(mail_id=letter.pk)
    OutgoingMail.objects.update(state=State.QUEUED, sent_at=None, next_try_at=timezone.now())
    actions.send_mail(mail_id=letter.pk)
    first, second = (message.message()["Message-ID"] for message in django_mail.outbox)
    assert first == second


@pytest.mark.rule("mail-3")
@pytest.mark.django_db(transaction=True)
def test_ten_workers_send_one_letter() -> None:
    letter = OutgoingMailFactory()
    sent = at_once(lambda _: actions.send_mail(mail_id=letter.pk))
    assert len([result for result in sent if result is not None]) == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.rule("mail-1")
@pytest.mark.django_db(transaction=True)
def test_ten_requests_queue_one_letter() -> None:
    letters = at_once(lambda _: queue())
    assert len({letter.pk for letter in letters}) == OutgoingMail.objects.count() == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.rule("mail-4")
def test_a_confidential_letter_forgets_its_content() -> None:
    secret = OutgoingMailFactory(confidential=True, context={"confirm_url": "https://example.org/x"})
    plain = OutgoingMailFactory(context={"number": "AW/2026/00001"})
    for letter in (secret, plain):
        actions.send_mail(mail_id=letter.pk)
        letter.refresh_from_db()
    assert secret.context == {}
    assert not secret.can_be_sent_again
    assert plain.context == {"number": "AW/2026/00001"}
    assert plain.can_be_sent_again


@pytest.mark.rule("mail-7")
def test_the_sweep_sends_what_a_lost_job_left() -> None:
    letters = OutgoingMailFactory.create_batch(3)
    later = OutgoingMailFactory(next_try_at=timezone.now() + timedelta(hours=1))
    assert actions.send_due() == 3
    assert actions.send_due() == 0
    assert len(django_mail.outbox) == len(letters)
    later.refresh_from_db()
    assert later.state == State.QUEUED


@pytest.mark.rule("mail-7")
def test_the_sweep_stops_at_trouble(server: type[TroubledBackend]) -> None:
    server.trouble = TimeoutError("hangs")
    OutgoingMailFactory.create_batch(3)
    assert actions.send_due() == 0
    assert server.tries == 1
    assert OutgoingMail.objects.filter(tries=0).count() == 2


@pytest.mark.rule("mail-7")
def test_the_sweep_goes_past_a_refused_address(server: type[TroubledBackend]) -> None:
    server.trouble = smtplib.SMTPRecipientsRefused({"anna@example.org": (550, b"no such user")})
    OutgoingMailFactory.create_batch(3)
    assert actions.send_due() == 0
    assert OutgoingMail.objects.filter(state=State.FAILED).count() == 3


@pytest.mark.rule("mail-8")
def test_sending_again_is_logged_and_starts_anew(on_commit: Callable) -> None:
    by = UserFactory()
    letter = OutgoingMailFactory(state=State.FAILED, tries=6, last_error="x")
    with on_commit():
        actions.send_again(mail_id=letter.pk, by=by)
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.last_error) == (State.SENT, 1, "")
    entry = ModelLogEntry.objects.get(action="mail.send_again")
    assert (entry.user, entry.object_id) == (by, str(letter.pk))


@pytest.mark.rule("mail-8")
def test_a_letter_whose_content_is_gone_cannot_be_sent_again() -> None:
    letter = OutgoingMailFactory(state=State.SENT, sent_at=timezone.now(), confidential=True)
    with pytest.raises(ValidationError) as refusal:
        actions.send_again(mail_id=letter.pk, by=UserFactory())
    assert refusal.value.code == "content_gone"
    letter.refresh_from_db()
    assert letter.state == State.SENT


@pytest.mark.rule("mail-4", "mail-9")
def test_old_letters_and_old_links_are_forgotten() -> None:
    now = timezone.now()
    old = OutgoingMailFactory(state=State.SENT, sent_at=now, created_at=now - timedelta(days=91))
    waiting = OutgoingMailFactory(created_at=now - timedelta(days=91), confidential=True, context={"a": 1})
    failed = OutgoingMailFactory(
        state=State.FAILED, confidential=True, context={"a": 1}, created_at=now - timedelta(days=4)
    )
    fresh = OutgoingMailFactory(state=State.FAILED, confidential=True, context={"a": 1})
    assert actions.tidy_outbox() == 1
    assert actions.tidy_outbox() == 0
    assert not OutgoingMail.objects.filter(pk=old.pk).exists()
    for letter, kept in ((waiting, {"a": 1}), (failed, {}), (fresh, {"a": 1})):
        letter.refresh_from_db()
        assert letter.context == kept


@pytest.mark.rule("privacy-6")
def test_trouble_is_logged_without_the_address(server: type[TroubledBackend], caplog) -> None:
    server.trouble = smtplib.SMTPRecipientsRefused({"anna@example.org": (550, b"no such user")})
    letter = OutgoingMailFactory()
    actions.send_mail(mail_id=letter.pk)
    assert f"letter {letter.pk} failed" in caplog.text
    assert "anna" not in caplog.text
