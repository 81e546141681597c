"""Writes of this room: handing pages to translation."""

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from cms.accounts.models import User
from cms.languages.queries import lacks_parent_in


def submit_below(*, page: Page, locale: Locale, by: User | None) -> int:
    """Hand all pages below ``page`` to translation, from above, and tell how many were.

    One that has a page in that language stays as it is, written by hand or not; one without a translated page above is
    left out. Each page is handed over by itself, so a job that was killed goes on where it stopped. Safe to repeat.
    """
    handed = 0
    for below in page.get_descendants().order_by("path").iterator():
        with transaction.atomic():
            # The row that a second job for the same page waits for.
            Page.objects.select_for_update().get(pk=below.pk)
            if below.get_translations().filter(locale=locale).exists() or lacks_parent_in(below, locale):
                continue
            translate_object(below.specific, [locale], user=by)
            handed += 1
    return handed
