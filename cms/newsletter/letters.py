"""What an issue says, frozen as plain data, and how that looks as a letter. Stands between queries and actions."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.accounts.links import absolute
from cms.mail.letters import compose
from cms.mail.models import OutgoingMail
from cms.newsletter.links import page_url
from cms.newsletter.models import IssuePage

TEMPLATE = "newsletter_issue"
WORDS_OF_PAGES = ("summary", "lead", "intro", "search_description")
"""Where kinds of pages keep the sentence that tells what they are."""


def summary_of(page: Page) -> str:
    """The sentence that tells what a page (of its own kind) is."""
    found = (str(getattr(page, name, "") or "") for name in WORDS_OF_PAGES)
    return next((words for words in found if words), "")


def open_pages_of(issue: IssuePage) -> dict[int, Page]:
    """The chosen pages that everybody can read now, by their number: at most 3 queries, and one for each kind."""
    wanted = [block.value["page"].pk for block in issue.body if block.block_type == "page" and block.value["page"]]
    if not wanted:
        return {}
    return {page.pk: page for page in Page.objects.filter(pk__in=wanted).live().public().specific()}


def contents_of(issue: IssuePage) -> dict[str, Any]:
    """All that the issue says, with the title and summary that the chosen pages have now.

    A page that is gone, withdrawn or closed is left out. Pages are named by number, so that links find them anywhere.
    """
    pages = open_pages_of(issue)
    blocks: list[dict[str, Any]] = []
    for block in issue.body:
        if block.block_type == "heading":
            blocks.append({"kind": "heading", "text": block.value})
        elif block.block_type == "text":
            blocks.append({"kind": "text", "source": block.value.source})
        elif block.value["page"] and block.value["page"].pk in pages:
            page = pages[block.value["page"].pk]
            blocks.append(
                {
                    "kind": "page",
                    "page": page.pk,
                    "title": block.value["title"] or page.title,
                    "summary": block.value["text"] or summary_of(page),
                }
            )
    return {
        "subject": " ".join((issue.subject or issue.title).split()),
        "title": issue.title,
        "preheader": issue.preheader,
        "intro": issue.intro,
        "blocks": blocks,
        "is_sample": issue.is_sample,
    }


def shown_on_site(issue: IssuePage) -> list[dict[str, Any]]:
    """The blocks for the issue's page: what was sent of a chosen page stays as it was, later mends of texts show."""
    release = getattr(issue, "release", None) if issue.pk else None
    known = {block["page"]: block for block in release.contents["blocks"] if "page" in block} if release else {}
    chosen = {block.value["page"].pk for block in issue.body if block.block_type == "page" and block.value["page"]}
    if not chosen <= known.keys():
        known = {block["page"]: block for block in contents_of(issue)["blocks"] if "page" in block} | known
    blocks: list[dict[str, Any]] = []
    for block in issue.body:
        if block.block_type != "page":
            blocks.append({"kind": block.block_type, "value": block.value})
        elif block.value["page"] and block.value["page"].pk in known:
            blocks.append(known[block.value["page"].pk])
    return blocks


def web_url(issue: IssuePage) -> str:
    """Where the issue stands on the site, also after it was moved; empty before it is saved."""
    return page_url(issue.pk) if issue.pk else ""


def preview_of(issue: IssuePage) -> tuple[str, str]:
    """The letter as a subscriber would get it, HTML and text; its links to a choice lead to the form."""
    language = issue.locale.language_code
    mail = OutgoingMail(template=TEMPLATE, language=language, idempotency_key="preview", context=trial(issue))
    message = compose(mail)
    return str(message.alternatives[0][0]), f"{message.subject}\n\n{message.body}"


def trial(issue: IssuePage) -> dict[str, Any]:
    """What a letter for an editor is filled with: the issue, marked as a trial, without anybody's links."""
    with translation.override(issue.locale.language_code):
        return contents_of(issue) | {
            "is_trial": True,
            "web_url": web_url(issue),
            "manage_url": absolute(reverse("cms_newsletter:subscribe")),
            "leave_url": absolute(reverse("cms_newsletter:subscribe")),
        }
