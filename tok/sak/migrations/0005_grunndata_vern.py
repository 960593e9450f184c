"""What each may see at what age (B7), and protection for those who had a protected address before it took two to set."""

from datetime import date

from django.db import migrations

from tok.kjerne import klokke
from tok.kjerne.historikk import som_system

FRA = date(2022, 1, 1)
PBRL = "pasient- og brukerrettighetsloven §§ 3-4 og 4-3 (to verify)"
ALT = ["sak", "moete", "referat", "dokument", "samtykke", "logg"]

# capacity, from age, up to age, what, on what condition
INNSYN = [
    ("selv", 12, None, ALT, "", PBRL),
    ("forelder", -1, 16, ALT, "", PBRL),
    ("forelder", 16, 18, ALT, "vurdert", PBRL),
    ("barnevern", -1, 18, ALT, "dokument", "barnevernsloven § 5-1 (to verify)"),
    ("verge", -1, None, ALT, "dokument", "vergemålsloven (to verify)"),
    ("fullmektig", 16, None, ALT, "dokument", "forvaltningsloven § 12 (to verify)"),
    ("paaroerende", 18, None, ALT, "vurdert", "pasient- og brukerrettighetsloven § 3-3 (to verify)"),
]


def legg_inn(apps, schema_editor):
    regel = apps.get_model("sak", "Innsynsregel")
    regel.objects.bulk_create(
        regel(
            egenskap=egenskap,
            fra_alder=fra,
            til_alder=til,
            omraader=omraader,
            vilkaar=vilkaar,
            gjelder_fra=FRA,
            kilde=kilde,
        )
        for egenskap, fra, til, omraader, vilkaar, kilde in INNSYN
    )
    apps.get_model("sak", "Aldersregel").objects.create(
        kode="skjule", fra_alder=12, til_alder=16, gjelder_fra=FRA, kilde=PBRL
    )


def flytt_vern(apps, schema_editor):
    """Each protected person gets the case worker and another of the office as the two, and all of today's as the group."""
    tabell = {
        navn: apps.get_model("sak", navn) for navn in ("Person", "Ansettelse", "Deltakelse", "Vern", "Vernetilgang")
    }
    naa = klokke.naa()
    nivaa = {"fortrolig": 2, "strengt": 3}
    with som_system("address protection set before it took two", using=schema_editor.connection.alias):
        for person in tabell["Person"].objects.exclude(adressebeskyttelse="ingen"):
            kontor = (person.saker.first() or person.henvendelser.first()).kontor_id
            av_kontoret = tabell["Ansettelse"].objects.filter(enhet=kontor, rolle="tok", til_dato=None)
            kontoer = list(av_kontoret.order_by("fra_dato", "pk").values_list("konto", flat=True).distinct())
            if len(kontoer) < 2:
                raise RuntimeError("Et vern må settes av to. Kontoret trenger to saksbehandlere før oppgraderingen.")
            deltar = tabell["Deltakelse"].objects.filter(sak__person=person, konto__isnull=False, til_dato=None)
            stab = deltar.exclude(rolle__in=["person", "representant"]).values_list("konto", flat=True)
            tabell["Vern"].objects.create(
                person=person,
                nivaa=nivaa[person.adressebeskyttelse],
                grunn="Satt før oppgraderingen",
                satt_av_id=kontoer[0],
                satt_tid=naa,
                bekreftes_av_id=kontoer[1],
            )
            tabell["Vernetilgang"].objects.bulk_create(
                tabell["Vernetilgang"](person=person, konto_id=pk, gitt_av_id=kontoer[0], gitt_tid=naa)
                for pk in {*kontoer, *stab}
            )


def utled_habilitet(apps, schema_editor):
    """Touch who stands for themselves or their child, so that the triggers derive their conflicts."""
    with som_system("conflicts of interest derived", using=schema_editor.connection.alias):
        schema_editor.execute("UPDATE sak_deltakelse SET konto_id = konto_id WHERE rolle IN ('person', 'representant')")


class Migration(migrations.Migration):
    dependencies = [("sak", "0004_vern")]
    operations = [
        migrations.RunPython(legg_inn, migrations.RunPython.noop),
        migrations.RunPython(flytt_vern, migrations.RunPython.noop),
        migrations.RunPython(utled_habilitet, migrations.RunPython.noop),
    ]
