"""Addresses of the newsletter's forms and links; its archive stands in the page tree."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from cms.newsletter import views

app_name = "cms_newsletter"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path(_("check-your-mail/"), views.show_asked, name="show-asked"),
    path(_("mine/"), views.show_mine, name="show-mine"),
    path(_("confirm/<str:token>/"), views.confirm, name="confirm"),
    path(_("choice/<str:token>/"), views.change_choice, name="change-choice"),
    path(_("leave/<str:token>/"), views.unsubscribe, name="unsubscribe"),
    path(_("forget/<str:token>/"), views.forget, name="forget"),
    path(_("page/<int:pk>/"), views.follow_page, name="follow-page"),
]
