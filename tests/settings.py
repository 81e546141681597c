"""The project's own settings with five changes that make tests fast, strict and alike on every machine.

``DATABASE_URL`` and ``REDIS_URL`` choose PostgreSQL and Redis; every other variable of the surroundings is ignored.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# The first process makes the folder; the workers of pytest-xdist inherit its name and take a part each.
if "TEST_DIR" not in os.environ:
    os.environ["TEST_DIR"] = tempfile.mkdtemp(prefix="akademia-tests-")
TEST_DIR = Path(os.environ["TEST_DIR"])
FROM_SURROUNDINGS = (
    "ENVIRONMENT DEBUG SITE_URL ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS BROKER_URL EMAIL_URL DEFAULT_FROM_EMAIL SECRET_KEY "
    "SECRET_KEY_FILE STAFF_SECOND_STEP_REQUIRED STAFF_SESSION_HOURS TRUSTED_PROXIES FILM_MAX_MEGABYTES LOG_LEVEL"
)
for _name in FROM_SURROUNDINGS.split():
    os.environ.pop(_name, None)
os.environ["VAR_DIR"] = str(TEST_DIR / WORKER)
if os.environ.get("REDIS_URL"):
    # A database of its own for each process, for the cache is emptied before every test.
    number = int(WORKER.removeprefix("gw")) + 1 if WORKER.startswith("gw") else 0
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()

from cms.settings import *  # noqa: E402, F403

# 1. A hasher that costs nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# 2. and 3. Static files under their own names, uploads in memory.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"base_url": None}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Path(os.environ["VAR_DIR"], "static").mkdir(parents=True, exist_ok=True)
# 4. Jobs are done at once, and their errors reach the test.
TASKS = {
    "default": {
        "BACKEND": "tests.immediate_jobs.RaisingBackend",
        "QUEUES": ["default", "index"],
        "OPTIONS": {"raise_errors": True},
    }
}
# 5. One language, whatever the machine speaks.
LANGUAGE_CODE = "pl"
