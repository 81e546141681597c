"""What search finds of the newsletter: each issue by what it says itself, its door and its archive as pages."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.newsletter.models import ArchivePage, IssuePage, NewsletterPage
from cms.pages.passages import passages_of
from cms.pages.searchable import live_page, page_entry, page_marks
from cms.pages.typography import date_in_words


def read_issue(pk: int) -> list[dict[str, Any]]:
    """An issue with its day. The pages that it names are found themselves, so their titles are left out."""
    page = live_page(IssuePage, pk)
    if page is None:
        return []
    own = [block for block in page.body.raw_data if block["type"] == "text"]
    day = timezone.localtime(page.first_published_at) if page.first_published_at else None
    about = date_in_words(day, page.locale.language_code) if day else ""
    passages = [{"text": page.intro}, *passages_of(own)]
    return [page_entry(page, about=about, summary=page.preheader, passages=passages)]


def read_door(pk: int) -> list[dict[str, Any]]:
    """The form and the archive, by the words of their editors."""
    page = live_page(NewsletterPage, pk) or live_page(ArchivePage, pk)
    return [page_entry(page, summary=page.lead)] if page else []


SEARCHABLE: list[dict[str, Any]] = [
    {
        "name": "cms_newsletter.issue",
        "kind": "issue",
        "one": _("issue of the newsletter"),
        "many": _("Newsletter"),
        "order": 45,
        "marks": page_marks(IssuePage),
        "read": read_issue,
        "models": [IssuePage._meta.label],
    },
    {
        "name": "cms_newsletter.page",
        "kind": "page",
        "one": _("page"),
        "many": _("Pages"),
        "order": 50,
        "marks": page_marks(NewsletterPage, ArchivePage),
        "read": read_door,
        "models": [NewsletterPage._meta.label, ArchivePage._meta.label],
    },
]
