"""Real processes for tests: started with the test's database, watched, killed and ended by their ids."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).parent.parent


@contextmanager
def running(*command: str, log: Path, **variables: str) -> Iterator[subprocess.Popen]:
    """Run a Python command line of the project (``manage.py work``, ``-m celery …``) as long as the block lasts."""
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.process_settings",
        "TEST_DATABASE_NAME": str(settings.DATABASES["default"]["NAME"]),
        "VAR_DIR": str(log.parent),
        "LOG_LEVEL": "INFO",
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=surroundings | variables,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                kill(process)


def kill(process: subprocess.Popen) -> None:
    """End a process and all that it has started at once, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(condition: Callable[[], bool], *, log: Path, seconds: float = 60) -> None:
    """Wait until ``condition`` holds; tell what the process said when it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(
                f"not within {seconds} s; the process said:\n{log.read_text(errors='replace')[-4000:]}"
            )
        time.sleep(0.01)
