import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0003_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="issue_reason",
            field=models.TextField(blank=True, verbose_name="reason of issue after a revocation"),
        ),
        migrations.CreateModel(
            name="NameConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="confirmed name")),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_confirmation",
                        to="cms_accounts.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmation of a name",
                "verbose_name_plural": "confirmations of names",
            },
        ),
    ]
