"""Wagtail's management of users and groups, told to use the forms that know our accounts."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersAdminConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS instead of ``wagtail.users``."""

    user_viewset = "cms.accounts.viewsets.AccountViewSet"
    group_viewset = "cms.accounts.viewsets.RoleViewSet"
