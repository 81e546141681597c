"""Published versions of pages whose history is public: the declaration, the privacy notice, the terms of use.

What was published and when is told by the log of pages, the words by Wagtail's revisions; nothing is kept twice.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from wagtail.models import Page, PageLogEntry, Revision

from cms.pages.models import BasePage, SiteTexts
from cms.pages.rules import Version, versions_from
from cms.pages.visibility import is_open_to

PUBLISHED, WITHDRAWN = "wagtail.publish", "wagtail.unpublish"


@dataclass(frozen=True)
class OldVersion:
    """A version that holds no more, as the frame of its page tells of it."""

    version: Version
    address: str
    current_url: str


def keeps_versions(page: BasePage) -> bool:
    """Whether everybody may read what this page said before: 1 query, none where its kind says so."""
    if page.keeps_versions:
        return True
    key = page.translation_key
    named = Q(privacy_page__translation_key=key) | Q(terms_page__translation_key=key)
    return SiteTexts.objects.filter(named).exists()


def versions_of(page: Page) -> list[Version]:
    """Every published version of a page, the newest first, with the one that holds now: 1 query."""
    acts = PageLogEntry.objects.filter(page_id=page.pk, deleted=False).order_by("timestamp", "pk")
    readable = Q(action=PUBLISHED) & Exists(Revision.objects.filter(pk=OuterRef("revision_id")))
    told = acts.filter(readable | Q(action=WITHDRAWN)).values_list("action", "revision_id", "timestamp")
    known = [(revision if action == PUBLISHED else None, at) for action, revision, at in told]
    # The log is written a moment after the publication, and by some ways of publishing not at all.
    at = page.last_published_at
    if page.live and page.live_revision_id and at and (not known or at > known[-1][1]):
        known.append((page.live_revision_id, at))
    return versions_from(known)


def address_of(page: Page, version: Version) -> str:
    """Where everybody reads a version: an address that stays, in the language of the page."""
    with translation.override(page.locale.language_code):
        return reverse("cms_pages:show-version", args=[page.pk, version.revision_id])


def list_address(page: Page) -> str:
    """Where all versions of a page are listed."""
    with translation.override(page.locale.language_code):
        return reverse("cms_pages:list-versions", args=[page.pk])


def get_versioned_page_for(request: HttpRequest, page_id: int) -> BasePage:
    """The live page whose versions are asked for, for whoever may see it; Http404 for everybody else."""
    page: Any = Page.objects.live().filter(pk=page_id).select_related("locale").first()
    page = page.specific if page is not None else None
    if (
        not isinstance(page, BasePage)
        or page.locale.language_code != get_language()
        or not is_open_to(request, page)
        or not keeps_versions(page)
    ):
        raise Http404
    return page
