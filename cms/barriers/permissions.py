"""Who sees and answers reports of barriers, and who takes personal data out of them."""

from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def can_handle(user: PermissionsMixin | AnonymousUser) -> bool:
    """Lead editors and administrators: whoever may change a report."""
    return user.has_perm("cms_barriers.change_barrierreport")


def can_forget(user: PermissionsMixin | AnonymousUser) -> bool:
    """Administrators, when somebody asks for it."""
    return user.has_perm("cms_barriers.delete_barrierreport")
