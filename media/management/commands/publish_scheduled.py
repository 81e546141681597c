"""Publish and withdraw what editors set a time for, but nothing that learners need, and nothing with a grave fault.

It stands in front of Wagtail's command of the same name, so the job of the schedule and a hand at the keyboard go one
way.
"""

from typing import Any

from django.utils import timezone
from wagtail.management.commands import publish_scheduled

from media.refusing import stop_what_is_faulty
from media.staying import put_off_expiry


class Command(publish_scheduled.Command):
    """Wagtail's command, after what is needed was given another day and what is faulty was taken out of the plan."""

    help = "Publishes and withdraws what editors set a time for. What learners still need stays for another day."

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            now = timezone.now()
            put_off_expiry(now=now)
            stop_what_is_faulty(now=now)
        super().handle(*args, **options)
