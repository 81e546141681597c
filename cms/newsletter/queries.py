"""Reads of the newsletter: a subscriber by a link, who would get an issue, how far it is, what is wrong with it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.newsletter import rules
from cms.newsletter.letters import open_pages_of
from cms.newsletter.links import key_of
from cms.newsletter.models import ArchivePage, Delivery, IssuePage, NewsletterPage, NewsletterTopic, Release, Subscriber

ACTIVE = Subscriber.State.ACTIVE


def subscriber_of(token: str, purpose: str) -> Subscriber | None:
    """The subscriber whose link for this purpose it is; None for a false or expired one, or who was deleted since."""
    key = key_of(token, purpose)
    return Subscriber.objects.filter(key=key).first() if key else None


def subscriber_with(address: str) -> Subscriber | None:
    """The subscriber with an address, however it is written."""
    return Subscriber.objects.filter(email=address.strip().lower()).first()


def all_topics() -> list[NewsletterTopic]:
    """Every topic, in the order that editors gave."""
    return list(NewsletterTopic.objects.all())


def words_above_form(language: str) -> str:
    """What editors wrote above the form, in this language: 1 query."""
    page = NewsletterPage.objects.live().filter(locale__language_code=language).only("lead").first()
    return page.lead if page else ""


def archive_url(language: str) -> str:
    """Where the issues of a language stand; empty while their archive is not open to everybody: 2 queries."""
    archive = ArchivePage.objects.live().public().filter(locale__language_code=language).first()
    return str(archive.get_url() or "") if archive else ""


def audience_of(language: str, topics: Collection[str]) -> QuerySet[Subscriber]:
    """Whoever gets an issue in this language on these topics; without topics, all who read the language."""
    active = Subscriber.objects.filter(state=ACTIVE, language=language)
    if not topics:
        return active
    chosen = Subscriber.topics.through.objects.filter(newslettertopic__slug__in=list(topics))
    return active.filter(pk__in=chosen.values("subscriber"))


@dataclass(frozen=True)
class Audience:
    """How many get an issue, how many of them chose each topic, how many others there are, and some of them, masked."""

    total: int
    by_topic: list[tuple[str, int]] = field(default_factory=list)
    by_language: dict[str, int] = field(default_factory=dict)
    sample: list[str] = field(default_factory=list)


def audience_facts(issue: IssuePage) -> Audience:
    """Who would get the issue now: 5 queries, whatever their number."""
    slugs = [topic.slug for topic in issue.topics.all()]
    audience = audience_of(issue.locale.language_code, slugs)
    topics = NewsletterTopic.objects.annotate(number=Count("subscribers", filter=Q(subscribers__in=audience)))
    languages = Subscriber.objects.filter(state=ACTIVE).order_by().values_list("language").annotate(Count("pk"))
    return Audience(
        total=audience.count(),
        by_topic=[(str(topic), topic.number) for topic in topics],
        by_language=dict(languages),
        sample=[rules.masked(address) for address in audience.values_list("email", flat=True)[: rules.SAMPLE]],
    )


@dataclass(frozen=True)
class Warning:
    """Something about an issue that its editor should look at before it goes out. ``what`` names its place."""

    kind: str
    what: str = ""


def warnings_of(issue: IssuePage) -> list[Warning]:
    """What is wrong with an issue: at most 7 queries and one for each kind of page chosen."""
    found = []
    if not issue.body and not issue.intro:
        found.append(Warning("empty"))
    if issue.has_unpublished_changes:
        found.append(Warning("draft"))
    if len(issue.subject or issue.title) > rules.LONG_SUBJECT:
        found.append(Warning("long_subject"))
    open_pages = open_pages_of(issue)
    for block in issue.body:
        if block.block_type == "page" and (not block.value["page"] or block.value["page"].pk not in open_pages):
            page = block.value["page"]
            found.append(Warning("closed_page", block.value["title"] or (page.title if page else "")))
    sources = [block.value.source for block in issue.body if block.block_type == "text"]
    return found + _dead_links(rules.links_of(sources))


def _dead_links(links: list[dict[str, str]]) -> list[Warning]:
    """Links inside the site that lead to nothing that everybody can read, and documents, which letters cannot link."""
    pages = {link["id"] for link in links if link.get("linktype") == "page" and link.get("id", "").isdecimal()}
    alive = set(Page.objects.filter(pk__in=pages).live().public().values_list("pk", flat=True)) if pages else set()
    found = [Warning("dead_link", number) for number in sorted(pages) if int(number) not in alive]
    documents = {link["id"] for link in links if link.get("linktype") == "document" and link.get("id", "").isdecimal()}
    titles = get_document_model().objects.filter(pk__in=documents).values_list("title", flat=True) if documents else []
    return found + [Warning("document", title) for title in titles]


def progress_of(release: Release) -> dict[str, int]:
    """How many letters of a release are in each state: 1 query."""
    counts = dict.fromkeys(Delivery.State.values, 0)
    counts.update(release.deliveries.order_by().values_list("state").annotate(Count("pk")))
    return counts


def failed_deliveries(release: Release) -> QuerySet[Delivery]:
    """The letters of a release that were not sent, with whom they were for."""
    return release.deliveries.filter(state=Delivery.State.FAILED).select_related("subscriber")


def issues_with_numbers() -> QuerySet[Any]:
    """Every issue, newest first, with its release and how many letters of it were sent and not sent."""
    deliveries = {
        f"number_{state}": Count("release__deliveries", filter=Q(release__deliveries__state=state))
        for state in (Delivery.State.WAITING, Delivery.State.SENT, Delivery.State.FAILED)
    }
    return IssuePage.objects.defer("body").select_related("locale", "release").annotate(**deliveries).order_by("-pk")
