"""Addresses of transcripts as files, and of the feed; the pages themselves stand in the page tree."""

from django.urls import path

from cms.films import views
from cms.films.feeds import FilmFeed

app_name = "cms_films"

urlpatterns = [
    path("atom.xml", FilmFeed(), name="follow-films"),
    path("<int:pk>.<slug:language>.txt", views.download_transcript, name="download-transcript"),
]
