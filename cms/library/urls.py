"""Addresses of files and citations; the pages themselves stand in the page tree."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from cms.library import views
from cms.library.feeds import PublicationFeed

app_name = "cms_library"

urlpatterns = [
    path("atom.xml", PublicationFeed(), name="follow-publications"),
    path(_("file/<uuid:key>/"), views.open_file, name="open-file"),
    path(_("cover/<uuid:key>/<slug:size>.webp"), views.show_cover, name="show-cover"),
    path(_("citation/<int:pk>.<slug:form>"), views.cite, name="cite-publication"),
]
