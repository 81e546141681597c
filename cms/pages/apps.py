from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "cms_pages"
    verbose_name = _("Pages")
    role_permissions = {
        "Editors": [
            "cms_pages.change_sitetexts",
            "cms_pages.add_fundingnotice",
            "cms_pages.change_fundingnotice",
            "cms_pages.delete_fundingnotice",
            "cms_pages.view_fundingnotice",
        ],
        "Administrators": ["cms_pages.change_sitetexts"],
    }

    def ready(self) -> None:
        from cms.pages import receivers  # noqa: F401
