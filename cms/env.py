"""Typed readers of environment variables.

Each reader names the variable that is malformed. In production every name without a value is collected, so that
the operator sees all of them at once (:func:`refuse_unfit`) instead of one per restart; so is every value that would
be unsafe there (:func:`complain`).
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_missing: list[str] = []
_unsafe: list[str] = []


def production(environ: Mapping[str, str] = os.environ) -> bool:
    """True when the strict half of the settings is in force (``ENVIRONMENT=production``)."""
    value = environ.get("ENVIRONMENT", "embedded")
    if value not in {"embedded", "production"}:
        raise ImproperlyConfigured(f"ENVIRONMENT must be 'embedded' or 'production', not {value!r}")
    return value == "production"


def _raw(name: str, default: str | None) -> str:
    """The value of ``name``; an empty one counts as not given. ``None`` as default means: demanded in production."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        if production():
            _missing.append(name)
        return ""
    return default


def text(name: str, default: str | None = None) -> str:
    """A text; without a default the name is demanded in production and empty elsewhere."""
    return _raw(name, default)


def flag(name: str, default: bool) -> bool:
    """A yes or no, written as 1/0, true/false, yes/no or on/off."""
    value = _raw(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false, yes, no, on, off, not {value!r}")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number of at least ``least``."""
    value = _raw(name, str(default))
    try:
        parsed = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from error
    if parsed < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {parsed}")
    return parsed


def items(name: str, default: str | None = None) -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in _raw(name, default).split(",") if part.strip()]


def url(name: str, default: str | None = None, *, schemes: tuple[str, ...]) -> SplitResult | None:
    """An address with one of ``schemes``, or None when it is not given."""
    value = _raw(name, default)
    if not value:
        return None
    parsed = urlsplit(value)
    if parsed.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must start with one of {', '.join(s + ':' for s in schemes)}")
    return parsed


def secret(name: str, default: str | None = None) -> str:
    """A secret, given as ``NAME`` or as the path of a file in ``NAME_FILE`` (Docker and systemd secrets)."""
    file = os.environ.get(f"{name}_FILE", "").strip()
    if not file:
        return _raw(name, default)
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    complain(not value, f"{name}_FILE names an empty file")
    return value


def database(name: str, sqlite: Path) -> dict[str, object]:
    """Django's database settings from an address (``postgresql://user:password@host:5432/name``), or SQLite."""
    parsed = url(name, schemes=("postgresql", "postgres"))
    if parsed is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite),
            "OPTIONS": {
                # Writers wait their turn instead of failing: a deferred transaction that turns into a
                # writing one cannot wait, an immediate one can.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            # Opening the file and reading its schema costs as much as four queries; a minute later it is done anew, so
            # that a file put back from a copy is found.
            "CONN_MAX_AGE": 60,
        }
    query = dict(part.split("=", 1) for part in parsed.query.split("&") if "=" in part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parsed.path.lstrip("/"),
        "USER": unquote(parsed.username or ""),
        "PASSWORD": unquote(parsed.password or "") or secret("DATABASE_PASSWORD", ""),
        "HOST": unquote(query.get("host", parsed.hostname or "")),
        "PORT": str(parsed.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A database host that does not answer is told from one that is slow after seconds, not after minutes.
        "OPTIONS": {"connect_timeout": 5},
    }


def complain(unfit: bool, words: str) -> None:
    """Remember, in production, a value that would be unsafe there."""
    if unfit and production():
        _unsafe.append(words)


def refuse_unfit() -> None:
    """Stop the start, naming every variable that production demands and nobody gave, and every unsafe value."""
    problems = []
    if _missing:
        problems.append("Production needs these environment variables: " + ", ".join(sorted(set(_missing))))
    if _unsafe:
        problems.append("Production refuses these values: " + "; ".join(_unsafe))
    if problems:
        raise ImproperlyConfigured(". ".join(problems))


def own_key(path: Path, strict: bool) -> str:
    """The key that a clone made for itself at its first start; production never makes one."""
    if strict:
        return ""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
