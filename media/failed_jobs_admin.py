"""Failed jobs in the administration: what was given up and why, with "repeat" and "dismiss"."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from media.failed_jobs import dismiss_job, repeat_job
from media.models import FailedJob


class NotedByWorkersPolicy(ModelPermissionPolicy):
    """Failed jobs are noted by workers alone: whoever may change them repeats or dismisses them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(FailedJob, NotedByWorkersPolicy(FailedJob))


def last_line(job: FailedJob) -> str:
    """What went wrong, in one line: the last one of the traceback."""
    return job.error.strip().rsplit("\n", 1)[-1][:200]


def state(job: FailedJob) -> str:
    """Whether somebody has to act."""
    return _("repeated, not yet done") if job.repeated_at else _("given up")


class FailedJobFilterSet(WagtailFilterSet):
    """By the kind of job."""

    task_name = django_filters.AllValuesFilter(label=gettext_lazy("Task"))

    class Meta:
        model = FailedJob
        fields = ["task_name"]


class FailedJobView(EditView):
    """One failed job with all that is known of it, and the two buttons."""

    template_name = "media/failed_jobs/show.html"
    page_title = gettext_lazy("Failed job")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"job": self.object, "state": state(self.object)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self.get_object()
        match request.POST.get("action"):
            case "repeat":
                try:
                    repeat_job(job_id=job.pk, by=request.user)
                except ValidationError as refusal:
                    messages.error(request, refusal.messages[0])
                else:
                    messages.success(request, _("The job has been queued again. It leaves the list when it succeeds."))
            case "dismiss":
                dismiss_job(job_id=job.pk, by=request.user)
                messages.success(request, _("The job has been dismissed."))
            case _:
                return HttpResponseBadRequest()
        return redirect(reverse(self.index_url_name))


class FailedJobViewSet(ModelViewSet):
    """The list, under the menu's settings."""

    model = FailedJob
    name = "failed_jobs"
    url_prefix = "failed-jobs"
    icon = "warning"
    menu_label = gettext_lazy("Failed jobs")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = FailedJobView
    edit_template_name = FailedJobView.template_name
    index_template_name = "media/failed_jobs/index.html"
    form_fields: list[str] = []
    list_display = [
        "task_name",
        Column("error", label=gettext_lazy("Error"), accessor=last_line),
        Column("tries", label=gettext_lazy("Tries"), sort_key="tries"),
        Column("state", label=gettext_lazy("State"), accessor=state),
        DateColumn("failed_at", label=gettext_lazy("Failed"), sort_key="failed_at"),
    ]
    search_fields = ["task_name", "error"]
    filterset_class = FailedJobFilterSet
    list_per_page = 50


@hooks.register("register_admin_viewset")
def register_failed_jobs() -> FailedJobViewSet:
    """Put the list into the administration."""
    return FailedJobViewSet()


@hooks.register("register_log_actions")
def name_acts_for_the_log(actions: LogActionRegistry) -> None:
    """Name the two acts for the log."""
    actions.register_action("media.repeat_job", gettext_lazy("Repeat a failed job"), gettext_lazy("Job queued again"))
    actions.register_action("media.dismiss_job", gettext_lazy("Dismiss a failed job"), gettext_lazy("Job dismissed"))
