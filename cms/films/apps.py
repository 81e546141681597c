from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilmsConfig(AppConfig):
    name = "cms.films"
    label = "cms_films"
    verbose_name = _("Films")
    role_permissions = {"Editors": ["cms_films.change_foreignplayers"]}

    def ready(self) -> None:
        from cms.films import receivers  # noqa: F401
        from cms.films.forms import FilmPageForm
        from cms.films.models import FilmPage

        # The form stands above the model, so the model cannot name it.
        FilmPage.base_form_class = FilmPageForm
