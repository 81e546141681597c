"""The strict half of the settings, in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
GIVEN = {
    "ENVIRONMENT": "production",
    "SITE_URL": "https://akademia.example.org",
    "ALLOWED_HOSTS": "akademia.example.org",
    "DATABASE_URL": "postgresql://akademia@/akademia?host=/nowhere",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "REDIS_URL": "redis://127.0.0.1:1/1",
    "EMAIL_URL": "smtps://mail.example.org",
    "DEFAULT_FROM_EMAIL": "akademia@example.org",
    "SECRET_KEY": "k" * 20 + "abcdefghijklmnopqrstuvwxyz0123456789",
}


def start(tmp_path: Path, *command: str, **variables: str) -> subprocess.CompletedProcess:
    surroundings = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | variables
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )


def test_production_without_anything_names_all_that_is_missing(tmp_path: Path) -> None:
    ended = start(tmp_path, "check", ENVIRONMENT="production")
    assert ended.returncode != 0
    message = ended.stderr.strip().rsplit("\n", 1)[-1]
    assert message.endswith(
        "Production needs these environment variables: ALLOWED_HOSTS, BROKER_URL, DATABASE_URL, DEFAULT_FROM_EMAIL, "
        "EMAIL_URL, SECRET_KEY, SITE_URL"
    )
    assert not (tmp_path / "secret_key").exists()


def test_production_passes_django_s_own_checks_for_deployment(tmp_path: Path) -> None:
    ended = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **GIVEN)
    assert ended.returncode == 0, ended.stderr


def test_cache_and_broker_must_not_share_a_database(tmp_path: Path) -> None:
    ended = start(tmp_path, "check", **(GIVEN | {"REDIS_URL": GIVEN["BROKER_URL"]}))
    assert ended.returncode != 0
    assert "must not be the same" in ended.stderr


@pytest.mark.rule("job-4")
def test_the_embedded_worker_is_refused_where_celery_works(tmp_path: Path) -> None:
    ended = start(tmp_path, "work", **GIVEN)
    assert ended.returncode != 0
    assert "Celery" in ended.stderr


def test_production_refuses_every_unsafe_value_at_once(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("")
    given = GIVEN | {"DEBUG": "1", "ALLOWED_HOSTS": "a.example.org,*", "SITE_URL": "http://localhost:8000"}
    ended = start(tmp_path, "check", **(given | {"SECRET_KEY": "k" * 49, "EMAIL_URL": ""}))
    assert ended.returncode != 0
    message = ended.stderr.strip().rsplit("\n", 1)[-1]
    for named in ("variables: EMAIL_URL.", "DEBUG", "ALLOWED_HOSTS", "SITE_URL", "SECRET_KEY must have at least 50"):
        assert named in message
    ended = start(tmp_path, "check", **(GIVEN | {"SECRET_KEY_FILE": str(tmp_path / "key")}))
    assert ended.returncode != 0
    assert "SECRET_KEY_FILE names an empty file" in ended.stderr


def test_every_variable_is_explained_to_operators() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "cms" / "settings.py").read_text()))
    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))
    assert len(read) > 20
    assert read - explained == set()
