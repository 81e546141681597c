"""Builds the demonstration: every app that has a ``demo`` module builds its part, from the lowest house up."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Builds the demonstration site. Safe to repeat; refuses in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration is never built in production.")
        ours = [
            config
            for config in reversed(list(apps.get_app_configs()))
            if config.name.split(".")[0] in {"media", "cms", "courses", "certificates"}
            and find_spec(f"{config.name}.demo")
        ]
        # First everything is built; then lower rooms do what needs the pages of higher ones, such as the menu.
        for step in ("build", "finish"):
            for config in ours:
                work = getattr(import_module(f"{config.name}.demo"), step, None)
                for line in (work() if work else None) or ():
                    self.stdout.write(line)
