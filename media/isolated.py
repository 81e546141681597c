"""Foreign files are taken apart in a process of their own, with bounded memory, time and output.

What a hostile or broken file does to a parser then ends that process, and neither a job nor its worker.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import Storage

MEMORY = 1_500_000_000
OUTPUT = 60_000_000


class IsolatedError(Exception):
    """The process ended badly: out of time or memory, or brought down by what it read."""


@contextmanager
def run(module: str, *arguments: str, seconds: int) -> Iterator[IO[bytes]]:
    """Run ``module`` of ours as a program and give what it wrote. Raises ``IsolatedError``."""
    surroundings = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(settings.BASE_DIR), "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as written:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, with a path and a kind that we give
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=subprocess.DEVNULL,
                env=surroundings,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise IsolatedError(f"{module} took longer than {seconds} seconds") from error
        if done.returncode != 0:
            raise IsolatedError(f"{module} ended with {done.returncode}")
        written.seek(0)
        yield written


def bound(seconds: int) -> None:
    """Called by such a program first: it may take no more than this from now on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def as_path(storage: Storage, name: str) -> Iterator[Path]:
    """A stored file as a file on this machine, wherever the storage keeps it. Raises ``OSError`` where it is gone."""
    with tempfile.NamedTemporaryFile(prefix="foreign-") as copy:
        with storage.open(name, "rb") as stored:
            for chunk in stored.chunks():
                copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
