"""One migrated template per kind of database; every process of the test run works on a clone of it.

Migrating takes many seconds, copying does not. The template is named by a hash of everything that shapes it (models,
migrations, settings, requirements), so that it is made anew when one of them changes.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

BASE_DIR = Path(settings.BASE_DIR)
TEMPLATES = BASE_DIR / "var" / "test-templates"


def fingerprint() -> str:
    """A hash of every file that shapes a migrated database."""
    digest = hashlib.sha256()
    shaping = [BASE_DIR / "cms" / "settings.py", BASE_DIR / "requirements" / "base.txt"]
    for house in ("media", "cms", "courses", "certificates"):
        for pattern in ("models.py", "apps.py", "roles.py", "migrations/*.py"):
            shaping += (BASE_DIR / house).rglob(pattern)
    for path in sorted(shaping):
        digest.update(str(path.relative_to(BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def only_one_process() -> Iterator[None]:
    """Let one process at a time make the template."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget_old_templates() -> None:
    """Delete templates that no run has made or used for a day."""
    for path in TEMPLATES.glob("*.sqlite3*"):
        if time.time() - path.stat().st_mtime > 24 * 60 * 60 or path.suffix != ".sqlite3":
            path.unlink()


def use(name: str) -> None:
    """Point the default connection, in every thread, at the database ``name``."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def migrate() -> None:
    """Bring the database in use to the newest shape, quietly."""
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()


class SQLite:
    """A file copied for each process; restored through SQLite's backup, which open connections survive."""

    def __init__(self) -> None:
        self.template = TEMPLATES / f"{fingerprint()}.sqlite3"
        self.source = Path(settings.VAR_DIR) / "template.sqlite3"
        self.clone = Path(settings.VAR_DIR) / "test.sqlite3"

    def prepare(self) -> None:
        with only_one_process():
            if not self.template.exists():
                forget_old_templates()
                unfinished = self.template.with_suffix(".sqlite3-unfinished")
                use(str(unfinished))
                migrate()
                with closing(sqlite3.connect(unfinished)) as database:
                    database.execute("PRAGMA journal_mode=DELETE")
                unfinished.rename(self.template)
            self.clone.parent.mkdir(parents=True, exist_ok=True)
            # A copy of our own to restore from: another run may replace the template meanwhile.
            shutil.copyfile(self.template, self.source)
        shutil.copyfile(self.source, self.clone)
        use(str(self.clone))

    def restore(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{self.source}?mode=ro", uri=True)) as template:
            template.backup(connection.connection)

    def drop(self) -> None:
        connections.close_all()
        self.clone.unlink(missing_ok=True)


class PostgreSQL:
    """A database cloned on the server for each process."""

    def __init__(self, worker: str) -> None:
        name = settings.DATABASES["default"]["NAME"]
        self.template = f"{name}_template_{fingerprint()}"
        self.clone = f"{name}_test_{worker}"

    def prepare(self) -> None:
        with only_one_process():
            if not self._exists(self.template):
                unfinished = f"{self.template}_unfinished"
                self._run(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)', f'CREATE DATABASE "{unfinished}"')
                use(unfinished)
                migrate()
                self._run(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.template}"')
            self.restore()

    def restore(self) -> None:
        connections.close_all()
        self._run(
            f'DROP DATABASE IF EXISTS "{self.clone}" WITH (FORCE)',
            f'CREATE DATABASE "{self.clone}" TEMPLATE "{self.template}"',
        )
        use(self.clone)

    def drop(self) -> None:
        connections.close_all()
        with suppress(Exception):  # the server may be gone already; it is a throw-away one
            self._run(f'DROP DATABASE IF EXISTS "{self.clone}" WITH (FORCE)')

    @staticmethod
    def _exists(name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    @staticmethod
    def _run(*statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def of_this_run(worker: str) -> SQLite | PostgreSQL:
    """The kind of database that ``DATABASE_URL`` asks for."""
    return PostgreSQL(worker) if connection.vendor == "postgresql" else SQLite()
