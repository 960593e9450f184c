"""Sessions in a table that says whose they are (ASVS 7.5.2, ADR 0014)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kjerne", "0002_grunndata"),
    ]

    operations = [
        migrations.CreateModel(
            name="Oekt",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("merke", models.UUIDField(db_index=True, editable=False, null=True)),
                ("enhet", models.CharField(blank=True, max_length=60)),
                ("startet_tid", models.DateTimeField(null=True)),
                ("sett_tid", models.DateTimeField(null=True)),
                (
                    "konto",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="oekter",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "økt",
                "verbose_name_plural": "økter",
            },
        ),
    ]
