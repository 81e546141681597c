"""One search over everything: the index of entries and its ranking.

Rooms tell what is found by their ``searchable.py``; editors and learners write nothing here.
"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "cms.search"
    label = "cms_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.search import receivers  # noqa: F401
