"""The letters about a report: to whoever sent it, and to those who answer. Each goes out once."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms.accounts.links import absolute
from cms.accounts.models import User
from cms.accounts.queries import letter_language
from cms.barriers.models import BarrierReport
from cms.barriers.queries import handlers
from cms.barriers.rules import Kind
from cms.mail.actions import queue_mail
from cms.pages.layout import layout_facts
from cms.pages.models import SiteTexts
from cms.pages.typography import date_in_words


def report_url(report: BarrierReport) -> str:
    """The full address of a report's page, for whoever sent it."""
    with translation.override(report.language):
        return absolute(reverse("cms_barriers:show-report", args=[report.token]))


def write_to_sender(report: BarrierReport, template: str, part: str = "") -> bool:
    """Queue a letter to whoever sent the report; False where no e-mail address was given.

    ``part`` tells letters of one kind apart; the same again is not sent.
    """
    if not report.email:
        return False
    context: dict[str, Any] = {
        "number": report.number,
        "deadline": date_in_words(report.deadline, report.language),
        "reason": report.put_off_reason,
        "answer": report.answer,
        "alternative": report.alternative,
        "ending": report.ending,
        "demand": report.kind == Kind.DEMAND,
        "report_url": report_url(report),
        "statement_url": layout_facts(report.language).get("declaration_url", ""),
    }
    queue_mail(
        key=":".join(filter(None, [template, str(report.pk), part])),
        recipient=report.email,
        template=template,
        language=report.language,
        context=context,
    )
    return True


def write_to_handlers(report: BarrierReport, template: str, part: str = "", to: User | None = None) -> int:
    """Queue a letter to all who answer reports, or to the one who took this one over; tells how many.

    Where nobody has that right, it goes to the contact address of the site. The letter holds nothing that whoever
    reported wrote of themselves.
    """
    readers = [to] if to is not None else list(handlers())
    addresses = {reader.email: letter_language(reader.email) for reader in readers}
    if not addresses:
        texts = SiteTexts.objects.filter(site__is_default_site=True).first()
        addresses = {texts.contact_email: settings.LANGUAGE_CODE} if texts and texts.contact_email else {}
    for address, language in addresses.items():
        queue_mail(
            key=":".join(filter(None, [template, str(report.pk), part, address])),
            recipient=address,
            template=template,
            language=language,
            context={
                "number": report.number,
                "deadline": date_in_words(report.deadline, language),
                "demand": report.kind == Kind.DEMAND,
                "place": report.place,
                "stage": report.reminded,
                "admin_url": absolute(reverse("barriers:inspect", args=[report.pk])),
            },
        )
    return len(addresses)
