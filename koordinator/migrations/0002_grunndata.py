"""The course every new coordinator takes before the first meeting (R125–R127)."""

from django.db import migrations


def legg_inn(apps, schema_editor):
    apps.get_model("koordinator", "Kurs").objects.create(
        navn="Innføringskurs om individuell plan og koordinator", minutter=120, kreves_foer_foerste_moete=True
    )


class Migration(migrations.Migration):
    dependencies = [("koordinator", "0001_tabeller")]
    operations = [migrations.RunPython(legg_inn, migrations.RunPython.noop)]
