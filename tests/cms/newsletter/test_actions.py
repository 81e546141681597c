"""Asking, confirming, changing, leaving and being forgotten; each done twice."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.mail.models import OutgoingMail
from cms.newsletter import actions
from cms.newsletter.models import ConsentEvent, Delivery, Subscriber
from cms.newsletter.sending import release_issue, send_batch
from cms.privacy.actions import erase_person
from cms.privacy.queries import export_person
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.newsletter import make_issue, make_release, make_subscriber, make_topic
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
QUEUED = {"default": {"BACKEND": "cms.tasks_backend.DatabaseQueue", "QUEUES": ["default", "index"]}}
State, Kind, Source = Subscriber.State, ConsentEvent.Kind, ConsentEvent.Source


def ask(email: str = "Anna@Example.org", **fields) -> Subscriber:
    make_topic("szkolenia"), make_topic("prawo", "Prawo")
    actions.ask(**{"email": email, "language": "pl", "topics": ["prawo"], **fields})
    return Subscriber.objects.get(email=email.strip().lower())


def kinds(subscriber: Subscriber) -> list[str]:
    return list(subscriber.events.values_list("kind", flat=True))


@pytest.mark.rule("newsletter-1")
def test_asking_subscribes_nobody_and_sends_a_link(on_commit) -> None:
    with on_commit():
        subscriber = ask()
    assert subscriber.state == State.PENDING
    assert [message.to for message in outbox.outbox] == [["anna@example.org"]]
    assert "/pl/newsletter/" in outbox.outbox[0].body
    event = subscriber.events.get()
    assert (event.kind, event.text_version, event.topics) == (Kind.ASKED, "2026-11", ["prawo"])
    assert "newsletter" in event.words


@pytest.mark.rule("newsletter-1")
def test_confirming_twice_is_one_subscription() -> None:
    subscriber = ask()
    assert actions.confirm(subscriber_id=subscriber.pk)
    assert actions.confirm(subscriber_id=subscriber.pk)
    subscriber.refresh_from_db()
    assert subscriber.state == State.ACTIVE
    assert kinds(subscriber) == [Kind.ASKED, Kind.CONFIRMED]


@pytest.mark.rule("newsletter-2")
def test_somebody_elses_wish_changes_nothing_for_who_has_it(on_commit) -> None:
    subscriber = make_subscriber("anna@example.org")
    with on_commit():
        ask(language="en")
    subscriber.refresh_from_db()
    assert (subscriber.state, subscriber.language) == (State.ACTIVE, "pl")
    assert list(subscriber.topics.values_list("slug", flat=True)) == ["szkolenia"]
    assert "przychodzi już" in outbox.outbox[0].subject


def test_the_same_address_twice_is_one_row() -> None:
    assert ask() == ask(" anna@EXAMPLE.org")
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize("address", ["a@b.pl\r\nBcc: c@d.pl", "a@b.pl\nx", "bez-malpy", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        actions.ask(email=address, language="pl", topics=[])
    assert not Subscriber.objects.exists()


@pytest.mark.rule("newsletter-3")
def test_leaving_twice_is_leaving_once_and_an_old_link_does_not_bring_back() -> None:
    subscriber = make_subscriber()
    for _ in range(2):
        actions.unsubscribe(subscriber_id=subscriber.pk, source=Source.ONE_CLICK)
    subscriber.refresh_from_db()
    assert subscriber.state == State.UNSUBSCRIBED
    assert kinds(subscriber) == [Kind.UNSUBSCRIBED]
    assert not actions.confirm(subscriber_id=subscriber.pk)
    assert ask(subscriber.email).state == State.PENDING
    assert actions.confirm(subscriber_id=subscriber.pk)


def test_a_choice_is_noted_once() -> None:
    make_topic("prawo", "Prawo")
    subscriber = make_subscriber()
    for _ in range(2):
        actions.change_choice(subscriber_id=subscriber.pk, language="en", topics=["prawo"], source=Source.LINK)
    assert kinds(subscriber) == [Kind.CHANGED]
    event = subscriber.events.get()
    assert (event.language, event.topics) == ("en", ["prawo"])


def test_an_account_subscribes_without_a_letter_and_twice_is_once(on_commit) -> None:
    make_topic()
    user = UserFactory()
    with on_commit():
        for _ in range(2):
            subscriber = actions.subscribe_account(user=user, language="pl", topics=["szkolenia"])
    assert outbox.outbox == []
    assert subscriber.state == State.ACTIVE
    assert kinds(subscriber) == [Kind.CONFIRMED]
    assert subscriber.events.get().words


@pytest.mark.rule("newsletter-4")
def test_who_is_forgotten_leaves_only_a_number(on_commit) -> None:
    release = make_release()
    delivery = release.deliveries.get()
    subscriber = delivery.subscriber
    ask(subscriber.email)
    staff = UserFactory()
    assert actions.forget(subscriber_id=subscriber.pk, by=staff)
    assert not actions.forget(subscriber_id=subscriber.pk, by=staff)
    delivery.refresh_from_db()
    assert delivery.subscriber is None
    assert delivery.state == Delivery.State.SKIPPED
    assert not ConsentEvent.objects.exists()
    assert not OutgoingMail.objects.filter(recipient=subscriber.email).exists()
    entry = ModelLogEntry.objects.get(action="newsletter.forget")
    assert subscriber.email not in entry.label


@pytest.mark.rule("newsletter-4")
def test_a_person_finds_and_erases_the_subscription_by_the_address() -> None:
    person = PersonFactory()
    subscriber = actions.subscribe_account(user=person.user, language="pl", topics=[])
    other = make_subscriber()
    held = {row["kind"]: row["rows"] for row in export_person(person)["holdings"]}
    assert held["subskrypcje"][0]["email"] == person.user.email
    assert len(held["zgody na newsletter"]) == 1
    erase_person(person=person)
    assert list(Subscriber.objects.all()) == [other]
    assert not Subscriber.objects.filter(pk=subscriber.pk).exists()


@pytest.mark.rule("newsletter-4")
@pytest.mark.parametrize(
    ("fields", "days", "kept"),
    [
        ({"state": State.PENDING, "confirmed_at": None}, 6, True),
        ({"state": State.PENDING, "confirmed_at": None}, 8, False),
        ({"state": State.UNSUBSCRIBED}, 29, True),
        ({"state": State.UNSUBSCRIBED}, 31, False),
        ({"state": State.REFUSED}, 31, False),
        ({}, 4000, True),
    ],
)
def test_what_nobody_confirmed_and_who_left_are_forgotten_in_time(fields: dict, days: int, kept: bool) -> None:
    then = timezone.now() - timedelta(days=days)
    ended = then if fields.get("state") in (State.UNSUBSCRIBED, State.REFUSED) else None
    make_subscriber(created_at=then, ended_at=ended, **fields)
    assert actions.tidy() == (0 if kept else 1)
    assert actions.tidy() == 0
    assert Subscriber.objects.exists() is kept


@pytest.mark.rule("newsletter-4")
def test_to_whom_an_issue_went_is_forgotten_after_three_months() -> None:
    then = timezone.now() - timedelta(days=91)
    old, fresh, going = make_release(state="done"), make_release(state="done"), make_release()
    for release in (old, going):
        release.deliveries.update(settled_at=then, state=Delivery.State.SENT)
    fresh.deliveries.update(settled_at=timezone.now(), state=Delivery.State.SENT)
    actions.tidy()
    assert old.deliveries.get().subscriber is None
    assert fresh.deliveries.get().subscriber
    assert going.deliveries.get().subscriber


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Ten at the same moment."""

    @pytest.mark.rule("newsletter-1")
    def test_an_address_asked_for_ten_times_is_one_subscriber(self, settings) -> None:
        settings.TASKS = QUEUED
        make_topic()
        answers = at_once(lambda _: actions.ask(email="anna@example.org", language="pl", topics=["szkolenia"]))
        assert answers == [None] * len(answers)
        subscriber = Subscriber.objects.get()
        at_once(lambda _: actions.confirm(subscriber_id=subscriber.pk))
        assert kinds(subscriber).count(Kind.CONFIRMED) == 1

    @pytest.mark.rule("newsletter-3")
    def test_leaving_ten_times_is_noted_once(self) -> None:
        subscriber = make_subscriber()
        at_once(lambda _: actions.unsubscribe(subscriber_id=subscriber.pk, source=Source.ONE_CLICK))
        assert kinds(subscriber) == [Kind.UNSUBSCRIBED]

    @pytest.mark.rule("newsletter-5", "newsletter-11")
    def test_an_issue_released_ten_times_is_sent_once(self, settings) -> None:
        settings.TASKS = QUEUED
        for _ in range(3):
            make_subscriber()
        issue = make_issue()
        released = at_once(lambda _: release_issue(issue_id=issue.pk, by=None))
        assert len({release.pk for release in released}) == 1
        assert sum(at_once(lambda _: send_batch(release_id=released[0].pk))) == 3
        assert Delivery.objects.filter(state=Delivery.State.SENT).count() == 3
        assert OutgoingMail.objects.filter(template="newsletter_issue").count() == 3
