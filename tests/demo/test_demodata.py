"""The demo municipality holds what it promises, whatever day it is made, and is made in an empty database only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ansvarsgruppe.models import Moete, Referat
from koordinator.models import Forespoersel
from tok.demo import bygging
from tok.demo.personer import Personer
from tok.demo.roller import ROLLER
from tok.kjerne.foedselsnummer import er_syntetisk
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Konto, Varsel
from tok.sak.models import Frist, Hendelse, Henvendelse, Person, Sak, Samtykke, Utkast

SOENDAG = datetime(2026, 11, 22, 7, 15, tzinfo=OSLO)
SKUDDAAR = datetime(2028, 2, 29, 23, 30, tzinfo=OSLO)
JANUAR = datetime(2027, 1, 1, 0, 20, tzinfo=OSLO)


@pytest.mark.parametrize("naa", [SOENDAG, SKUDDAAR, JANUAR])
def test_kommunen_har_alle_tilstandene(ekte_db: Any, naa: datetime) -> None:
    bygging.bygg(naa, 2026)
    i_dag = lokal_dato(naa)
    assert Sak.objects.count() == 15
    assert Henvendelse.objects.filter(tilstand="ny").count() == 3
    assert Henvendelse.objects.filter(tilstand="ny", mottatt_dato=i_dag).exists()
    assert set(Forespoersel.objects.values_list("tilstand", flat=True)) >= {"sendt", "godkjent", "avslaatt"}
    assert set(Moete.objects.values_list("tilstand", flat=True)) == {"planlagt", "innkalt", "holdt"}
    assert set(Referat.objects.values_list("tilstand", "versjon")) == {("utkast", 1), ("ferdig", 1), ("ferdig", 2)}
    assert Utkast.objects.count() == 1
    assert Samtykke.objects.filter(trukket_tid__isnull=False).count() == 1
    assert Person.objects.filter(adressebeskyttelse="strengt").count() == 1
    for mottaker in ("koordinator", "leder"):
        frister = Frist.objects.aapne().filter(mottaker=mottaker)
        assert frister.filter(forfall__lt=i_dag).exists()
        assert frister.filter(forfall=i_dag).exists()
    assert not Hendelse.objects.filter(tid__gt=naa).exists()
    assert set(Konto.objects.values_list("epost", flat=True)) >= {rolle.epost for rolle in ROLLER}
    nummer = [person.les_nummer() for person in Person.objects.all()]
    assert all(er_syntetisk(ett) for ett in nummer if ett)
    gamle = Varsel.objects.exclude(feil="")
    assert set(gamle.values_list("tilstand", "feil")) == {("sendt", bygging.FOER_DEMOEN)}
    with pytest.raises(CommandError):
        call_command("demodata")


def test_samme_froe_gir_samme_personer() -> None:
    dag = SOENDAG.date()
    en, to = (Personer(dag, 7).ny("Kari", "Prøve", aar=9) for _nr in range(2))
    assert en == to
    assert Personer(dag, 8).ny("Kari", "Prøve", aar=9).nummer != en.nummer
