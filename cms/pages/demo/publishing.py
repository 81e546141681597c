"""Publishes what the files of the demonstration say, as an editor would."""

import json
from typing import Any

from wagtail.models import Page


def publish_if_changed(page: Page) -> None:
    """Publish only what differs from what is live, so that repeating the demonstration makes no new revisions.

    A page that a person has edited since, or unpublished, is left as it is.
    """
    latest = page.latest_revision
    withdrawn = page.first_published_at is not None and not page.live
    if latest is not None and (latest.user_id is not None or withdrawn):
        return
    if page.live and latest is not None and _content(page.serializable_data()) == _content(latest.content):
        return
    page.save_revision().publish()
    # Publishing works on a copy; this one is asked whether it is live.
    page.refresh_from_db(fields=["live"])


def _content(data: dict[str, Any]) -> str:
    """The content of a page as text, without what every saving changes."""

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: kept(item) for name, item in value.items() if name not in PASSING}
        return [kept(item) for item in value] if isinstance(value, list) else value

    return json.dumps(kept(data), sort_keys=True, default=str)


PASSING = frozenset(
    {
        "pk", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
        "latest_revision_created_at",
        "live_revision", "cover_seed",
        "latest_revision", "path", "depth", "numchild", "url_path", "draft_title", "page", "module",
        "search_description", "content_type", "expired", "go_live_at", "expire_at", "locked", "locked_at", "locked_by",
        "latest_revision_id", "wagtail_admin_comments", "comments", "alias_of", "owner",
    }
)  # fmt: skip
