"""How often a visitor may ask: counters in the cache, one per limit, subject and window of time."""

import logging
import time
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from certificates.rules import Limit, visitor_address

logger = logging.getLogger(__name__)


def visitor_of(request: HttpRequest) -> str:
    """Whom to count: the visitor's address, as our own proxies tell it."""
    return visitor_address(
        request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""), settings.TRUSTED_PROXIES
    )


def seconds_to_wait(limit: Limit, subject: str) -> int:
    """Count one more for ``subject``; 0 when that is within the limit, else the seconds until it may ask again.

    A cache that is away counts nothing: whoever checks a certificate is not refused because of our trouble.
    """
    now = time.time()
    key = _key(limit, subject, now)
    try:
        cache.add(key, 0, timeout=limit.seconds)
        try:
            count = cache.incr(key)
        except ValueError:  # it ran out between the two lines
            return 0
        # Some caches give a counter their own default time to live when it grows.
        cache.touch(key, limit.seconds)
    except Exception:
        logger.exception("the limit %s could not be counted", limit.name)
        return 0
    return limit.wait(now) if count > limit.count else 0


def give_back(limit: Limit, subject: str) -> None:
    """Take back what was counted last for ``subject``: it was no try that the limit is meant for."""
    try:
        cache.decr(_key(limit, subject, time.time()))
    except ValueError:  # a new window has begun meanwhile
        return
    except Exception:
        logger.exception("the limit %s could not be counted", limit.name)


def _key(limit: Limit, subject: str, now: float) -> str:
    return f"limit:{limit.name}:{sha256(subject.encode()).hexdigest()}:{limit.window(now)}"
