"""What this room adds to the editors' side."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter, log

from cms.accounts import actions
from cms.accounts.models import User
from cms.accounts.permissions import can_manage_account
from cms.accounts.queries import person_of
from cms.accounts.viewsets import PersonViewSet
from cms.accounts.wording import role_label


def show_door(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in page: there is one door, so whoever is in already is led on."""
    wanted = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if ours else "wagtailadmin_home")


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then erases an account and its data as its owner could."""
    user = get_object_or_404(User, pk=pk)
    if not can_manage_account(request.user, user) or user.pk == request.user.pk:
        raise PermissionDenied
    if request.method == "POST":
        try:
            actions.erase_account(person_id=person_of(user).pk, by=cast(User, request.user))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("wagtailusers_users:edit", pk)
        messages.success(request, _("The account and its data have been deleted."))
        return redirect("wagtailusers_users:index")
    return render(
        request, "cms/accounts/staff/erase.html", {"account": user, "page_title": _("Delete the account and its data")}
    )


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    return [
        path("login/", show_door, name="cms_accounts_door"),
        path("users/erase/<int:pk>/", erase, name="cms_accounts_erase"),
    ]


@hooks.register("register_admin_viewset")
def register_people() -> PersonViewSet:
    return PersonViewSet()


@hooks.register("construct_reports_menu")
def show_the_log(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Whoever sees people reads who did what to them; Wagtail offers the log to whoever edits pages only."""
    if request.user.has_perm("cms_accounts.view_person") and all(item.name != "site-history" for item in menu_items):
        url = reverse("wagtailadmin_reports:site_history")
        menu_items.append(MenuItem(_("Site history"), url=url, name="site-history", icon_name="history"))


@hooks.register("register_log_actions")
def register_log_actions(registry: Any) -> None:
    registry.register_action("accounts.rename", gettext_lazy("Rename"), gettext_lazy("Corrected the name"))
    registry.register_action("accounts.invite", gettext_lazy("Invite"), gettext_lazy("Invited to have an account"))
    registry.register_action("accounts.suspend", gettext_lazy("Suspend"), gettext_lazy("Suspended the account"))
    registry.register_action("accounts.activate", gettext_lazy("Let in"), gettext_lazy("Let the account in again"))

    @registry.register_action("accounts.change_roles")
    class ChangeRoles(LogFormatter):
        label = gettext_lazy("Change roles")

        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data
            parts = []
            if data.get("added"):
                parts.append(_("Role given: %(roles)s") % {"roles": ", ".join(map(role_label, data["added"]))})
            if data.get("removed"):
                parts.append(_("Role removed: %(roles)s") % {"roles": ", ".join(map(role_label, data["removed"]))})
            return "; ".join(parts)


@hooks.register("before_bulk_action")
def refuse_out_of_reach(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """What is not allowed for one account is not allowed for many: operators are for operators, oneself stays."""
    if action.model is not User:
        return None
    if not all(can_manage_account(request.user, user) for user in objects):
        refusal = _("Operators' accounts are changed by operators only. Nothing was changed.")
    elif action_type in {"set_active_state", "delete"} and any(user.pk == request.user.pk for user in objects):
        refusal = _("You cannot suspend or delete your own account here. Nothing was changed.")
    else:
        return None
    messages.error(request, refusal)
    return redirect(action.next_url)


@hooks.register("after_bulk_action")
def log_change_of_state(request: HttpRequest, action_type: str, objects: QuerySet[Any], action: Any) -> None:
    """Suspending many at once goes past the action that logs it, so it is noted here."""
    if action_type == "set_active_state":
        active = action.cleaned_form.cleaned_data["mark_as_active"]
        for user in objects:
            log(user, "accounts.activate" if active else "accounts.suspend", user=request.user)
