"""Builds the newsletter from ``newsletter.yaml``. Safe to repeat: nobody is asked and nothing is sent twice.

A page that a person has edited since, or unpublished, is left as it is.
"""

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from wagtail.models import Page

from cms.films.models import FilmPage
from cms.newsletter.actions import ask, confirm
from cms.newsletter.models import ArchivePage, IssuePage, NewsletterPage, NewsletterTopic, Subscriber
from cms.newsletter.sending import release_issue
from cms.pages.demo.publishing import publish_if_changed
from cms.pages.models import HomePage

WORDS = Path(__file__).parent / "newsletter.yaml"
ROOMS = {"publication": "library", "news": "news"}


def build() -> None:
    """Make topics, pages, subscribers and the issue of each language; release each issue once."""
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for order, topic in enumerate(words["topics"]):
        NewsletterTopic.objects.update_or_create(slug=topic["slug"], defaults={**topic, "order": order})
    for reader in words["readers"]:
        _reader(**reader)
    for language, pages in words["pages"].items():
        home = HomePage.objects.get(locale__language_code=language)
        door = _page(home, NewsletterPage, "door", pages["door"])
        archive = _page(door, ArchivePage, "archive", pages["archive"])
        issue = _issue(archive, words["issue"][language], words["issue"]["topics"])
        if issue.live:
            release_issue(issue_id=issue.pk, by=None)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/newsletter/{name}")


def _reader(*, email: str, language: str, topics: list[str]) -> None:
    if not Subscriber.objects.filter(email=email).exists():
        ask(email=email, language=language, topics=topics)
        confirm(subscriber_id=Subscriber.objects.get(email=email).pk)


def _page(parent: Page, model: type[Page], name: str, words: dict[str, str]) -> Any:
    page = model.objects.filter(translation_key=_key(name), locale=parent.locale).first()
    if page is None:
        page = model(translation_key=_key(name), locale=parent.locale, live=False, **words)
        parent.add_child(instance=page)
        publish_if_changed(page)
    return page


def _issue(archive: ArchivePage, spec: dict[str, Any], topics: list[str]) -> IssuePage:
    page = IssuePage.objects.filter(translation_key=_key("issue-1"), locale=archive.locale).first()
    if page is None:
        page = IssuePage(translation_key=_key("issue-1"), locale=archive.locale, slug=spec["slug"], live=False)
        _fill(page, archive, spec)
        page.topics = list(NewsletterTopic.objects.filter(slug__in=topics))
        archive.add_child(instance=page)
    else:
        _fill(page, archive, spec)
    publish_if_changed(page)
    return page


def _fill(page: IssuePage, archive: ArchivePage, spec: dict[str, Any]) -> None:
    page.title, page.preheader, page.intro, page.is_sample = spec["title"], spec["preheader"], spec["intro"], True
    language = archive.locale.language_code
    blocks = [
        {"type": kind, "value": value, "id": str(_key(f"issue-1/{language}/{place}"))}
        for place, (kind, value) in enumerate(_block(entry, language) for entry in spec["body"])
    ]
    page.body = json.dumps(blocks)


def _block(entry: dict[str, str], language: str) -> tuple[str, Any]:
    """An entry of the file as the kind of a block and what it stores."""
    kind, name = next(iter(entry.items()))
    if kind in ("heading", "text"):
        return kind, name
    if kind == "film":
        chosen = Page.objects.get(pk=FilmPage.objects.get(film__title=name, locale__language_code=language).pk)
    else:
        key = uuid5(NAMESPACE_URL, f"demo/{ROOMS[kind]}/{name}")
        chosen = Page.objects.get(translation_key=key, locale__language_code=language)
    return "page", {"page": chosen.pk, "title": "", "text": entry.get("text", "")}
