"""Pages for refusals: a form that is too old or came from elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A POST without a valid token: says what happened to the visitor's input and how to go on."""
    return render(request, "403_csrf.html", status=403)
