"""The form with which a barrier is reported, and the page on which its answer is read.

The form needs no cookie: it does nothing in anybody's name, so there is no token that could expire, and nothing typed
is ever lost. A form that another site sends is shown first.
"""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.barriers import actions
from cms.barriers.forms import ReportForm
from cms.barriers.queries import report_with
from cms.barriers.rules import Kind

LIMIT = "barrier"
SECRET = {"token", "key", "uidb36"}
"""What an address is made of that only its owner may know."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_barrier(request: HttpRequest) -> HttpResponse:
    """Takes a report. Whatever keeps it, the form comes back with all that was typed."""
    if request.method != "POST":
        return render(request, "cms/barriers/report.html", {"form": ReportForm(initial=_known(request))})
    form = ReportForm(request.POST)
    if not form.is_valid():
        return render(request, "cms/barriers/report.html", {"form": form})
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return render(request, "cms/barriers/report.html", {"form": form, "held": "foreign"}, status=403)
    if not ratelimit.consume(request, action=LIMIT):
        return render(request, "cms/barriers/report.html", {"form": form, "held": "many"}, status=429)
    report = actions.receive(language=get_language() or "pl", **form.report)
    return redirect("cms_barriers:show-report", report.token)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What the form may begin with: the page that led here, and name and address of whoever is signed in."""
    known = {"place": page_asked(request)}
    if request.user.is_authenticated:
        person = getattr(request.user, "person", None)
        known |= {"email": request.user.email, "name": person.name if person is not None else ""}
    return known


def page_asked(request: HttpRequest) -> str:
    """The path of a page of this site, from ``?page=`` or else the page that led here; empty for anything else.

    Never a query, and never an address that only its owner may know.
    """
    given = request.GET.get("page", "") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(given)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return ""
    own = (not parts.scheme and not parts.netloc) or parts.netloc == request.get_host()
    if not own or not re.fullmatch(r"/(?![/\\])[^\s\\<>\x00-\x1f\x7f]{0,299}", path):
        return ""
    try:
        found = resolve(path)
    except (Resolver404, UnicodeError):
        return ""
    if SECRET & set(found.kwargs) or found.view_name == "cms_barriers:report":
        return ""
    return path


@never_cache
@require_safe
def show_report(request: HttpRequest, token: str) -> HttpResponse:
    """Number, deadline, state and answer of a report, for whoever holds its address. No name, no contact."""
    report = report_with(token)
    if report is None:
        raise Http404
    answer = render(request, "cms/barriers/show.html", {"report": report, "demand": report.kind == Kind.DEMAND})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
