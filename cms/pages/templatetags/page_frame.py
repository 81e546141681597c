"""What stands around every page: its care, its easy-to-read twin, who paid for it, and the way to print."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from cms.pages.generation import kept
from cms.pages.models import BasePage, PageCare
from cms.pages.qr_codes import outline
from cms.pages.queries import care_of, easy_twins, funding_choices, notices_in_force, section_pages
from cms.pages.rules import PATH_STEP, CareState, care_state, notice_for
from cms.pages.typography import date_in_words
from cms.pages.versions import OldVersion, address_of, keeps_versions, list_address, versions_of
from cms.pages.visibility import open_pages

register = template.Library()

QUIET_ZONE = 4
SECTION_DEPTH = 3
"""Sections begin right below the home page."""


@register.simple_tag(takes_context=True)
def frame_of_page(context: dict[str, Any]) -> dict[str, Any]:
    """``care``, ``easy``, ``funding`` and ``prints`` of the page of ours that is shown; empty where there is none.

    At most 4 queries: one for the care of this page, the rest kept until the next publication. None of them where no
    page of the site has such a thing.
    """
    page = context.get("page")
    request: HttpRequest | None = context.get("request")
    if not isinstance(page, BasePage) or request is None:
        return {}
    layout = context.get("layout") or {}
    preview = getattr(request, "is_preview", False)
    old_version: OldVersion | None = context.get("old_version")
    return {
        "page": page,
        "old_version": old_version,
        "address": old_version.address if old_version else page.full_url,
        # Of what held once nothing is said that holds of the page now.
        "care": care_facts(page, drafted=preview) if not old_version and (preview or layout.get("has_care")) else {},
        "easy": _easy(page, request, drafted=preview) if preview or layout.get("has_easy") else None,
        "funding": _funding(page, request, drafted=preview) if preview or layout.get("has_funding") else None,
        "prints": page.print_links(),
        "print_view": page.is_print_view(request),
    }


def care_facts(page: BasePage, *, drafted: bool = False) -> dict[str, Any]:
    """``state``, ``review_on``, ``replacement`` {title, url} or None, and ``sources`` [{text, address}]."""
    care = _draft_of(page) if drafted else care_of(page)
    if care is None:
        return {}
    newer = care.replaced_by if care.is_outdated else None
    return {
        "state": care_state(care.review_on, care.is_outdated, today=timezone.localdate()).value,
        "is_outdated": care.is_outdated,
        "is_overdue": care_state(care.review_on, care.is_outdated, today=timezone.localdate()) is CareState.OVERDUE,
        "review_on": care.review_on,
        "replacement": {"title": newer.title, "url": newer.get_url()} if newer and newer.live else None,
        "sources": [block.value for block in care.sources],
    }


def _draft_of(page: BasePage) -> PageCare | None:
    found: PageCare | None = next(iter(page.care.all()), None)
    return found


def _easy(page: BasePage, request: HttpRequest, *, drafted: bool) -> dict[str, Any] | None:
    """The other one of a page and its easy-to-read version: {title, url, is_easy}."""
    draft = next(iter(page.easy_version.all()), None) if drafted else None
    pk, is_easy = (
        (draft.easy_page_id, True) if draft else kept(request, "easy-twins", easy_twins).get(page.pk, (0, True))
    )
    if not pk:
        return None

    def read() -> dict[str, Any]:
        other = Page.objects.live().public().filter(pk=pk).first()
        return {"title": other.title, "url": other.get_url(), "is_easy": is_easy} if other else {}

    return kept(request, f"easy-twin:{page.pk}", read) or None


def _funding(page: BasePage, request: HttpRequest, *, drafted: bool) -> dict[str, Any] | None:
    """The notice that holds for this page today, or None."""
    language = get_language() or settings.LANGUAGE_CODE
    choices = kept(request, "funding-choices", funding_choices)
    draft = next(iter(page.page_funding.all()), None) if drafted else None
    chosen = draft.notice_id if draft else notice_for(page.path, choices)
    if chosen is None:
        return None
    today = timezone.localdate()
    notices = kept(request, f"funding:{language}:{today.isoformat()}", lambda: notices_in_force(language, today=today))
    return notices.get(chosen)


@register.simple_tag(takes_context=True)
def pages_of_section(context: dict[str, Any], page: BasePage) -> list[dict[str, Any]]:
    """The top page of the section in which a page stands and those right below it: [{title, url, current}].

    Empty where a page stands alone, without a query; else 1 for each section and publication.
    """
    request: HttpRequest = context["request"]
    top = page.path[: SECTION_DEPTH * PATH_STEP]
    stands_alone = len(page.path) == len(top) and not page.numchild
    if len(top) < SECTION_DEPTH * PATH_STEP or stands_alone:
        return []

    def read() -> list[dict[str, Any]]:
        found, _all_open = open_pages(section_pages(top))
        return [{"pk": each.pk, "title": each.title, "url": each.get_url()} for each in found]

    rows = kept(request, f"section:{top}", read)
    return [row | {"current": row["pk"] == page.pk} for row in rows] if len(rows) > 1 else []


@register.inclusion_tag("components/earlier_versions.html")
def earlier_versions(page: BasePage, most: int = 10) -> dict[str, Any]:
    """What a page said before, the newest first, at most ``most`` of them, each {version, url}: at most 2 queries.

    Empty where nothing was published before or where the history of the page is not for everybody.
    """
    if not page.pk or not keeps_versions(page):
        return {}
    old = [one for one in versions_of(page) if one.replaced_at is not None]
    return {
        "rows": [{"version": one, "url": address_of(page, one)} for one in old[:most]],
        "more": max(0, len(old) - most),
        "all_url": list_address(page),
    }


@register.simple_tag
def today_in_words() -> str:
    """„24 listopada 2026 r.”: the day on which something is printed."""
    return date_in_words(timezone.localdate(), get_language())


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """The square code of a text as SVG, with its quiet zone; decorative, for the text stands beside it."""
    side, path = outline(text)
    full = side + 2 * QUIET_ZONE
    return format_html(
        '<svg class="qr-code" viewBox="{} {} {} {}" aria-hidden="true" focusable="false">'
        '<path fill="#fff" d="M{} {}h{}v{}h-{}z"/><path fill="#000" fill-rule="evenodd" d="{}"/></svg>',
        -QUIET_ZONE, -QUIET_ZONE, full, full, -QUIET_ZONE, -QUIET_ZONE, full, full, full, path,
    )  # fmt: skip
