"""What a page says of itself to machines: address, translations, what a shared link shows, structured data."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.discovery import rules
from cms.discovery.pictures import digest_for
from cms.pages.models import BasePage

register = template.Library()
LOCALES = {"pl": "pl_PL", "en": "en_GB"}


@register.inclusion_tag("cms/discovery/_about_page.html", takes_context=True)
def about_page(context: template.Context) -> dict[str, Any]:
    """The head's lines about the page of this context; none for a view without a page, and for a preview."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or request is None or getattr(request, "is_preview", False):
        return {}
    if context.get("old_version"):  # Not to be found beside the version that holds.
        return {}
    # The language of the address is that of the page; asking the page would cost a query.
    language = get_language() or "pl"
    # From the site's own address, whatever host was asked for; and without a query, since the frame knows it.
    root, addresses = context["layout"]["root_url"], page.addresses()
    if not root or not addresses.get(language):
        return {}
    address = root + addresses[language] + _further(request)
    crumbs = [(crumb["label"], root + crumb["url"] if crumb["url"] else address) for crumb in context["breadcrumbs"]]
    facts = rules.without_blanks(
        {"name": page.title, "description": page.summary_line(), "url": root + addresses[language]}
    )
    graph = [{**facts, "inLanguage": language, **told} for told in [page.structured_data()] if told]
    if len(crumbs) > 1:
        graph.append(rules.breadcrumb_list(crumbs))
    twins = {code: root + path for code, path in addresses.items()}
    return {
        "page": page,
        "address": address,
        "twins": [*twins.items(), *([("x-default", twins["pl"])] if "pl" in twins else [])] if len(twins) > 1 else [],
        "picture": root
        + reverse("cms_discovery:show-picture", kwargs={"pk": page.pk, "digest": digest_for(page, language)}),
        "locale": LOCALES.get(language, ""),
        "json_ld": _script(rules.as_json_ld({"@graph": graph})) if graph else "",
    }


def _script(text: str) -> SafeString:
    # Escaped by ``as_json_ld``: a script element holds no entities.
    return mark_safe(text)  # noqa: S308


def _further(request: HttpRequest) -> str:
    """A further page of a list is an address of its own; filters and sorting are the same list."""
    number = request.GET.get("page", "")
    return f"?page={number}" if number.isdecimal() and len(number) < 6 and number != "1" else ""
