from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    name = "cms.languages"
    label = "cms_languages"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from cms.languages import without_mirrors

        without_mirrors.take_away()
