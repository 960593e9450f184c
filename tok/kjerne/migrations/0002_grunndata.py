"""The system account, a municipality to start from, and the legal bases with their periods (L6, B1)."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import migrations

ORD = {
    "gruppe": {
        "ubestemt": "ansvarsgruppe",
        "bestemt": "ansvarsgruppa",
        "flertall": "ansvarsgrupper",
        "bestemt_flertall": "ansvarsgruppene",
    },
    "moete": {
        "ubestemt": "ansvarsgruppemøte",
        "bestemt": "ansvarsgruppemøtet",
        "flertall": "ansvarsgruppemøter",
        "bestemt_flertall": "ansvarsgruppemøtene",
    },
    "person": {"ubestemt": "bruker", "bestemt": "brukeren", "flertall": "brukere", "bestemt_flertall": "brukerne"},
    "kontor": {
        "ubestemt": "koordinerende enhet",
        "bestemt": "koordinerende enhet",
        "flertall": "koordinerende enheter",
        "bestemt_flertall": "de koordinerende enhetene",
    },
}

# (code, reference, from, until); wording and dates to be verified by the municipality's lawyer.
HJEMLER = [
    ("koordinator", "helse- og omsorgstjenesteloven § 7-2, pasient- og brukerrettighetsloven § 2-5 b", "2022-08-01"),
    (
        "barnekoordinator",
        "helse- og omsorgstjenesteloven § 7-2 a, pasient- og brukerrettighetsloven § 2-5 c",
        "2022-08-01",
    ),
    ("individuell_plan", "helse- og omsorgstjenesteloven § 7-1, pasient- og brukerrettighetsloven § 2-5", "2022-08-01"),
    ("koordinerende_enhet", "helse- og omsorgstjenesteloven § 7-3", "2012-01-01"),
    ("unntatt_offentlighet", "offentleglova § 13, jf. forvaltningsloven § 13", "2009-01-01"),
]


def legg_inn(apps, schema_editor):
    apps.get_model("kjerne", "Konto").objects.create(
        navn="Systemet", epost="systemet@localhost", er_system=True, is_active=False, password=make_password(None)
    )
    apps.get_model("kjerne", "Kommune").objects.create(
        pk=1,
        navn="Kommunen",
        kontor_navn="Koordinerende enhet",
        kontor_kort="KE",
        telefon="00 00 00 00",
        epost="ikke-svar@localhost",
        besoeksadresse="",
        aapningstid="",
        ord=ORD,
    )
    hjemmel = apps.get_model("kjerne", "Hjemmel")
    hjemmel.objects.bulk_create(
        hjemmel(kode=kode, tekst=tekst, gjelder_fra=date.fromisoformat(fra)) for kode, tekst, fra in HJEMLER
    )


class Migration(migrations.Migration):
    dependencies = [("kjerne", "0001_tabeller")]
    operations = [migrations.RunPython(legg_inn, migrations.RunPython.noop)]
