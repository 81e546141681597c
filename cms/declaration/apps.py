from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

MAY_REVIEW = ["cms_declaration.add_review", "cms_declaration.view_review", "cms_declaration.add_placement"]


class DeclarationConfig(AppConfig):
    name = "cms.declaration"
    label = "cms_declaration"
    verbose_name = _("Accessibility declaration")
    role_permissions = {
        "Editors": ["cms_declaration.view_review"],
        "Lead editors": MAY_REVIEW,
        "Administrators": MAY_REVIEW,
    }

    def ready(self) -> None:
        from cms.declaration import receivers  # noqa: F401
        from cms.declaration.panels import ReviewPanel
        from cms.pages.models import AccessibilityPage

        # The panel stands above the page, so the page cannot name it.
        AccessibilityPage.content_panels = [ReviewPanel(), *AccessibilityPage.content_panels]
