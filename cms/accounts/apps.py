from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "cms.accounts"
    label = "cms_accounts"
    verbose_name = _("People")
    role_permissions = {
        "Coordinators": ["cms_accounts.view_person", "cms_accounts.view_organisation"],
        "Administrators": [
            "cms_accounts.add_user",
            "cms_accounts.change_user",
            "cms_accounts.view_user",
            "cms_accounts.view_person",
            "cms_accounts.change_person",
            "cms_accounts.view_organisation",
            "cms_accounts.change_organisation",
        ],
    }

    def ready(self) -> None:
        from cms.accounts import receivers  # noqa: F401
