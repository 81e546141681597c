"""Turns a row of the outbox into a message: text and HTML in the recipient's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from cms.mail import rules
from cms.mail.models import OutgoingMail


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What whoever sends a letter in bulk brings along: what its template is filled with, and headers of its own."""

    context: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def compose(mail: OutgoingMail, brought: Brought | None = None) -> EmailMultiAlternatives:
    """The message of ``mail``: always the same Message-ID for the same key, so that a repeat can be recognised."""
    brought = brought or Brought()
    with translation.override(mail.language):
        context = {**brought.context, **mail.context, "site_url": settings.SITE_URL, "language": mail.language}
        subject, text = rules.split_subject(_render_text(f"mail/{mail.template}.{mail.language}.txt", context))
        html = get_template(f"mail/{mail.template}.{mail.language}.html").render({**context, "subject": subject})
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers={
            "Message-ID": rules.message_id(mail.idempotency_key, _domain()),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": mail.language,
            **brought.headers,
        },
    )
    message.attach_alternative(html, "text/html")
    return message


def _render_text(name: str, context: dict[str, Any]) -> str:
    """A text part is no HTML: its values stand as they are, an ampersand too."""
    template: Any = get_template(name)
    return str(template.template.render(Context(context, autoescape=False)))


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
