"""Sends requests straight into the WSGI handler and measures their CPU time and statements, by turns with a floor."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import override_settings

WARM_UP = 12


@dataclass(frozen=True)
class Asked:
    """A request as a browser sends it."""

    path: str
    method: str = "GET"
    cookies: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)
    encoding: str = "identity"
    visitor: str = "127.0.0.1"

    def environ(self) -> dict[str, Any]:
        """What a server makes of it."""
        host, _sign, port = settings.SITE_URL.partition("://")[2].partition(":")
        path, _sign, query = self.path.partition("?")
        return {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": unquote(path),
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": port or "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.visitor,
            "HTTP_HOST": f"{host}:{port}" if port else host,
            "HTTP_ACCEPT": "text/html,application/xhtml+xml",
            "HTTP_ACCEPT_ENCODING": self.encoding,
            "HTTP_ACCEPT_LANGUAGE": "pl,en;q=0.5",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": self.content_type if self.body else "",
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(self.body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()},
        }


@dataclass
class Answer:
    """What came back, and what it cost."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes
    statements: int
    milliseconds: float


class Server:
    """The project, or a bare one, as gunicorn would call it."""

    def __init__(self, middleware: Sequence[str] | None = None) -> None:
        with override_settings(**({"MIDDLEWARE": list(middleware)} if middleware is not None else {})):
            self.handler = WSGIHandler()

    def __call__(self, asked: Asked) -> Answer:
        told: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            told.update(status=int(status.split()[0]), headers=headers)

        environ = asked.environ()
        with statements() as counted, cpu() as spent:
            response = self.handler(environ, start_response)
            body = b"".join(response)
            response.close()
        return Answer(
            status=told["status"],
            headers={name: value for name, value in told["headers"] if name != "Set-Cookie"},
            cookies=[value for name, value in told["headers"] if name == "Set-Cookie"],
            body=body,
            statements=counted[0],
            milliseconds=spent[0],
        )


@contextmanager
def statements() -> Iterator[list[int]]:
    """Counts what is sent to the database; the beginning and the end of a transaction are not counted."""
    counted = [0]

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        counted[0] += not sql.startswith("BEGIN")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield counted


@contextmanager
def cpu() -> Iterator[list[float]]:
    """Milliseconds of CPU that this process takes, and the process of the database that serves it, if it is one."""
    spent = [0.0]
    elsewhere, began = _database_time(), time.process_time_ns()
    yield spent
    spent[0] = (time.process_time_ns() - began + max(0, _database_time() - elsewhere)) / 1e6


def _database_time() -> int:
    """Nanoseconds that PostgreSQL's process for our connection has run; 0 where it cannot be seen, as in SQLite."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0])
    return 0


@dataclass
class Result:
    """One row of the table."""

    statements: int
    milliseconds: float
    floor: float = 0.0
    ratio: float = 0.0


def by_turns(
    work: Callable[[], tuple[int, float]], floor: Callable[[], tuple[int, float]] | None, rounds: int
) -> Result:
    """Run ``work`` and ``floor`` by turns; medians, and the median of the ratios of neighbours.

    Noise of the machine that lasts longer than a request meets both alike. Statements are those of the last round.
    """
    for _turn in range(WARM_UP):
        work()
        if floor:
            floor()
    gc.collect()
    gc.freeze()
    costs: list[float] = []
    floors: list[float] = []
    counted = 0
    for _turn in range(rounds):
        if floor:
            floors.append(floor()[1])
        counted, cost = work()
        costs.append(cost)
    gc.unfreeze()
    return Result(
        statements=counted,
        milliseconds=statistics.median(costs),
        floor=statistics.median(floors) if floors else 0.0,
        ratio=statistics.median(c / f for c, f in zip(costs, floors, strict=True)) if floors else 0.0,
    )
