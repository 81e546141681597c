"""Wagtail's older name for ``publish_scheduled``; it looks at what learners need, too."""

from media.management.commands.publish_scheduled import Command

__all__ = ["Command"]
