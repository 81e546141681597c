"""Who may release an issue, see subscribers and take them out of the program."""

from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def can_release(user: PermissionsMixin | AnonymousUser) -> bool:
    """Editors: whoever holds the permission to release."""
    return user.has_perm("cms_newsletter.release_issue")


def can_see_subscribers(user: PermissionsMixin | AnonymousUser) -> bool:
    """Administrators: addresses in full are for nobody else."""
    return user.has_perm("cms_newsletter.view_subscriber")


def can_export_subscribers(user: PermissionsMixin | AnonymousUser) -> bool:
    """Whoever was given the permission by hand: the data protection officer. No role has it."""
    return user.has_perm("cms_newsletter.export_subscriber")
