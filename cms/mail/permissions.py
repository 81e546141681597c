"""Who may do what with the outbox."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def can_send_again(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Coordinators and administrators: whoever may change letters."""
    return bool(user.is_authenticated and user.has_perm("cms_mail.change_outgoingmail"))  # type: ignore[union-attr]
