"""What personal data each app holds: its ``privacy.py``, found by file name and read as plain data.

An app lists dictionaries in ``HOLDINGS``; it imports nothing from here, so that even the lowest house can declare.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.module_loading import module_has_submodule

from cms.privacy.rules import Erasure

HOUSES = ("certificates", "courses", "cms", "media")
PERSON = "cms_accounts.Person"
USER = "cms_accounts.User"
SELF = "self"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Personal data in one model: what, why, on which basis, how long, and what erasing the person does to it.

    ``person``, ``user`` or ``email`` is the path from the row to whom it speaks of (``self`` for the row itself).
    ``columns`` are exported. ``blank`` are the values that take the name out of a row; a row that is to be deleted
    but is held by another one that must be kept is blanked instead. A value may be a callable.

    ``asked_in`` names the forms that ask for these data (``account``, ``newsletter``, ``barrier``), so that the short
    notice beside such a form tells of them. ``about_staff`` marks what is held of those who run the site only.
    """

    model: str
    what: Any
    purpose: Any
    basis: Any
    retention: Any
    erase: Erasure
    columns: tuple[str, ...]
    person: str = ""
    user: str = ""
    email: str = ""
    blank: Mapping[str, Any] = field(default_factory=dict)
    asked_in: tuple[str, ...] = ()
    about_staff: bool = False

    def __post_init__(self) -> None:
        if sum(map(bool, (self.person, self.user, self.email))) != 1:
            raise ImproperlyConfigured(
                f"{self.model}: a holding has one path, to a person, a user or an e-mail address"
            )
        if self.erase == Erasure.ANONYMISE and not self.blank:
            raise ImproperlyConfigured(f"{self.model}: how is a row anonymised?")

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def rows_of(self, person: Any) -> models.QuerySet[Any]:
        """The rows that speak of ``person``, by the path that the holding declares."""
        rows = self.model_class._base_manager.all()
        if self.person:
            return rows.filter(pk=person.pk) if self.person == SELF else rows.filter(**{self.person: person})
        if self.user:
            if person.user_id is None:
                return rows.none()
            return rows.filter(pk=person.user_id) if self.user == SELF else rows.filter(**{self.user: person.user_id})
        return rows.filter(**{f"{self.email}__iexact": person.contact_email}) if person.contact_email else rows.none()


def _our_apps() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if config.name.partition(".")[0] in HOUSES]


@functools.cache
def collected() -> tuple[Holding, ...]:
    """Every holding that the apps declare, upper houses first. Refuses a declaration that cannot be true."""
    holdings: list[Holding] = []
    for config in _our_apps():
        if config.module is None or not module_has_submodule(config.module, "privacy"):
            continue
        for entry in import_module(f"{config.name}.privacy").HOLDINGS:
            holding = Holding(**{**entry, "erase": Erasure(entry["erase"]), "columns": tuple(entry["columns"])})
            refuse_false_names(holding)
            holdings.append(holding)
    return tuple(holdings)


def refuse_false_names(holding: Holding) -> None:
    """Refuse a path, column or blank that its model does not have."""
    model = holding.model_class
    for path in (holding.person, holding.user, holding.email, *holding.columns, *holding.blank):
        current: Any = model
        for part in path.split("__") if path not in ("", SELF) else ():
            current = current._meta.get_field(part).related_model or current


def undeclared_models() -> list[str]:
    """Models of ours whose rows speak of a person and that no holding names.

    A row belongs to whom it points at by a key that cascades or protects, and what belongs to such a row belongs to
    the same person. A key that is emptied (``SET_NULL``) only mentions somebody: it is to be declared, too, but what
    points at such a row does not become personal by it.
    """
    declared = {holding.model_class for holding in collected()}
    people: set[type[models.Model]] = {apps.get_model(PERSON), apps.get_model(USER)}
    ours = [model for config in _our_apps() for model in config.get_models()]
    owned = set(people)
    while True:
        found = {
            model
            for model in ours
            if model not in owned and any(key.related_model in owned for key in _keys(model, owning=True))
        }
        if not found:
            break
        owned |= found
    mentioning = {model for model in ours if any(key.related_model in people for key in _keys(model, owning=False))}
    speaking = (owned | mentioning) & set(ours)
    return sorted(model._meta.label for model in speaking - declared)


def _keys(model: type[models.Model], *, owning: bool) -> list[models.ForeignKey]:
    keys = [key for key in model._meta.local_fields if isinstance(key, models.ForeignKey)]
    if owning:
        keys = [key for key in keys if key.remote_field.on_delete not in (models.SET_NULL, models.DO_NOTHING)]
    return keys
