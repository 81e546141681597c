"""Who may do what with people."""

from django.contrib.auth.models import AnonymousUser

from cms.accounts.models import User
from cms.accounts.rules import Role


def has_role(user: User | AnonymousUser, role: Role) -> bool:
    """Whether the account has the role; a superuser operates the site and has none by that."""
    return user.is_authenticated and user.is_active and user.groups.filter(name=role.value).exists()


def can_enter_editors_side(user: User | AnonymousUser) -> bool:
    """Whether the Wagtail admin opens for this account."""
    return user.is_authenticated and user.is_active and user.has_perm("wagtailadmin.access_admin")


def can_manage_account(user: User | AnonymousUser, other: User) -> bool:
    """Whether ``user`` may change the account ``other``; nobody reaches above themselves to an operator."""
    if not user.is_authenticated or not user.has_perm("cms_accounts.change_user"):
        return False
    return user.is_superuser or not other.is_superuser
