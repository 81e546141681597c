"""A StreamField that keeps its block definitions out of migrations."""

from typing import Any

from wagtail.fields import StreamField


class BlockField(StreamField):
    """A StreamField whose migrations do not repeat its blocks: a changed block is then no change of the schema.

    Migrations that change stored content work on the raw JSON and need no block definitions.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "cms.pages.fields.BlockField", [[]], kwargs
