"""Pages by their addresses, what they said before, and the style guide: every component alone, with sample data."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Revision

from cms.pages.actions import note_notice_read
from cms.pages.models import PrivacyPage
from cms.pages.page_cache import mark_cacheable
from cms.pages.routing import find_page
from cms.pages.styleguide import sample_context
from cms.pages.versions import OldVersion, address_of, get_versioned_page_for, versions_of

VERSIONS_PER_PAGE = 50


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told beforehand which page stands at the address, where that is known."""
    find_page(request, path)
    response: HttpResponse = wagtail_views.serve(request, path)
    _note_reader(request, response)
    return response


def _note_reader(request: HttpRequest, response: HttpResponse) -> None:
    """Whoever is signed in and opens the privacy notice knows of its newest change."""
    route = getattr(request, "_wagtail_route_for_request", None)
    if route is None or not isinstance(route.page, PrivacyPage) or response.status_code != 200:
        return
    if request.method == "GET" and request.user.is_authenticated:
        note_notice_read(user_id=request.user.pk, version_number=route.page.version_number)


@require_safe
def list_versions(request: HttpRequest, page_id: int) -> HttpResponse:
    """Every published version of a page, the newest first."""
    page = get_versioned_page_for(request, page_id)
    found = Paginator(versions_of(page), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"version": one, "url": address_of(page, one) if one.replaced_at else page.get_url(request)} for one in found
    ]
    # Not as ``page``: the frame would take the list for the page itself.
    response = render(request, "cms/pages/versions.html", {"about": page, "rows": rows, "versions": found})
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(response)
    return response


@require_safe
def show_version(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """A page as it was published, marked as out of force; the version that holds now stands at the page's address."""
    page = get_versioned_page_for(request, page_id)
    # The newest of several times at which the same words were published.
    version = next((one for one in versions_of(page) if one.revision_id == revision_id), None)
    if version is None:
        raise Http404
    if version.replaced_at is None:
        return redirect(page.get_url(request))
    shown = Revision.objects.get(pk=revision_id).as_object()
    context = shown.get_context(request)
    context["old_version"] = OldVersion(
        version=version,
        address=request.build_absolute_uri(address_of(page, version)),
        current_url=page.get_url(request),
    )
    response = render(request, shown.get_template(request), context)
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(response)
    return response


def show_styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page; linked from nowhere, open to everybody, not indexed."""
    response = render(request, "styleguide/index.html", sample_context())
    response.headers["X-Robots-Tag"] = "noindex"
    mark_cacheable(response)
    return response
