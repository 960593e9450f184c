"""What is hidden from guardians is nowhere: not a word, not a line, not a count, not another byte (N20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from ansvarsgruppe.dokumenter.referat import forrige
from ansvarsgruppe.models import Innkalling, Levering, Moete, Referat
from tests.ansvarsgruppe import moeterom
from tests.fabrikker import RepresentasjonFabrikk
from tests.tilgang.familierom import (
    FORESATTE,
    KANARI,
    SENERE,
    Familie,
    alle_adresser,
    hold,
    kall_inn,
    lag_familie,
    notat,
    se,
    skjult_moete,
    ulike,
)
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto, Varsel
from tok.sak.handlinger.notat import BareDenDetGjelder, skriv_notat
from tok.sak.handlinger.skjult import (
    ErIkkeSkjult,
    IkkeIDenAlderen,
    KanIkkeSkjules,
    skjul_for_foresatte,
    vis_igjen,
)
from tok.sak.models import Frist, Innsyn, Notat, Saksdokument, Skjult, Tiltak
from tok.sak.tilgang import Omfang, Rett, Rolle, skjulte
from tok.sak.tilgang.innsyn import Avvist
from tok.sak.varseltilgang import kan_se

pytestmark = pytest.mark.django_db
NAA = moeterom.NAA
LESBART = (Notat, Moete, Referat, Saksdokument, Tiltak)


@pytest.fixture(autouse=True)
def senere(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(SENERE, tick=False):
        yield


def klient_for(konto: Konto) -> Client:
    klient = Client()
    klient.force_login(konto)
    return klient


def bilde(familie: Familie, urler: list[str]) -> dict[str, dict[str, tuple[int, str, bytes]]]:
    return {navn: se(klient_for(familie.konto(navn)), urler) for navn in FORESATTE}


def sjekk_likt(foer: dict[str, dict[str, tuple[int, str, bytes]]], familie: Familie) -> None:
    for navn, sider in foer.items():
        assert not ulike(sider, se(klient_for(familie.konto(navn)), list(sider))), navn


def test_foresatte_ser_samme_byte_med_og_uten_det_skjulte() -> None:
    """With a hidden note and a hidden meeting, on every address there is, as three guardians."""
    familie = lag_familie()
    urler = alle_adresser(familie)
    alle = {"mor": se(klient_for(familie.mor), urler)}
    aapne = [url for url, (status, *_) in alle["mor"].items() if status != 404]
    foer = bilde(familie, aapne)
    assert len(urler) > 80
    assert len(aapne) > 15
    assert {foer[navn][reverse("oversikt:min_sak", args=[familie.rom.sak.pk])][0] for navn in FORESATTE} == {200}
    meldinger = set(Varsel.objects.values_list("pk", flat=True))

    notat(familie, "personen", f"{KANARI} notat", skjul=True)
    moete = skjult_moete(familie)
    assert Frist.objects.aapne().filter(objekt_id=moete.pk).exists()
    sjekk_likt(foer, familie)
    kall_inn(familie, moete)
    referat = hold(familie, moete)
    for navn, url in (
        ("koordinator", reverse("ansvarsgruppe:moete", args=[moete.pk])),
        ("koordinator", reverse("ansvarsgruppe:referat", args=[referat.pk])),
        ("personen", reverse("ansvarsgruppe:referat_pdf", args=[referat.pk])),
        ("personen", reverse("sak:notat_nytt", args=[familie.rom.sak.pk])),
    ):
        assert klient_for(familie.konto(navn)).get(url).status_code == 200
    assert Innsyn.objects.filter(sak=familie.rom.sak, objekt_id__in=[moete.pk, referat.pk]).count() == 3
    sjekk_likt(foer | alle, familie)

    nye = sorted(set(alle_adresser(familie)) - set(urler))
    assert len(nye) > 8
    for url, (status, _til, kropp) in se(klient_for(familie.mor), nye).items():
        assert (status, KANARI.encode() in kropp) == (404, False), url
    assert not any(KANARI.encode() in kropp for sider in foer.values() for *_, kropp in sider.values())
    deres = Varsel.objects.exclude(pk__in=meldinger).filter(mottaker__in=[familie.konto(n) for n in FORESATTE])
    assert not deres.exists()
    for modell, sti in ((Innkalling, "moete"), (Levering, "referat__moete")):
        til = modell._default_manager.filter(**{sti: moete}, deltakelse__rolle="representant")
        assert not til.exists(), modell.__name__


def sidene(familie: Familie, moete: Moete, referat: Referat) -> list[str]:
    """The pages where it all stands."""
    sak = [reverse(navn, args=[familie.rom.sak.pk]) for navn in ("oversikt:sak", "sak:notater")]
    adresser = (("ansvarsgruppe:moete", moete), ("ansvarsgruppe:referat", referat))
    return sak + [reverse(navn, args=[rad.pk]) for navn, rad in adresser]


@pytest.mark.parametrize("navn", ["personen", "koordinator"])
def test_de_det_er_ment_for_ser_alt(navn: str) -> None:
    """Else the test above would prove nothing."""
    familie = lag_familie()
    moete = skjult_moete(familie)
    kall_inn(familie, moete)
    urler = sidene(familie, moete, hold(familie, moete))
    notat(familie, "personen", f"{KANARI} notat", skjul=True)
    alt = b"".join(kropp for *_, kropp in se(klient_for(familie.konto(navn)), urler).values())
    for ord_ in ("notat", "sak", "sted", "situasjon", "stemme", "tiltak"):
        assert f"{KANARI} {ord_}".encode() in alt, ord_


def test_ingen_rett_gir_en_foresatt_en_skjult_rad() -> None:
    """Not by list, not by one row, not by a message: each of their rights × every table that can be hidden."""
    familie = lag_familie()
    notat(familie, "personen", KANARI, skjul=True)
    moete = skjult_moete(familie)
    kall_inn(familie, moete)
    referat = hold(familie, moete)
    i_dag = SENERE.date()
    for navn in ("mor", "verge"):
        konto = familie.konto(navn)
        gjemt = set(skjulte.noekler(konto, i_dag).values_list("objekt_id", flat=True))
        assert len(gjemt) > 10
        for rett in (r for r in Rett if r.omfang is Omfang.SAK and Rolle.REPRESENTANT in r.roller):
            for modell in LESBART:
                sett = rett.synlige(konto, modell._default_manager.all(), i_dag=i_dag).values_list("pk", flat=True)
                assert gjemt.isdisjoint(sett), f"{rett.name} {modell.__name__} {navn}"
        for rad in (moete, referat):
            melding = Varsel(mottaker=konto, gjelder_type=type(rad).__name__, gjelder_id=rad.pk)
            assert not kan_se(melding, naa=SENERE)
    antall = {m.__name__: Rett.SE_SAK.synlige(familie.personen, m.objects.all(), i_dag=i_dag).count() for m in LESBART}
    assert min(antall.values()) >= 1, antall


def test_bursdagen_viser_ingenting_for_foresatte() -> None:
    """Clock across midnight of the 16th birthday: parents are out, and the verge sees no more than before."""
    familie = lag_familie(foedt=date(2010, 11, 28))
    forelder = familie.rom.sak.deltakelser.get(konto=familie.mor)
    RepresentasjonFabrikk(deltakelse=forelder, fil=None, vurdert_av="Lege Vurderesen")  # reads on past 16
    hemmelig = notat(familie, "personen", KANARI, skjul=True)
    url = reverse("sak:notater", args=[familie.rom.sak.pk])
    for naa in (datetime(2026, 11, 27, 23, 59, 59, tzinfo=OSLO), datetime(2026, 11, 28, 0, 0, 1, tzinfo=OSLO)):
        with time_machine.travel(naa, tick=False):
            svar = {navn: klient_for(familie.konto(navn)).get(url) for navn in (*FORESATTE, "personen")}
        for navn in ("mor", "verge"):
            assert svar[navn].status_code == 200, (navn, naa)
            assert KANARI not in svar[navn].content.decode()
        assert svar["far"].status_code == (200 if naa.day == 27 else 404)
        assert KANARI not in svar["far"].content.decode()
        assert KANARI in svar["personen"].content.decode()
    atten = datetime(2028, 11, 28, 0, 0, 1, tzinfo=OSLO).date()
    for navn in FORESATTE:
        assert hemmelig not in Rett.SE_NOTAT.synlige(familie.konto(navn), Notat.objects.all(), i_dag=atten)


@pytest.mark.parametrize(
    ("foedt", "kan"),
    [
        (date(2014, 11, 23), True),  # 12 today
        (date(2014, 11, 24), False),
        (date(2010, 11, 24), True),  # 16 tomorrow
        (date(2010, 11, 23), False),
    ],
)
def test_alderen_proeves_i_handlingen_og_i_basen(foedt: date, kan: bool) -> None:
    familie = lag_familie(foedt=foedt)
    synlig = notat(familie, "koordinator", "Synlig")
    if kan:
        assert notat(familie, "koordinator", KANARI, skjul=True).pk
    else:
        with pytest.raises(IkkeIDenAlderen):
            notat(familie, "koordinator", KANARI, skjul=True)
        assert not Notat.objects.filter(tekst=KANARI).exists()
    rad = Skjult(
        sak=familie.rom.sak, objekt_type="Notat", objekt_id=synlig.pk, grunn="", satt_av=familie.mor, satt_tid=NAA
    )
    with som_system("test data"):
        if kan:
            rad.save(force_insert=True)
        else:
            with pytest.raises(DatabaseError, match="at this age"), transaction.atomic():
                rad.save(force_insert=True)


def test_en_foresatt_kan_ikke_skjule_og_ikke_vise() -> None:
    familie = lag_familie()
    eget, hemmelig = notat(familie, "mor", "Mitt"), notat(familie, "personen", KANARI, skjul=True)
    with pytest.raises(BareDenDetGjelder):
        skriv_notat(sak=familie.rom.sak, tekst="x", skjul=True, skjema_id=uuid4(), av=familie.mor, naa=NAA)
    for handling, rad in ((skjul_for_foresatte, eget), (vis_igjen, hemmelig)):
        with pytest.raises(Avvist):
            handling(rad=rad, av=familie.mor, naa=NAA)
    svar = klient_for(familie.mor).get(reverse("sak:notat_nytt", args=[familie.rom.sak.pk])).content.decode()
    assert 'name="skjul"' not in svar


def test_det_de_vet_om_kan_ikke_skjules() -> None:
    """A meeting they are called to, the yearly review, what they wrote themselves, and what is no note or meeting."""
    familie = lag_familie()
    kalt = Moete.objects.get(gruppe__sak=familie.rom.sak)
    aarlig = moeterom.planlegg(familie.rom, start_tid=NAA + timedelta(days=30), er_aarlig_gjennomgang=True)
    for rad in (kalt, aarlig, notat(familie, "mor", "Fra mor"), familie.rom.sak):
        with pytest.raises(KanIkkeSkjules):
            skjul_for_foresatte(rad=rad, av=familie.rom.koordinator, naa=NAA)
    assert not Skjult.objects.exists()


def test_knappen_for_aa_skjule_staar_ikke_ved_det_foresatte_har_skrevet() -> None:
    familie = lag_familie()
    eget, fra_mor = notat(familie, "personen", "Mitt"), notat(familie, "mor", "Fra mor")
    url = reverse("sak:notater", args=[familie.rom.sak.pk])
    for navn in ("personen", "koordinator"):
        tekst = klient_for(familie.konto(navn)).get(url).content.decode()
        for rad, har_knapp in ((eget, True), (fra_mor, False)):
            adresse = reverse("sak:notat_skjul", args=[familie.rom.sak.pk, rad.pk])
            assert (adresse in tekst) is har_knapp, (navn, rad.tekst)
    skjul = reverse("sak:notat_skjul", args=[familie.rom.sak.pk, fra_mor.pk])
    svar = klient_for(familie.personen).post(skjul, follow=True).content.decode()
    assert "Foresatte har skrevet dette selv" in svar
    assert not Skjult.objects.exists()


def test_to_faner_skjuler_og_viser_en_gang() -> None:
    familie = lag_familie()
    rad = notat(familie, "personen", KANARI)
    for _fane in range(2):
        skjul_for_foresatte(rad=rad, av=familie.personen, naa=NAA)
    assert Skjult.objects.filter(objekt_id=rad.pk).count() == 1
    vis_igjen(rad=rad, av=familie.rom.koordinator, naa=NAA)
    with pytest.raises(ErIkkeSkjult):
        vis_igjen(rad=rad, av=familie.rom.koordinator, naa=NAA)
    assert rad in Rett.SE_NOTAT.synlige(familie.mor, Notat.objects.all(), i_dag=NAA.date())


def test_at_det_var_skjult_ses_heller_ikke_siden() -> None:
    """Shown again it is a note among others: neither the diary nor the log tells that it was hidden."""
    familie = lag_familie()
    rad = notat(familie, "personen", "Nå kan alle lese dette", skjul=True)
    klient = klient_for(familie.personen)
    klient.post(reverse("sak:notat_vis", args=[familie.rom.sak.pk, rad.pk]))
    assert not Skjult.objects.virksomme().exists()
    navn = ("oversikt:min_sak", "oversikt:hvem_har_sett", "oversikt:sak", "sak:logg", "sak:notater")
    sett = se(klient_for(familie.far), [reverse(ett, args=[familie.rom.sak.pk]) for ett in navn])
    alt = b"".join(kropp for *_, kropp in sett.values()).lower()
    assert "nå kan alle lese dette".encode() in alt
    assert b"skjul" not in alt
    logg = se(klient_for(familie.rom.koordinator), [reverse("sak:logg", args=[familie.rom.sak.pk])])
    assert "viste foresatte noe som var skjult" in next(iter(logg.values()))[2].decode()


def test_det_skjulte_moetet_staar_ikke_i_neste_moetes_referat() -> None:
    """What was agreed last is read out in the next minutes, which guardians read (R74)."""
    familie = lag_familie()
    moete = skjult_moete(familie)
    kall_inn(familie, moete)
    hold(familie, moete)
    neste = Moete.objects.get(gruppe__sak=familie.rom.sak, start_tid=moeterom.START)
    assert forrige(neste) is None
    vis_igjen(rad=moete, av=familie.rom.koordinator, naa=SENERE)
    assert KANARI in str(forrige(neste))


def test_logglinjene_som_ties_om_er_retter() -> None:
    assert set(skjulte.TIER_OM) <= set(Rett.__members__)
