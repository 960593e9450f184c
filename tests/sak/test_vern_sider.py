"""The pages of protection: set and looked over, confirmed by the one named, before there is a case too (N11, L20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, EnhetFabrikk, HenvendelseFabrikk, PersonFabrikk, tok_ansatt
from tests.sak.test_henvendelse import GODT
from tests.sak.vernerom import Rom, far_i, lag_rom, sett, sett_og_bekreft
from tests.tilgang.verden import arkivert
from tok.kjerne.historikk import som_system
from tok.sak.handlinger import bli_sak, fjern_vernetilgang, foreslaa_slutt, opphev_vern
from tok.sak.handlinger.vern import IkkeForeslaatt
from tok.sak.models import Henvendelse, Innsyn, Nivaa, Vern, Vernetilgang, Vernoppgave
from tok.sak.tilgang import Rett

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def adresse(rom: Rom, side: str = "vern") -> str:
    return reverse(f"sak:{side}", args=[rom.sak.pk])


def utfylt(rom: Rom, **endret: Any) -> dict[str, Any]:
    return {
        "hvem": "person",
        "nivaa": "3",
        "grunn": "Meldt av politiet",
        "bekreftes_av": str(rom["kollega"].pk),
        "slipper_inn": [str(rom["koordinator"].pk)],
    } | endret


def test_foerst_se_over_saa_sette(client: Client) -> None:
    """Nothing is set until it is looked over: the page says who will lose the case."""
    rom = lag_rom()
    client.force_login(rom["tok"])
    side = client.get(adresse(rom, "vern_sett"))
    valgt = set(side.context["skjema"].initial["slipper_inn"])
    assert {rom["koordinator"].pk, rom["vara"].pk} <= valgt
    assert not valgt & {konto.pk for konto in [*rom.faste, rom["mor"]]}
    se_over = client.post(adresse(rom, "vern_sett"), utfylt(rom))
    assert {rad.konto for rad in se_over.context["mister"]} == {
        rom["tredje"],
        rom["vara"],
        rom["mor"],
        *rom.faste,
    }
    assert [rad.navn for rad in se_over.context["paa_papir"]] == ["Far Prøve"]  # nothing closes to him by itself
    om_far = client.post(adresse(rom, "vern_sett"), utfylt(rom, hvem=f"kontakt:{far_i(rom).kontakt_id}"))
    assert not om_far.context["paa_papir"]
    assert not Vern.objects.exists()
    assert "slettes" in se_over.content.decode()
    assert "slettes" not in client.post(adresse(rom, "vern_sett"), utfylt(rom, nivaa="2")).content.decode()
    igjen = client.post(adresse(rom, "vern_sett"), utfylt(rom, steg="endre")).content.decode()
    assert "Meldt av politiet" in igjen
    assert not Vern.objects.exists()
    svar = client.post(adresse(rom, "vern_sett"), utfylt(rom, steg="sett"))
    assert svar["Location"] == adresse(rom)
    assert Vern.objects.get().bekreftes_av == rom["kollega"]


@pytest.mark.parametrize(
    ("endret", "felt"),
    [
        ({"bekreftes_av": ""}, "bekreftes_av"),
        ({"bekreftes_av": "tok"}, "bekreftes_av"),
        ({"bekreftes_av": "koordinator"}, "bekreftes_av"),
        ({"bekreftes_av": "annet_kontor"}, "bekreftes_av"),
        ({"nivaa": "1"}, "nivaa"),
        ({"nivaa": "9"}, "nivaa"),
        ({"grunn": ""}, "grunn"),
        ({"grunn": "x" * 256}, "grunn"),
        ({"hvem": "kontakt:00000000-0000-0000-0000-000000000000"}, "hvem"),
        ({"slipper_inn": ["annet_kontor"]}, "slipper_inn"),
    ],
)
def test_daarlig_input_sier_fra_ved_feltet(endret: dict[str, Any], felt: str, client: Client) -> None:
    """Also ids that are another's: each is looked for among the case's own."""
    rom = lag_rom()
    rom.kontoer["annet_kontor"] = tok_ansatt()

    def pk(verdi: Any) -> Any:
        return (
            [pk(en) for en in verdi] if isinstance(verdi, list) else str(getattr(rom.kontoer.get(verdi), "pk", verdi))
        )

    client.force_login(rom["tok"])
    for steg in ("", "sett"):
        data = utfylt(rom, steg=steg, **{navn: pk(verdi) for navn, verdi in endret.items()})
        svar = client.post(adresse(rom, "vern_sett"), data)
        assert svar.status_code == 422
        assert set(svar.context["skjema"].errors) == {felt}
    assert not Vern.objects.exists()


def test_en_paaroerende_vernes_fra_den_samme_siden(client: Client) -> None:
    rom = lag_rom()
    kontakt = far_i(rom).kontakt
    assert kontakt is not None
    client.force_login(rom["koordinator"])
    data = utfylt(rom, hvem=f"kontakt:{kontakt.pk}", slipper_inn=[str(rom["tredje"].pk)], steg="sett")
    assert client.post(adresse(rom, "vern_sett"), data).status_code == 302
    assert Vern.objects.get().kontakt == kontakt
    side = client.get(adresse(rom)).content.decode()
    assert "Far Prøve" in side
    assert "Tredje Kontor" in side


def test_den_andres_side_er_bare_den_andres(client: Client) -> None:
    rom = lag_rom()
    vern = sett(rom, rom["koordinator"], rom["tredje"])
    side = reverse("sak:vern_bekreft", args=[vern.pk])
    for navn in ("tok", "tredje", "koordinator", "fast1", "mor"):
        client.force_login(rom[navn])
        assert [client.get(side).status_code, client.post(side).status_code] == [404, 404]
    client.force_login(rom["kollega"])
    assert "ber deg bekrefte" in client.get(side).content.decode()
    assert Innsyn.objects.filter(konto=rom["kollega"], person_id=rom.sak.person_id, rett="BEKREFTE_VERN").exists()
    assert client.post(side)["Location"] == side
    assert "Vernet er bekreftet" in client.get(side).content.decode()
    assert client.post(side).status_code == 422


def test_den_andre_leser_det_ikke_etter_at_tilgangen_er_tatt(client: Client) -> None:
    """Being the second is no way in for ever: of a person while let in, of one who takes part in the case alone."""
    rom = lag_rom()
    vern = sett_og_bekreft(rom, rom["koordinator"])
    client.force_login(rom["kollega"])
    side = reverse("sak:vern_bekreft", args=[vern.pk])
    assert client.get(side).status_code == 200
    fjern_vernetilgang(sak=rom.sak, konto=rom["kollega"], av=rom["tok"], naa=NAA)
    assert client.get(side).status_code == 404
    kontakt = far_i(rom).kontakt
    om_far = sett(rom, rom["koordinator"], hvem=kontakt)
    svar = client.post(reverse("sak:vern_bekreft", args=[om_far.pk]))
    assert svar["Location"] == adresse(rom)
    assert client.get(reverse("sak:vern_bekreft", args=[om_far.pk])).status_code == 404


def test_den_som_sluttet_bekrefter_ikke(client: Client) -> None:
    rom = lag_rom()
    vern = sett(rom)
    with som_system("test data"):
        rom["kollega"].ansettelser.update(til_dato=NAA.date())
    client.force_login(rom["kollega"])
    assert client.get(reverse("sak:vern_bekreft", args=[vern.pk])).status_code == 404


def test_siden_sier_hvem_som_ser_og_hvem_som_ikke_gjoer_det(client: Client) -> None:
    rom = lag_rom()
    sett_og_bekreft(rom, rom["koordinator"])
    client.force_login(rom["koordinator"])
    svar = client.get(adresse(rom))
    assert {rad.konto for rad in svar.context["inne"]} == {rom["tok"], rom["kollega"], rom["koordinator"]}
    assert rom["mor"] in {rad.konto for rad in svar.context["ute"]}


def test_foreslaa_og_oppheve_i_to_innlogginger(client: Client) -> None:
    rom = lag_rom()
    vern = sett_og_bekreft(rom, rom["koordinator"])
    client.force_login(rom["tok"])
    assert client.post(adresse(rom, "vern_slutt"), {"vern": vern.pk, "grunn": ""}).status_code == 422
    assert client.post(adresse(rom, "vern_slutt"), {"vern": vern.pk, "grunn": "Over"}).status_code == 302
    alene = client.post(adresse(rom, "vern_opphev"), {"vern": vern.pk})
    assert alene.status_code == 422
    assert "Du foreslo selv" in alene.content.decode()
    client.force_login(rom["kollega"])
    assert client.post(adresse(rom, "vern_opphev"), {"vern": vern.pk}).status_code == 302
    assert "Ingen i saken har beskyttet adresse" in client.get(adresse(rom)).content.decode()


@pytest.mark.parametrize(("hvem", "ordet"), [("tok", "Trekk forslaget"), ("kollega", "Behold vernet")])
def test_et_forslag_trekkes_eller_avvises_og_vernet_staar(client: Client, hvem: str, ordet: str) -> None:
    """The proposer or a colleague: afterwards nobody can end it on the old proposal, and it can be proposed again."""
    rom = lag_rom()
    vern = sett_og_bekreft(rom, rom["koordinator"])
    client.force_login(rom[hvem])
    assert client.post(adresse(rom, "vern_behold"), {"vern": vern.pk}).status_code == 422
    foreslaa_slutt(sak=rom.sak, vern=vern, grunn="Over", av=rom["tok"], naa=NAA)
    assert ordet in client.get(adresse(rom)).content.decode()
    assert client.get(adresse(rom, "vern_behold")).status_code == 200
    assert client.post(adresse(rom, "vern_behold"), {"vern": vern.pk}).status_code == 302
    with pytest.raises(IkkeForeslaatt):
        opphev_vern(sak=rom.sak, vern=vern, av=rom["kollega"], naa=NAA)
    foreslaa_slutt(sak=rom.sak, vern=vern, grunn="Nå er det over", av=rom["kollega"], naa=NAA)
    assert "Nå er det over" in client.get(adresse(rom)).content.decode()


def test_den_som_mister_saken_skal_gi_fra_seg_det_den_har_lastet_ned(client: Client) -> None:
    """The reading log tells who has a copy of the appointment letter: one task each, none for who keeps the case."""
    rom = lag_rom()
    with som_system("test data"):
        dokument = arkivert(rom.sak, "oppnevning")
    for navn in ("vara", "vara", "koordinator"):
        client.force_login(rom[navn])
        assert client.get(reverse("sak:dokument", args=[dokument.pk])).status_code == 200
    sett_og_bekreft(rom, rom["koordinator"])
    [oppgave] = Vernoppgave.objects.filter(sak=rom.sak)
    assert (oppgave.mottaker, oppgave.hva) == (rom["vara"].navn, "Nedlastet oppnevningsbrev fra 23. november 2026")


def test_et_vern_i_en_annen_sak_er_ikke_paa_lista(client: Client) -> None:
    rom, annet = lag_rom(), lag_rom()
    sett_og_bekreft(rom)
    fremmed = sett_og_bekreft(annet)
    client.force_login(rom["tok"])
    svar = client.post(adresse(rom, "vern_slutt"), {"vern": fremmed.pk, "grunn": "Over"})
    assert set(svar.context["skjema"].errors) == {"vern"}


def test_gi_og_ta_tilgang(client: Client) -> None:
    rom = lag_rom()
    sett_og_bekreft(rom, rom["koordinator"])
    client.force_login(rom["tok"])
    assert client.post(adresse(rom, "vern_tilgang"), {"konto": tok_ansatt().pk}).status_code == 422
    assert client.post(adresse(rom, "vern_tilgang"), {"konto": rom["mor"].pk}).status_code == 302
    assert client.post(adresse(rom, "vern_fjern"), {"konto": rom["mor"].pk}).status_code == 302
    assert client.post(adresse(rom, "vern_fjern"), {"konto": rom["kollega"].pk}).status_code == 302
    siste = client.post(adresse(rom, "vern_fjern"), {"konto": rom["tok"].pk})
    assert siste.status_code == 422
    assert "Minst én fra kontoret" in siste.content.decode()


def test_antall_spoersmaal_vokser_ikke_med_gruppa(client: Client, django_assert_max_num_queries: Any) -> None:
    rom = lag_rom()
    sett_og_bekreft(rom, *rom.faste, rom["mor"], rom["vara"], rom["koordinator"])
    client.force_login(rom["tok"])
    with django_assert_max_num_queries(30):
        assert client.get(adresse(rom)).status_code == 200


def test_registrert_med_vern_ses_av_to(client: Client) -> None:
    """The request is closed from the moment it is registered, and so is the case it becomes."""
    kontor = EnhetFabrikk(er_kontor=True)
    kari, kollega, tredje = (tok_ansatt(kontor=kontor) for _nr in range(3))
    client.force_login(kari)
    data = GODT | {"vern_nivaa": "3", "vern_grunn": "Politiet", "vern_bekreftes_av": str(kari.pk)}
    alene = client.post(reverse("sak:henvendelse_ny"), data)
    assert set(alene.context["skjema"].errors) == {"vern_bekreftes_av"}
    assert client.post(reverse("sak:henvendelse_ny"), data | {"vern_bekreftes_av": str(kollega.pk)}).status_code == 302
    henvendelse = Henvendelse.objects.get()
    assert henvendelse.person.vernenivaa == Nivaa.STRENGT
    side = reverse("sak:henvendelse", args=[henvendelse.pk])
    bekreft = reverse("sak:vern_bekreft", args=[Vern.objects.get().pk])
    status = {}
    for konto in (kari, kollega, tredje):
        client.force_login(konto)
        svar = client.get(side)
        status[konto] = svar.status_code
        assert (bekreft in svar.content.decode()) is (konto == kollega)
        liste = client.get(reverse("sak:henvendelser")).content.decode()
        assert ("Fjellvik" in liste) is (konto != tredje)
    assert status == {kari: 200, kollega: 200, tredje: 404}
    client.force_login(kollega)
    assert side in client.get(bekreft).content.decode()
    sak = bli_sak(henvendelse=henvendelse, av=kari, naa=NAA)
    assert {konto for konto in (kari, kollega, tredje) if Rett.SE_SAK.krev(konto, sak, i_dag=NAA.date())} == {
        kari,
        kollega,
    }
    client.force_login(kollega)
    assert client.post(bekreft).status_code == 302


def test_vern_paa_en_henvendelse_som_alt_er_der(client: Client) -> None:
    henvendelse = HenvendelseFabrikk(person=PersonFabrikk(adresse="Veien 1"))
    kari, kollega, tredje = (tok_ansatt(kontor=henvendelse.kontor) for _nr in range(3))
    client.force_login(kari)
    side = reverse("sak:henvendelse_vern", args=[henvendelse.pk])
    assert client.get(side).status_code == 200
    data = {"nivaa": "3", "grunn": "Politiet", "bekreftes_av": str(kari.pk)}
    assert client.post(side, data).status_code == 422
    assert client.post(side, data | {"bekreftes_av": str(kollega.pk)}).status_code == 302
    henvendelse.person.refresh_from_db()
    assert henvendelse.person.adresse == ""
    assert {rad.konto for rad in Vernetilgang.objects.virksomme()} == {kari, kollega}
    client.force_login(tredje)
    assert client.get(reverse("sak:henvendelse", args=[henvendelse.pk])).status_code == 404


def test_en_strengt_vernet_kontakt_endres_uten_adresse(client: Client) -> None:
    """The form does not ask for what the database would refuse."""
    rom = lag_rom()
    far = far_i(rom)
    assert far.kontakt is not None
    sett_og_bekreft(rom, hvem=far.kontakt)
    client.force_login(rom["tok"])
    side = reverse("sak:deltaker_endre", args=[far.pk])
    assert 'name="postadresse"' not in client.get(side).content.decode()
    data = {"navn": "Far Nyttnavn", "postadresse": "Veien 9", "telefon": "12 34 50 09"}
    assert client.post(side, data).status_code == 302
    far.kontakt.refresh_from_db()
    assert (far.kontakt.navn, far.kontakt.postadresse) == ("Far Nyttnavn", "")


def test_det_som_er_sendt_to_ganger_skilles_ved_datoen(client: Client) -> None:
    """Minutes and their correction have the same name, and are called back one by one."""
    rom = lag_rom()
    sett_og_bekreft(rom)
    felt = {"sak": rom.sak, "slag": "tilbakekalle", "hva": "Referat", "mottaker": "Mor", "objekt_type": "Levering"}
    with som_system("test data"):
        for dag in (4, 11):
            tid = NAA.replace(month=11, day=dag)
            Vernoppgave.objects.create(**felt, objekt_id=uuid4(), sendt_tid=tid, laget_tid=NAA)
    client.force_login(rom["tok"])
    side = client.get(adresse(rom, "vern_oppgaver")).content.decode()
    for dag in (4, 11):
        assert f"Mor: Referat, sendt {dag}. november 2026" in side
