"""What keeps something from being published. Who knows that stands in rooms above, so settings name them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string


def words_against_publishing(row: models.Model) -> list[str]:
    """Why this version of a page or film is not published, in words; empty when it may be."""
    words: list[str] = import_string(settings.WORDS_AGAINST_PUBLISHING)(row)
    return words


def let_pass(row: models.Model) -> frozenset[str]:
    """The faults, by their names, with which this row is published for a time."""
    passed: frozenset[str] = import_string(settings.EXCUSED_FAULTS)(row)
    return passed


def stop_what_is_faulty(*, now: datetime) -> int:
    """Take what is due but must not be published out of the plan, and tell how many. Safe to repeat."""
    stopped: int = import_string(settings.STOP_WHAT_IS_FAULTY)(now=now)
    return stopped
