"""Publish and withdraw what editors set a time for, but nothing that learners need.

It stands in front of Wagtail's command of the same name, so the job of the schedule and a hand at the keyboard go one
way.
"""

from typing import Any

from django.utils import timezone
from wagtail.management.commands import publish_scheduled

from media.staying import put_off_expiry


class Command(publish_scheduled.Command):
    """Wagtail's command, after what is needed was given another day."""

    help = "Publishes and withdraws what editors set a time for. What learners still need stays for another day."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            put_off_expiry(now=timezone.now())
        super().handle(*args, **options)
