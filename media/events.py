"""The signals of this house. Sent after commit; a lost one is healed by a sweep."""

from django.dispatch import Signal

document_read = Signal()
"""The text of a document was read anew, or found unreadable: ``text_pages`` and ``reading`` are as they will stay.

Sends ``document_id``. Also sent when a document that had text lost it.
"""

film_files_changed = Signal()
"""A file that is made from a film became ready, failed, or is being made anew. Sends ``film_id``."""
