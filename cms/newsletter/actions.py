"""What happens to subscribers: asking, confirming, changing, leaving, being forgotten. Each leaves its proof."""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.accounts.models import User
from cms.mail.actions import forget_letters, queue_mail
from cms.newsletter import rules
from cms.newsletter.letters import TEMPLATE
from cms.newsletter.links import confirm_url, leave_url, manage_url
from cms.newsletter.models import ConsentEvent, Delivery, NewsletterTopic, Release, Subscriber
from cms.newsletter.wording import consent_words

logger = logging.getLogger(__name__)

State, Kind, Source = Subscriber.State, ConsentEvent.Kind, ConsentEvent.Source
LETTERS = ("newsletter_confirm", "newsletter_already", TEMPLATE)


def ask(*, email: str, language: str, topics: Collection[str], now: datetime | None = None) -> None:
    """Somebody typed an address into the form: a letter to it brings the link that confirms. Nothing is subscribed yet.

    The wish is only noted; confirming makes it the choice. An address that has the newsletter is told so by a letter,
    and its choice stays. Nobody but the owner of the address learns which it was: nothing is returned, and both ways
    cost nearly the same.
    """
    now = now or timezone.now()
    address = email.strip().lower()
    with transaction.atomic():
        subscriber = _locked(address, language, now)
        letter = "newsletter_already"
        if subscriber.state != State.ACTIVE:
            letter = "newsletter_confirm"
            subscriber.state, subscriber.language = State.PENDING, language
            subscriber.created_at, subscriber.confirmed_at, subscriber.ended_at = now, None, None
            subscriber.save(update_fields=["state", "language", "created_at", "confirmed_at", "ended_at"])
        event = _note(subscriber, Kind.ASKED, Source.FORM, now, topics=topics, agreed=True)
        links = {"manage_url": manage_url(subscriber), "leave_url": leave_url(subscriber)}
        if letter == "newsletter_confirm":
            links = {"confirm_url": confirm_url(subscriber)}
        queue_mail(
            key=f"{letter}:{event.pk}",
            recipient=address,
            template=letter,
            # The one who has it is written to in the language that was chosen, not in that of whoever typed it.
            language=subscriber.language,
            context=links,
            confidential=True,
        )


def _locked(address: str, language: str, now: datetime) -> Subscriber:
    """The row of an address, made when it is new, held until the end of the transaction."""
    try:
        with transaction.atomic():
            Subscriber.objects.get_or_create(email=address, defaults={"language": language, "created_at": now})
    except IntegrityError:
        logger.info("an address was typed twice at once")
    return Subscriber.objects.select_for_update(no_key=True).get(email=address)


def _choose(subscriber: Subscriber, topics: Collection[str]) -> None:
    subscriber.topics.set(NewsletterTopic.objects.filter(slug__in=list(topics)))


def _note(
    subscriber: Subscriber,
    kind: ConsentEvent.Kind,
    source: ConsentEvent.Source,
    now: datetime,
    *,
    topics: Collection[str] | None = None,
    agreed: bool = False,
) -> ConsentEvent:
    chosen = list(topics) if topics is not None else list(subscriber.topics.values_list("slug", flat=True))
    with translation.override(subscriber.language):
        return ConsentEvent.objects.create(
            subscriber=subscriber,
            kind=kind,
            source=source,
            at=now,
            text_version=rules.CONSENT_VERSION if agreed else "",
            words=consent_words() if agreed else "",
            language=subscriber.language,
            topics=sorted(chosen),
        )


def confirm(*, subscriber_id: int, now: datetime | None = None) -> bool:
    """The owner of the address confirmed the wish. Safe to repeat; False where there is no wish to confirm any more."""
    now = now or timezone.now()
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update(no_key=True).filter(pk=subscriber_id).first()
        if subscriber is None or subscriber.state not in (State.PENDING, State.ACTIVE):
            return False
        if subscriber.state == State.PENDING:
            wish = subscriber.events.filter(kind=Kind.ASKED).last()
            _choose(subscriber, wish.topics if wish else [])
            _subscribe(subscriber, Source.LINK, now)
    return True


def _subscribe(subscriber: Subscriber, source: ConsentEvent.Source, now: datetime) -> None:
    subscriber.state, subscriber.confirmed_at, subscriber.ended_at, subscriber.refusals = State.ACTIVE, now, None, 0
    subscriber.save(update_fields=["state", "confirmed_at", "ended_at", "refusals"])
    _note(subscriber, Kind.CONFIRMED, source, now, agreed=True)


def subscribe_account(*, user: User, language: str, topics: Collection[str], now: datetime | None = None) -> Subscriber:
    """Subscribe the proved address of an account, or change its choice. Needs no letter. Safe to repeat."""
    now = now or timezone.now()
    with transaction.atomic():
        subscriber = _locked(user.email, language, now)
        if subscriber.state == State.ACTIVE:
            return change_choice(
                subscriber_id=subscriber.pk, language=language, topics=topics, source=Source.ACCOUNT, now=now
            )
        subscriber.language = language
        subscriber.save(update_fields=["language"])
        _choose(subscriber, topics)
        _subscribe(subscriber, Source.ACCOUNT, now)
    return subscriber


def change_choice(
    *,
    subscriber_id: int,
    language: str,
    topics: Collection[str],
    source: ConsentEvent.Source,
    now: datetime | None = None,
) -> Subscriber:
    """Change language and topics of a subscription. The same again changes and notes nothing."""
    now = now or timezone.now()
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update(no_key=True).get(pk=subscriber_id)
        before = (subscriber.language, set(subscriber.topics.values_list("slug", flat=True)))
        if before != (language, set(topics)):
            subscriber.language = language
            subscriber.save(update_fields=["language"])
            _choose(subscriber, topics)
            _note(subscriber, Kind.CHANGED, source, now)
    return subscriber


def unsubscribe(
    *, subscriber_id: int, source: ConsentEvent.Source, by: User | None = None, now: datetime | None = None
) -> None:
    """No further issue goes to the address, also of those being sent. Safe to repeat. What staff do is logged."""
    now = now or timezone.now()
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update(no_key=True).filter(pk=subscriber_id).first()
        if subscriber is None or subscriber.state == State.UNSUBSCRIBED:
            return
        subscriber.state, subscriber.ended_at = State.UNSUBSCRIBED, now
        subscriber.save(update_fields=["state", "ended_at"])
        _note(subscriber, Kind.UNSUBSCRIBED, source, now)
        if by is not None:
            log(subscriber, "newsletter.unsubscribe", user=by)


def forget(*, subscriber_id: int, by: User | None = None) -> bool:
    """Delete all about an address: the subscription, its proof, its letters. Issues sent stay counted, without a name.

    Safe to repeat; False when there was nothing any more. What staff do is logged, by number.
    """
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update(no_key=True).filter(pk=subscriber_id).first()
        if subscriber is None:
            return False
        if by is not None:
            log(subscriber, "newsletter.forget", user=by)
        Delivery.objects.filter(subscriber=subscriber, state=Delivery.State.WAITING).update(
            state=Delivery.State.SKIPPED, settled_at=timezone.now()
        )
        forget_letters(recipient=subscriber.email, templates=LETTERS)
        subscriber.delete()
    return True


def note_refusal(*, subscriber_id: int, now: datetime) -> None:
    """The address refused an issue for good. After some in a row the subscription is switched off."""
    subscriber = Subscriber.objects.select_for_update(no_key=True).get(pk=subscriber_id)
    subscriber.refusals += 1
    if subscriber.state == State.ACTIVE and rules.is_refused_too_often(subscriber.refusals):
        subscriber.state, subscriber.ended_at = State.REFUSED, now
        _note(subscriber, Kind.REFUSED, Source.PROGRAM, now)
    subscriber.save(update_fields=["refusals", "state", "ended_at"])


def tidy(*, now: datetime | None = None) -> int:
    """Delete addresses that nobody confirmed in a week, and those that left a month ago; forget to whom issues went
    three months ago. Tells how many addresses were deleted."""
    now = now or timezone.now()
    stale = Subscriber.objects.filter(state=State.PENDING, created_at__lt=now - rules.UNCONFIRMED_KEPT)
    ended = Subscriber.objects.filter(
        state__in=[State.UNSUBSCRIBED, State.REFUSED], ended_at__lt=now - rules.UNSUBSCRIBED_KEPT
    )
    old = Delivery.objects.filter(release__state=Release.State.DONE, settled_at__lt=now - rules.DELIVERIES_KEPT)
    old.exclude(subscriber=None).update(subscriber=None)
    forgotten = [*stale.values_list("pk", flat=True), *ended.values_list("pk", flat=True)]
    return sum(forget(subscriber_id=pk) for pk in forgotten)


def note_export(*, by: User, count: int, file_format: str) -> None:
    """Write down who took a table of subscribers away, and how many lines it had."""
    # The log speaks of one row of a table; that of no subscriber stands for all of them.
    data = {"count": count, "format": file_format}
    log(Subscriber(pk=0), "newsletter.export", user=by, title=_("Subscribers"), data=data)
