"""What editors find above the fields of a page: what is wrong with the version as it was saved."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from cms.checks.presentation import rows_of
from cms.checks.queries import standings_of, uses_of
from cms.checks.wording import use_words


class FaultsPanel(Panel):
    """The faults of a saved version, the gravest first, each with a way to where it is mended."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/checks/faults_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            standings, uses = standings_of(self.instance), uses_of(self.instance)
            return context | {
                "rows": rows_of(standings),
                "stopping": sum(standing.stops for standing in standings),
                "used": use_words(uses.titles, uses.more),
                "faults_url": address_of_faults(self.instance),
                "guide_url": reverse("cms_checks_guide", args=["sprawdzanie"]),
            }


def address_of_faults(row: Any) -> str:
    """Where all faults of a row are listed and let pass."""
    from django.contrib.contenttypes.models import ContentType

    return reverse("cms_checks_faults", args=[ContentType.objects.get_for_model(type(row)).pk, row.pk])
