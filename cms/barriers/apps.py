from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_HANDLING = ["cms_barriers.view_barrierreport", "cms_barriers.change_barrierreport"]


class BarriersConfig(AppConfig):
    name = "cms.barriers"
    label = "cms_barriers"
    verbose_name = _("Reports of barriers")
    # Lead editors answer for what is published and for the accessibility statement; reports often tell of somebody's
    # health, so nobody else sees them. Taking the data out on request is left to administrators.
    role_permissions = {
        "Lead editors": _HANDLING,
        "Administrators": [*_HANDLING, "cms_barriers.delete_barrierreport"],
    }
