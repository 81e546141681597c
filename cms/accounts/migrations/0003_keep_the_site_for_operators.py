from django.db import migrations


def take_away(apps, schema_editor):
    """The form for roles offered the site's address to every group, so any of them may hold it; operators keep it."""
    apps.get_model("auth", "Group").permissions.through.objects.filter(
        permission__content_type__app_label="wagtailcore", permission__content_type__model="site"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms_accounts", "0002_fold_organisation_names"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(take_away, migrations.RunPython.noop)]
