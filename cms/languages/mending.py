"""What wagtail-localize 1.14 does not expect of content and lists as they are here."""

from typing import Any

from wagtail.hooks import _hooks
from wagtail_localize import wagtail_hooks as theirs
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

COSTLY = {
    "register_snippet_listing_buttons": theirs.register_snippet_listing_buttons,
    "register_page_listing_more_buttons": theirs.page_listing_more_buttons,
}


def take_parts_that_are_missing() -> None:
    """Let a part of a block that was never filled in have nothing to translate, instead of ending in an error.

    The extractor asks the stored form of a picture for its parts, and there is none where an optional one was left out.
    """
    ask = StreamFieldSegmentExtractor.handle_block
    if getattr(ask, "takes_missing", False):
        return

    def handle_block(self: Any, block_type: Any, block_value: Any, raw_value: Any = None) -> list[Any]:
        return [] if block_value is None else ask(self, block_type, block_value, raw_value=raw_value)

    handle_block.takes_missing = True  # type: ignore[attr-defined]
    StreamFieldSegmentExtractor.handle_block = handle_block


def ask_nothing_for_each_row() -> None:
    """Take the buttons from rows of lists that ask the database for each row; buttons of ours stand in their place."""
    for name, costly in COSTLY.items():
        _hooks[name] = [entry for entry in _hooks.get(name, []) if entry[0] is not costly]
