"""No cell of a spreadsheet of the administration is a formula, whatever people have typed as names and titles."""

import re

from wagtail.admin.views.mixins import SpreadsheetExportMixin

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    Control characters, which no cell may hold, are left out; the text stays readable.
    """
    text = _CONTROL.sub("", text)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def guard_spreadsheets() -> None:
    """Make the texts of every export of the administration safe, those of Wagtail's reports among them."""
    formats = dict.fromkeys(SpreadsheetExportMixin.FORMATS, safe_cell)
    SpreadsheetExportMixin.custom_value_preprocess[str] = formats
