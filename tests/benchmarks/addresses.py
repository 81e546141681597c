"""The project's addresses, with those of the bare views before them."""

from django.urls import path

from cms import urls
from tests.benchmarks import plain

urlpatterns = [path("note/", plain.save_note), path("stored/", plain.give_stored), *urls.urlpatterns]
