from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms_accounts", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation", name="cms_accounts_organisation_name_is_one_in_its_kind"
        ),
        migrations.AddField(
            model_name="organisation",
            name="folded_name",
            field=models.CharField(default="", editable=False, max_length=250),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("folded_name", "kind"), name="cms_accounts_organisation_name_is_one_in_its_kind"
            ),
        ),
    ]
