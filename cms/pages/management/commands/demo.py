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
        for config in reversed(list(apps.get_app_configs())):
            ours = config.name.split(".")[0] in {"media", "cms", "courses", "certificates"}
            if ours and find_spec(f"{config.name}.demo"):
                build = getattr(import_module(f"{config.name}.demo"), "build", None)
                for line in (build() if build else None) or ():
                    self.stdout.write(line)
