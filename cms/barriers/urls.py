"""Addresses of the form that reports a barrier, and of the page of a report."""

from django.urls import path

from cms.barriers import views

app_name = "cms_barriers"
urlpatterns = [
    path("", views.report_barrier, name="report"),
    path("<slug:token>/", views.show_report, name="show-report"),
]
