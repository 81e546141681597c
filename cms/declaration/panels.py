"""What editors find above the fields of the declaration and on the first screen of the administration."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from cms.declaration.permissions import can_see_declaration
from cms.declaration.queries import contradiction, standing
from cms.declaration.wording import status_words


class ReviewPanel(Panel):
    """When the next review is due, where the list comes from, and whether the status contradicts it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/declaration/review_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            fault = contradiction(self.instance, language=self.instance.locale.language_code)
            return context | {
                "standing": standing(today=timezone.localdate()),
                "contradiction": status_words(fault) if fault else "",
            }


class DeclarationPanel(Component):
    """The day of the next review and how many faults were to be mended by now."""

    name = "declaration"
    order = 110
    template_name = "cms/declaration/home_declaration.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"standing": standing(today=timezone.localdate())}


def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel for whoever may see the declaration's state."""
    if can_see_declaration(request.user):  # type: ignore[arg-type]
        panels.append(DeclarationPanel())
