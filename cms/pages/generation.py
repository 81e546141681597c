"""The generation of the site: a mark that changes with every publication and puts cached pages out of use."""

from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

_KEY = "site-generation"


def current_generation() -> str:
    """The mark in force. Read it *before* rendering: a slow render must not be stored under the next one."""
    mark = cache.get(_KEY)
    if mark is None:
        # Two processes may meet here; ``add`` lets the first one win.
        cache.add(_KEY, uuid4().hex, timeout=None)
        mark = cache.get(_KEY)
    return str(mark)


def generation_of(request: HttpRequest) -> str:
    """The mark that was in force when the request was first asked for it."""
    mark: str | None = request.__dict__.get("_generation")
    if mark is None:
        mark = request.__dict__["_generation"] = current_generation()
    return mark


def start_generation() -> None:
    """Begin a new generation once the current transaction is committed. Safe to repeat."""
    transaction.on_commit(lambda: cache.set(_KEY, uuid4().hex, timeout=None))
