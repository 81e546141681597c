"""What is held about a person, for that person."""

import datetime
import decimal
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.module_loading import import_string

from cms.privacy.registry import Holding, collected
from cms.privacy.rules import TERMS_VERSION
from cms.privacy.wording import ERASED


def terms_in_force(language: str) -> tuple[str, str]:
    """Where the terms of use stand that a new account accepts, and their version; the address may be empty.

    They are a page that editors write, in a room above this one, so the setting ``TERMS_IN_FORCE`` names who tells.
    """
    url, version = import_string(settings.TERMS_IN_FORCE)(language)
    return url, version or TERMS_VERSION


def export_person(person: Any) -> dict[str, Any]:
    """Everything that is held about ``person``, with purpose, basis and retention; ready for JSON."""
    return {
        "made_at": timezone.now().isoformat(),
        "holdings": [_export(holding, person) for holding in collected()],
    }


def kept_after_erasure(person: Any) -> list[Holding]:
    """The holdings of which rows about ``person`` stay when they leave: proofs that others rely on."""
    return [holding for holding in collected() if holding.erase == "keep" and holding.rows_of(person).exists()]


def holdings_in_words() -> list[dict[str, Any]]:
    """What the program holds about people, in the language that is active: plain texts that can be kept.

    ``what``, ``purpose``, ``basis``, ``retention``, ``erased`` (what becomes of it when the account is deleted) and
    ``about_staff``; the same for every declaration, so that none is left out.
    """
    return [in_words(holding) for holding in collected()]


def held_from(form: str) -> list[dict[str, Any]]:
    """The same of what a form asks for: ``account``, ``newsletter`` or ``barrier``."""
    return [in_words(holding) for holding in collected() if form in holding.asked_in]


def in_words(holding: Holding) -> dict[str, Any]:
    """A declaration as plain texts."""
    return {
        "what": str(holding.what),
        "purpose": str(holding.purpose),
        "basis": str(holding.basis),
        "retention": str(holding.retention),
        "erased": str(ERASED[holding.erase]),
        "about_staff": holding.about_staff,
    }


def _export(holding: Holding, person: Any) -> dict[str, Any]:
    return {
        "kind": str(holding.model_class._meta.verbose_name_plural),
        "what": str(holding.what),
        "purpose": str(holding.purpose),
        "basis": str(holding.basis),
        "retention": str(holding.retention),
        "rows": [
            {column: _plain(value) for column, value in zip(holding.columns, row, strict=True)}
            for row in _values(holding, person)
        ],
    }


def _values(holding: Holding, person: Any) -> list[tuple[Any, ...]]:
    return list(holding.rows_of(person).order_by("pk").values_list(*holding.columns)) if holding.columns else []


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID | FieldFile | models.Model):
        return str(value)
    return str(value)
