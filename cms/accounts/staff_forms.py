"""Forms of the editors' side for accounts, roles and people."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import GroupForm

from cms.accounts import actions, queries, rules
from cms.accounts.forms import NameField
from cms.accounts.models import LANGUAGES, Organisation, Person, User
from cms.accounts.wording import role_label


class RolesField(forms.ModelMultipleChoiceField):
    """The groups, named as people know them."""

    def label_from_instance(self, obj: Any) -> str:
        return role_label(obj.name)


class _AccountForm(forms.ModelForm):
    name = NameField()
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="pl", widget=forms.RadioSelect)
    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody can learn. A role is for additional tasks on the site."),
    )
    required_css_class = "required"

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        self.for_user = for_user
        super().__init__(*args, **kwargs)


class InviteForm(_AccountForm):
    """A new account; its owner sets the password through the link in the invitation."""

    class Meta:
        model = User
        fields = ["email", "groups"]

    field_order = ["email", "name", "language", "groups"]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if queries.user_with_address(email) is not None:
            raise ValidationError(_("There is already an account with this address."), code="address_taken")
        return email

    def save(self, commit: bool = True) -> User:
        data = self.cleaned_data
        user = actions.invite(email=data["email"], name=data["name"], language=data["language"], by=self.for_user)
        user.groups.set(data["groups"])
        self.instance = user
        return user


class AccountForm(_AccountForm):
    """An account's name, roles and whether it is let in. Its address is changed by its owner alone."""

    class Meta:
        model = User
        fields = ["is_active", "groups"]
        labels = {"is_active": _("Active")}
        help_texts = {
            "is_active": _("An account that is not active is suspended: it cannot sign in, and its sessions end.")
        }

    field_order = ["name", "language", "groups", "is_active"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = queries.person_of(self.instance)
        self.fields["name"].initial = self.person.name
        self.fields["language"].initial = self.person.language
        self.editing_self = editing_self
        if editing_self:
            del self.fields["is_active"]

    def clean_groups(self) -> Any:
        """An administrator cannot lose the role by a slip of their own hand, so one is always left."""
        groups = self.cleaned_data["groups"]
        lost = set(self.instance.groups.values_list("name", flat=True)) - {group.name for group in groups}
        if self.editing_self and rules.Role.ADMINISTRATORS in lost:
            raise ValidationError(
                _("You cannot take the administrator's role from yourself. Ask another administrator to do it."),
                code="own_role",
            )
        return groups

    def save(self, commit: bool = True) -> User:
        data = self.cleaned_data
        if "is_active" in data:
            # The form has put its value on the instance already; the action compares with what is stored.
            actions.set_active(user_id=self.instance.pk, active=data["is_active"], by=self.for_user)
        actions.rename_person(person_id=self.person.pk, name=data["name"], by=self.for_user)
        Person.objects.filter(pk=self.person.pk).update(language=data["language"])
        self.instance.groups.set(data["groups"])
        return self.instance


class RoleForm(GroupForm):
    """A group; the four that the academy is built on keep their names.

    The address of the site is offered to none: it is for operators, who may do everything. A group that has it from
    elsewhere loses it when it is saved.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Saving keeps only what Wagtail does not know of; it knows these, so a group that has them loses them.
        permissions: Any = self.fields["permissions"]
        permissions.queryset = permissions.queryset.exclude(
            content_type__app_label="wagtailcore", content_type__model="site"
        )
        name = self.instance.name
        if role_label(name) != name:
            self.fields["name"].help_text = _("The program knows the role by this name; people read “%(role)s”.") % {
                "role": role_label(name)
            }

    def clean_name(self) -> str:
        name: str = super().clean_name()
        before = Group.objects.filter(pk=self.instance.pk).values_list("name", flat=True).first()
        if before in {role.value for role in rules.Role} and name != before:
            raise ValidationError(
                _("This role is known to the program by its name; it cannot be renamed."), code="role_name"
            )
        return name


class PersonForm(forms.ModelForm):
    """A correction of what is known about a person."""

    name = NameField()
    required_css_class = "required"

    class Meta:
        model = Person
        fields = ["name", "language", "organisation"]

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        self.for_user = for_user
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name")  # type: ignore[attr-defined]

    def save(self, commit: bool = True) -> Person:
        data = self.cleaned_data
        actions.rename_person(person_id=self.instance.pk, name=data["name"], by=self.for_user)
        Person.objects.filter(pk=self.instance.pk).update(language=data["language"], organisation=data["organisation"])
        self.instance.refresh_from_db()
        return self.instance
