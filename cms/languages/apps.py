from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    name = "cms.languages"
    label = "cms_languages"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from cms.languages import mending, without_mirrors

        mending.take_parts_that_are_missing()
        without_mirrors.take_away()
