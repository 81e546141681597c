"""From the words of a lesson file to the stored form of a lesson's blocks."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from media.models import CustomDocument, CustomImage, Film

Spec = Mapping[str, Any]


class LessonFiles:
    """What lesson files name: drawings (wide and narrow) by name, documents by name, films by name."""

    def __init__(
        self,
        drawings: Mapping[str, tuple[CustomImage, CustomImage]],
        documents: Mapping[str, CustomDocument],
        films: Mapping[str, Film],
    ) -> None:
        self.drawings = drawings
        self.documents = documents
        self.films = films


def stored_blocks(specs: list[Spec], files: LessonFiles, *, lesson: str) -> list[dict[str, Any]]:
    """The stored form of a lesson's body. Ids follow from lesson and place, so that repeating changes nothing."""
    blocks = []
    for place, spec in enumerate(specs):
        kind = spec["type"]
        blocks.append(
            {
                "type": kind,
                "value": VALUES[kind](spec, files),
                "id": str(uuid5(NAMESPACE_URL, f"{lesson}/{place}/{kind}")),
            }
        )
    return blocks


def _picture(spec: Spec, files: LessonFiles) -> dict[str, Any]:
    wide, narrow = files.drawings[spec["drawing"]]
    return {
        "image": {"image": wide.pk, "alt_text": spec["alt"], "decorative": False},
        "narrow": narrow.pk,
        "caption": spec["caption"],
    }


def _procedure_step(spec: Spec, files: LessonFiles) -> dict[str, Any]:
    if "drawing" in spec:
        return {"text": spec["text"], **_picture(spec, files)}
    nothing = {"image": None, "alt_text": "", "decorative": False}
    return {"text": spec["text"], "image": nothing, "narrow": None, "caption": ""}


def _procedure(spec: Spec, files: LessonFiles) -> dict[str, Any]:
    return {"title": spec.get("title", ""), "steps": [_procedure_step(step, files) for step in spec["steps"]]}


def _table(spec: Spec, files: LessonFiles) -> dict[str, Any]:
    return {
        "caption": spec["caption"],
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in spec["header"]],
            "rows": [{"values": list(row)} for row in spec["rows"]],
            "caption": "",
        },
    }


def _callout(spec: Spec, files: LessonFiles) -> dict[str, Any]:
    as_of = spec.get("as_of")
    return {
        "kind": spec["kind"],
        "title": spec.get("title", ""),
        "as_of": as_of.isoformat() if as_of else None,
        "text": spec["text"],
    }


def _named(*names: str) -> Callable[[Spec, LessonFiles], dict[str, Any]]:
    def value(spec: Spec, files: LessonFiles) -> dict[str, Any]:
        return {name: spec.get(name, "") for name in names}

    return value


VALUES: dict[str, Callable[[Spec, LessonFiles], Any]] = {
    "text": lambda spec, _files: spec["html"],
    "definition": _named("term", "text"),
    "callout": _callout,
    "procedure": _procedure,
    "image": _picture,
    "film": lambda spec, files: {"film": files.films[spec["film"]].pk},
    "table": _table,
    "quotation": _named("text", "source"),
    "worked_case": _named("title", "situation", "solution", "conclusion"),
    "comparison": _named("title", "left_title", "left", "right_title", "right"),
    "accordion": lambda spec, _files: {"items": [dict(item) for item in spec["items"]]},
    "download": lambda spec, files: {"document": files.documents[spec["document"]].pk, "title": spec["title"]},
    "check_yourself": lambda spec, _files: {
        "question": spec["question"],
        "options": [dict(option) for option in spec["options"]],
    },
}
