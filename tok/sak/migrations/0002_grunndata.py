"""Who may sign at what age (B7), and the routine's first checklists (C8)."""

from datetime import date

from django.db import migrations

FRA = date(2022, 1, 1)
PBRL = "pasient- og brukerrettighetsloven kap. 4 (to verify)"

# capacity, from age, up to age, lasts until age, assessment, child's view, document
REGLER = [
    ("selv", 16, None, None, False, False, False, f"{PBRL} § 4-3"),
    ("forelder", -1, 7, 16, False, False, False, f"{PBRL} § 4-4"),
    ("forelder", 7, 16, 16, False, True, False, f"{PBRL} § 4-4, barnelova §§ 31–33"),
    ("forelder", 16, 18, 18, True, False, False, f"{PBRL} § 4-5"),
    ("barnevern", -1, 7, 16, False, False, True, "barnevernsloven § 5-1 (to verify)"),
    ("barnevern", 7, 16, 16, False, True, True, "barnevernsloven § 5-1 (to verify)"),
    ("barnevern", 16, 18, 18, True, False, True, "barnevernsloven § 5-1 (to verify)"),
    ("verge", 18, None, None, False, False, True, "vergemålsloven (to verify)"),
    ("fullmektig", 18, None, None, False, False, True, "forvaltningsloven § 12 (to verify)"),
    ("paaroerende", 18, None, None, True, False, False, f"{PBRL} § 4-6"),
]

SJEKKLISTER = [
    (
        "opprettelse",
        "Før oppstart",
        [
            ("Infoheftet er gitt til dem som er usikre på behovet", "R27"),
            ("Koordinator er foreslått i samråd med personen", "R29"),
            ("Nærmeste leder har svart", "R110–R112"),
            ("Koordinator er oppnevnt, og gruppa er registrert", "R30"),
            ("Behovet for tolk er kartlagt, og tolk er bestilt", "R115"),
            ("Koordinator har tatt innføringskurset", "R125–R126"),
            ("Koordinator har lest rutinen", "R132"),
            ("Koordinator har forklart rollene sine for personen", "R114"),
        ],
    ),
    (
        "oppstartsmoete",
        "Oppstartsmøtet",
        [
            ("Tolken har presentert seg og vet hvem som deltar", "R65"),
            ("Alle har sagt hvem de er og hvordan de kjenner personen", "R66"),
            ("Samtykkeskjemaet er underskrevet", "R31, R67"),
            ("Koordinators navn, rolle, telefon og e-post er gjort kjent", "R32, R68"),
            ("Retten til individuell plan er gjort kjent", "R69"),
            ("Hvem som er faste og hvem som kalles inn ved behov, er avklart", "R34, R70"),
            ("Rollene og hva hver kan hjelpe med, er avklart", "R35"),
        ],
    ),
    (
        "hvert_moete",
        "Hvert møte",
        [
            ("Sakslista er satt opp sammen med personen", "R60"),
            ("Fastlegen er innkalt gjennom legekontoret, med dobbelttime", "R57–R58"),
            ("Personen har fått tilbud om ordet først", "R79"),
            ("Dato for neste møte er avtalt", "R88"),
            ("Referatet er lagt i tjenestenes egne fagsystemer", "R84"),
        ],
    ),
]


def legg_inn(apps, schema_editor):
    regel = apps.get_model("sak", "Samtykkeregel")
    regel.objects.bulk_create(
        regel(
            egenskap=egenskap,
            fra_alder=fra,
            til_alder=til,
            varer_til_alder=varer,
            krever_vurdering=vurdering,
            krever_barnets_syn=syn,
            krever_dokument=dokument,
            gjelder_fra=FRA,
            kilde=kilde,
        )
        for egenskap, fra, til, varer, vurdering, syn, dokument, kilde in REGLER
    )
    liste, punkt = apps.get_model("sak", "Sjekkliste"), apps.get_model("sak", "Sjekkpunkt")
    for kode, navn, punkter in SJEKKLISTER:
        rad = liste.objects.create(kode=kode, navn=navn, gjelder_fra=FRA)
        punkt.objects.bulk_create(
            punkt(sjekkliste=rad, nr=nr, tekst=tekst, kilde=kilde) for nr, (tekst, kilde) in enumerate(punkter, 1)
        )


class Migration(migrations.Migration):
    dependencies = [("sak", "0001_tabeller")]
    operations = [migrations.RunPython(legg_inn, migrations.RunPython.noop)]
