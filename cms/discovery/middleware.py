"""Leads from the address where a page was to the one where it is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware

PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


class MovedPageMiddleware(RedirectMiddleware):
    """Asks for a moved page only where pages stand; any other address that is not there costs no further query."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.path.startswith(PREFIXES):
            return response
        moved: HttpResponse = super().process_response(request, response)
        return moved
