"""What waits for somebody, on the first screen of the administration."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision

from cms.checks.models import Exemption
from cms.checks.permissions import can_see_exemptions
from media.models import FailedJob, Film
from media.permissions import can_change_film
from media.queries import for_the_list

SHOWN = 10


class ListPanel(Component):
    """A list of what waits; it is not shown where nothing does."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


class DueExemptionsPanel(ListPanel):
    """Faults that were let pass, the soonest due first."""

    name = "exemptions"
    order = 120
    template_name = "cms/checks/home_exemptions.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        rows = list(Exemption.objects.filter(closed_at=None).order_by("mend_by", "pk")[: SHOWN + 1])
        return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN, "today": timezone.localdate()}


class MyDraftsPanel(ListPanel):
    """Pages whose newest version is one's own and is not published."""

    name = "my_drafts"
    order = 130
    template_name = "cms/checks/home_drafts.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        mine = Revision.objects.filter(
            user=self.request.user, base_content_type=ContentType.objects.get_for_model(Page)
        )
        pages = (
            Page.objects.filter(has_unpublished_changes=True, latest_revision__in=mine)
            .order_by(F("latest_revision_created_at").desc(nulls_last=True), "pk")
            .only("pk", "title", "draft_title", "latest_revision_created_at", "live", "locale")
        )
        rows = list(pages[: SHOWN + 1])
        return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN}


class UnfinishedFilmsPanel(ListPanel):
    """Films that are drafts, with what their list says of captions."""

    name = "unfinished_films"
    order = 140
    template_name = "cms/checks/home_films.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        rows = list(for_the_list(Film.objects.filter(live=False)).order_by("-created_at", "pk")[: SHOWN + 1])
        return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN}


class FailedJobsPanel(ListPanel):
    """How many jobs were given up, for whoever may repeat them."""

    name = "failed_jobs"
    order = 90
    template_name = "cms/checks/home_jobs.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"count": FailedJob.objects.count()}


def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Add what this person may see and act on."""
    user = request.user
    if can_see_exemptions(user):
        panels += [DueExemptionsPanel(request), MyDraftsPanel(request)]
    if can_change_film(user):
        panels.append(UnfinishedFilmsPanel(request))
    if user.has_perm("media.change_failedjob"):
        panels.append(FailedJobsPanel(request))
