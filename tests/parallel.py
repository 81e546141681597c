"""Ten calls at once, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

TIMES = 10


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What ``work(n)`` returned, or the refusal that it raised, for ten threads that begin together."""
    barrier = Barrier(TIMES)

    def run(number: int) -> Any:
        try:
            barrier.wait(timeout=20)
            return work(number)
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(run, range(TIMES)))
