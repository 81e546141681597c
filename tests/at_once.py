"""The same thing done by many at the same moment, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")


def at_once(number: int, act: Callable[[], Result]) -> list[Result]:
    """Call ``act`` in so many threads at one moment; what each returned. Needs real transactions."""
    barrier = Barrier(number)

    def one() -> Result:
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as threads:
        return [task.result() for task in [threads.submit(one) for _each in range(number)]]
