"""Who reviews the declaration and who sees how it stands."""

from django.contrib.auth.models import AnonymousUser

from cms.accounts.models import User


def can_review(user: User | AnonymousUser) -> bool:
    """Lead editors and administrators: whoever may write a review."""
    return user.is_active and user.has_perm("cms_declaration.add_review")


def can_see_declaration(user: User | AnonymousUser) -> bool:
    """Whoever writes, reviews or administers."""
    return user.is_active and user.has_perm("cms_declaration.view_review")
