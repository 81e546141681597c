"""Who may let a fault pass."""

from django.contrib.auth.models import AnonymousUser

from cms.accounts.models import User


def can_let_pass(user: User | AnonymousUser) -> bool:
    """Lead editors: whoever may write an exemption."""
    return user.is_active and user.has_perm("cms_checks.add_exemption")


def can_see_exemptions(user: User | AnonymousUser) -> bool:
    """Whoever writes or reviews what is published."""
    return user.is_active and user.has_perm("cms_checks.view_exemption")
