"""The floors: plain Wagtail pages, a bare view that saves one row, a bare view that gives what is stored."""

import json
from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls

from tests.benchmarks.models import PlainNote

KEY = UUID("0d3f7c1e-6f5c-4b0e-8f0a-3a8f5a1b2c4d")


def plain_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the addresses are those below."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return get_response(request)

    return answer


@csrf_exempt
def save_note(request: HttpRequest) -> HttpResponse:
    """Save one row for who is signed in, in one statement, and say so."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    state = json.loads(request.body)["state"]
    PlainNote.objects.bulk_create(
        [PlainNote(user=request.user, key=KEY, state=state)],
        update_conflicts=True,
        unique_fields=["user", "key"],
        update_fields=["state"],
    )
    return JsonResponse({"state": "saved"})


@cache
def _stored() -> bytes:
    return b"<!doctype html>" + b"<p>Stored.</p>" * 1000


def give_stored(request: HttpRequest) -> HttpResponse:
    """What Django needs to hand out a page that it has already."""
    return HttpResponse(_stored())


# Addresses of a plain Wagtail project; those of ours with the bare views beside them are in ``addresses``.
urlpatterns = i18n_patterns(path("", include(wagtail_urls)))
