from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscoveryConfig(AppConfig):
    name = "cms.discovery"
    label = "cms_discovery"
    verbose_name = _("Found by machines")
    role_permissions = {
        "Editors": [f"wagtailredirects.{act}_redirect" for act in ("add", "change", "delete")],
    }
