"""What must stay published because somebody needs it. Who knows that stands in rooms above, so a setting names them."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from wagtail.models import DraftStateMixin, Page

logger = logging.getLogger(__name__)

PUT_OFF = timedelta(days=1)
# Whatever withdraws looks at the clock later than we do; so we look this far ahead of it.
AHEAD = timedelta(minutes=5)


def reasons_to_stay(rows: Iterable[models.Model]) -> list[str]:
    """Why these pages, films and quizzes cannot be taken from the site now, in words; empty when they can."""
    reasons: list[str] = import_string(settings.REASONS_TO_STAY)(list(rows))
    return reasons


def refuse_expiry(form: forms.ModelForm) -> None:
    """Refuse, at its field, a date on which something that is needed would leave the site."""
    reasons = reasons_to_stay([form.instance]) if form.cleaned_data.get("expire_at") and form.instance.pk else []
    if reasons:
        form.add_error("expire_at", forms.ValidationError(reasons, code="needed"))


def put_off_expiry(*, now: datetime) -> int:
    """Give what has expired, or is about to, but is still needed another day, and tell how many. Safe to repeat.

    An editor may have set the date before anybody needed it. It is put off day by day until nobody does.
    """
    put_off = 0
    for model in apps.get_models():
        # Every page stands in the table of pages; one look there is enough for all kinds.
        if not issubclass(model, DraftStateMixin) or (issubclass(model, Page) and model is not Page):
            continue
        for row in model._default_manager.filter(live=True, expire_at__lt=now + AHEAD):
            if reasons_to_stay([row.specific if isinstance(row, Page) else row]):
                model._default_manager.filter(pk=row.pk).update(expire_at=now + PUT_OFF)
                logger.warning("%s %s expires but is needed; its expiry is put off", model._meta.label, row.pk)
                put_off += 1
    return put_off
