"""Builds the news from its files, one YAML file for each item and language. Safe to repeat.

A page that a person has edited since, or unpublished, is left as it is.
"""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from anyascii import anyascii
from django.utils.text import slugify

from cms.news.models import NewsIndexPage, NewsPage
from cms.pages.demo.publishing import publish_if_changed
from cms.pages.demo.texts import stored_story
from cms.pages.models import HomePage

ITEMS = Path(__file__).parent / "items"
INDEX = {
    "pl": {
        "title": "Aktualności",
        "slug": "aktualnosci",
        "lead": "Co nowego w akademii i co wydarzyło się w projekcie, z którego wyrosła.",
    },
    "en": {
        "title": "News",
        "slug": "news",
        "lead": "What is new in the academy, and what happened in the project that it grew out of.",
    },
}


def build() -> None:
    """Make the lists and the items of both languages; publish what differs from the files."""
    for language, words in INDEX.items():
        index = _index(HomePage.objects.get(locale__language_code=language), words)
        for file in sorted(ITEMS.glob(f"*.{language}.yaml")):
            _item(index, file.name.split(".")[0], yaml.safe_load(file.read_text(encoding="utf-8")), language)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo/news/{name}")


def _index(home: HomePage, words: dict[str, str]) -> NewsIndexPage:
    index = NewsIndexPage.objects.child_of(home).first()
    if index is None:
        index = NewsIndexPage(locale=home.locale, translation_key=_key("index"), live=False, **words)
        home.add_child(instance=index)
        publish_if_changed(index)
    return index


def _item(index: NewsIndexPage, name: str, spec: dict[str, Any], language: str) -> None:
    page = NewsPage.objects.filter(translation_key=_key(name), locale=index.locale).first()
    is_new = page is None
    page = page or NewsPage(
        translation_key=_key(name),
        locale=index.locale,
        slug=slugify(anyascii(spec["title"]))[:80].strip("-"),
        live=False,
    )
    page.title, page.date, page.kind, page.lead = (
        spec["title"],
        spec["date"],
        spec["kind"],
        " ".join(spec["lead"].split()),
    )
    page.is_sample, page.legal_as_of = spec["is_sample"], spec.get("legal_as_of")
    page.body = stored_story(spec["body"], {}, place=f"news/{name}/{language}")
    if is_new:
        index.add_child(instance=page)
    publish_if_changed(page)
