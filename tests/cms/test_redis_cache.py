"""The cache that may be away."""

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import servers

from cms import redis_cache
from cms.redis_cache import RedisCache

pytestmark = pytest.mark.rule("job-15")


@pytest.fixture(autouse=True)
def _fresh_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_cache._Away, "until", 0.0)
    monkeypatch.setattr(redis_cache._Away, "missed", False)


@pytest.fixture
def port() -> int:
    return servers.free_port()


@pytest.fixture
def cache(port: int) -> RedisCache:
    return RedisCache(f"redis://127.0.0.1:{port}/0", {"KEY_PREFIX": "aw"})


def test_away_it_is_an_empty_cache(cache: RedisCache) -> None:
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", "instead") == "instead"
    assert cache.add("a", 1) is True, "a lock opens for everybody, not for nobody"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.has_key("a") is False
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    assert cache.set_many({"a": 1}) == []
    cache.delete_many(["a"])
    cache.clear()
    with pytest.raises(ValueError, match="away"):
        cache.incr("a")


def test_a_silent_server_holds_up_one_call_only() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(5)
        cache = RedisCache(f"redis://127.0.0.1:{server.getsockname()[1]}/0", {})
        cache.get("imports-it-first")
        redis_cache._Away.until = 0.0
        started = time.monotonic()
        for _time in range(20):
            cache.get("a")
        assert time.monotonic() - started < 1.5, "one wait of half a second, not twenty"


@pytest.fixture
def redis_at(port: int) -> Iterator[ExitStack]:
    """Starts a Redis at the port when asked; ends it with the stack."""
    if not shutil.which("redis-server"):
        pytest.skip("there is no redis-server on this machine")
    with ExitStack() as stack:
        yield stack


@pytest.mark.worker
def test_back_again_it_has_forgotten_what_it_held(cache: RedisCache, port: int, redis_at: ExitStack) -> None:
    where = redis_at.enter_context(servers.folder())
    redis_at.enter_context(servers.redis(where, port=port))
    cache.set("page", "old")
    assert cache.get("page") == "old"
    # Away for this process, while others go on.
    redis_cache._Away.until = time.monotonic() + 60
    redis_cache._Away.missed = True
    cache.set("page", "new")
    assert cache.get("page") is None
    redis_cache._Away.until = 0.0
    assert cache.get("page") is None, "the old page must not come back"
    cache.set("page", "newest")
    assert cache.get("page") == "newest"
    assert cache.add("count", 1)
    assert cache.incr("count") == 2
