"""The privacy notice for the rest of the site: which version holds, what it says in short, and who is to be told."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Revision

from cms.pages.generation import kept
from cms.pages.layout import layout_of
from cms.pages.models import NoticeRead, PrivacyPage, SiteTexts
from cms.pages.rules import NoticeVersion, notice_to_tell, versions_of_notice
from cms.pages.versions import versions_of

Facts = dict[str, Any]


def notice_in_force(request: HttpRequest, language: str = "") -> Facts:
    """What the notice that holds says in short, in ``language``; empty while no notice is named or open to everybody.

    ``url``, ``who``, ``rights``, and ``tell``: the newest version of which people with an account are to be told, as
    {number, in_force_from, what_changed}, or None. Read once for each publication.
    """
    language = language or get_language() or "pl"
    url = layout_of(request, language).get("privacy_url", "")
    return kept(request, f"privacy-notice:{language}", lambda: _read(language, url)) if url else {}


def _read(language: str, url: str) -> Facts:
    key = SiteTexts.objects.filter(site__is_default_site=True).values("privacy_page__translation_key")
    pages = PrivacyPage.objects.filter(translation_key__in=key).live().public().select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    page = found.get(language) or next(iter(found.values()), None)
    if page is None:
        return {"url": url}
    told = notice_to_tell(published_versions(page))
    return {
        "url": url,
        "who": page.who,
        "rights": page.rights,
        "tell": {
            "number": told.number,
            "in_force_from": told.in_force_from,
            "what_changed": told.what_changed,
        }
        if told
        else None,
    }


def published_versions(page: Page) -> list[NoticeVersion]:
    """Every version of the notice that readers had, the newest first, each as it was last published: 2 queries."""
    versions = versions_of(page)
    wanted = Revision.objects.filter(pk__in=[version.revision_id for version in versions])
    contents: Mapping[int, Mapping[str, Any]] = dict(wanted.values_list("pk", "content"))
    # What the page said while it was of another kind has no number.
    known = [(version, contents.get(version.revision_id, {})) for version in versions]
    return versions_of_notice([(version, content) for version, content in known if "version_number" in content])


def news_for(request: HttpRequest) -> Facts | None:
    """The change of the notice of which this person has not read yet, {url, number, in_force_from, what_changed}.

    None for whoever is not signed in or came after the change. 1 query, and none where nothing is to be told.
    """
    user = request.user
    if not user.is_authenticated:
        return None
    notice = notice_in_force(request)
    tell = notice.get("tell")
    if not tell or user.date_joined.date() > tell["in_force_from"]:
        return None
    if NoticeRead.objects.filter(user=user.pk, version_number__gte=tell["number"]).exists():
        return None
    return {**tell, "url": notice["url"]}
