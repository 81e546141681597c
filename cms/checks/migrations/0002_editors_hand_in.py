"""Editors hand in what they write, so what only lead editors do is taken from them, once."""

from typing import Any

from django.db import migrations


def take_from_editors(apps: Any, schema_editor: Any) -> None:
    permissions = apps.get_model("wagtailcore", "GroupPagePermission")
    permissions.objects.filter(
        group__name="Editors",
        permission__codename__in=["publish_page", "bulk_delete_page", "unlock_page"],
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("cms_checks", "0001_exemptions_and_review")]

    operations = [migrations.RunPython(take_from_editors, migrations.RunPython.noop)]
