from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "cms.checks"
    label = "cms_checks"
    verbose_name = _("Content checks")
    role_permissions = {
        "Lead editors": ["cms_checks.add_exemption", "cms_checks.change_exemption", "cms_checks.view_exemption"],
        "Editors": ["cms_checks.view_exemption"],
    }

    def ready(self) -> None:
        from cms.checks import receivers  # noqa: F401
        from cms.checks.forms import CheckedPageForm
        from cms.checks.panels import FaultsPanel
        from cms.pages.models import BasePage

        # The form and the panel stand above the pages, so the pages cannot name them.
        BasePage.base_form_class = CheckedPageForm
        for model in apps.get_models():
            if issubclass(model, BasePage):
                model.content_panels = [FaultsPanel(), *model.content_panels]
