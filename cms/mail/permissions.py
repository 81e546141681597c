"""Who may do what with the outbox."""

from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def can_send_again(user: PermissionsMixin | AnonymousUser) -> bool:
    """Coordinators and administrators: whoever may change letters."""
    return user.has_perm("cms_mail.change_outgoingmail")
