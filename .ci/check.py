"""``make check``: everything that can be told without running the program; ``make format`` mends what it can."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bootstrap import ROOT, SetUpError, ensure, say

TYPED = ("rules.py", "actions.py", "queries.py", "permissions.py")
HOUSES = ("media", "cms", "courses", "certificates")
WORDS = "import catalogues, sys; found = catalogues.problems(); print(*found, sep='\\n'); sys.exit(bool(found))"


def typed_modules() -> list[str]:
    """The modules whose types are checked: rules, actions, queries and permissions of every room."""
    found = [path for house in HOUSES for name in TYPED for path in (ROOT / house).rglob(name)]
    found += [path for house in HOUSES for name in TYPED for path in (ROOT / house).rglob(f"{name[:-3]}/*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def steps(python: Path) -> dict[str, list[str]]:
    """Each check by name, with its command."""
    tool = str(python.parent) + os.sep
    manage = [str(python), "manage.py"]
    return {
        "style": [f"{tool}ruff", "check", "."],
        "form": [f"{tool}ruff", "format", "--check", "--quiet", "--output-format", "concise", "."],
        "templates": [f"{tool}djlint", "templates", "--lint", "--quiet"],
        "types": [f"{tool}mypy", "--no-error-summary", "--cache-dir", ".mypy_cache", *typed_modules()],
        "imports": [f"{tool}lint-imports", "--no-logo"],
        "system": [*manage, "check", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "words": [str(python), "-c", WORDS],
    }


def check(python: Path) -> int:
    """Run every check, also after one has failed, and say which did."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="akademia-check-") as folder:
        # The checks must not touch the data of the clone, nor depend on it.
        surroundings = os.environ | {"VAR_DIR": folder, "PYTHONPATH": str(ROOT / ".ci")}
        for name in ("DATABASE_URL", "ENVIRONMENT", "BROKER_URL"):
            surroundings.pop(name, None)
        for name, command in steps(python).items():
            done = subprocess.run(
                command, cwd=ROOT, env=surroundings, check=False, capture_output=True, text=True, errors="replace"
            )
            say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}")
            if done.returncode:
                say((done.stdout + done.stderr).strip())
                failed.append(name)
    say(f"Not in order: {', '.join(failed)}" if failed else "All in order.")
    return int(bool(failed))


def mend(python: Path) -> int:
    """Put the code into the house's form."""
    ruff = str(python.parent / "ruff")
    subprocess.run([ruff, "check", "--fix", "--quiet", "."], cwd=ROOT, check=False)
    return subprocess.run([ruff, "format", "."], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit((mend if sys.argv[1:] == ["format"] else check)(ensure("test")))
    except SetUpError as error:
        sys.exit(str(error))
