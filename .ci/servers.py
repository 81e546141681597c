"""Throw-away PostgreSQL and Redis servers from the installed binaries, for tests. Standard library only.

They live in a folder of their own, listen on a Unix socket or on loopback, do not wait for the disk, and are ended by
their process ids. As root they run as ``nobody``, because PostgreSQL refuses root.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

USER = "akademia"


class ServerError(Exception):
    """A server did not start; the message holds the end of its log."""


def postgresql_binary(name: str) -> Path | None:
    """The newest installed PostgreSQL's program of that name; Debian keeps them off the search path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which(name)
    return Path(on_path) if on_path else None


def missing() -> list[str]:
    """The Debian packages whose servers are not here."""
    packages = []
    if not postgresql_binary("initdb") or not postgresql_binary("postgres"):
        packages.append("postgresql")
    if not shutil.which("redis-server"):
        packages.append("redis-server")
    return packages


def _as_nobody() -> list[str]:
    """The words before a command that drop root's rights; also, the server ends when we do."""
    if not shutil.which("setpriv"):
        return []
    if os.geteuid() != 0:
        return ["setpriv", "--pdeathsig", "TERM"]
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--pdeathsig", "TERM"]


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for the servers' files, owned by whom they run as."""
    path = Path(tempfile.mkdtemp(prefix="akademia-servers-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(path, "nobody", "nogroup")
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _running(command: list[str], log: Path, answers: Callable[[], bool], end_by: signal.Signals) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_as_nobody(), *command], stdout=output, stderr=output, start_new_session=True, cwd="/"
        )
    try:
        deadline = time.monotonic() + 30
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield
    finally:
        if process.poll() is None:
            process.send_signal(end_by)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def postgresql(where: Path) -> Iterator[str]:
    """Run PostgreSQL; gives the address of an empty database."""
    data = where / "postgresql"
    initdb, postgres = postgresql_binary("initdb"), postgresql_binary("postgres")
    how = f"--username {USER} --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync"
    made = subprocess.run(
        [*_as_nobody(), str(initdb), "-D", str(data), *how.split()],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if made.returncode:
        raise ServerError(f"initdb failed:\n{made.stderr[-2000:]}")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(where),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "100",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    postmaster = data / "postmaster.pid"

    def answers() -> bool:
        # The last line of this file says so as soon as connections are accepted.
        return postmaster.exists() and postmaster.read_text().rstrip().endswith("ready")

    with _running([str(postgres), "-D", str(data), *options], where / "postgresql.log", answers, signal.SIGINT):
        yield f"postgresql://{USER}@/postgres?host={where}"


@contextmanager
def redis(where: Path, *, port: int | None = None) -> Iterator[str]:
    """Run Redis on loopback; gives its address, without a database number."""
    port = port or free_port()

    def answers() -> bool:
        with socket.socket() as client:
            client.settimeout(0.5)
            return client.connect_ex(("127.0.0.1", port)) == 0

    command = [
        shutil.which("redis-server") or "redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "",
        "--appendonly", "no", "--dir", str(where),
    ]  # fmt: skip
    with _running(command, where / f"redis-{port}.log", answers, signal.SIGTERM):
        yield f"redis://127.0.0.1:{port}"


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@contextmanager
def both() -> Iterator[dict[str, str]]:
    """PostgreSQL and Redis together; gives the environment variables that point the project at them."""
    with ExitStack() as stack:
        where = stack.enter_context(folder())
        database = stack.enter_context(postgresql(where))
        cache = stack.enter_context(redis(where))
        yield {"DATABASE_URL": database, "REDIS_URL": cache}


if __name__ == "__main__":
    with both() as variables:
        for variable, value in variables.items():
            print(f"export {variable}='{value}'", flush=True)
        with suppress(KeyboardInterrupt):
            signal.pause()
