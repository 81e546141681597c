"""The editors' side of accounts, roles and people."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.users.views import groups as wagtail_groups
from wagtail.users.views import users as wagtail_users

from cms.accounts import rules
from cms.accounts.models import Person, User
from cms.accounts.permissions import can_manage_account
from cms.accounts.staff_forms import AccountForm, InviteForm, PersonForm, RoleForm
from cms.accounts.wording import role_label


class OnlyExistingPolicy(ModelPermissionPolicy):
    """Rows that are seen and perhaps corrected here, but made and removed elsewhere."""

    refused = frozenset({"add", "delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.refused and super().user_has_permission(user, action)


register_permission_policy(Person, OnlyExistingPolicy(Person))


def _roles(user: User) -> str:
    names = [role_label(group.name) for group in user.groups.all()]
    return ", ".join([*([str(_("operator"))] if user.is_superuser else []), *sorted(names)])


class AccountFilterSet(wagtail_users.UserFilterSet):
    """By state, last sign-in and role; roles are named as people know them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.filters["group"]
        roles.label = _("Role")
        roles.field.label_from_instance = lambda group: role_label(group.name)


class AccountIndexView(wagtail_users.IndexView):
    """Accounts with their roles."""

    add_item_label = _("Invite a person")

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(wagtail_users.UserColumn)
        return [
            title("name", accessor="get_full_name", label=_("First name and surname"), get_url=self.get_edit_url),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", accessor=_roles, label=_("Roles")),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.select_related("wagtail_userprofile", "person").prefetch_related("groups")

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if not self.is_searching:
            return queryset
        folded = rules.search_name(self.search_query)
        address = Q(email__icontains=self.search_query)
        return queryset.filter(address | Q(person__search_name__contains=folded) if folded else address)


class InviteView(wagtail_users.CreateView):
    """Invites somebody to have an account."""

    page_title = _("Invite a person")
    success_message = _("The invitation to '%(object)s' is on its way.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class AccountEditView(wagtail_users.EditView):
    """An account's name, roles and state; operators are reached by operators alone."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not can_manage_account(request.user, self.object):
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if not self.editing_self:
            url = reverse("cms_accounts_erase", args=[self.object.pk])
            buttons.append(Button(_("Delete the account and its data"), url=url, icon_name="bin", priority=90))
        return buttons


class AccountViewSet(wagtail_users.UserViewSet):
    """Accounts."""

    index_view_class = AccountIndexView
    filterset_class = AccountFilterSet
    add_view_class = InviteView
    edit_view_class = AccountEditView
    copy_view_enabled = False
    menu_label = _("Accounts")
    template_prefix = "cms/accounts/staff/"

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountForm if for_update else InviteForm


class RoleIndexView(wagtail_groups.IndexView):
    """Groups, named as people know them."""

    columns = [
        TitleColumn(
            "name",
            accessor=lambda group: role_label(group.name),
            label=_("Role"),
            sort_key="name",
            url_name="wagtailusers_groups:edit",
        )
    ]


class RoleEditView(wagtail_groups.EditView):
    """A group under the name that people know."""

    def get_page_subtitle(self) -> str:
        return role_label(self.object.name)


class RoleViewSet(wagtail_groups.GroupViewSet):
    """Roles and other groups."""

    model = Group
    index_view_class = RoleIndexView
    edit_view_class = RoleEditView
    menu_label = _("Roles")

    def get_form_class(self, for_update: bool = False) -> type:
        return RoleForm


class PersonIndexView(generic.IndexView):
    """Whoever learns, found by any spelling of the name or by address."""

    default_ordering = "sort_name"
    search_fields = ["search_name"]

    def get_base_queryset(self) -> QuerySet[Person]:
        return Person.objects.select_related("user", "organisation").filter(erased_at=None)

    def search_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        if not self.is_searching:
            return queryset
        address = Q(user__email__icontains=self.search_query) | Q(email__icontains=self.search_query)
        folded = rules.search_name(self.search_query)
        return queryset.filter(address | Q(search_name__contains=folded) if folded else address)


class PersonInspectView(generic.InspectView):
    """One person, under the words of the list."""

    labels = {"contact_email": _("E-mail address"), "created_at": _("Since")}

    def get_field_label(self, field_name: str, field: Any) -> str:
        return str(self.labels.get(field_name) or super().get_field_label(field_name, field))


class PersonEditView(generic.EditView):
    """A correction of a person's name, language or organisation."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class PersonViewSet(ModelViewSet):
    """People, for coordinators."""

    model = Person
    name = "people"
    icon = "group"
    menu_label = _("People")
    menu_order = 310
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "contact_email", "language", "organisation", "created_at"]
    index_view_class = PersonIndexView
    inspect_view_class = PersonInspectView
    edit_view_class = PersonEditView
    list_display = [
        "name",
        Column("contact_email", label=_("E-mail address")),
        Column("organisation", label=_("Organisation")),
        DateColumn("created_at", label=_("Since"), sort_key="created_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonForm
