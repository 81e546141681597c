"""Issues for templates: texts as they stand in letters, links that stay, the list of the archive."""

import functools
from typing import Any

from django import template
from django.core.paginator import Page as PageOfList
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.newsletter import rules
from cms.newsletter.letters import shown_on_site
from cms.newsletter.links import address_of_link, page_url
from cms.newsletter.models import ArchivePage, IssuePage

register = template.Library()


@register.filter
def letter_html(source: str) -> SafeString:
    """An editor's text as it stands in a letter. It is written anew: only known tags, everything else escaped."""
    return _letter_html(source, get_language() or "pl")


@functools.lru_cache(maxsize=256)
def _letter_html(source: str, language: str) -> SafeString:
    """The same for every recipient; links hold the language."""
    return mark_safe(rules.letter_html(source, address_of_link))  # noqa: S308


@register.filter
def letter_text(source: str) -> str:
    """The same as plain text."""
    return _letter_text(source, get_language() or "pl")


@functools.lru_cache(maxsize=256)
def _letter_text(source: str, language: str) -> str:
    return rules.letter_text(source, address_of_link)


@register.filter
def lasting_url(page_id: int) -> str:
    """The address that leads to a page wherever it stands by then."""
    return page_url(page_id)


@register.simple_tag
def issue_blocks(page: IssuePage) -> list[dict[str, Any]]:
    """What the page of an issue shows: [{kind, value}], and of chosen pages {kind, page, title, summary}."""
    return shown_on_site(page)


@register.simple_tag(takes_context=True)
def archive_issues(context: dict[str, Any], page: ArchivePage) -> PageOfList:
    """The issues that the address asks for, newest first, twenty a page."""
    request: HttpRequest = context["request"]
    return page.issues(request.GET.get("page", ""))
