"""The addresses of learning, mounted below ``nauka/`` and ``learn/``."""

from django.urls import include, path

urlpatterns = [path("", include("courses.learning.urls"))]
