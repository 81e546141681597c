"""The demonstration's newsletter: its topics, its door and archive, some subscribers, and one issue that was sent."""

from cms.newsletter.demo.builder import build

__all__ = ["build"]
