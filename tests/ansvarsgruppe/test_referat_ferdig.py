"""Minutes finished: whole, locked, frozen, sent to those who may have them (R83–R88, L15, L18, L19)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import Http404
from pypdf import PdfReader

from ansvarsgruppe import frister
from ansvarsgruppe.dokumenter.referat import forrige
from ansvarsgruppe.handlinger.ferdigstilling import (
    MoetetHarIkkeBegynt,
    ReferatetMangler,
    ferdigstill_referat,
    mangler,
)
from ansvarsgruppe.handlinger.referat import ReferatErEndret, ReferatErLaast, rett_referat
from ansvarsgruppe.handlinger.steg import KanIkkeNaa
from ansvarsgruppe.models import Avtale, Levering, Moete, Oppmoete, Referat
from ansvarsgruppe.varsler.referat import mottakere
from tests.ansvarsgruppe.referat_rom import MOETE_START, NAA, NESTE, Rom, helt_referat, lag_rom, lagre, start
from tok.kjerne import dokumenter
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Varsel
from tok.sak.models import Deltakelse, Frist, Hendelse, Saksdokument, Samtykke, Tiltak
from tok.sak.tilgang import Rett

pytestmark = pytest.mark.django_db


@pytest.fixture
def rom() -> Rom:
    return lag_rom()


def ferdigstill(rom: Rom, referat: Referat, naa: datetime = NAA) -> Referat:
    referat.refresh_from_db()
    return ferdigstill_referat(referat=referat, base_lagring=referat.lagring, av=rom.koordinator, naa=naa)


def trekk_samtykket(rom: Rom) -> None:
    with som_system("test data"):
        Samtykke.objects.filter(pk=rom.samtykke.pk).update(trukket_tid=NAA, trukket_registrert_av=rom.koordinator)


def pdf_tekst(referat: Referat) -> str:
    """The words of the stored PDF."""
    assert referat.dokument is not None
    sider = PdfReader(io.BytesIO(dokumenter.hent_pdf(referat.dokument, naa=NAA))).pages
    return " ".join(" ".join(side.extract_text() for side in sider).split())


def test_ferdig_referat_er_fryst_og_laast(rom: Rom) -> None:
    referat = ferdigstill(rom, helt_referat(rom))
    assert (referat.tilstand, referat.ferdig_av, referat.ferdig_tid) == ("ferdig", rom.koordinator, NAA)
    assert referat.dokument is not None
    assert referat.dokument.noekkel == f"referat:{referat.pk}"
    assert referat.dokument.innhold["barnets_medvirkning"]["vekt"] == "Stor vekt"
    assert Saksdokument.objects.get(dokument=referat.dokument).type == "referat"
    assert Moete.objects.get(pk=rom.moete.pk).tilstand == "holdt"
    linje = Hendelse.objects.get(handling="ansvarsgruppe.ferdigstill_referat")
    assert linje.data == {"dato": "20. november 2026", "versjon": 1, "antall": 5, "neste": "9. mars 2027"}


def test_mottakerne_er_faste_med_samtykke_og_personens_egne(rom: Rom) -> None:
    referat = helt_referat(rom)
    til = {m.deltakelse.navn: (m.kanal, str(m.grunn)) for m in mottakere(referat, NAA.date())}
    assert til == {
        "Tone Bakke": ("konto", ""),
        "Kari Østby": ("konto", ""),
        "Marius Dahl": ("konto", ""),
        "Silje Prøvesen": ("papir", ""),
        "Emma Prøvesen": ("papir", ""),
        "Tor Haugland": ("", "får ikke referatet, mangler samtykke"),
    }
    ferdigstill(rom, referat)
    assert {rad.deltakelse.navn: rad.kanal for rad in Levering.objects.all()} == {
        navn: kanal for navn, (kanal, _grunn) in til.items() if kanal
    }


def test_e_posten_er_noeytral_og_gaar_til_kontoene(rom: Rom) -> None:
    referat = ferdigstill(rom, helt_referat(rom))
    varsler = Varsel.objects.filter(noekkel__startswith="referat_ferdigstilt")
    assert {v.mottaker for v in varsler} == {rom.medkoordinator, rom.fast}
    for varsel in varsler:
        assert varsel.noekkel == f"referat_ferdigstilt:{referat.pk}:{varsel.mottaker_id}"
        assert f"/referater/{referat.pk}/" in varsel.tekst
        for ord_ in ("Emma", "Prøvesen", "Bakke", "ansvarsgruppe", "referat fra", "skole", "20. november"):
            assert ord_.lower() not in (varsel.emne + varsel.tekst.split("http")[0]).lower()


@pytest.mark.parametrize(
    ("foedt", "kreves"),
    [
        (date(2008, 11, 21), True),  # 17, and 18 the day after the meeting
        (date(2008, 11, 20), False),  # 18 on the very day
        (date(2014, 5, 4), True),
        (date(1980, 1, 1), False),
        (date(2027, 1, 5), False),  # expected, not born
    ],
)
def test_medvirkning_kreves_for_barn(foedt: date, kreves: bool) -> None:
    rom = _med_foedselsdato(foedt)
    referat = helt_referat(rom, medvirkning_vurdert="", medvirkning_hvordan="", medvirkning_vekt="")
    felt = [mangel.felt for mangel in mangler(referat)]
    assert felt == (["medvirkning_vurdert", "medvirkning_hvordan", "medvirkning_vekt"] if kreves else [])
    if not kreves:
        ferdig = ferdigstill(rom, referat)
        assert ferdig.dokument is not None
        assert ferdig.dokument.innhold["barnets_medvirkning"] is None


def _med_foedselsdato(foedt: date) -> Rom:
    """The consent is signed for a child of twelve; only the birth date decides what the minutes ask for."""
    rom = lag_rom()
    with som_system("test data"):
        type(rom.sak.person).objects.filter(pk=rom.sak.person_id).update(foedselsdato=foedt)
    rom.moete.refresh_from_db()
    return rom


@pytest.mark.parametrize(
    ("endret", "felt"),
    [
        ({"naa_situasjon": " "}, "naa_situasjon"),
        ({"personens_stemme": ""}, "personens_stemme"),
        ({"oppmoete": {}}, "oppmoete"),
        ({"medvirkning_hvordan": ""}, "medvirkning_hvordan"),
    ],
)
def test_et_referat_som_mangler_noe_sendes_ikke(rom: Rom, endret: dict[str, Any], felt: str) -> None:
    referat = helt_referat(rom, **endret)
    with pytest.raises(ReferatetMangler) as feil:
        ferdigstill(rom, referat)
    assert [mangel.felt for mangel in feil.value.mangler] == [felt]
    assert not Levering.objects.exists()


def test_minst_en_maa_ha_vaert_der(rom: Rom) -> None:
    referat = helt_referat(rom)
    borte = {str(rad.deltakelse_id): "forfall" for rad in referat.oppmoeter.all()}
    lagre(rom, referat, oppmoete=borte)
    assert [str(mangel.melding) for mangel in mangler(referat)] == ["Minst én må ha vært til stede."]


def test_ikke_foer_moetet_har_begynt(rom: Rom) -> None:
    referat = helt_referat(rom)
    with pytest.raises(MoetetHarIkkeBegynt):
        ferdigstill(rom, referat, MOETE_START - timedelta(minutes=1))


def test_ikke_usett(rom: Rom) -> None:
    referat = helt_referat(rom)
    with pytest.raises(ReferatErEndret):
        ferdigstill_referat(referat=referat, base_lagring=referat.lagring - 1, av=rom.koordinator, naa=NAA)


def test_ikke_to_ganger(rom: Rom) -> None:
    referat = ferdigstill(rom, helt_referat(rom))
    with pytest.raises(ReferatErLaast):
        ferdigstill(rom, referat)
    assert Levering.objects.count() == 5


def test_ikke_naar_moetet_er_avlyst(rom: Rom) -> None:
    referat = helt_referat(rom)
    with som_system("test data"):
        Moete.objects.filter(pk=rom.moete.pk).update(tilstand="avlyst")
    with pytest.raises(KanIkkeNaa):
        ferdigstill(rom, referat)


def test_andre_kan_ikke_ferdigstille(rom: Rom) -> None:
    referat = helt_referat(rom)
    with pytest.raises(Http404):
        ferdigstill_referat(referat=referat, base_lagring=1, av=rom.fast, naa=NAA)


def test_tiltak_frist_og_neste_moete(rom: Rom) -> None:
    ferdigstill(rom, helt_referat(rom))
    tiltak = list(Tiltak.objects.order_by("kilde_id").values_list("tekst", "ansvarlig", "tilstand"))
    assert sorted(tiltak) == [
        ("Ny time hos fysioterapeut", "", "aapent"),
        ("Rolig rom alle dager", "Marius Dahl", "aapent"),
        ("Søke hjelpestønad", "Silje Prøvesen", "aapent"),
    ]
    frist = Frist.objects.get(regel=frister.REFERAT.kode, objekt_id=rom.moete.pk)
    assert (frist.lukket_tid, frist.ble_for_sen) == (NAA, False)
    neste = Moete.objects.exclude(pk=rom.moete.pk).get()
    assert (neste.start_tid, neste.slutt_tid, neste.sted, neste.tilstand) == (*NESTE, "Åsen ungdomsskole", "planlagt")
    regler = Frist.objects.aapne().filter(objekt_id=neste.pk).values_list("regel", "utgangspunkt")
    assert set(regler) == {("saksliste", date(2027, 3, 9)), ("referat", date(2027, 3, 9))}


def test_neste_moete_lages_ikke_naar_det_finnes(rom: Rom) -> None:
    with som_system("test data"):
        Moete.objects.create(gruppe=rom.gruppe, start_tid=NESTE[0], slutt_tid=NESTE[1], sted="Et annet sted")
    ferdigstill(rom, helt_referat(rom))
    assert Moete.objects.count() == 2


def test_etter_fristen_er_notert_som_for_sent(rom: Rom) -> None:
    ferdigstill(rom, helt_referat(rom), datetime(2026, 12, 5, 9, 0, tzinfo=OSLO))
    assert Frist.objects.get(regel=frister.REFERAT.kode, objekt_id=rom.moete.pk).ble_for_sen is True


def test_aarlig_gjennomgang_starter_neste_aars_klokke() -> None:
    rom = lag_rom(aarlig=True)
    ferdigstill(rom, helt_referat(rom))
    rader = Frist.objects.filter(regel=frister.AARLIG_GJENNOMGANG.kode, objekt_id=rom.gruppe.pk)
    assert rader.filter(lukket_tid=NAA).count() == 1
    assert rader.aapne().get().forfall == date(2027, 11, 20)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ansvarsgruppe_referat SET maal = 'nytt'",
        "DELETE FROM ansvarsgruppe_referat",
        "UPDATE ansvarsgruppe_avtale SET tiltak = 'nytt'",
        "DELETE FROM ansvarsgruppe_avtale",
        "UPDATE ansvarsgruppe_oppmoete SET status = 'forfall'",
        "DELETE FROM ansvarsgruppe_oppmoete",
        "UPDATE ansvarsgruppe_levering SET kanal = 'konto'",
        "DELETE FROM ansvarsgruppe_levering",
    ],
)
def test_databasen_nekter_aa_endre_et_ferdig_referat(rom: Rom, sql: str) -> None:
    ferdigstill(rom, helt_referat(rom))
    laast = pytest.raises(DatabaseError, match=r"Cannot|minutes are finished")
    with laast, som_system("test data"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("modell", [Avtale, Oppmoete])
def test_databasen_nekter_nye_rader_i_et_ferdig_referat(rom: Rom, modell: Any) -> None:
    referat = ferdigstill(rom, helt_referat(rom))
    felt: dict[str, Any] = {"nr": 9, "tiltak": "x"}
    if modell is Oppmoete:
        ny = Deltakelse.objects.filter(sak=rom.sak).exclude(pk__in=referat.oppmoeter.values("deltakelse")).first()
        felt = {"deltakelse": ny or rom.mor, "status": "forfall"}
    with pytest.raises(DatabaseError, match="minutes are finished"), som_system("test data"):
        modell.objects.create(referat=referat, **felt)


def test_pdf_en_har_alt(rom: Rom) -> None:
    tekst = pdf_tekst(ferdigstill(rom, helt_referat(rom)))
    for bit in (
        "Emma Prøvesen",
        "Fredag 20. november 2026, kl. 14.00–15.30",
        "Solbakken skole, rom 204",
        "Tone Bakke, rådgiver",
        "Silje Prøvesen",
        "meldte forfall",
        "Tor Haugland, rådgiver (møtte ikke)",
        "Emma er på skolen hver dag.",
        "Rolig rom er brukt to dager i uka.",
        "Jeg vil gå til skolen med Nora.",
        "Emma fikk tilbud om ordet først.",
        "Ja, hun var med på hele møtet.",
        "Samtale to dager før.",
        "Spør meg før dere snakker med klassen.",
        "Stor vekt",
        "Hele dagen på skolen innen vinterferien.",
        "Søke hjelpestønad",
        "18. desember 2026",
        "Rolig rom alle dager",
        "15. januar 2027",
        "Ny time hos fysioterapeut",
        "Emma, mor og de faste",
        "Tirsdag 9. mars 2027",
        "14.00",
        "15.30",
        "Åsen ungdomsskole",
        "Versjon 1, ferdigstilt 23. november 2026",
        "Sendt 23. november 2026 til",
    ):
        assert bit in tekst, bit


def test_ny_versjon_sendes_til_de_samme_og_erstatter(rom: Rom) -> None:
    foerste = ferdigstill(rom, helt_referat(rom))
    nytt = rett_referat(referat=foerste, grunn="Fristen i avtale 1 var feil.", av=rom.koordinator, naa=NAA)
    with som_system("test data"):
        Tiltak.objects.filter(tekst="Rolig rom alle dager").update(tilstand="gjort")
    avtaler = [["Søke hjelpestønad", str(rom.mor.pk), "2026-12-30"], ["Rolig rom alle dager", "", ""]]
    lagre(rom, nytt, avtaler=avtaler)
    andre = ferdigstill(rom, nytt, NAA + timedelta(days=1))
    foerste.refresh_from_db()
    assert foerste.er_ferdig
    assert foerste.erstattet_av == andre
    assert andre.dokument is not None
    assert andre.dokument.innhold["versjon"] == {
        "nummer": 2,
        "ferdigstilt": "24. november 2026",
        "grunn": "Fristen i avtale 1 var feil.",
    }
    mottok = [{rad.deltakelse_id for rad in Levering.objects.filter(referat=r)} for r in (foerste, andre)]
    assert mottok[0] == mottok[1]
    assert Varsel.objects.filter(noekkel__startswith=f"referat_ferdigstilt:{andre.pk}").count() == 2
    assert set(Tiltak.objects.values_list("tekst", "tilstand", "frist_dato")) == {
        ("Søke hjelpestønad", "aapent", date(2026, 12, 30)),
        ("Rolig rom alle dager", "gjort", None),
    }
    assert Moete.objects.count() == 2


def test_trukket_samtykke_stenger_for_neste_versjon_og_for_lesing(rom: Rom) -> None:
    foerste = ferdigstill(rom, helt_referat(rom))
    assert Rett.LESE_REFERAT.krev(rom.fast, foerste, i_dag=NAA.date())
    trekk_samtykket(rom)
    assert not Rett.LESE_REFERAT.krev(rom.fast, foerste, i_dag=NAA.date())
    nytt = rett_referat(referat=foerste, grunn="Feil navn.", av=rom.koordinator, naa=NAA)
    grunner = {m.deltakelse.navn: str(m.grunn) for m in mottakere(nytt, NAA.date())}
    assert grunner["Marius Dahl"] == "får ikke referatet, mangler samtykke"


def test_tiltakene_fra_forrige_moete_kommer_med(rom: Rom) -> None:
    ferdigstill(rom, helt_referat(rom))
    with som_system("test data"):
        Tiltak.objects.filter(tekst="Rolig rom alle dager").update(tilstand="gjort")
        neste = Moete.objects.exclude(pk=rom.moete.pk).get()
        Moete.objects.filter(pk=neste.pk).update(tilstand="innkalt", saksliste_sendt_tid=NAA)
    neste.refresh_from_db()
    rom.moete = neste
    referat = start(rom, NESTE[1])
    lagre(rom, referat, naa_situasjon="x", personens_stemme="y")
    funnet = forrige(referat.moete)
    assert funnet is not None
    assert funnet["dato"] == "20. november 2026"
    assert {(rad["tiltak"], rad["status"]) for rad in funnet["tiltak"]} == {
        ("Søke hjelpestønad", "pågår"),
        ("Rolig rom alle dager", "gjort"),
        ("Ny time hos fysioterapeut", "pågår"),
    }
