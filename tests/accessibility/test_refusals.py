"""The pages that refuse: each in both languages, as the site writes it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults
from playwright.sync_api import Route

from cms.accounts.models import User
from cms.pages.errors import csrf_failure
from tests.accessibility.inspection import Inspection
from tests.factories.site import make_academy

pytestmark = pytest.mark.axe


def _by_a_learner(request: HttpRequest, refusal: Exception) -> HttpResponse:
    request.user = User()
    return defaults.permission_denied(request, refusal)


REFUSALS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": lambda request: defaults.bad_request(request, SuspiciousOperation()),
    "403": lambda request: defaults.permission_denied(request, PermissionDenied()),
    "403 of a learner": lambda request: _by_a_learner(request, PermissionDenied()),
    "403 of a form": csrf_failure,
    "413": lambda request: render(request, "413.html", status=413),
    "429": lambda request: render(request, "429.html", status=429),
    "500": defaults.server_error,
}


def written(name: str, path: str, language: str) -> HttpResponse:
    """What the site answers to this path when it has to refuse in this way."""
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    with translation.override(language):
        return REFUSALS[name](request)


def answering(refusal: HttpResponse) -> Callable[[Route], None]:
    """Gives the browser this answer, whatever the server would say."""
    return lambda route: route.fulfill(
        status=refusal.status_code, content_type="text/html; charset=utf-8", body=refusal.content
    )


@pytest.mark.rule("page-6", "page-7")
def test_refusals(inspection: Inspection) -> None:
    make_academy()
    path = f"/{inspection.language}/odmowa/"
    for name in REFUSALS:
        refusal = written(name, path, inspection.language)
        inspection.page.route(f"**{path}", answering(refusal))
        inspection.visit(name, path, status=refusal.status_code)
        inspection.page.unroute(f"**{path}")


@pytest.mark.rule("page-13")
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "home"), [("pl", "/en/"), ("en", "/pl/")])
def test_the_switch_of_a_page_that_is_not_there_leads_home(language: str, home: str) -> None:
    make_academy()
    answer = Client().get(f"/{language}/nie-ma/takiej/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert f'<a href="{home}" lang=' in text
    assert "/nie-ma/takiej/" not in text
    assert 'rel="alternate"' not in text
