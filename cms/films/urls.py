"""Addresses of transcripts as files; the pages themselves stand in the page tree."""

from django.urls import path

from cms.films import views

app_name = "cms_films"

urlpatterns = [
    path("<int:pk>.<slug:language>.txt", views.download_transcript, name="download-transcript"),
]
