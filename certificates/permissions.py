"""Who may do what with certificates on the coordinators' side. One's own are fetched by ``queries`` alone."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy

from cms.accounts.models import User


def can_view_register(user: User | AnonymousUser) -> bool:
    """Whether the register of certificates opens for this account."""
    return user.is_active and (
        user.has_perm("certificates.view_certificate") or user.has_perm("certificates.change_certificate")
    )


def can_change_certificate(user: User | AnonymousUser) -> bool:
    """Whether the account may revoke certificates and issue them anew."""
    return user.is_active and user.has_perm("certificates.change_certificate")


class KeptPolicy(ModelPermissionPolicy):
    """Django's permissions, but nobody deletes, not even an operator: what was promised and issued is kept."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User | AnonymousUser, actions: set[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: User | AnonymousUser, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action)


class RegisterPolicy(KeptPolicy):
    """The register is written by jobs and by the actions of coordinators; nobody adds a line by hand."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)
