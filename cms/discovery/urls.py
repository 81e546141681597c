"""Addresses that programs know beforehand."""

from django.urls import path

from cms.discovery import views

app_name = "cms_discovery"

urlpatterns = [
    path("robots.txt", views.show_robots, name="show-robots"),
    path("sitemap.xml", views.show_sitemap_index, name="show-sitemap-index"),
    path("sitemap-<slug:section>.xml", views.show_sitemap, name="show-sitemap"),
    path("shared/<int:pk>-<slug:digest>.png", views.show_picture, name="show-picture"),
]
