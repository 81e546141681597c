from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "cms.library"
    label = "cms_library"
    verbose_name = _("Library")
    role_permissions = {
        "Editors": ["cms_library.add_topic", "cms_library.change_topic", "cms_library.delete_topic"],
    }

    def ready(self) -> None:
        from cms.library import receivers  # noqa: F401
