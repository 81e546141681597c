"""Addresses of a person's own pages, mounted before those of allauth."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from cms.accounts import views

app_name = "cms_accounts"
urlpatterns = [
    path(_("corner/"), views.show_corner, name="show-corner"),
    path(_("profile/"), views.show_profile, name="show-profile"),
    path(_("my-data/"), views.show_data, name="show-data"),
    path(_("my-data/download/"), views.export_data, name="export-data"),
    path(_("delete/"), views.delete_account, name="delete-account"),
    path(_("deleted/"), views.show_farewell, name="show-farewell"),
    path(_("terms/"), views.show_terms, name="show-terms"),
    path(_("send-link-again/"), views.resend_verification, name="resend-verification"),
    # The same addresses as allauth's pages, so that they tell the truth about letters that a limit held back, and keep
    # the way on.
    path("confirm-email/", views.show_verification_sent, name="show-verification-sent"),
    path("email/", views.AddressView.as_view(), name="change-address"),
    path("password/reset/", views.ResetView.as_view(), name="reset-password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPasswordView.as_view(),
        name="set-password",
    ),
]
