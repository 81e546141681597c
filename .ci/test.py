"""``make test``, ``make quick``, ``make soak``: sets everything up, then runs the suite. Standard library only.

The whole suite runs on SQLite, then everything but the browser's part on a PostgreSQL and a Redis of our own.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import servers
from bootstrap import ROOT, SetUpError, ensure, install_packages, say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COVERAGE = ROOT / "var" / "coverage"
WITHOUT_BROWSER = "not journey and not axe and not soak"
WITH_BROWSER = "(journey or axe) and not soak"
NO_TESTS = 5
QUICK = "not journey and not axe and not worker and not soak"


class Suite:
    """Runs pytest as often as wanted and remembers how it went."""

    def __init__(self, python: Path) -> None:
        self.python = str(python)
        self.results: list[tuple[str, bool]] = []
        self.notes: list[str] = []

    def run(self, name: str, marks: str, *options: str, **variables: str) -> None:
        """Run the tests that ``marks`` chooses."""
        say(f"\n=== {name} ===")
        chosen = shlex.split(os.environ.get("ARGS", ""))
        command = [self.python, "-m", "pytest", "-m", marks, *options, *chosen]
        status, last = _streamed(command, _surroundings() | variables)
        # To find no test at all is well only where somebody chose some of them (make test ARGS="tests/media").
        passed = status == 0 or (status == NO_TESTS and bool(chosen))
        self.results.append((f"{name}: {last}", passed))

    def report(self) -> int:
        """Say how each part went; the exit status of the whole."""
        say("")
        for line, passed in self.results:
            say(f"{'passed' if passed else 'FAILED'}  {line}")
        for note in self.notes:
            say(note)
        failed = any(not passed for _line, passed in self.results)
        return int(failed or bool(self.notes and os.environ.get("CI")))


def _streamed(command: list[str], surroundings: dict[str, str]) -> tuple[int, str]:
    """Run a command and show what it says as it says it; gives its status and its last line."""
    last = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip(" =\n") or last
    return process.returncode, last


def _surroundings() -> dict[str, str]:
    surroundings = os.environ | {"COVERAGE_FILE": str(COVERAGE / "data")}
    for name in ("DATABASE_URL", "REDIS_URL", "VAR_DIR"):
        surroundings.pop(name, None)
    return surroundings


def processes() -> list[str]:
    """As many processes as there are cores, within reason."""
    return ["-n", str(max(2, min(4, os.cpu_count() or 2)))]


def bring(packages: list[str], *, why: str) -> bool:
    """Install missing Debian packages where we may; otherwise False."""
    try:
        install_packages(packages, why=why)
    except SetUpError as error:
        say(str(error))
        return False
    return True


def browser_missing() -> list[str]:
    """The Debian packages without which no browser can be driven: itself, and what its driver is linked with."""
    missing = [] if any(shutil.which(name) for name in BROWSERS) else ["chromium"]
    if not any(found for folder in ("/lib", "/usr/lib") for found in Path(folder).glob("**/libatomic.so.1")):
        missing.append("libatomic1")
    return missing


def run_all(suite: Suite) -> None:
    """The whole suite."""
    shutil.rmtree(COVERAGE, ignore_errors=True)
    COVERAGE.mkdir(parents=True)
    # For the checkers of HTML and EPUB; without it their tests say that they were passed over.
    if not shutil.which("java") and not bring(["default-jre-headless"], why="a Java runtime for the checkers"):
        suite.notes.append("NOT RUN: the checkers of HTML and EPUB, for want of default-jre-headless.")
    suite.run("SQLite", WITHOUT_BROWSER, *processes(), "--cov", "--cov-report=")
    missing = browser_missing()
    if not missing or bring(missing, why="a browser for the journeys"):
        suite.run("SQLite, in a browser", WITH_BROWSER, *processes(), "--dist", "loadfile")
    else:
        suite.notes.append(f"NOT RUN: the journeys and the accessibility checks, for want of {' and '.join(missing)}.")
    run_on_servers(suite, "PostgreSQL and Redis", WITHOUT_BROWSER, *processes())
    report_coverage(suite)


def run_on_servers(suite: Suite, name: str, marks: str, *options: str) -> None:
    """Run tests on throw-away servers, bringing them first where we may."""
    missing = servers.missing()
    if missing and not bring(missing, why="servers for the second half of the tests"):
        suite.notes.append(f"NOT RUN: the half on PostgreSQL and Redis, for want of {' and '.join(missing)}.")
        return
    with servers.both() as variables:
        suite.run(name, marks, *options, **variables)


def report_coverage(suite: Suite) -> None:
    """Say what the tests on SQLite covered."""
    coverage = [suite.python, "-m", "coverage", "report"]
    say("\n=== Coverage ===")
    subprocess.run([*coverage, "--skip-covered", "--skip-empty"], cwd=ROOT, env=_surroundings(), check=False)
    decisions = ["--include", "*/rules.py,*/actions.py", "--format", "total"]
    told = subprocess.run(
        [*coverage, *decisions], cwd=ROOT, env=_surroundings(), check=False, capture_output=True, text=True
    )
    say(f"Rules and actions alone: {told.stdout.strip() or '–'} %")


def main(kind: str) -> int:
    """Run what is asked for."""
    suite = Suite(ensure("test"))
    subprocess.run([suite.python, ".ci/catalogues.py"], cwd=ROOT, check=True)
    if kind == "quick":
        suite.run("Quick, on SQLite", QUICK, *processes())
    elif kind == "soak":
        suite.run("Soak, on SQLite", "soak")
        run_on_servers(suite, "Soak, on PostgreSQL and Redis", "soak")
    else:
        run_all(suite)
    return suite.report()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
    except (SetUpError, servers.ServerError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
