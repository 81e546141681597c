"""The generation of the site: a mark that changes with every publication and puts cached pages out of use."""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

T = TypeVar("T")
_KEY = "site-generation"
KEPT_SECONDS = 24 * 60 * 60
HOUSES = ("media", "cms", "courses", "certificates")
SHAPING = frozenset({".py", ".html", ".mo", ".svg"})


@functools.cache
def release() -> str:
    """What this process shows pages with: its code, templates, words and static files, as they were when it began.

    A new release must not answer with pages of the old one, whose stylesheets are no longer there, nor read what the
    old one kept.
    """
    folders = [settings.BASE_DIR / house for house in HOUSES] + [*settings.TEMPLATES[0]["DIRS"]]
    files = (path for folder in folders for path in Path(folder).rglob("*") if path.suffix in SHAPING)
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{getattr(staticfiles_storage, 'manifest_hash', '')}{newest:x}"


def current_generation() -> str:
    """The mark in force. Read it *before* rendering: a slow render must not be stored under the next one."""
    mark = cache.get(_KEY)
    if mark is None:
        # Two processes may meet here; ``add`` lets the first one win.
        cache.add(_KEY, uuid4().hex, timeout=None)
        mark = cache.get(_KEY)
    return f"{release()}:{mark}"


def generation_of(request: HttpRequest) -> str:
    """The mark that was in force when the request was first asked for it."""
    mark: str | None = request.__dict__.get("_generation")
    if mark is None:
        mark = request.__dict__["_generation"] = current_generation()
    return mark


def kept(request: HttpRequest, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made once for everybody and then taken from the cache until something is published.

    It must show nothing of the person and nothing of the request, and ``name`` must tell it from all else that is kept:
    with the language, if it is written in one. None is not kept. A preview is made each time.
    """
    if getattr(request, "is_preview", False):
        return make()
    key = f"{name}:{generation_of(request)}"
    known: T | None = cache.get(key)
    if known is None:
        known = make()
        if known is not None:
            cache.set(key, known, KEPT_SECONDS)
    return known


def kept_each(
    request: HttpRequest, name: str, keys: Sequence[int], make: Callable[[list[int]], Mapping[int, T]]
) -> list[T]:
    """The same for each of several things, in the order of ``keys``. Those that are not kept are made together; what
    ``make`` does not give is left out."""
    if getattr(request, "is_preview", False):
        fresh = make(list(keys))
        return [fresh[key] for key in keys if key in fresh]
    generation = generation_of(request)
    names = {key: f"{name}:{key}:{generation}" for key in keys}
    known: dict[str, T] = cache.get_many(names.values())
    missing = [key for key in keys if names[key] not in known]
    if missing:
        made = {names[key]: thing for key, thing in make(missing).items()}
        cache.set_many(made, KEPT_SECONDS)
        known |= made
    return [known[names[key]] for key in keys if names[key] in known]


def start_generation() -> None:
    """Begin a new generation once the current transaction is committed. Safe to repeat."""
    transaction.on_commit(lambda: cache.set(_KEY, uuid4().hex, timeout=None))
