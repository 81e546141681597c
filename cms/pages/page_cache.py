"""Whole responses for anonymous visitors, kept until something is published.

A view or page opts in with :func:`mark_cacheable`. A request with a session or messages cookie, a query string, or one
that Wagtail made up for a preview, is never answered from here and never stored.
"""

from collections.abc import Callable
from hashlib import md5

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from cms.pages.generation import generation_of

LIFETIME = 60 * 60
_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


def mark_cacheable(response: HttpResponseBase) -> None:
    """Say that ``response`` is the same for every anonymous visitor. It must hold no form token and no name."""
    response.page_cacheable = True  # type: ignore[attr-defined]


class PageCacheMiddleware:
    """Answers from the cache without a query and without a cookie; stores what a view marked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _eligible(request):
            return self.get_response(request)
        key = key_of(request)
        stored = cache.get(key)
        if stored is not None:
            response = HttpResponse(stored["body"])
            for name, value in stored["headers"].items():
                response.headers[name] = value
            return get_conditional_response(request, etag=stored["headers"]["ETag"], response=response) or response
        response = self.get_response(request)
        if getattr(response, "page_cacheable", False) and response.status_code == 200 and not response.cookies:
            _finish(response)
            cache.set(key, {"body": response.content, "headers": dict(response.items())}, LIFETIME)
        return response


def _eligible(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and not getattr(request, "is_dummy", False)
        and not any(name in request.COOKIES for name in _COOKIES)
    )


def key_of(request: HttpRequest) -> str:
    """Where the answer to a request is kept, as long as nothing is published."""
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    address = f"{request.get_host()}{request.path}|{compressed}|{request.is_secure()}"
    return f"page:{generation_of(request)}:{md5(address.encode(), usedforsecurity=False).hexdigest()}"


def _finish(response: HttpResponse) -> None:
    """Give the response a validator and let browsers ask again each time."""
    response.headers["ETag"] = f'"{md5(response.content, usedforsecurity=False).hexdigest()}"'
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    # Not by cookie: every copy is asked for anew, and whoever is signed in is answered by the view.
    response.headers["Vary"] = "Accept-Encoding"
