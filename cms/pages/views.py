"""Pages by their addresses, and the style guide: every component alone, with sample data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail import views as wagtail_views

from cms.pages.page_cache import mark_cacheable
from cms.pages.routing import find_page
from cms.pages.styleguide import sample_context


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told beforehand which page stands at the address, where that is known."""
    find_page(request, path)
    response: HttpResponse = wagtail_views.serve(request, path)
    return response


def show_styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page; linked from nowhere, open to everybody, not indexed."""
    response = render(request, "styleguide/index.html", sample_context())
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(response)
    return response
