"""Public verification, mounted at ``/c/`` without a language: the address that stands on paper never changes."""

from django.urls import path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.check, name="check"),
    path("<str:code>.json", views.verify_json, name="verify-json"),
    path("<str:code>/", views.verify, name="verify"),
]
