"""Which limit holds a letter back, and until when: for pages that say so truthfully. No query."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

APP = "allauth.account"


@dataclass(frozen=True)
class Hold:
    """No further letter goes out before ``until``.

    ``lately`` tells that letters went to this very address; else the whole network has asked for too many.
    """

    lately: bool
    until: datetime


def hold_on(request: HttpRequest, action: str, address: str) -> Hold | None:
    """What stops the next letter of this kind (a name in ``ACCOUNT_RATE_LIMITS``) to ``address``, or None.

    Counted by the address as it was typed, so it tells nothing about accounts. It counts nothing itself.
    """
    now = time.time()
    ends: dict[str, float] = {}
    for rate in ratelimit.get_rates(app=APP, action=action):
        key = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=address.lower())
        # The newest comes first; the one that has to pass is as far back as the limit is wide.
        recent = [at for at in cache.get(key, []) if at > now - rate.duration]
        if len(recent) >= rate.amount:
            ends[rate.per] = max(ends.get(rate.per, 0.0), recent[rate.amount - 1] + rate.duration)
    if not ends:
        return None
    # A minute more, for the page names minutes and nobody shall come too early.
    return Hold("key" in ends, datetime.fromtimestamp(max(ends.values()) + 60, UTC))
