"""Said by oneself, marked by the office, lifted by another; and what the pages tell to whom (N12, L28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import (
    NAA,
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    koordinator_i,
    tok_ansatt,
)
from tok.kjerne.models import Konto, Varsel
from tok.sak import varseltilgang
from tok.sak.dagbok import setning
from tok.sak.handlinger import erklaer_inhabilitet, legg_til_deltaker, merk_inhabilitet, opphev_inhabilitet
from tok.sak.handlinger.habilitet import AlleredeMeldt, AlleredeOpphevet, FoelgerAvDeltakelsen
from tok.sak.models import Deltakelse, Frist, Habilitet, Hendelse, Nivaa, Person, Sak
from tok.sak.paaminnelser import finn_mottakere
from tok.sak.tilgang import Rett
from tok.sak.tilgang.habil import ErInhabil
from tok.sak.tilgang.innsyn import Avvist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("klokka")]
TANTE = "Hun er tanten min."


@pytest.fixture
def klokka(settings: Settings) -> Iterator[None]:
    """The pages' own clock stands still, and one factor is enough."""
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def sak(db: None) -> Sak:
    """Selma's case, which Hanne of the office has."""
    kontor = EnhetFabrikk(er_kontor=True)
    hanne = tok_ansatt(kontor=kontor, navn="Hanne Solvik")
    person = PersonFabrikk(fornavn="Selma", etternavn="Nes")
    rad: Sak = SakFabrikk(person=person, kontor=kontor, saksbehandler=hanne)
    return rad


def ser(konto: Konto, sak: Sak) -> bool:
    return Rett.SE_SAK.synlige(konto, Sak.objects.all(), i_dag=NAA.date()).filter(pk=sak.pk).exists()


def test_koordinatoren_melder_fra_og_er_ute_i_samme_oeyeblikk(sak: Sak, naa: datetime) -> None:
    """Role, reading, Min dag and messages end; the office hears of it; nothing is told of the relation (N2, N19)."""
    tante = koordinator_i(sak, navn="Anne Brekke")
    frist = Frist(sak=sak, mottaker=Frist.Mottaker.KOORDINATOR)
    assert finn_mottakere([frist], naa.date()).for_frist(frist, naa.date()) == [tante]
    erklaer_inhabilitet(sak=sak, relasjon="annen", merknad=TANTE, av=tante, naa=naa)
    assert not ser(tante, sak)
    assert Deltakelse.objects.get(konto=tante).til_dato == naa.date()
    assert not Rett.SE_SAK.har(tante, i_dag=naa.date())
    mottakere = finn_mottakere([frist], naa.date())
    assert (mottakere.for_frist(frist, naa.date()), mottakere.i_kontoret(frist)) == ([], [sak.saksbehandler])
    varsel = Varsel.objects.get()
    assert varsel.mottaker == sak.saksbehandler
    hendelse = Hendelse.objects.get(handling="sak.erklaer_inhabilitet")
    assert hendelse.sak == sak
    assert setning(hendelse) == "Anne Brekke meldte fra om å være inhabil og er ikke lenger koordinator."
    for tekst in (varsel.tekst, varsel.emne, str(hendelse.data)):
        assert TANTE not in tekst
        assert "Nes" not in tekst


def test_bare_den_som_er_i_saken_melder_fra(sak: Sak, naa: datetime) -> None:
    for utenfor in (ansatt(), tok_ansatt(SakFabrikk()), ansatt("leder")):
        with pytest.raises(Avvist):
            erklaer_inhabilitet(sak=sak, relasjon="annen", av=utenfor, naa=naa)
    assert not Habilitet.objects.exists()


@pytest.mark.parametrize("rolle", ["vara", "medkoordinator", "fast", "ved_behov"])
def test_alle_som_hjelper_kan_melde_fra_ogsaa_om_det_som_begynner_senere(rolle: str, sak: Sak, naa: datetime) -> None:
    konto = ansatt()
    senere = naa.date() + timedelta(days=30)
    DeltakelseFabrikk(sak=sak, konto=konto, rolle=rolle)
    kommer = DeltakelseFabrikk(sak=sak, konto=konto, rolle="fast", fra_dato=senere)
    erklaer_inhabilitet(sak=sak, relasjon="partner", av=konto, naa=naa)
    kommer.refresh_from_db()
    assert kommer.til_dato == senere
    assert not Deltakelse.objects.ikke_slutt(naa.date()).filter(konto=konto).exists()


def test_saksbehandleren_melder_fra_og_kollegene_hoerer_det_og_tar_fristene(sak: Sak, naa: datetime) -> None:
    saksbehandler, kollega = sak.saksbehandler, tok_ansatt(sak)
    erklaer_inhabilitet(sak=sak, relasjon="soesken", av=saksbehandler, naa=naa)
    assert [varsel.mottaker for varsel in Varsel.objects.all()] == [kollega]
    assert all(varseltilgang.kan_se(v, naa=naa) for v in Varsel.objects.all())
    frist = Frist(sak=Sak.objects.get(pk=sak.pk), mottaker=Frist.Mottaker.TOK)
    assert finn_mottakere([frist], naa.date()).for_frist(frist, naa.date()) == [kollega]


def test_kontoret_merker_foer_noen_faar_en_rolle(sak: Sak, naa: datetime) -> None:
    """The refusal stands at the field, and does not tell the relation."""
    tok, laerer = tok_ansatt(sak), ansatt(navn="Berit Lie")
    merk_inhabilitet(sak=sak, konto=laerer, relasjon="forelder", av=tok, naa=naa)
    with pytest.raises(ErInhabil) as avslag:
        legg_til_deltaker(sak=sak, rolle="fast", hvem=laerer, av=tok, naa=naa)
    assert (avslag.value.felt, avslag.value.melding) == (
        "konto",
        "Berit Lie kan ikke ha en rolle i denne saken. Velg en annen.",
    )
    mor = legg_til_deltaker(sak=sak, rolle="representant", egenskap="forelder", hvem=laerer, av=tok, naa=naa)
    assert mor.konto == laerer
    with pytest.raises(AlleredeMeldt):
        merk_inhabilitet(sak=sak, konto=laerer, relasjon="forelder", av=tok, naa=naa)


def test_bare_kontoret_merker_og_opphever(sak: Sak, naa: datetime) -> None:
    konto, koordinator = ansatt(), koordinator_i(sak)
    with pytest.raises(Avvist):
        merk_inhabilitet(sak=sak, konto=konto, relasjon="annen", av=koordinator, naa=naa)
    rad = merk_inhabilitet(sak=sak, konto=konto, relasjon="annen", av=tok_ansatt(sak), naa=naa)
    for uten_rett in (koordinator, konto):
        with pytest.raises(Avvist):
            opphev_inhabilitet(sak=sak, habilitet=rad, grunn="Feil", av=uten_rett, naa=naa)


def test_ingen_opphever_sin_egen(sak: Sak, naa: datetime) -> None:
    """Closed out, the account cannot reach the page; the database stands behind."""
    tok = tok_ansatt(sak)
    rad = erklaer_inhabilitet(sak=sak, relasjon="annen", av=tok, naa=naa)
    with pytest.raises(Avvist):
        opphev_inhabilitet(sak=sak, habilitet=rad, grunn="Gikk over", av=tok, naa=naa)
    opphev_inhabilitet(sak=sak, habilitet=rad, grunn="Meldt i feil sak", av=tok_ansatt(sak), naa=naa)
    assert ser(tok, sak)
    with pytest.raises(AlleredeOpphevet):
        opphev_inhabilitet(sak=sak, habilitet=rad, grunn="En gang til", av=tok_ansatt(sak), naa=naa)


def test_det_som_foelger_av_en_rolle_rettes_der(sak: Sak, naa: datetime) -> None:
    """A parent is a parent as long as it is registered; and another case's conflict is not lifted from this one."""
    tok = tok_ansatt(sak)
    DeltakelseFabrikk(sak=sak, konto=KontoFabrikk(), rolle="representant", egenskap="forelder")
    rad = Habilitet.objects.get(relasjon="forelder")
    with pytest.raises(FoelgerAvDeltakelsen):
        opphev_inhabilitet(sak=sak, habilitet=rad, grunn="Feil", av=tok, naa=naa)
    annen = SakFabrikk(kontor=sak.kontor)
    with pytest.raises(AlleredeOpphevet):
        opphev_inhabilitet(sak=annen, habilitet=rad, grunn="Feil", av=tok, naa=naa)


def test_en_annen_innlogging_enn_den_private_skjermer_ogsaa(sak: Sak, naa: datetime) -> None:
    """The person has a job account that nobody has tied to the person before (L28)."""
    tok, jobbkonto, kollega = sak.saksbehandler, ansatt(), tok_ansatt(sak)
    assert ser(kollega, sak)
    rad = merk_inhabilitet(sak=sak, konto=jobbkonto, relasjon="selv", av=tok, naa=naa)
    assert Person.objects.get(pk=sak.person_id).vernenivaa == Nivaa.SKJERMET
    assert (ser(kollega, sak), ser(tok, sak)) == (False, True)
    opphev_inhabilitet(sak=sak, habilitet=rad, grunn="Navnebror", av=tok, naa=naa)
    assert Person.objects.get(pk=sak.person_id).vernenivaa == Nivaa.INGEN
    assert ser(kollega, sak)


def test_siden_viser_navn_og_relasjon_og_merknaden_bare_for_kontoret(sak: Sak, naa: datetime, client: Client) -> None:
    merk_inhabilitet(
        sak=sak, konto=ansatt(navn="Berit Lie"), relasjon="annen", merknad=TANTE, av=tok_ansatt(sak), naa=naa
    )
    url = reverse("sak:habilitet", args=[sak.pk])
    for konto, ser_merknad in ((koordinator_i(sak), False), (tok_ansatt(sak), True)):
        client.force_login(konto)
        side = client.get(url).content.decode()
        assert "Berit Lie" in side
        assert "står personen nær på en annen måte" in side
        assert (TANTE in side) is ser_merknad
    client.force_login(inn_som_fast(sak))
    assert client.get(url).status_code == 404


def inn_som_fast(sak: Sak) -> Konto:
    konto = ansatt()
    DeltakelseFabrikk(sak=sak, konto=konto, rolle="fast")
    return konto


def test_sidene_fra_foerst_til_sist(sak: Sak, client: Client) -> None:
    """Said on one page, the next request is a 404; lifted by a colleague on another."""
    fast, tok = inn_som_fast(sak), tok_ansatt(sak)
    client.force_login(fast)
    meld = reverse("sak:habilitet_meld", args=[sak.pk])
    assert client.post(meld, {}).status_code == 422
    svar = client.post(meld, {"relasjon": "soesken", "merknad": ""})
    assert (svar.status_code, svar.url) == (302, reverse("oversikt:min_dag"))  # type: ignore[attr-defined]
    for url in (meld, reverse("oversikt:sak", args=[sak.pk])):
        assert client.get(url).status_code == 404
    client.force_login(tok)
    rad = Habilitet.objects.get(konto=fast)
    opphev = reverse("sak:habilitet_opphev", args=[sak.pk, rad.pk])
    assert fast.navn in client.get(opphev).content.decode()
    assert client.post(opphev, {"grunn": "Meldt i feil sak"}).status_code == 302
    assert client.get(opphev).status_code == 404
    merk = reverse("sak:habilitet_merk", args=[sak.pk])
    assert client.post(merk, {"konto": tok.pk, "relasjon": "annen"}).url == reverse("oversikt:min_dag")  # type: ignore[attr-defined]
    assert client.get(merk).status_code == 404


def test_den_som_bare_er_kalt_inn_ved_behov_melder_fra_uten_aa_faa_vite_mer(sak: Sak, client: Client) -> None:
    konto = ansatt()
    DeltakelseFabrikk(sak=sak, konto=konto, rolle="ved_behov")
    client.force_login(konto)
    side = client.get(reverse("sak:habilitet_meld", args=[sak.pk])).content.decode()
    assert sak.nummer in side
    assert "Nes" not in side
