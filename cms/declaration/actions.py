"""Writing reviews, headings and reminders of the declaration."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.accounts.models import User
from cms.accounts.queries import letter_language
from cms.accounts.rules import Role
from cms.declaration.gaps import gaps_in
from cms.declaration.models import ListedThen, Placement, Reminder, Review
from cms.declaration.permissions import can_review
from cms.declaration.queries import as_row, declaration_pages, standing
from cms.declaration.rules import COMPLIANT, GAPS, Group, ReviewState, review_faults
from cms.declaration.wording import review_fault_words, same_day_words, status_words
from cms.mail.actions import queue_mail
from cms.pages.generation import start_generation
from cms.pages.models import AccessibilityPage
from cms.pages.typography import date_in_words
from media.models import LANGUAGES

FACTS = ("kind", "method", "auditor", "status", "next_on", "notes")


@transaction.atomic
def record_review(
    *,
    by: User,
    reviewed_on: date,
    kind: str,
    method: str,
    status: str,
    next_on: date,
    auditor: str = "",
    notes: str = "",
    today: date | None = None,
) -> Review:
    """Write a review, and publish its day and result on the declaration in each language. Logged.

    Safe to repeat: the same facts of the same day are one review; other facts of a day that has one are refused, and
    so is “compliant” while something is known to be not accessible. A draft of the page stays a draft.
    """
    if not can_review(by):
        raise PermissionDenied
    today = today or timezone.localdate()
    pages = declaration_pages()
    facts = {
        "kind": kind,
        "method": method,
        "auditor": auditor.strip() if method == Review.Method.AUDIT else "",
        "status": status,
        "next_on": next_on,
        "notes": notes.strip(),
    }
    faults = review_faults(
        reviewed_on=reviewed_on,
        next_on=next_on,
        prepared_on=min((page.prepared_on for page in pages), default=None),
        is_audit=method == Review.Method.AUDIT,
        auditor=auditor,
        today=today,
    )
    if faults:
        raise ValidationError(dict(map(review_fault_words, faults)))
    if status == COMPLIANT and any(gap.group in GAPS for code, _name in LANGUAGES for gap in gaps_in(code)):
        raise ValidationError({"status": status_words("compliant_with_gaps")})
    review, is_new = Review.objects.get_or_create(
        reviewed_on=reviewed_on, defaults=facts | {"reviewed_by": by, "recorded_at": timezone.now()}
    )
    if not is_new:
        if any(getattr(review, name) != facts[name] for name in FACTS):
            raise ValidationError({"reviewed_on": same_day_words()})
        return review
    # A review that is entered later than a newer one changes nothing of what holds now.
    if Review.objects.first() == review:
        for page in pages:
            _publish(page, status=status, reviewed_on=reviewed_on, by=by)
    log(review, "declaration.review", user=by, data={"status": status, "next_on": next_on.isoformat()})
    start_generation()
    return review


def _publish(page: AccessibilityPage, *, status: str, reviewed_on: date, by: User) -> None:
    """Publish what is live with the new day and result; what editors have drafted beyond it is kept as the draft."""
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
    page.status, page.reviewed_on = status, reviewed_on
    # Whoever may review need not have the right to publish pages: this is all that a review changes of them.
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    if draft is not None:
        draft.status, draft.reviewed_on = status, reviewed_on
        draft.save_revision(user=by)


def place(*, by: User, key: str, group: Group, reason: str = "", assessment_url: str = "") -> Placement:
    """Put something of the list under a heading. Safe to repeat; the last word holds. Logged."""
    if not can_review(by):
        raise PermissionDenied
    with transaction.atomic():
        row, _created = Placement.objects.update_or_create(
            key=key,
            defaults={
                "group": group.value,
                "reason": reason.strip(),
                "assessment_url": assessment_url if group is Group.EXCESSIVE else "",
                "placed_by": by,
                "placed_at": timezone.now(),
            },
        )
        log(row, "declaration.place", user=by, data={"key": key, "group": group.value})
    start_generation()
    return row


def keep_list(*, page: AccessibilityPage, revision: Revision) -> ListedThen:
    """Keep what the list names at the moment this version is published. Safe to repeat: the newest look is kept."""
    rows = [as_row(gap) for gap in gaps_in(page.locale.language_code)]
    kept, _created = ListedThen.objects.update_or_create(
        revision=revision, defaults={"rows": rows, "listed_at": timezone.now()}
    )
    return kept


def remind_of_review(*, today: date) -> int:
    """Write to lead editors once when the review is near and once when it is overdue; tells how many letters.

    Safe to repeat. Where there are no lead editors, administrators are written to.
    """
    now = standing(today=today)
    if now.next_on is None or now.state is ReviewState.FINE:
        return 0
    with transaction.atomic():
        _row, is_new = Reminder.objects.get_or_create(
            next_on=now.next_on, state=now.state.value, defaults={"written_at": timezone.now()}
        )
        readers = _readers() if is_new else []
        for reader in readers:
            language = letter_language(reader.email)
            queue_mail(
                key=f"declaration-review:{now.next_on.isoformat()}:{now.state.value}:{reader.pk}",
                recipient=reader.email,
                template="declaration_review",
                language=language,
                context={
                    "day": date_in_words(now.next_on, language),
                    "overdue": now.state is ReviewState.OVERDUE,
                    "due": now.due,
                    "url": urljoin(settings.SITE_URL, reverse("cms_declaration_overview")),
                },
            )
    return len(readers)


def _readers() -> list[User]:
    for role in (Role.LEAD_EDITORS, Role.ADMINISTRATORS):
        found = list(User.objects.filter(groups__name=role.value, is_active=True).order_by("pk"))
        if found:
            return found
    return []
