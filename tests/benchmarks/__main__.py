"""``make bench``: build the demonstration in a database of its own, measure, print the table.

``DATABASE_URL`` and ``REDIS_URL`` choose PostgreSQL (an empty database) and Redis. ``make bench ARGS="…"`` takes parts
of names of works, ``--rounds=300``, and ``--profile``, which prints where each of them spends its time. ``BENCH_DIR``
names a folder that is kept, so that the next run begins at once.
"""

import argparse
import cProfile
import os
import platform
import pstats
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FROM_SURROUNDINGS = (
    "ENVIRONMENT DEBUG SITE_URL ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS BROKER_URL EMAIL_URL DEFAULT_FROM_EMAIL SECRET_KEY "
    "SECRET_KEY_FILE STAFF_SECOND_STEP_REQUIRED TRUSTED_PROXIES FILM_MAX_MEGABYTES LOG_LEVEL STAFF_SESSION_HOURS"
)
COLUMNS = ("work", "SQL", "CPU ms", "floor ms", "ratio", "aim")


def main() -> int:
    """Read what is wanted, and do it."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("names", nargs="*", help="parts of names of works; without any, all are measured")
    options.add_argument("--rounds", type=int, default=150, help="how often each work is measured")
    options.add_argument("--profile", action="store_true", help="print where the time is spent instead")
    chosen = options.parse_args()
    kept = os.environ.get("BENCH_DIR")
    folder = Path(kept or tempfile.mkdtemp(prefix="akademia-bench-"))
    try:
        build(folder)
        if chosen.profile:
            profile(chosen.names)
        else:
            measure(chosen.names, chosen.rounds)
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def build(folder: Path) -> None:
    """The demonstration as ``make run`` has it, in ``folder``; then tables for the plain pages beside it."""
    for name in FROM_SURROUNDINGS.split():
        os.environ.pop(name, None)
    os.environ["VAR_DIR"] = str(folder)
    if not (folder / "static").exists():
        say("Building the demonstration …")
        subprocess.run([sys.executable, str(ROOT / ".ci" / "prepare.py")], check=True, stdout=subprocess.DEVNULL)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    import django

    django.setup()
    from django.apps import apps
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db import connection

    # No migrations: a later version of ours must not have to look after these.
    plain = apps.get_app_config("benchmarks")
    known = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in plain.get_models():
            if model._meta.db_table not in known:
                editor.create_model(model)
    create_contenttypes(plain, verbosity=0)


def measure(names: list[str], rounds: int) -> None:
    """Print a row for each work as soon as it is known."""
    from django.db import connection

    from tests.benchmarks.content import prepare
    from tests.benchmarks.meter import by_turns
    from tests.benchmarks.works import works

    cache = "Redis" if os.environ.get("REDIS_URL") else "files"
    say(f"Python {platform.python_version()}, {connection.vendor}, cache in {cache}, {rounds} rounds each\n")
    say(row(*COLUMNS))
    say(row("---", "--:", "--:", "--:", "--:", "---"))
    for work in works(prepare()):
        if not names or any(name in work.name for name in names):
            result = by_turns(work.turn, work.floor, rounds)
            say(
                row(
                    work.name,
                    str(result.statements),
                    f"{result.milliseconds:.2f}",
                    f"{result.floor:.2f}" if work.floor else "",
                    f"{result.ratio:.2f} × {work.floor_name}" if work.floor else "",
                    work.aim,
                )
            )


def profile(names: list[str]) -> None:
    """Print where each of the works spends its time."""
    from tests.benchmarks.content import prepare
    from tests.benchmarks.works import works

    for work in works(prepare()):
        if not names or any(name in work.name for name in names):
            repeat(work.turn, 10)
            profiler = cProfile.Profile()
            profiler.runcall(repeat, work.turn, 50)
            say(work.name)
            pstats.Stats(profiler).strip_dirs().sort_stats("cumulative").print_stats(70)


def repeat(turn: Callable[[], object], times: int) -> None:
    """Do it so many times."""
    for _time in range(times):
        turn()


def row(*cells: str) -> str:
    """A row of a table that is read in a terminal and in Markdown alike."""
    widths = (58, 4, 7, 8, 20, 16)
    padded = [
        cell.ljust(width) if number in (0, 4, 5) else cell.rjust(width)
        for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def say(text: str) -> None:
    """Tell it at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
