"""Addresses of what pages said before; the pages themselves stand in the page tree."""

from django.urls import path

from cms.pages import views

app_name = "cms_pages"
urlpatterns = [
    path("<int:page_id>/", views.list_versions, name="list-versions"),
    path("<int:page_id>/<int:revision_id>/", views.show_version, name="show-version"),
]
