"""What every test stands on: a cloned database, an empty cache, no network, and the marks of the rules."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests import rule_marks
from tests.network import only_loopback


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Remember which rules the tests show, while none of them is deselected yet."""
    config.stash[rule_marks.KEY] = rule_marks.read_marks(items)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests measured: their property ``told``, whichever process ran them."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, value in report.user_properties:
                if name == "told":
                    terminalreporter.write_line(str(value))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's folder, once, by the process that made it."""
    folder = os.environ.get("TEST_DIR", "")
    if not hasattr(config, "workerinput") and Path(folder).name.startswith("akademia-tests-"):
        shutil.rmtree(folder, ignore_errors=True)
        del os.environ["TEST_DIR"]


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with only_loopback():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Clone the migrated template; tests with real transactions restore the clone from it afterwards."""
    from django.test import TransactionTestCase

    from tests import databases

    with django_db_blocker.unblock():
        database = databases.of_this_run(os.environ.get("PYTEST_XDIST_WORKER", "main"))
        database.prepare()
    # Django would empty all tables instead, and with them what migrations have put there (groups, the root page).
    emptying = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: database.restore()  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = emptying  # type: ignore[method-assign]
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Start with an empty cache: rate limits and stored pages of another test must not count."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Begin in the site's own language: a request of another test leaves its language behind in the thread."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[], AbstractContextManager[list]]:
    """``with on_commit():`` runs what the block queued for after the commit, jobs included."""
    return partial(django_capture_on_commit_callbacks, execute=True)
