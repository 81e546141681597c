"""What is asked for by programs: which addresses they may read, and which there are."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from cms.discovery.sitemap import PageSitemap
from cms.pages.page_cache import mark_cacheable

PERSONAL = ("courses_learning:list-mine", "certificates_own:list-mine", "account_login")


def show_robots(request: HttpRequest) -> HttpResponse:
    """``robots.txt``: everything but the administration and what is personal, and where the sitemap lies."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /c/"]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            lines += [f"Disallow: {_beginning(reverse(name))}" for name in PERSONAL]
    lines += ["", f"Sitemap: {_root(request)}{reverse('cms_discovery:show-sitemap-index')}", ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    mark_cacheable(response)
    return response


def show_sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps, one for each five thousand pages."""
    return _sitemap(
        sitemap_views.index(request, {"pages": PageSitemap()}, sitemap_url_name="cms_discovery:show-sitemap")
    )


def show_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """One sitemap of pages."""
    return _sitemap(sitemap_views.sitemap(request, {"pages": PageSitemap()}, section=section))


def _sitemap(response: HttpResponse) -> HttpResponse:
    response = response.render() if hasattr(response, "render") else response
    # A list for programs is itself no page to be found; Django says so by the header, which stays.
    mark_cacheable(response)
    return response


def _root(request: HttpRequest) -> str:
    site = Site.find_for_request(request)
    return str(site.root_url) if site else f"{request.scheme}://{request.get_host()}"


def _beginning(path: str) -> str:
    """The language and the first part of a path: ``/pl/konto/`` of ``/pl/konto/login/``."""
    return "/".join(path.split("/")[:3]) + "/"
