"""What is asked for by programs: which addresses they may read, which there are, and a picture for each."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.discovery.pictures import digest_for, picture_of
from cms.discovery.sitemap import PageSitemap
from cms.pages.models import BasePage
from cms.pages.page_cache import mark_cacheable

PICTURE_LIFETIME = 30 * 24 * 60 * 60
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


@require_safe
def show_picture(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The picture of a shared page that everybody may read. Another title has another address; the old one is gone."""
    page = Page.objects.live().public().filter(pk=pk).select_related("locale").specific().first()
    if not isinstance(page, BasePage) or digest_for(page, page.locale.language_code) != digest:
        raise Http404
    response = HttpResponse(picture_of(page, page.locale.language_code), content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={PICTURE_LIFETIME}, immutable"
    return response


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
