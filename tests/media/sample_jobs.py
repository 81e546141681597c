"""Jobs that do what a test needs: succeed, fail, take long, take the worker down. They tell by files what they did."""

import os
import signal
import time
from pathlib import Path

from django_tasks import task


def _note(folder: str, what: str) -> None:
    with (Path(folder) / "done").open("a") as file:
        file.write(what + "\n")


def done(folder: Path) -> list[str]:
    """What jobs noted in ``folder``, in order."""
    file = folder / "done"
    return file.read_text().split() if file.exists() else []


@task()
def succeed(folder: str) -> None:
    _note(folder, "succeed")


@task(queue_name="index")
def fail_quietly(folder: str) -> None:
    _note(folder, "fail")
    raise LookupError("nothing to index")


@task()
def fail(folder: str) -> None:
    """Fails as long as there is no file ``mended``."""
    _note(folder, "fail")
    if not (Path(folder) / "mended").exists():
        raise RuntimeError("as the test wants it")
    _note(folder, "mended")


@task()
def take_long(folder: str, seconds: float) -> None:
    """Tells when it starts and when it ends; takes long only the first time."""
    _note(folder, "start")
    if done(Path(folder)).count("start") == 1:
        time.sleep(seconds)
    _note(folder, "end")


@task()
def take_the_worker_down(folder: str) -> None:
    _note(folder, "start")
    os.kill(os.getpid(), signal.SIGKILL)


@task(takes_context=True)
def tell_the_try(context, folder: str) -> None:
    _note(folder, str(context.attempt))
