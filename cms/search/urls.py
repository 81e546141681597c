"""The address of search."""

from django.urls import path

from cms.search import views

app_name = "cms_search"

urlpatterns = [path("", views.search_site, name="search-site")]
