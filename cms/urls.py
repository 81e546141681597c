"""The composition root of addresses. Upper houses are named by text only."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts.views import leave_administration
from cms.health import health
from cms.pages.views import serve_page, show_styleguide
from cms.spreadsheets import guard_spreadsheets

guard_spreadsheets()

urlpatterns = [
    path("", RedirectView.as_view(url="/pl/")),
    path("health/", health, name="health"),
    path("", include("cms.discovery.urls")),
    path("admin/logout/", leave_administration, name="cms_accounts_way_out"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/", include("media.urls")),
    path("c/", include("certificates.urls")),
    *i18n_patterns(
        path(_("account/"), include("cms.accounts.urls")),
        path(_("account/"), include("allauth.urls")),
        path(_("learn/"), include("courses.urls")),
        path(_("my-certificates/"), include("certificates.own_urls")),
        path(_("library/"), include("cms.library.urls")),
        path(_("film-texts/"), include("cms.films.urls")),
        path(_("news-feed/"), include("cms.news.urls")),
        path(_("search/"), include("cms.search.urls")),
        path(_("newsletter/"), include("cms.newsletter.urls")),
        path(_("versions/"), include("cms.pages.urls")),
        path(_("report-a-barrier/"), include("cms.barriers.urls")),
        path(_("style-guide/"), show_styleguide, name="styleguide"),
        # Wagtail's own addresses, written out: its list holds a second sign-in page, without limits or second step.
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            wagtail_views.authenticate_with_password,
            name="wagtailcore_authenticate_with_password",
        ),
        path(
            "_util/login/",
            RedirectView.as_view(pattern_name="account_login", query_string=True),
            name="wagtailcore_login",
        ),
        re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    ),
]
