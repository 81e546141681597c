"""The stored form of the chapters of an edition. Ids follow from the place, so that building again changes nothing."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5


def stored_chapters(chapters: list[dict[str, Any]], *, place: str) -> str:
    """Chapters as the field of a publication stores them."""
    rows = []
    for number, chapter in enumerate(chapters):
        here = f"{place}/{number}"
        body = [_row(spec["type"], _value(spec), f"{here}/{part}") for part, spec in enumerate(chapter["blocks"])]
        rows.append(_row("chapter", {"title": chapter["title"], "body": body}, here))
    return json.dumps(rows)


def _row(kind: str, value: Any, place: str) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"demo/library/{place}/{kind}"))}


def _value(spec: dict[str, Any]) -> Any:
    kind = spec["type"]
    if kind == "text":
        return spec["html"].strip()
    if kind == "table":
        columns = [{"type": "text", "heading": heading} for heading in spec["header"]]
        rows = [{"values": list(row)} for row in spec["rows"]]
        return {"caption": spec["caption"], "table": {"columns": columns, "rows": rows, "caption": ""}}
    if kind == "film":
        return {"film": spec["film"].pk}
    value = {name: part for name, part in spec.items() if name != "type"}
    if kind == "callout":
        as_of = value.get("as_of")
        value |= {"title": value.get("title", ""), "as_of": as_of.isoformat() if as_of else None}
    return value
