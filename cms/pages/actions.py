"""What the site's pages need each day: their dates shown in time, and those told who look after them."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cms.mail.actions import queue_mail
from cms.pages.generation import start_generation
from cms.pages.models import NoticeRead, PageCare
from cms.pages.queries import days_that_show, reminders_due
from cms.pages.rules import changes_overnight
from cms.pages.typography import date_in_words


def renew_for_dates(*, today: date | None = None) -> bool:
    """Put stored pages out of use where a date passed that they show: a review, a funding notice. Safe to repeat."""
    today = today or timezone.localdate()
    if not changes_overnight(days_that_show(), today=today):
        return False
    start_generation()
    return True


def remind_of_reviews(*, today: date | None = None) -> int:
    """Write to those who look after pages whose review is near or due. Tells how many letters are due.

    Safe to repeat: each reminder is sent once for each date of review.
    """
    due = {reminder.page_id: reminder for reminder in reminders_due(today=today or timezone.localdate())}
    rows = PageCare.objects.filter(page__in=due).select_related("page", "responsible__person")
    for care in rows:
        reminder = due[care.page_id]
        if care.responsible is None:  # Somebody gave the page to nobody in the meantime.
            continue
        person = getattr(care.responsible, "person", None)
        language = person.language if person else settings.LANGUAGE_CODE
        queue_mail(
            key=reminder.key,
            recipient=care.responsible.email,
            template="page_review",
            language=language,
            context={
                "title": care.page.title,
                "day": date_in_words(reminder.review_on, language),
                "days": reminder.days,
                "edit_url": urljoin(settings.SITE_URL, reverse("wagtailadmin_pages:edit", args=[care.page_id])),
            },
        )
    return len(due)


def note_notice_read(*, user_id: int, version_number: int) -> None:
    """Note that a person has read this version of the privacy notice, so that nobody tells them again.

    Safe to repeat; what was read later is not forgotten by opening an older version.
    """
    with transaction.atomic():
        read, created = NoticeRead.objects.get_or_create(user_id=user_id, defaults={"version_number": version_number})
        if not created:
            NoticeRead.objects.filter(pk=read.pk, version_number__lt=version_number).update(
                version_number=version_number, read_at=timezone.now()
            )
