"""Who may publish a translation."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from wagtail.models import DraftStateMixin, Page
from wagtail.permission_policies import ModelPermissionPolicy


def may_publish(user: AbstractBaseUser | AnonymousUser, row: models.Model) -> bool:
    """Whether this person may publish this page or snippet. What has no drafts is public as soon as it is changed."""
    if isinstance(row, Page):
        return row.permissions_for_user(user).can_publish()
    action = "publish" if isinstance(row, DraftStateMixin) else "change"
    return ModelPermissionPolicy(type(row)).user_has_permission(user, action)
