from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "courses.catalogue"
    label = "courses_catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from courses.catalogue import receivers  # noqa: F401
        from courses.catalogue.forms import CoursePageForm, LessonPageForm
        from courses.catalogue.models import CoursePage, LessonPage
        from courses.catalogue.panels import PlacePanel

        # The forms stand above the models, so the models cannot name them.
        CoursePage.base_form_class = CoursePageForm
        LessonPage.base_form_class = LessonPageForm
        LessonPage.content_panels = [PlacePanel(), *LessonPage.content_panels]
