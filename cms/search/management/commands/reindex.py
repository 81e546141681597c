"""Reads everything that can be found anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.search.actions import forget_unused_words, reindex


class Command(BaseCommand):
    help = "Writes the search index anew, one thing after the other. Safe to repeat and to break off."

    def handle(self, *args: Any, **options: Any) -> None:
        done, failed = 0, []
        for key, error in reindex(now=timezone.now()):
            if error is None:
                done += 1
            else:
                failed.append(f"{key}: {type(error).__name__}: {error}")
        forget_unused_words()
        self.stdout.write(f"{done} things were read.")
        if failed:
            raise CommandError("These could not be read:\n" + "\n".join(failed))
