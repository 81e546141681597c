"""What each role may do on the editors' side, and the groups that hold it.

An app says what its models need in ``role_permissions`` of its ``AppConfig`` (role → permissions); Wagtail's own parts
are listed here. The permissions are granted after every ``migrate``, because only then they exist.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from cms.accounts.rules import Role

STAFF = (Role.EDITORS, Role.LEAD_EDITORS, Role.COORDINATORS, Role.ADMINISTRATORS)

ALSO: dict[Role, Role] = {Role.LEAD_EDITORS: Role.EDITORS}
"""A role that may do all that another one may, and something more."""

_WAGTAIL: dict[Role, list[str]] = {
    Role.EDITORS: [
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
    ],
    Role.COORDINATORS: ["wagtailadmin.access_admin"],
    # Not the site itself: its address is that of the settings, and a slip there would lead every link astray.
    Role.ADMINISTRATORS: [
        "wagtailadmin.access_admin",
        "auth.add_group",
        "auth.change_group",
        "wagtailcore.change_locale",
    ],
}
_PAGES: dict[Role, list[str]] = {
    # Editors write and hand in; lead editors review and publish.
    Role.EDITORS: [f"wagtailcore.{verb}_page" for verb in ("add", "change", "lock")],
    Role.LEAD_EDITORS: [f"wagtailcore.{verb}_page" for verb in ("publish", "bulk_delete", "unlock")],
}
_COLLECTIONS: dict[Role, list[str]] = {
    Role.EDITORS: [
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    ],
}


def create_role_groups() -> None:
    """Make sure that each role has its group.

    On a fresh database Wagtail's moderators go, with the workflow that waits for them: nobody here has that role, and
    a second set of groups beside ours would only confuse.
    """
    fresh = not Group.objects.filter(name=Role.ADMINISTRATORS.value).exists()
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    if fresh:
        Group.objects.filter(name="Moderators", user=None).delete()
        Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()


def grant_role_permissions() -> list[str]:
    """Give each role its permissions. Safe to repeat; takes nothing away. Returns what is declared but not there."""
    if GroupCollectionPermission._meta.db_table not in connection.introspection.table_names():
        return []  # Only some apps are migrated; nothing to grant yet.
    create_role_groups()
    groups = {Role(group.name): group for group in Group.objects.filter(name__in=[role.value for role in Role])}
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    missing: list[str] = []
    for role, wanted in _granted():
        groups[role].permissions.add(*[known[name] for name in wanted if name in known])
        missing += [name for name in wanted if name not in known]
    _grant_on_pages(groups, known)
    _grant_on_collections(groups, known)
    return missing


def _granted() -> Iterator[tuple[Role, list[str]]]:
    yield from _with_roles_above(_WAGTAIL)
    for config in apps.get_app_configs():
        declared: dict[str, list[str]] = getattr(config, "role_permissions", {})
        yield from _with_roles_above({Role(name): list(wanted) for name, wanted in declared.items()})


def _with_roles_above(wanted: dict[Role, list[str]]) -> Iterator[tuple[Role, list[str]]]:
    yield from wanted.items()
    for above, role in ALSO.items():
        yield above, wanted.get(role, [])


def _grant_on_pages(groups: dict[Role, Group], known: dict[str, Permission]) -> None:
    root = Page.objects.filter(depth=1).first()
    for role, wanted in _with_roles_above(_PAGES) if root else ():
        for name in wanted:
            GroupPagePermission.objects.get_or_create(group=groups[role], page=root, permission=known[name])


def _grant_on_collections(groups: dict[Role, Group], known: dict[str, Permission]) -> None:
    root = Collection.objects.filter(depth=1).first()
    for role, wanted in _with_roles_above(_COLLECTIONS) if root else ():
        for name in wanted:
            GroupCollectionPermission.objects.get_or_create(group=groups[role], collection=root, permission=known[name])
