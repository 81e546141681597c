"""How a snippet that was copied for translation begins."""

from wagtail.models import DraftStateMixin


def begin_as_draft(copy: DraftStateMixin) -> None:
    """Let a copy that waits for its translation begin unpublished: its words are still those of the other language.

    Wagtail copies everything, being published and the original's revisions too. The caller saves the copy.
    """
    copy.live = copy.has_unpublished_changes = False
    copy.latest_revision = copy.live_revision = None
    copy.first_published_at = copy.last_published_at = None
