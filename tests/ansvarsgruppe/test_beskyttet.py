"""Letters and home addresses: to whom, seen by whom, and who hears when no letter may be sent (N11, L20, L27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ansvarsgruppe.handlinger.ferdigstilling import ferdigstill_referat
from ansvarsgruppe.handlinger.moete import avlys_moete
from ansvarsgruppe.models import Innkalling, Levering, Moete, Referat
from tests.ansvarsgruppe import referat_rom
from tests.ansvarsgruppe.moeterom import NAA, Rom, innkalt, lag_rom, planlegg, sett_opp
from tests.fabrikker import (
    DeltakelseFabrikk,
    KontaktFabrikk,
    KontoFabrikk,
    RepresentasjonFabrikk,
    ansatt,
    slipp_inn,
    vern,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto, Varsel
from tok.sak.models import Nivaa, Saksdokument, Vernoppgave
from tok.sak.varseltilgang import kan_se

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def klokka(settings: Any) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def strengt() -> Rom:
    rom = lag_rom()
    # The office's own clerk of the case is who must hear.
    with som_system("test data"):
        rom.sak.saksbehandler = rom.tok
        rom.sak.save()
    verne(rom, rom.sak.person, Nivaa.STRENGT)
    return rom


def verne(rom: Rom, hvem: Any, nivaa: Nivaa, *andre: Konto) -> None:
    """Protect somebody of the case; office and coordinator stay in."""
    vern(hvem, nivaa)
    slipp_inn(rom.sak.person, rom.tok, rom.koordinator, *andre)
    rom.sak.refresh_from_db()


def hent(konto: Any, url: str, *noekler: Any, **spoerring: Any) -> Any:
    klient = Client()
    klient.force_login(konto)
    return klient.get(reverse(url, args=noekler), spoerring)


def test_ingen_brev_til_en_med_strengt_fortrolig_adresse(strengt: Rom) -> None:
    moete = innkalt(strengt)
    kanaler = {rad.deltakelse.navn: (rad.kanal, rad.brev) for rad in Innkalling.objects.all()}
    assert kanaler["Kanarifornavn Kanarietternavn"] == ("annen", None)
    assert kanaler["Kanarimor"] == ("annen", None)
    assert not Saksdokument.objects.filter(type="innkalling").exists()
    assert all("Fjordvik skole" not in rad.kalender for rad in Innkalling.objects.all())
    oppgaver = {(rad.slag, rad.hva, rad.mottaker, rad.objekt_type) for rad in Vernoppgave.objects.all()}
    assert oppgaver == {
        ("levere", "Innkalling til møtet 3. desember 2026", navn, "Innkalling")
        for navn in ("Kanarifornavn Kanarietternavn", "Kanarimor")
    }
    varsel = Varsel.objects.get(mottaker=strengt.tok)
    assert varsel.emne.startswith("Noe venter på deg")
    assert f"/moeter/{moete.pk}/" in varsel.tekst
    assert kan_se(varsel, naa=NAA)


def test_legen_og_vergens_kontor_faar_brev_likevel(strengt: Rom) -> None:
    verge = DeltakelseFabrikk(
        sak=strengt.sak,
        konto=None,
        kontakt=KontaktFabrikk(navn="Verge Prøve", virksomhet="Prøve advokatkontor"),
        rolle="representant",
        egenskap="verge",
    )
    RepresentasjonFabrikk(deltakelse=verge)
    innkalt(strengt, strengt.lege, verge)
    assert set(Innkalling.objects.values_list("kanal", flat=True)) == {"papir"}
    assert not Varsel.objects.filter(mottaker=strengt.tok).exists()


@pytest.mark.parametrize(("nivaa", "telefon"), [(Nivaa.FORTROLIG, "12 34 50 00"), (Nivaa.STRENGT, "")])
def test_en_vernet_mor_skjuler_stedet_for_hele_gruppa(nivaa: Nivaa, telefon: str) -> None:
    """The child is not protected; one who takes part is, and her level is the group's (N11)."""
    rom = lag_rom()
    verne(rom, rom.mor.kontakt, nivaa)
    innkalt(rom, rom.mor, rom.lege)
    for rad in Innkalling.objects.all():
        assert "Fjordvik skole" not in rad.kalender
        assert "Se innkallingen" in rad.kalender
    lege = Innkalling.objects.get(deltakelse=rom.lege)
    assert lege.brev is not None
    assert lege.brev.innhold["moete"]["sted"] == "Stedet får du vite av koordinator."
    assert lege.brev.innhold["koordinator"]["telefon"] == telefon
    hos_mor = Innkalling.objects.get(deltakelse=rom.mor)
    assert hos_mor.kanal == ("papir" if nivaa == Nivaa.FORTROLIG else "annen")
    assert Vernoppgave.objects.exists() is (nivaa == Nivaa.STRENGT)


def test_forhaandsvisning_og_moeteside_sier_det(strengt: Rom) -> None:
    moete = planlegg(strengt)
    sett_opp(strengt, moete)
    til = [str(strengt.personen.pk), str(strengt.mor.pk)]
    html = hent(strengt.koordinator, "ansvarsgruppe:send_innkalling", moete.pk, til=til).content.decode()
    assert "Må leveres på annen måte (2)" in html
    assert "Prøveveien" not in html
    assert "Brev i posten" not in html
    valg = hent(strengt.koordinator, "ansvarsgruppe:innkalling", moete.pk).content.decode()
    assert "Innkallingen må leveres på annen måte" in valg


def test_den_som_ikke_slipper_inn_i_saken_faar_ingen_melding_og_det_staar_der(strengt: Rom) -> None:
    """Better said before it is sent than stopped in silence (N2)."""
    moete = planlegg(strengt)
    sett_opp(strengt, moete)
    laerer = strengt.sak.deltakelser.get(konto=strengt.laerer)

    def se_over() -> str:
        html = hent(strengt.koordinator, "ansvarsgruppe:send_innkalling", moete.pk, til=[str(laerer.pk)])
        return str(html.content.decode())

    assert "Slipper ikke inn i saken (1)" in se_over()
    slipp_inn(strengt.sak.person, strengt.laerer)
    assert "Slipper ikke inn i saken" not in se_over()


def test_moetesiden_sier_at_tok_er_varslet_ogsaa_til_tok(strengt: Rom) -> None:
    moete = innkalt(strengt)
    for konto in (strengt.koordinator, strengt.tok):
        html = " ".join(hent(konto, "ansvarsgruppe:moete", moete.pk).content.decode().split())
        assert "må leveres på annen måte, TOK er varslet" in html


def test_avlysning_varsler_tok_paa_nytt(strengt: Rom) -> None:
    moete = innkalt(strengt)
    html = hent(strengt.koordinator, "ansvarsgruppe:avlys_moete", moete.pk).content.decode()
    assert "Kanarimor får ikke brev. TOK blir varslet" in html
    avlys_moete(moete=moete, grunn="Sykdom", av=strengt.koordinator, naa=NAA)
    assert Varsel.objects.filter(mottaker=strengt.tok).count() == 2
    oppgave = Vernoppgave.objects.get(objekt_type="Moete")
    assert oppgave.hva == "Beskjed om at møtet 3. desember 2026 er avlyst"
    assert oppgave.mottaker == "Kanarifornavn Kanarietternavn, Kanarimor"


def test_referatet_sendes_heller_ikke_i_posten() -> None:
    rom = referat_rom.lag_rom()
    vern(rom.sak.person, Nivaa.STRENGT, rom.koordinator)
    rom.moete = Moete.objects.get(pk=rom.moete.pk)
    referat = referat_rom.helt_referat(rom)
    ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=NAA)
    kanaler = {rad.deltakelse.navn: rad.kanal for rad in Levering.objects.all()}
    assert kanaler["Silje Prøvesen"] == kanaler["Emma Prøvesen"] == "annen"
    assert set(Vernoppgave.objects.values_list("mottaker", "objekt_type")) == {
        ("Silje Prøvesen", "Levering"),
        ("Emma Prøvesen", "Levering"),
    }
    dokument = Referat.objects.get(pk=referat.pk).dokument
    assert dokument is not None
    innhold = dokument.innhold
    assert innhold["sted"] == "Står på møtesiden etter innlogging"
    assert (innhold["koordinator"]["telefon"], innhold["koordinator"]["epost"]) == ("", "")
    assert "Skolen" not in str(innhold["andre"])
    assert Varsel.objects.filter(mottaker=rom.sak.saksbehandler).count() == 1
    html = hent(rom.koordinator, "ansvarsgruppe:referat", referat.pk).content.decode()
    assert "send den i posten" not in html
    assert "TOK er varslet" in html


def test_fortrolig_adresse_vises_bare_til_dem_som_skriver_ut_brevet() -> None:
    rom = lag_rom()
    med = ansatt(navn="Med Koordinator")
    DeltakelseFabrikk(sak=rom.sak, konto=med, rolle="medkoordinator")
    verne(rom, rom.sak.person, Nivaa.FORTROLIG, med)
    moete = planlegg(rom)
    sett_opp(rom, moete)
    til = [str(rom.personen.pk), str(rom.mor.pk), str(rom.lege.pk)]
    hos_med = hent(med, "ansvarsgruppe:send_innkalling", moete.pk, til=til).content.decode()
    assert "Kanariveien" not in hos_med
    assert hos_med.count("Adressen er beskyttet.") == 2
    assert "Fjordvik legekontor" in hos_med
    assert "Kanariveien 3" in hent(rom.koordinator, "ansvarsgruppe:send_innkalling", moete.pk, til=til).content.decode()


@pytest.mark.parametrize(("hvem", "ser"), [("tok", True), ("koordinator", True), ("far", False), ("personen", False)])
def test_brev_til_andre_leses_av_kontoret_og_koordinator_alene(hvem: str, ser: bool) -> None:
    """One parent does not get the other's home address from the letter."""
    rom = lag_rom()
    kontoer = {"tok": rom.tok, "koordinator": rom.koordinator}
    for navn, rolle in (("far", "representant"), ("personen", "person")):
        kontoer[navn] = KontoFabrikk(navn=navn)
        felt = {"egenskap": "forelder"} if rolle == "representant" else {"til_dato": None}
        if rolle == "person":
            with som_system("test data"):
                rom.personen.__class__.objects.filter(pk=rom.personen.pk).update(konto=kontoer[navn])
        else:
            DeltakelseFabrikk(sak=rom.sak, konto=kontoer[navn], rolle=rolle, **felt)
    innkalt(rom, rom.mor)
    brev = Saksdokument.objects.get(type="innkalling")
    skjema = _skjema(rom)
    konto = kontoer[hvem]
    html = hent(konto, "sak:dokumenter", rom.sak.pk).content.decode()
    assert ("til Kanarimor" in html) is ser
    assert str(skjema.pk) in html
    assert hent(konto, "sak:dokument", brev.pk).status_code == (200 if ser else 404)
    assert hent(konto, "sak:dokument", skjema.pk).status_code == 200
    moeteside = hent(konto, "ansvarsgruppe:moete", brev.dokument.saksdokument.sak.gruppe.moeter.get().pk)
    assert ("Brevet som PDF" in moeteside.content.decode()) is ser


def _skjema(rom: Rom) -> Saksdokument:
    """A consent form among the documents, which everybody in the case may have."""
    from tok.sak.handlinger import lag_samtykkeskjema

    return lag_samtykkeskjema(
        sak=rom.sak, gyldig_fra=NAA.date(), gyldig_tom=NAA.date().replace(year=2027), av=rom.koordinator, naa=NAA
    )
