from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "cms.checks"
    label = "cms_checks"
    verbose_name = _("Content checks")
