"""The privacy notice: its table, its versions, its short form beside forms that ask for data, and its news."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from cms.pages.models import PrivacyPage
from cms.pages.notice import news_for, notice_in_force, published_versions
from cms.pages.versions import address_of
from cms.privacy.queries import held_from, holdings_in_words

register = template.Library()

COLUMNS = ("what", "purpose", "basis", "retention", "erased")


@register.simple_tag(takes_context=True)
def privacy_facts(context: dict[str, Any], page: PrivacyPage) -> dict[str, Any]:
    """``header`` and the rows of two tables, ``people`` and ``staff``, with the ``earlier`` versions of the notice.

    The tables are what the programs declare today; those of a version that holds no more are as they were then.
    """
    held = page.held_then if context.get("old_version") else holdings_in_words()
    earlier = published_versions(page) if page.pk else []
    return {
        "header": [
            gettext("Which data"),
            gettext("What for"),
            gettext("On what basis"),
            gettext("For how long"),
            gettext("When you delete your account"),
        ],
        "people": [[row[name] for name in COLUMNS] for row in held if not row["about_staff"]],
        "staff": [[row[name] for name in COLUMNS] for row in held if row["about_staff"]],
        "earlier": [
            {
                "number": version.number,
                "in_force_from": version.in_force_from,
                "what_changed": version.what_changed,
                "url": address_of(page, version.published),
            }
            for version in earlier
            if version.number < page.version_number
        ],
    }


@register.inclusion_tag("components/privacy_short.html", takes_context=True)
def privacy_short(context: dict[str, Any], form: str) -> dict[str, Any]:
    """The short notice beside a form that asks for data: ``account``, ``newsletter`` or ``barrier``.

    What for, on what basis and how long is told by the declarations of that form; nothing while no notice is named.
    """
    request: HttpRequest | None = context.get("request")
    notice = notice_in_force(request) if request else {}
    rows: list[dict[str, Any]] = []
    for row in held_from(form) if notice.get("who") else ():
        if all(row["purpose"] != known["purpose"] for known in rows):
            rows.append(row)
    return {"notice": notice, "rows": rows, "language": get_language()}


@register.inclusion_tag("components/privacy_news.html", takes_context=True)
def privacy_news(context: dict[str, Any]) -> dict[str, Any]:
    """A quiet word that the notice changed, for whoever is signed in and has not read of it yet."""
    request: HttpRequest | None = context.get("request")
    return {"news": news_for(request) if request else None}
