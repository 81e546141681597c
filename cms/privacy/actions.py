"""Recording consent, and erasing a person from everything that the apps declared."""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError

from cms.privacy.models import Consent
from cms.privacy.registry import SELF, Holding, collected
from cms.privacy.rules import Erasure

logger = logging.getLogger(__name__)


def record_consent(*, user: Any, purpose: str, text_version: str) -> Consent:
    """Note that ``user`` agreed to this version of a text. Safe to repeat: one open consent per version."""
    with transaction.atomic():
        consent, _created = Consent.objects.get_or_create(
            user=user, purpose=purpose, text_version=text_version, withdrawn_at=None
        )
    return consent


def erase_person(*, person: Any) -> list[Holding]:
    """Erase ``person`` as each holding says, account included. Returns the holdings of which rows had to stay.

    What others rely on (issued certificates) is kept, and so are the rows that hold it, with the name taken out.
    One transaction; safe to repeat.
    """
    with transaction.atomic():
        locked = type(person)._default_manager.select_for_update(no_key=True).filter(pk=person.pk).first()
        if locked is None:
            return []
        stayed = [
            holding for holding in collected() if holding.erase == Erasure.KEEP and holding.rows_of(locked).exists()
        ]
        # Rows are counted before the first is gone: the path by address ends with the account.
        doomed = [(holding, holding.rows_of(locked)) for holding in collected() if holding.erase == Erasure.DELETE]
        doomed = [(holding, _by_key(rows)) for holding, rows in doomed]
        for holding in collected():
            if holding.erase == Erasure.ANONYMISE:
                holding.rows_of(locked).update(**_values(holding))
        held = _delete_what_can_go(doomed)
        for holding, rows in held:
            if holding.blank:
                rows.update(**_values(holding))
        stayed += [holding for holding, _rows in held]
    logger.info("person %s was erased, %s holdings stay", person.pk, len(stayed))
    return stayed


Doomed = tuple[Holding, models.QuerySet[Any]]


def _by_key(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    keys = list(rows.values_list("pk", flat=True))
    return rows.model._base_manager.filter(pk__in=keys)


def _delete_what_can_go(doomed: list[Doomed]) -> list[Doomed]:
    """Delete until nothing more goes: a row that another one holds goes once that one has gone.

    Returns what is held for good. The account goes last, since deleting it would empty the keys of what is to follow.
    """
    users = [entry for entry in doomed if entry[0].user == SELF and entry[0].model_class is get_user_model()]
    rest = [entry for entry in doomed if entry not in users]
    for group in (rest, users):
        progress = True
        while progress:
            progress = sum(_delete_some(rows) for _holding, rows in group) > 0
    return [(holding, rows) for holding, rows in doomed if rows.all().exists()]


def _delete_some(rows: models.QuerySet[Any]) -> bool:
    """Delete those rows that nothing holds; whether any went."""
    if not rows.all().exists():
        return False
    try:
        with transaction.atomic():
            rows.all().delete()
        return True
    except (ProtectedError, RestrictedError):
        pass
    gone = False
    for row in rows.all():
        try:
            with transaction.atomic():
                row.delete()
            gone = True
        except (ProtectedError, RestrictedError):
            continue
    return gone


def _values(holding: Holding) -> dict[str, Any]:
    return {field: value() if callable(value) else value for field, value in holding.blank.items()}
