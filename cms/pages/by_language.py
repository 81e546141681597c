"""Blocks that tell wagtail-localize what of them is translated, where it would not know."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue

HEADING = "heading"


class SameInEachLanguageBlock(blocks.CharBlock):
    """A short text that is no language, such as an address: it is taken over, and can be replaced in a translation."""

    def get_translatable_segments(self, value: str) -> list[OverridableSegmentValue]:
        return [OverridableSegmentValue("", value)] if value else []

    def restore_translated_segments(self, value: str, segments: list[OverridableSegmentValue]) -> str:
        return str(segments[0].data)


class TableOfWordsBlock(TypedTableBlock):
    """A table whose cells are all short texts. Headings and cells are translated one by one, by their place."""

    def get_translatable_segments(self, value: TypedTable | None) -> list[StringSegmentValue]:
        if value is None:
            return []
        named = [(f"{HEADING}-{number}", column["heading"]) for number, column in enumerate(value.columns)]
        for number, row in enumerate(value.row_data):
            named += [(f"{number}-{place}", text) for place, text in enumerate(row["values"])]
        return [StringSegmentValue(path, str(text)) for path, text in named if text and str(text).strip()]

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        """The same table with these words. A word whose place is gone is left out."""
        columns: list[dict[str, Any]] = [dict(column) for column in value.columns]
        rows: list[dict[str, Any]] = [{**row, "values": list(row["values"])} for row in value.row_data]
        for segment in segments:
            row, _dash, place = segment.path.partition("-")
            text, number = segment.render_text(), int(place)
            if row == HEADING and number < len(columns):
                columns[number]["heading"] = text
            elif row != HEADING and int(row) < len(rows) and number < len(rows[int(row)]["values"]):
                rows[int(row)]["values"][number] = text
        return TypedTable(columns=columns, row_data=rows, caption=value.caption)
