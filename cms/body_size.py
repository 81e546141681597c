"""Refuses what is too large to be sent here, before any of it is read.

Only the editors' side takes large files. Everything else that people send is a form of a few kilobytes.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST = 3 * 1024 * 1024
"""The bytes that anybody may send."""


class BodySizeMiddleware:
    """Answers 413 to a request that announces more than :data:`MOST`.

    Below ``/admin/`` whoever brings a session may send more; whether that session is anybody's is found out later. It
    stands inside the session's and the language's middleware, which read no body, and outside of those that do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _announced(request) > MOST and not _may_be_an_editor(request):
            return render(request, "413.html", status=413)
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    written = request.META.get("CONTENT_LENGTH") or "0"
    return int(written) if written.isascii() and written.isdecimal() else 0


def _may_be_an_editor(request: HttpRequest) -> bool:
    return request.path.startswith("/admin/") and settings.SESSION_COOKIE_NAME in request.COOKIES
