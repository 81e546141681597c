"""Subscribers, topics and issues for tests."""

import json
from itertools import count
from typing import Any

from django.utils import timezone

from cms.newsletter.models import ArchivePage, Delivery, IssuePage, NewsletterPage, NewsletterTopic, Release, Subscriber
from tests.factories.catalogue import make_home, make_list, publish

_numbers = count(1)


def make_topic(slug: str = "szkolenia", title: str = "Szkolenia") -> NewsletterTopic:
    """A topic, made once."""
    words = {"title_pl": title, "title_en": title}
    return NewsletterTopic.objects.get_or_create(slug=slug, defaults=words)[0]


def make_subscriber(email: str = "", *, topics: tuple[str, ...] = ("szkolenia",), **fields: Any) -> Subscriber:
    """Somebody who confirmed, and reads Polish."""
    fields = {"state": Subscriber.State.ACTIVE, "confirmed_at": timezone.now()} | fields
    subscriber = Subscriber.objects.create(email=email or f"czyta{next(_numbers)}@example.org", **fields)
    subscriber.topics.set([make_topic(slug, slug.capitalize()) for slug in topics])
    return subscriber


def make_subscribers(number: int) -> None:
    """So many readers of Polish without a topic, in few queries."""
    now = timezone.now()
    Subscriber.objects.bulk_create(
        [
            Subscriber(email=f"osoba{place}@example.org", state=Subscriber.State.ACTIVE, confirmed_at=now)
            for place in range(number)
        ],
        batch_size=500,
    )


def make_archive(language: str = "pl") -> ArchivePage:
    """The archive of a language, below the door of the newsletter."""
    door = make_list(NewsletterPage, language, title="Newsletter", slug="newsletter")
    found = ArchivePage.objects.child_of(door).first()
    if found is None:
        found = ArchivePage(title="Archiwum", slug="archiwum", locale=make_home(language).locale)
        if language != "pl":
            found.translation_key = make_archive().translation_key
        door.add_child(instance=found)
    return found


def make_issue(
    language: str = "pl", *, blocks: list[tuple[str, Any]] | None = None, topics: tuple[str, ...] = (),
    live: bool = True, **fields: Any,
) -> IssuePage:  # fmt: skip
    """A published issue with these blocks (kind and value, as stored), by default of one text."""
    number = next(_numbers)
    stored = [{"type": kind, "value": value} for kind, value in blocks or [("text", "<p>Wieści z Torunia.</p>")]]
    fields = {"title": f"Numer {number}", "slug": f"numer-{number}", "preheader": "Co nowego"} | fields
    issue = IssuePage(**fields, body=json.dumps(stored), live=False)
    issue.topics = [make_topic(slug, slug.capitalize()) for slug in topics]
    make_archive(language).add_child(instance=issue)
    if live:
        publish(issue)
        issue.refresh_from_db()
    return issue


def make_release(issue: IssuePage | None = None, readers: int = 1, **fields: Any) -> Release:
    """A release that waits for its first batch, to so many new subscribers."""
    issue = issue or make_issue()
    contents = {"subject": "Numer", "title": "Numer", "preheader": "", "intro": "Wstęp", "blocks": [], "web_url": ""}
    release = Release.objects.create(
        **{"issue": issue, "title": issue.title, "language": "pl", "contents": contents, "total": readers} | fields
    )
    Delivery.objects.bulk_create([Delivery(release=release, subscriber=make_subscriber()) for _ in range(readers)])
    return release
