"""Redis as a cache that may be away: then nothing is found in it, and no request fails for it."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

PAUSE = 5.0
"""Seconds for which a process does not even try after Redis did not answer."""


class ForgivingClient(RedisCacheClient):
    """Answers as an empty cache while Redis is away, and empties it when Redis is back.

    Limits that are counted in the cache do not hold meanwhile; that is the lesser harm, and it stands in the log.
    """

    def __init__(self, servers: Any, **options: Any) -> None:
        patience = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
        super().__init__(servers, **(patience | options))

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        # In an empty cache nobody was first. With False, a lock that is taken by adding its key would stay shut for
        # everybody, and nobody could sign in.
        return _forgiving(super().add, key, value, timeout, instead=True)

    def get(self, key: Any, default: Any) -> Any:
        return _forgiving(super().get, key, default, instead=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        _forgiving(super().set, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return _forgiving(super().touch, key, timeout, instead=False)

    def delete(self, key: Any) -> bool:
        return _forgiving(super().delete, key, instead=False)

    def get_many(self, keys: Any) -> dict:
        return _forgiving(super().get_many, keys, instead={})

    def has_key(self, key: Any) -> bool:
        return _forgiving(super().has_key, key, instead=False)

    def incr(self, key: Any, delta: int) -> int:
        counted = _forgiving(super().incr, key, delta)
        if counted is None:
            # What Django's caches say of a key that is not there.
            raise ValueError("the cache is away")
        return counted

    def set_many(self, data: Any, timeout: Any) -> None:
        _forgiving(super().set_many, data, timeout)

    def delete_many(self, keys: Any) -> None:
        _forgiving(super().delete_many, keys)

    def clear(self) -> bool:
        return _forgiving(super().clear, instead=False)


class RedisCache(DjangoRedisCache):
    """Django's cache on Redis with the forgiving client."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient


class _Away:
    until = 0.0
    missed = False


def _forgiving(act: Callable[..., Any], *args: Any, instead: Any = None) -> Any:
    if time.monotonic() < _Away.until:
        return instead
    try:
        if _Away.missed:
            # Somebody may have wanted to withdraw what is stored (a page was published) and could not.
            act.__self__.get_client(write=True).flushdb()  # type: ignore[attr-defined]
            _Away.missed = False
        return act(*args)
    except RedisError as error:
        _Away.until, _Away.missed = time.monotonic() + PAUSE, True
        logger.error("the cache is away (%s); going on without it", type(error).__name__)
        return instead
