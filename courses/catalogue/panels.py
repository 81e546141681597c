"""What editors find in the form of a lesson beside its fields."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from courses.catalogue.queries import stands_in_draft


class PlacePanel(Panel):
    """The way to put a lesson into a module, for as long as it stands in none."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/catalogue/admin_place_panel.html"

        def is_shown(self) -> bool:
            lesson = self.instance
            if not lesson.pk or stands_in_draft(lesson):
                return False
            may_edit: bool = lesson.get_parent().permissions_for_user(self.request.user).can_edit()
            return may_edit

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"place_url": reverse("courses_catalogue_place_lesson", args=[self.instance.pk])}
