from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms_mail", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="confidential",
            field=models.BooleanField(default=False, verbose_name="confidential"),
        ),
    ]
