"""What is out when a case closes is listed to be called back, once, and noted when it is done (N11, L20)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from ansvarsgruppe.dokumenter.kalenderfil import kalenderfil
from ansvarsgruppe.models import Innkalling
from ansvarsgruppe.sporringer.utsendt import har_sted
from tests.ansvarsgruppe import referat_rom, referat_side
from tests.ansvarsgruppe.moeterom import NAA, Rom, innkalt, lag_rom
from tests.fabrikker import tok_ansatt
from tests.fabrikker import vern as vernet
from tok.kjerne.models import Konto, Varsel
from tok.sak.handlinger import gjoer_vernoppgave, legg_til_deltaker, sett_vern
from tok.sak.handlinger.vern import OppgavenErGjort
from tok.sak.models import Frist, Nivaa, Sak, Vern, Vernoppgave
from tok.sak.opplysninger import NyttVern

pytestmark = pytest.mark.django_db
SENERE = NAA + timedelta(days=1)


def sett(sak: Sak, av: Konto, annen: Konto, *slipper_inn: Konto, nivaa: Nivaa = Nivaa.FORTROLIG) -> Vern:
    nytt = NyttVern(nivaa=nivaa, grunn="Politiet", bekreftes_av=annen)
    return sett_vern(sak=sak, hvem=sak.person, nytt=nytt, slipper_inn=slipper_inn, av=av, naa=SENERE)


def aapne(sak: Sak) -> set[tuple[str, str]]:
    rader = Vernoppgave.objects.filter(sak=sak, slag="tilbakekalle", gjort_tid=None)
    return {(rad.mottaker, rad.hva.split(",")[0]) for rad in rader}


def kalt_inn() -> tuple[Rom, Konto]:
    rom = lag_rom()
    innkalt(rom)
    return rom, tok_ansatt(rom.sak)


def test_brev_og_steder_i_kalendere_er_ute() -> None:
    """The letter to the mother, and the place in every calendar: also in that of one who may see the case."""
    rom, kollega = kalt_inn()
    sett(rom.sak, rom.tok, kollega, rom.koordinator)
    assert aapne(rom.sak) == {
        ("Kanarimor", "Innkalling i posten"),
        ("Tone Koordinator", "Kalenderfil med sted"),
        ("Kanarilaerer Dahl", "Kalenderfil med sted"),
    }
    assert Frist.objects.aapne().get(regel="vernoppgaver").sak == rom.sak
    assert all("Kanari" not in rad.hva for rad in Vernoppgave.objects.all())


def test_kalender_som_ikke_er_sendt_gaar_ikke_ut() -> None:
    """What lies in the outbox was made while the place could be told: the message goes, the file does not."""
    rom, annet = lag_rom(), lag_rom()
    moete, andres = innkalt(rom), innkalt(annet)
    med_kalender = Varsel.objects.filter(tilstand=Varsel.Tilstand.KLAR).exclude(kalender="")
    antall = Varsel.objects.filter(gjelder_id=moete.pk).count()
    assert antall == med_kalender.filter(gjelder_id=moete.pk).count() == 2
    sett(rom.sak, rom.tok, tok_ansatt(rom.sak), rom.koordinator)
    assert not med_kalender.filter(gjelder_id=moete.pk).exists()
    assert Varsel.objects.filter(gjelder_id=moete.pk, tilstand=Varsel.Tilstand.KLAR).count() == antall
    assert med_kalender.filter(gjelder_id=andres.pk).count() == antall


def test_det_samme_listes_en_gang_ogsaa_naar_nivaaet_stiger() -> None:
    rom, kollega = kalt_inn()
    sett(rom.sak, rom.tok, kollega)
    foer = set(Vernoppgave.objects.values_list("pk", flat=True))
    rom.sak.refresh_from_db()
    sett(rom.sak, rom.tok, kollega, nivaa=Nivaa.STRENGT)
    assert set(Vernoppgave.objects.values_list("pk", flat=True)) == foer


def test_uten_noe_ute_er_det_ingen_oppgaver() -> None:
    rom = lag_rom()
    sett(rom.sak, rom.tok, tok_ansatt(rom.sak))
    assert not Vernoppgave.objects.exists()
    assert not Frist.objects.filter(regel="vernoppgaver").exists()


def test_referat_hos_dem_som_mister_saken() -> None:
    """Minutes stay with those who may see the case, and are called back from the rest."""
    rom = referat_rom.lag_rom()
    referat_side.ferdig(rom)
    kontor = tok_ansatt(rom.sak), tok_ansatt(rom.sak)
    sett(rom.sak, *kontor, rom.koordinator)
    hvem = {mottaker for mottaker, hva in aapne(rom.sak) if hva.startswith("Referat")}
    assert hvem
    assert rom.koordinator.navn not in hvem


def test_en_vernet_deltaker_i_en_gammel_gruppe() -> None:
    """Yesterday's letters and calendars are listed when a protected account is added today."""
    rom, _kollega = kalt_inn()
    ny = tok_ansatt()
    vernet(ny, Nivaa.STRENGT)
    legg_til_deltaker(sak=rom.sak, rolle="fast", hvem=ny, av=rom.koordinator, naa=SENERE)
    assert ("Kanarimor", "Innkalling i posten") in aapne(rom.sak)


def test_gjort_en_og_en_til_fristen_er_lukket() -> None:
    rom, kollega = kalt_inn()
    sett(rom.sak, rom.tok, kollega)
    oppgaver = list(Vernoppgave.objects.order_by("pk"))
    felles: dict[str, Any] = {"sak": rom.sak, "hvordan": "Ringte", "av": rom.tok, "naa": SENERE}
    gjoer_vernoppgave(oppgaver=oppgaver[:1], **felles)
    assert Frist.objects.aapne().filter(regel="vernoppgaver").exists()
    with pytest.raises(OppgavenErGjort):
        gjoer_vernoppgave(oppgaver=oppgaver, **felles)
    gjoer_vernoppgave(oppgaver=oppgaver[1:], **felles)
    assert not Frist.objects.aapne().filter(regel="vernoppgaver").exists()
    assert {rad.gjort_av for rad in Vernoppgave.objects.all()} == {rom.tok}


def test_en_annen_saks_oppgave_er_ingen_oppgave_her() -> None:
    rom, kollega = kalt_inn()
    sett(rom.sak, rom.tok, kollega)
    annet = lag_rom()
    with pytest.raises(OppgavenErGjort):
        gjoer_vernoppgave(
            sak=annet.sak, oppgaver=list(Vernoppgave.objects.all()), hvordan="x", av=annet.tok, naa=SENERE
        )


@pytest.mark.parametrize("spraak", ["nb", "nn"])
def test_kalenderfila_sier_om_den_har_sted(spraak: str) -> None:
    rom = lag_rom()
    moete = innkalt(rom, sted="Et sted med et svært langt navn, " * 5 + "rom 2")
    deltakelse = rom.deltakelse(rom.laerer)
    with override(spraak):
        for skjermet in (False, True):
            fil = kalenderfil(moete=moete, deltakelse=deltakelse, skjermet=skjermet, metode="REQUEST", naa=NAA)
            assert har_sted(fil) is not skjermet
        moete.sted, moete.videolenke = "", "https://video.example/1"
        fil = kalenderfil(moete=moete, deltakelse=deltakelse, skjermet=False, metode="REQUEST", naa=NAA)
    assert not har_sted(fil)
    assert Innkalling.objects.exists()
