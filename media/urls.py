"""Addresses below ``MEDIA_URL``. In production the proxy serves ``images/`` and ``original_images/`` itself."""

from django.urls import path

from media import views

app_name = "media"

urlpatterns = [
    # The dot keeps the address from being taken for that of a page in another language.
    path("films/<int:pk>/source.<slug:kind>", views.stream_film, name="stream-film"),
    path("films/<int:pk>/<slug:part>.<slug:kind>", views.stream_part, name="stream-part"),
    path("films/<int:pk>/tracks/<int:track_pk>.vtt", views.serve_track, name="serve-track"),
    path("<path:path>", views.serve_file, name="serve-file"),
]
