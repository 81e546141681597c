"""The style guide: every component alone, with sample data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.pages.page_cache import mark_cacheable
from cms.pages.styleguide import sample_context


def show_styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page; linked from nowhere, open to everybody, not indexed."""
    response = render(request, "styleguide/index.html", sample_context())
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(response)
    return response
