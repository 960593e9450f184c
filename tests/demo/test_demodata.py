"""The demo municipality holds what it promises, whatever day it is made, and is made in an empty database only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, IntegerField, Max, Min
from django.db.models.functions import Cast, Substr

from ansvarsgruppe.models import Moete, Referat
from koordinator.models import Forespoersel
from tok.demo import bygging
from tok.demo.personer import Personer
from tok.demo.roller import ROLLER
from tok.kjerne.foedselsnummer import er_syntetisk
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Konto, Varsel
from tok.sak.models import Ansettelse, Deltakelse, Frist, Hendelse, Henvendelse, Loggfunn, Person, Sak, Samtykke, Utkast

SOENDAG = datetime(2026, 11, 22, 7, 15, tzinfo=OSLO)
SKUDDAAR = datetime(2028, 2, 29, 23, 30, tzinfo=OSLO)
JANUAR = datetime(2027, 1, 1, 0, 20, tzinfo=OSLO)


@pytest.mark.parametrize("naa", [SOENDAG, SKUDDAAR, JANUAR])
def test_kommunen_har_alle_tilstandene(ekte_db: Any, naa: datetime) -> None:
    bygging.bygg(naa, 2026)
    i_dag = lokal_dato(naa)
    assert Sak.objects.count() == len(bygging.SAKER) + bygging.VANLIGE_SAKER
    assert Henvendelse.objects.filter(tilstand="ny").count() >= 3
    assert Henvendelse.objects.filter(tilstand="ny", mottatt_dato=i_dag).exists()
    assert set(Forespoersel.objects.values_list("tilstand", flat=True)) >= {"sendt", "godkjent", "avslaatt"}
    assert set(Moete.objects.values_list("tilstand", flat=True)) == set(Moete.Tilstand.values)
    assert set(Referat.objects.values_list("tilstand", "versjon")) == {("utkast", 1), ("ferdig", 1), ("ferdig", 2)}
    assert Utkast.objects.count() == 1
    assert Samtykke.objects.filter(trukket_tid__isnull=False).count() >= 2
    assert Samtykke.objects.filter(trukket_tid=None, maate="papir", gyldig_tom__lt=i_dag).exists()
    assert set(Person.objects.values_list("adressebeskyttelse", flat=True)) == {"ingen", "fortrolig", "strengt"}
    _kommunen_i_bredden(i_dag)
    for mottaker in ("koordinator", "leder"):
        frister = Frist.objects.aapne().filter(mottaker=mottaker)
        assert frister.filter(forfall__lt=i_dag).exists()
        assert frister.filter(forfall=i_dag).exists()
    funn = Loggfunn.objects.all()
    assert funn.filter(lukket_tid__lte=naa).count() == 1
    assert funn.filter(lukket_tid=None).count() >= 2
    assert funn.filter(leder=None).exists()
    assert not Hendelse.objects.filter(tid__gt=naa).exists()
    assert set(Konto.objects.values_list("epost", flat=True)) >= {rolle.epost for rolle in ROLLER}
    nummer = [person.les_nummer() for person in Person.objects.all()]
    assert all(er_syntetisk(ett) for ett in nummer if ett)
    gamle = Varsel.objects.exclude(feil="")
    assert set(gamle.values_list("tilstand", "feil")) == {("sendt", bygging.FOER_DEMOEN)}
    with pytest.raises(CommandError):
        call_command("demodata")


def _kommunen_i_bredden(i_dag: date) -> None:
    """The width the demo promises: people, services, families, two years, and numbers that follow the calendar."""
    koordinatorer = Deltakelse.objects.koordinatorer().filter(sak__tilstand="aapen").ikke_slutt(i_dag)
    assert koordinatorer.values("konto").distinct().count() == 15
    ansatte = Ansettelse.objects.gjeldende(i_dag)
    assert [ansatte.som(rolle).values("konto").distinct().count() for rolle in ("leder", "tok")] == [6, 3]
    deltar = Deltakelse.objects.gjeldende(i_dag).exclude(rolle="koordinator").filter(enhet__isnull=False)
    assert deltar.values("enhet").distinct().count() >= 10
    familier = Person.objects.values("etternavn").annotate(antall=Count("pk"))
    assert familier.filter(antall__gte=3).exists()
    holdt = Moete.objects.filter(tilstand="holdt").aggregate(foerst=Min("start_tid"), sist=Max("start_tid"))
    assert (lokal_dato(holdt["sist"]) - lokal_dato(holdt["foerst"])).days > 600
    frister = Frist.objects.filter(regel="referat", lukket_hvordan="referatet er sendt")
    assert set(frister.values_list("ble_for_sen", flat=True)) == {True, False}
    assert Frist.objects.filter(regel="aarlig_gjennomgang", lukket_hvordan="gjennomgangen er holdt").count() > 10
    assert Deltakelse.objects.kommende(i_dag).koordinatorer().exists()
    assert Sak.objects.filter(tilstand="avsluttet").exists()
    saker = Sak.objects.annotate(nr=Cast(Substr("nummer", 6), IntegerField())).order_by("aapnet_dato__year", "nr")
    datoer = [sak.aapnet_dato for sak in saker]
    assert datoer == sorted(datoer)
    for konto, antall in (("jonas.berg", 4), ("siri.lunde", 2)):  # those the start page tells of
        assert koordinatorer.filter(konto__epost__startswith=konto).count() == antall


def test_samme_froe_gir_samme_personer() -> None:
    dag = SOENDAG.date()
    en, to = (Personer(dag, 7).ny("Kari", "Prøve", aar=9) for _nr in range(2))
    assert en == to
    assert Personer(dag, 8).ny("Kari", "Prøve", aar=9).nummer != en.nummer
