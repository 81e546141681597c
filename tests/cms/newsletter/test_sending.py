"""Releasing and sending: what is frozen, who gets it, once, and what a troubled mail server does to it."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from cms.mail.actions import send_again, send_due
from cms.mail.models import OutgoingMail
from cms.newsletter import actions, rules, sending
from cms.newsletter.models import ConsentEvent, Delivery, Release, Subscriber
from tests.factories.accounts import UserFactory
from tests.factories.library import make_publication
from tests.factories.newsletter import make_issue, make_release, make_subscriber

pytestmark = pytest.mark.django_db
State = Delivery.State


class TroubledServer(EmailBackend):
    """A mail server that raises what the test says for each recipient, and counts what it was asked."""

    trouble: dict[str, Exception] = {}
    asked: list[str] = []

    def send_messages(self, messages):
        to = messages[0].to[0]
        self.asked.append(to)
        trouble = self.trouble.get(to) or self.trouble.get("*")
        if trouble:
            raise trouble
        return super().send_messages(messages)


@pytest.fixture
def server(settings) -> type[TroubledServer]:
    TroubledServer.trouble, TroubledServer.asked = {}, []
    settings.EMAIL_BACKEND = "tests.cms.newsletter.test_sending.TroubledServer"
    return TroubledServer


def states(release: Release) -> list[str]:
    return list(release.deliveries.order_by("pk").values_list("state", flat=True))


def refusal(code: int, address: str) -> Exception:
    return smtplib.SMTPRecipientsRefused({address: (code, b"no")})


@pytest.mark.rule("newsletter-5")
def test_an_issue_goes_to_who_reads_its_language_and_topics_once(on_commit) -> None:
    wanted = make_subscriber("a@example.org", topics=("prawo",))
    make_subscriber("b@example.org", topics=("filmy",))
    make_subscriber("c@example.org", topics=("prawo",), language="en")
    make_subscriber("d@example.org", topics=("prawo",), state=Subscriber.State.PENDING, confirmed_at=None)
    issue = make_issue(topics=("prawo", "szkolenia"), subject="Prawo w październiku")
    by = UserFactory()
    with on_commit():
        release = sending.release_issue(issue_id=issue.pk, by=by)
    with on_commit():
        assert sending.release_issue(issue_id=issue.pk, by=by) == release
    assert [message.to for message in outbox.outbox] == [[wanted.email]]
    message = outbox.outbox[0]
    assert message.subject == "Prawo w październiku"
    assert "Wieści z Torunia." in message.body
    release.refresh_from_db()
    assert (release.state, release.total, states(release)) == (Release.State.DONE, 1, [State.SENT])


@pytest.mark.rule("newsletter-6")
def test_each_letter_can_be_left_with_one_click(on_commit) -> None:
    subscriber = make_subscriber()
    with on_commit():
        sending.release_issue(issue_id=make_issue().pk, by=None)
    message = outbox.outbox[0].message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = message["List-Unsubscribe"].strip("<>")
    assert leave.startswith("http://127.0.0.1:8000/pl/newsletter/wypisz-sie/")
    html = outbox.outbox[0].alternatives[0][0]
    assert leave in outbox.outbox[0].body
    assert leave in html
    assert "/pl/newsletter/wybor/" in html
    assert subscriber.email not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"live": False}, "not_published"), ({"blocks": [("page", {"page": None})]}, "empty"), ({}, "nobody")],
)
def test_what_cannot_go_out_is_refused(fields: dict, code: str) -> None:
    if code != "nobody":
        make_subscriber()
    with pytest.raises(ValidationError) as refused:
        sending.release_issue(issue_id=make_issue(**fields).pk, by=None)
    assert refused.value.code == code
    assert not Release.objects.exists()


@pytest.mark.rule("newsletter-7")
def test_a_page_moved_and_retitled_while_it_is_sent_changes_no_letter(on_commit, client) -> None:
    page = make_publication(title="Poradnik zakupów", summary="Jak kupować.")
    other = make_publication(title="Wycofany")
    issue = make_issue(
        blocks=[
            ("page", {"page": page.pk, "title": "", "text": ""}),
            ("page", {"page": other.pk, "title": "", "text": ""}),
        ]
    )
    other.unpublish()
    for _ in range(2):
        make_subscriber()
    release = sending.release_issue(issue_id=issue.pk, by=None)
    page.title, page.slug = "Nowy tytuł", "nowy-adres"
    page.save_revision().publish()
    with on_commit():
        sending.send_batch(release_id=release.pk)
    bodies = {message.body.split("--")[0] for message in outbox.outbox}
    assert len(outbox.outbox) == 2
    assert len(bodies) == 1
    body = bodies.pop()
    assert "Poradnik zakupów" in body
    assert "Jak kupować." in body
    assert "Wycofany" not in body
    stable = f"/pl/newsletter/strona/{page.pk}/"
    assert stable in body
    assert client.get(stable).headers["Location"] == "/pl/publikacje/nowy-adres/"
    assert client.get(f"/pl/newsletter/strona/{other.pk}/").status_code == 404


@pytest.mark.rule("newsletter-8")
def test_who_leaves_between_release_and_sending_gets_nothing(on_commit) -> None:
    release = make_release(readers=3)
    first, second, third = (delivery.subscriber for delivery in release.deliveries.order_by("pk"))
    actions.unsubscribe(subscriber_id=first.pk, source=ConsentEvent.Source.LINK)
    actions.forget(subscriber_id=second.pk)
    with on_commit():
        sending.send_batch(release_id=release.pk)
    assert [message.to for message in outbox.outbox] == [[third.email]]
    assert states(release) == [State.SKIPPED, State.SKIPPED, State.SENT]


@pytest.mark.rule("newsletter-8")
def test_who_leaves_while_the_batch_runs_gets_nothing(monkeypatch) -> None:
    release = make_release(readers=2)
    second = release.deliveries.order_by("pk")[1].subscriber

    class Leaving(EmailBackend):
        def send_messages(self, messages):
            actions.unsubscribe(subscriber_id=second.pk, source=ConsentEvent.Source.ONE_CLICK)
            return super().send_messages(messages)

    monkeypatch.setattr(sending, "get_connection", Leaving)
    sending.send_batch(release_id=release.pk)
    assert states(release) == [State.SENT, State.SKIPPED]


@pytest.mark.rule("newsletter-9")
def test_a_server_that_is_away_ends_the_batch_and_the_sweep_goes_on(server) -> None:
    release = make_release(readers=3)
    server.trouble = {"*": TimeoutError("hangs")}
    now = timezone.now() + timedelta(seconds=10)
    assert sending.send_batch(release_id=release.pk, now=now) == 0
    assert len(server.asked) == 1
    server.trouble = {}
    assert sending.continue_sending(now=now) == 2
    assert sending.continue_sending(now=now + timedelta(minutes=3)) == 1
    release.refresh_from_db()
    assert release.state == Release.State.DONE
    assert len(outbox.outbox) == 3


@pytest.mark.rule("newsletter-9")
def test_a_refused_address_holds_up_nobody_and_is_listed(server) -> None:
    release = make_release(readers=3)
    first, second, _third = (delivery.subscriber for delivery in release.deliveries.order_by("pk"))
    server.trouble = {first.email: refusal(550, first.email), second.email: refusal(450, second.email)}
    sending.send_batch(release_id=release.pk)
    assert states(release) == [State.FAILED, State.WAITING, State.SENT]
    assert release.deliveries.order_by("pk")[0].reason == "ADDRESS"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.refusals, second.refusals) == (1, 0)


@pytest.mark.rule("newsletter-9")
def test_three_issues_refused_in_a_row_switch_off_and_one_that_arrives_begins_anew(server) -> None:
    subscriber = make_subscriber()
    for number in range(1, 4):
        release = make_release(readers=0)
        Delivery.objects.create(release=release, subscriber=subscriber)
        server.trouble = {"*": refusal(550, subscriber.email)}
        sending.send_batch(release_id=release.pk)
        subscriber.refresh_from_db()
        assert subscriber.refusals == number
    assert subscriber.state == Subscriber.State.REFUSED
    assert subscriber.events.get().kind == ConsentEvent.Kind.REFUSED
    other = make_subscriber(refusals=2)
    server.trouble = {}
    release = make_release(readers=0)
    Delivery.objects.create(release=release, subscriber=other)
    sending.send_batch(release_id=release.pk)
    other.refresh_from_db()
    assert other.refusals == 0


@pytest.mark.rule("newsletter-10")
def test_a_stopped_release_sends_nothing_until_it_is_resumed(on_commit) -> None:
    release = make_release(readers=2)
    by = UserFactory()
    for _ in range(2):
        sending.stop(release_id=release.pk, by=by)
    assert sending.send_batch(release_id=release.pk) == 0
    assert sending.continue_sending() == 0
    with on_commit():
        for _ in range(2):
            sending.resume(release_id=release.pk, by=by)
    assert len(outbox.outbox) == 2


@pytest.mark.rule("newsletter-10")
def test_what_failed_is_repeated_to_who_still_wants_it(server, on_commit) -> None:
    release = make_release(readers=2)
    first = release.deliveries.order_by("pk")[0].subscriber
    server.trouble = {"*": refusal(550, "x@example.org")}
    sending.send_batch(release_id=release.pk)
    release.refresh_from_db()
    assert release.state == Release.State.DONE
    actions.unsubscribe(subscriber_id=first.pk, source=ConsentEvent.Source.LINK)
    server.trouble = {}
    with on_commit():
        assert sending.repeat_failed(release_id=release.pk, by=UserFactory()) == 2
        assert sending.repeat_failed(release_id=release.pk, by=UserFactory()) == 0
    assert states(release) == [State.SKIPPED, State.SENT]


@pytest.mark.rule("newsletter-11")
def test_one_batch_at_a_time_holds_a_release() -> None:
    release = make_release(readers=1, held_until=timezone.now() + timedelta(minutes=1))
    assert sending.send_batch(release_id=release.pk) == 0
    assert sending.send_batch(release_id=release.pk, now=timezone.now() + rules.HOLD) == 1


@pytest.mark.rule("newsletter-11")
def test_a_letter_sent_before_a_crash_is_not_sent_again(on_commit) -> None:
    release = make_release(readers=1)
    sending.send_batch(release_id=release.pk)
    Delivery.objects.update(state=State.WAITING, settled_at=None)
    Release.objects.update(state=Release.State.SENDING)
    assert sending.send_batch(release_id=release.pk) == 1
    assert len(outbox.outbox) == 1
    assert states(release) == [State.SENT]


@pytest.mark.rule("newsletter-11")
def test_batches_follow_each_other(on_commit, monkeypatch) -> None:
    monkeypatch.setattr(rules, "BATCH", 2)
    release = make_release(readers=5)
    with on_commit():
        assert sending.send_batch(release_id=release.pk) == 2
    release.refresh_from_db()
    assert release.state == Release.State.DONE
    assert len(outbox.outbox) == 5
    assert len({message.extra_headers["Message-ID"] for message in outbox.outbox}) == 5


def test_the_outbox_leaves_letters_in_bulk_alone(server) -> None:
    release = make_release(readers=1)
    server.trouble = {"*": TimeoutError("hangs")}
    sending.send_batch(release_id=release.pk)
    server.trouble = {}
    later = timezone.now() + timedelta(hours=1)
    assert send_due(now=later) == 0
    mail = OutgoingMail.objects.get()
    assert not mail.can_be_sent_again
    with pytest.raises(ValidationError):
        send_again(mail_id=mail.pk, by=UserFactory())


def test_a_trial_goes_to_the_editor_alone_and_says_so(on_commit) -> None:
    make_subscriber()
    by = UserFactory()
    issue = make_issue(live=False)
    with on_commit():
        sending.send_trial(issue=issue, by=by)
    assert [message.to for message in outbox.outbox] == [[by.email]]
    assert "[próba]" in outbox.outbox[0].subject
    assert not Release.objects.exists()
