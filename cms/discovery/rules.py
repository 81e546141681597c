"""How facts about a page are written for machines."""

import json
from hashlib import sha256
from typing import Any

# In a script element these would end it, or begin another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_json_ld(facts: dict[str, Any]) -> str:
    """``facts`` as JSON-LD of schema.org that can stand in a script element whatever its values hold."""
    return json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False).translate(_ESCAPES)


def without_blanks(facts: dict[str, Any]) -> dict[str, Any]:
    """``facts`` without those that are not known: None, empty text, empty list, empty dictionary."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def breadcrumb_list(crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page, as (name, absolute address) from the home page on; schema.org/BreadcrumbList."""
    items = [
        without_blanks({"@type": "ListItem", "position": place, "name": name, "item": address})
        for place, (name, address) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def digest_of(*words: str) -> str:
    """Sixteen letters that stand for ``words`` in the address of what was made from them."""
    return sha256("\x1f".join(words).encode()).hexdigest()[:16]
