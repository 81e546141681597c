from django.db import migrations


def take_away(apps, schema_editor):
    """Administrators were given the form for the site's address once; operators keep it."""
    given = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailcore", codename="change_site"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrators"):
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [
        ("cms_accounts", "0002_fold_organisation_names"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(take_away, migrations.RunPython.noop)]
