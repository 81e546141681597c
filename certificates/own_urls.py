"""One's own certificates, and what one of a course looks like, mounted below the language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from certificates import views

app_name = "certificates_own"
urlpatterns = [
    path("", views.list_mine, name="list-mine"),
    path(_("name/<slug:course>/"), views.confirm_name, name="confirm-name"),
    path(_("sample/<slug:course>/"), views.show_sample, name="show-sample"),
    path("<int:pk>/", views.show_certificate, name="show-certificate"),
    path("<int:pk>/pdf/", views.download_certificate, name="download-certificate"),
]
