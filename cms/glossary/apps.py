from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    name = "cms.glossary"
    label = "cms_glossary"
    verbose_name = _("Glossary")
    role_permissions = {
        "Editors": [f"cms_glossary.{verb}_term" for verb in ("add", "change", "delete", "view", "publish")],
    }

    def ready(self) -> None:
        from cms.glossary import receivers  # noqa: F401
