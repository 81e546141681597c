"""Writes of the library."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from cms.library.models import DownloadCount


def count_download(*, key: UUID, day: date) -> None:
    """One more download of the file on the day. Nothing about the reader is kept."""
    row = DownloadCount.objects.filter(key=key, day=day)
    if row.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            DownloadCount.objects.create(key=key, day=day, count=1)
    except IntegrityError:
        # Somebody else was the first of the day at the same moment.
        row.update(count=F("count") + 1)
