"""Birthdays as deadlines, a corrected birth date, and two parents who decide together (L14, B7, ADR 0019)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.fabrikker import (
    I_DAG,
    DeltakelseFabrikk,
    HenvendelseFabrikk,
    KontaktFabrikk,
    PersonFabrikk,
    RepresentasjonFabrikk,
    SakFabrikk,
    koordinator_i,
    samtykke_for,
    tok_ansatt,
)
from tests.sak.test_samtykke import registrer
from tok.kjerne.fristregning import fyller_aar
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Varsel
from tok.sak.alderskifte import RETTET, gaa_gjennom
from tok.sak.handlinger import (
    avslutt_deltakelse,
    bli_sak,
    endre_person,
    foelg_opp_alder,
    registrer_muntlig_ja,
    trekk_samtykke,
)
from tok.sak.handlinger.representasjon import FristenErLukket
from tok.sak.handlinger.samtykke import BeggeMaaSkriveUnder
from tok.sak.models import Deltakelse, Frist, Hendelse, Omraade, Sak, Samtykke
from tok.sak.opplysninger import Personopplysninger
from tok.sak.paaminnelser import send_paaminnelser
from tok.sak.tilgang import Rett
from tok.sak.tilgang.sperrer import faar

pytestmark = pytest.mark.django_db

REGLER = {12: "alder_12", 15: "alder_15", 16: "samtykke_16", 18: "alder_18"}


def sak_som_fyller(aar: int, dag: date) -> Sak:
    return SakFabrikk(person=PersonFabrikk(foedselsdato=dag.replace(year=dag.year - aar)))


def rett_foedselsdato(sak: Sak, dag: date, naa: datetime) -> None:
    navn = Personopplysninger.__dataclass_fields__
    felt: dict[str, Any] = {ett: getattr(sak.person, ett) for ett in navn if ett != "nummer"}
    endre_person(
        sak=sak,
        opplysninger=Personopplysninger(**felt | {"nummer": "", "foedselsdato": dag}),
        behold_nummer=True,
        av=tok_ansatt(sak),
        naa=naa,
    )


@pytest.mark.parametrize(("aar", "regel"), REGLER.items())
def test_natta_setter_fristen_en_gang(aar: int, regel: str, naa: datetime) -> None:
    sak = sak_som_fyller(aar, I_DAG + timedelta(days=90))
    assert gaa_gjennom(naa=naa - timedelta(days=1)) == 0
    assert gaa_gjennom(naa=naa) == 1
    assert gaa_gjennom(naa=naa) == 0
    frist = Frist.objects.get()
    assert (frist.sak, frist.regel, frist.forfall) == (sak, regel, I_DAG + timedelta(days=90))
    assert frist.neste_paaminnelse == frist.forfall - timedelta(days=60)


def test_koordinator_varsles_60_30_14_og_3_dager_foer(naa: datetime) -> None:
    dag = I_DAG + timedelta(days=80)
    sak = sak_som_fyller(16, dag)
    koordinator = koordinator_i(sak)
    gaa_gjennom(naa=naa)
    varslet = []
    for foer in range(80, -5, -1):
        if send_paaminnelser(naa=naa + timedelta(days=80 - foer)):
            varslet.append(foer)
    assert varslet == [60, 30, 14, 3]
    assert set(Varsel.objects.values_list("mottaker", flat=True)) == {koordinator.pk}
    assert not any(sak.person.fornavn in v.tekst + v.emne for v in Varsel.objects.all())


def test_fristen_settes_naar_saken_aapnes_og_ikke_i_etterkant(naa: datetime) -> None:
    for dager, antall in ((10, 1), (0, 1), (-1, 0)):
        person = PersonFabrikk(foedselsdato=(I_DAG + timedelta(days=dager)).replace(year=I_DAG.year - 12))
        henvendelse = HenvendelseFabrikk(person=person)
        sak = bli_sak(henvendelse=henvendelse, av=tok_ansatt(kontor=henvendelse.kontor), naa=naa)
        assert Frist.objects.filter(sak=sak, regel="alder_12").count() == antall


def test_skuddaar(naa: datetime) -> None:
    """Born 29 February: 1 March in other years (to verify)."""
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=date(2012, 2, 29)))
    gaa_gjennom(naa=datetime(2027, 1, 10, 3, tzinfo=OSLO))
    assert Frist.objects.get(sak=sak).forfall == date(2027, 3, 1)
    tolv = SakFabrikk(person=PersonFabrikk(foedselsdato=date(2016, 2, 29)))
    gaa_gjennom(naa=datetime(2028, 1, 10, 3, tzinfo=OSLO))
    assert Frist.objects.get(sak=tolv).forfall == date(2028, 2, 29)


def test_natta_regner_i_norsk_tid() -> None:
    """At 23.30 UTC it is tomorrow in Oslo, and the birthday is one day nearer."""
    sak_som_fyller(16, date(2027, 2, 22))
    with time_machine.travel(datetime(2026, 11, 23, 22, 30, tzinfo=OSLO), tick=False):
        assert gaa_gjennom(naa=datetime(2026, 11, 23, 22, 30, tzinfo=OSLO)) == 0
    assert gaa_gjennom(naa=datetime(2026, 11, 24, 0, 30, tzinfo=OSLO)) == 1


def test_rettet_foedselsdato_flytter_fristen_og_foreldrenes_siste_dag(naa: datetime) -> None:
    sak = sak_som_fyller(16, I_DAG + timedelta(days=40))
    mor = DeltakelseFabrikk(
        sak=sak, rolle="representant", egenskap="forelder", til_dato=fyller_aar(sak.person.foedselsdato, 18)
    )
    gaa_gjennom(naa=naa)
    ny = sak.person.foedselsdato + timedelta(days=5)
    rett_foedselsdato(sak, ny, naa)
    assert Frist.objects.aapne().get().forfall == I_DAG + timedelta(days=45)
    assert Deltakelse.objects.get(pk=mor.pk).til_dato == fyller_aar(ny, 18)
    rett_foedselsdato(sak, ny.replace(year=ny.year + 3), naa)
    assert not Frist.objects.aapne().exists()
    assert Frist.objects.get().lukket_hvordan == RETTET
    rett_foedselsdato(sak, ny, naa)
    assert Frist.objects.aapne().get().forfall == I_DAG + timedelta(days=45)


def test_samtykket_trekkes_naar_den_virkelige_alderen_ikke_tillater_det(naa: datetime) -> None:
    """What rested on a parent's consent pauses; the coordinator keeps the case (L14)."""
    sak = sak_som_fyller(15, I_DAG + timedelta(days=200))
    fast = DeltakelseFabrikk(sak=sak)
    samtykke = samtykke_for(sak, fast, gyldig_tom=date(2027, 8, 31))
    koordinator = koordinator_i(sak)
    assert Rett.LESE_REFERAT.har(fast.konto, i_dag=I_DAG)
    rett_foedselsdato(sak, sak.person.foedselsdato - timedelta(days=300), naa)
    assert Samtykke.objects.get(pk=samtykke.pk).trukket_av == RETTET
    assert not Rett.LESE_REFERAT.har(fast.konto, i_dag=I_DAG)
    assert Rett.LESE_REFERAT.har(koordinator, i_dag=I_DAG)
    assert Rett.SE_SAK.har(fast.konto, i_dag=I_DAG)


def test_et_samtykke_som_fortsatt_holder_roeres_ikke(naa: datetime) -> None:
    sak = sak_som_fyller(10, I_DAG + timedelta(days=200))
    samtykke = samtykke_for(sak)
    rett_foedselsdato(sak, sak.person.foedselsdato - timedelta(days=1), naa)
    assert Samtykke.objects.get(pk=samtykke.pk).trukket_tid is None


def test_fulgt_opp_kommer_ikke_tilbake_og_staar_i_dagboka(naa: datetime) -> None:
    sak = sak_som_fyller(15, I_DAG + timedelta(days=3))
    av = koordinator_i(sak)
    gaa_gjennom(naa=naa)
    frist = foelg_opp_alder(frist=Frist.objects.get(), av=av, naa=naa)
    assert Hendelse.objects.get(handling="sak.foelg_opp_alder").data == {"hva": "Fyller 15 år"}
    assert gaa_gjennom(naa=naa) == 0
    with pytest.raises(FristenErLukket):
        foelg_opp_alder(frist=frist, av=av, naa=naa)


def test_knappen_og_ordene_paa_sida(naa: datetime, settings: Any) -> None:
    settings.TOK_KREV_TOTP = False
    sak = sak_som_fyller(16, I_DAG + timedelta(days=20))
    gaa_gjennom(naa=naa)
    klient = Client()
    with time_machine.travel(naa, tick=False):
        klient.force_login(koordinator_i(sak), "tok.kjerne.innlogging.Innlogging")
        side = klient.get(reverse("sak:representanter", args=[sak.pk])).content.decode()
        assert "fyller 16 år 13. desember 2026" in side
        assert "Jeg har fulgt opp dette" in side
        svar = klient.post(reverse("sak:alder_fulgt_opp", args=[sak.pk, Frist.objects.get().pk]))
        assert svar.status_code == 302
        side = klient.get(reverse("sak:representanter", args=[sak.pk])).content.decode()
    assert "Jeg har fulgt opp dette" not in side
    assert "fyller 16 år" in side


def to_foreldre(sak: Sak) -> tuple[Deltakelse, Deltakelse]:
    felt = {"sak": sak, "rolle": "representant", "egenskap": "forelder", "konto": None}
    mor, far = (DeltakelseFabrikk(**felt, kontakt=KontaktFabrikk(navn=navn)) for navn in ("Mette Mor", "Per Far"))
    return mor, far


def test_begge_maa_skrive_under_og_en_er_nok_til_aa_trekke(naa: datetime, settings: Any) -> None:
    """Two parents who disagree: nothing new without both, and the one who objects closes what rested on it."""
    settings.TOK_KREV_TOTP = False
    sak = sak_som_fyller(4, I_DAG + timedelta(days=40))
    to_foreldre(sak)
    fast = DeltakelseFabrikk(sak=sak)
    with pytest.raises(BeggeMaaSkriveUnder):
        registrer(sak, naa, fast, gyldig_tom=date(2027, 5, 1))
    av = Deltakelse.objects.koordinatorer().get(sak=sak).konto
    samtykke = samtykke_for(sak, fast, underskrevet_av="Mette Mor", underskrevet_av_2="Per Far")
    assert Rett.LESE_REFERAT.har(fast.konto, i_dag=I_DAG)
    trekk_samtykke(samtykke=samtykke, trukket_av="Per Far", av=av, naa=naa)
    assert not Rett.LESE_REFERAT.har(fast.konto, i_dag=I_DAG)
    klient = Client()
    klient.force_login(av, "tok.kjerne.innlogging.Innlogging")
    side = klient.get(reverse("sak:representanter", args=[sak.pk])).content.decode()
    assert "Per Far trakk samtykket 23. november 2026" in side


def test_en_av_to_foreldre_er_gaatt_ut(naa: datetime) -> None:
    """The one who is left signs alone."""
    sak = sak_som_fyller(4, I_DAG + timedelta(days=40))
    mor, far = to_foreldre(sak)
    avslutt_deltakelse(deltakelse=far, av=tok_ansatt(sak), naa=naa)
    assert registrer(sak, naa, mor, gyldig_tom=date(2027, 5, 1)).underskrevet_av_2 == ""


def test_personens_eget_samtykke_lukker_fristen(naa: datetime) -> None:
    """The parents' consent has run out, and the young person signs: that is what the 16th birthday asked for (L14)."""
    sak = sak_som_fyller(16, I_DAG)
    gaa_gjennom(naa=naa)
    registrer(sak, naa, egenskap="selv", underskrevet_av="Ungdom Prøve")
    assert Frist.objects.get(regel="samtykke_16").lukket_hvordan == "personen har samtykket selv"
    assert gaa_gjennom(naa=naa) == 0


def test_muntlig_ja_fra_den_ene_forelderen_holder_til_foerste_moete(naa: datetime) -> None:
    """It covers registration and the first invitation only (R67)."""
    sak = sak_som_fyller(4, I_DAG + timedelta(days=40))
    to_foreldre(sak)
    muntlig = registrer_muntlig_ja(
        sak=sak, navn="Mette Mor", egenskap="forelder", sagt_dato=I_DAG, vurdert_av="", av=koordinator_i(sak), naa=naa
    )
    assert not Samtykke.objects.gyldige(I_DAG, "referat").exists()
    assert Samtykke.objects.gyldige(I_DAG, "gruppe").get() == muntlig


def test_posten_foelger_innsynet(naa: datetime) -> None:
    """What a representative may not read today is not posted to them: the mother at 16, the verge after the end."""
    sak = sak_som_fyller(16, I_DAG)
    mor, _far = to_foreldre(sak)
    verge = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="verge")
    RepresentasjonFabrikk(deltakelse=verge, til_dato=I_DAG + timedelta(days=1))
    person = DeltakelseFabrikk(sak=sak, rolle="person", konto=None)
    alle = Deltakelse.objects.filter(sak=sak)
    dagen_foer = set(faar(alle, Omraade.MOETE, I_DAG - timedelta(days=1)))
    assert mor in dagen_foer
    assert set(faar(alle, Omraade.MOETE, I_DAG)) == {verge, person}
    assert set(faar(alle, Omraade.MOETE, I_DAG + timedelta(days=1))) == {person}
