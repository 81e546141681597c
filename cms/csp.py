"""Content policies that differ from the settings': for the editors' side, and for pages with a player of others."""

import re
from collections.abc import Callable

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

ADMIN_POLICY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF, UNSAFE_INLINE],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class AdminPolicyMiddleware:
    """Stands inside the policy middleware and tells it which policy the editors' side has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_config = ADMIN_POLICY  # type: ignore[attr-defined]
        return response


PLAYER_HOST = re.compile(rb'<aw-foreign-player[^>]* data-host="([a-z0-9.-]{4,253})"')


class ForeignPlayerPolicyMiddleware:
    """Lets a page with a player of others show frames of exactly the hosts that its placeholders name.

    What the page holds is asked, and not who rendered it, so that parts and pages from a cache are treated alike; the
    policy is then kept with the page. Text cannot pretend to be a placeholder, for it is escaped.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        if b"<aw-foreign-player" not in response.content or request.path.startswith("/admin/"):
            return response
        hosts = sorted({found.decode() for found in PLAYER_HOST.findall(response.content)})
        policy = build_policy(update={"frame-src": [SELF, *(f"https://{host}" for host in hosts)]})
        if hosts and policy:
            response[HEADER] = policy
        return response
