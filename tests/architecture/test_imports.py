"""Who may import whom; the order itself is written in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, imported, modules, shown

LEARNER_SIDE = ("courses/learning", "courses/assessment")
PLAIN = ("views", "actions", "queries", "rules", "permissions", "tasks")


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_learner_s_side_does_not_know_the_editors_side() -> None:
    """A contract of import-linter cannot name a part of a foreign package, so this one is told here."""
    broken = [
        shown(path)
        for path in modules()
        if shown(path).startswith(LEARNER_SIDE) and path.relative_to(ROOT).with_suffix("").parts[2] in PLAIN
        for name in imported(path)
        if name.startswith("wagtail.admin")
    ]
    assert not broken


@pytest.mark.parametrize("word", ["django", "wagtail", "celery", "time"])
def test_rules_are_pure(word: str) -> None:
    """No framework and no clock: time is an argument."""
    broken = [
        shown(path)
        for path in modules()
        if path.name == "rules.py" or path.parent.name == "rules"
        for name in imported(path)
        if name.partition(".")[0] == word
    ]
    assert not broken


def test_no_tests_in_the_program() -> None:
    broken = [shown(path) for path in modules() for name in imported(path) if name.partition(".")[0] == "tests"]
    assert not broken
