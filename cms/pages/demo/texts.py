"""The words of the demonstration's pages, and their stored form."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.urls import reverse

HERE = Path(__file__).parent
Spec = Mapping[str, Any]

_LINK = re.compile(r'<a href="(page|url):([\w:-]+)">')


def read(name: str, language: str) -> dict[str, Any]:
    """What the file of a page says in a language."""
    found: dict[str, Any] = yaml.safe_load((HERE / f"{name}.{language}.yaml").read_text(encoding="utf-8"))
    return found


def with_links(html: str, pages: Mapping[str, int]) -> str:
    """The text with its links in stored form.

    ``page:<name>`` leads to a page of the demonstration, wherever an editor moves it; ``url:<name>`` to a named address
    of the site, in the language that is active.
    """

    def stored(found: re.Match[str]) -> str:
        kind, name = found.groups()
        return f'<a linktype="page" id="{pages[name]}">' if kind == "page" else f'<a href="{reverse(name)}">'

    return _LINK.sub(stored, html.strip())


def stored_story(specs: list[Spec], pages: Mapping[str, int], *, place: str) -> str:
    """The stored form of a story. Ids follow from the place, so that building again changes nothing."""
    blocks = []
    for number, spec in enumerate(specs):
        value = VALUES[spec["type"]](spec, pages, f"{place}/{number}")
        blocks.append(_stored(spec["type"], value, f"{place}/{number}"))
    return json.dumps(blocks)


def stored_rows(kind: str, rows: list[Spec], *, place: str) -> str:
    """The stored form of rows that are all of one kind: figures, partners."""
    return json.dumps([_stored(kind, dict(row), f"{place}/{number}") for number, row in enumerate(rows)])


def _stored(kind: str, value: Any, place: str) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"demo/pages/{place}/{kind}"))}


def _text(spec: Spec, pages: Mapping[str, int], place: str) -> str:
    return with_links(spec["html"], pages)


def _callout(spec: Spec, pages: Mapping[str, int], place: str) -> dict[str, Any]:
    as_of = spec.get("as_of")
    return {
        "kind": spec["kind"],
        "title": spec.get("title", ""),
        "as_of": as_of.isoformat() if as_of else None,
        "text": with_links(spec["text"], pages),
    }


def _accordion(spec: Spec, pages: Mapping[str, int], place: str) -> dict[str, Any]:
    items = [{"title": item["title"], "text": with_links(item["text"], pages)} for item in spec["items"]]
    return {"items": [_stored("item", item, f"{place}/{item['title']}") for item in items]}


def _timeline(spec: Spec, pages: Mapping[str, int], place: str) -> dict[str, Any]:
    items = [
        {
            "when": item.get("when", ""),
            "text": with_links(item["text"], pages),
            "source": item["source"],
            "address": item.get("address", ""),
        }
        for item in spec["items"]
    ]
    return {"items": [_stored("item", item, f"{place}/{number}") for number, item in enumerate(items)]}


def _section(spec: Spec, pages: Mapping[str, int], place: str) -> dict[str, Any]:
    inner = [
        _stored(part["type"], VALUES[part["type"]](part, pages, f"{place}/{number}"), f"{place}/{number}")
        for number, part in enumerate(spec["content"])
    ]
    return {"title": spec["title"], "content": inner}


VALUES: dict[str, Callable[[Spec, Mapping[str, int], str], Any]] = {
    "text": _text,
    "callout": _callout,
    "accordion": _accordion,
    "timeline": _timeline,
    "section": _section,
}
