"""TOK asks the nearest leader: right, refusals, and what is left behind (R110)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from koordinator.handlinger import trekk_forespoersel
from koordinator.handlinger.forespoersel import (
    AlleredeSpurt,
    ErEgenLeder,
    ErIkkeAnsatt,
    FinnerIngenLeder,
    KanIkkeTrekkes,
    RoeperPersonen,
)
from koordinator.handlinger.krav import TimerUtenforGrensen
from koordinator.models import Forespoersel
from koordinator.sporringer import avsloerer, forslag_til_omfang
from tests.fabrikker import (
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    HenvendelseFabrikk,
    KontaktFabrikk,
    KontoFabrikk,
    ansatt,
    tok_ansatt,
)
from tests.koordinator.conftest import Sted
from tok.kjerne.models import Varsel
from tok.sak.dagbok import setning
from tok.sak.models import Ansettelse, Enhet, Frist, Hendelse
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db


def test_lederen_blir_spurt(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.spoer(naa)
    assert (forespoersel.leder, forespoersel.enhet) == (sted.leder, sted.skole)
    frist = Frist.objects.get(objekt_id=forespoersel.pk)
    assert (frist.forfall, frist.mottaker_konto) == (naa.date() + timedelta(days=7), sted.leder)
    hendelse = Hendelse.objects.get(sak=sted.sak)
    assert setning(hendelse) == "Kari Østby spurte Marit Hagen om Jonas Berg kan være koordinator."


def test_meldingen_til_lederen_sier_ingenting(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.spoer(naa)
    varsel = Varsel.objects.get()
    assert varsel.mottaker == sted.leder
    assert f"/foresporsler/{forespoersel.pk}/" in varsel.tekst
    for ord_ in ("Amina", "Warsame", "2026/0102", "Jonas", "koordinator", "ansvarsgruppe"):
        assert ord_ not in varsel.emne + varsel.tekst


def test_bare_eget_kontor_kan_spoerre(sted: Sted, naa: datetime) -> None:
    sted.tok = tok_ansatt()
    with pytest.raises(Avvist):
        sted.spoer(naa)
    assert not Forespoersel.objects.exists()


def test_en_om_gangen(sted: Sted, naa: datetime) -> None:
    sted.spoer(naa)
    with pytest.raises(AlleredeSpurt, match="Marit Hagen er allerede spurt"):
        sted.spoer(naa, foreslaatt=sted.trine)


def test_ikke_nytt_spoersmaal_naar_et_ja_venter(sted: Sted, naa: datetime) -> None:
    sted.godkjent(naa)
    with pytest.raises(AlleredeSpurt, match="allerede sagt ja til Jonas Berg"):
        sted.spoer(naa, foreslaatt=sted.trine)


def test_den_foreslaatte_er_ikke_ansatt(sted: Sted, naa: datetime) -> None:
    with pytest.raises(ErIkkeAnsatt):
        sted.spoer(naa, foreslaatt=KontoFabrikk())


def test_ansettelsen_er_slutt(sted: Sted, naa: datetime) -> None:
    konto = KontoFabrikk()
    AnsettelseFabrikk(konto=konto, enhet=sted.skole, til_dato=naa.date())
    with pytest.raises(ErIkkeAnsatt):
        sted.spoer(naa, foreslaatt=konto)


def test_enheten_har_ingen_leder(sted: Sted, annen_enhet: Enhet, naa: datetime) -> None:
    konto = Ansettelse.objects.get(enhet=annen_enhet).konto
    with pytest.raises(FinnerIngenLeder) as avslag:
        sted.spoer(naa, foreslaatt=konto)
    assert avslag.value.felt == "foreslaatt"


def test_ingen_svarer_for_seg_selv(sted: Sted, naa: datetime) -> None:
    with pytest.raises(ErEgenLeder):
        sted.spoer(naa, foreslaatt=sted.leder)


def test_den_som_leder_ett_sted_har_leder_et_annet(sted: Sted, naa: datetime) -> None:
    annen = EnhetFabrikk()
    leder = ansatt("leder", annen)
    AnsettelseFabrikk(konto=leder, enhet=sted.skole)
    assert sted.spoer(naa, foreslaatt=leder).leder == sted.leder


def test_valgt_enhet_bestemmer_leder(sted: Sted, naa: datetime) -> None:
    annen = EnhetFabrikk()
    annen_leder = ansatt("leder", annen)
    AnsettelseFabrikk(konto=sted.jonas, enhet=annen, er_fast=False)
    assert sted.spoer(naa, enhet=annen).leder == annen_leder


@pytest.mark.parametrize("timer", [Decimal(0), Decimal("0.4"), Decimal(200), Decimal(-3)])
def test_timer_maa_vaere_til_aa_tro(sted: Sted, naa: datetime, timer: Decimal) -> None:
    from koordinator.handlinger import spoer_leder

    with pytest.raises(TimerUtenforGrensen):
        spoer_leder(sak=sted.sak, foreslaatt=sted.jonas, omfang="Et barn.", anslag_timer=timer, av=sted.tok, naa=naa)


@pytest.mark.parametrize(
    ("tekst", "treff"),
    [
        ("Amina trenger hjelp", "Amina"),
        ("hjelpen til amina", "amina"),
        ("WARSAMES skole", "WARSAMES"),
        ("kalles Dag", "Dag"),
        ("en dag i uka", ""),
        ("født 12.03.2011", "12.03.2011"),
        ("født 12. mars 2011", "12. mars 2011"),
        ("sak 2026/0102", "2026/0102"),
        ("nummer 12031112345", "12031112345"),
        ("En ungdom som får hjelp fra fire tjenester.", ""),
        ("Aminaprosjektet", ""),
    ],
)
def test_personen_nevnes_ikke(sted: Sted, tekst: str, treff: str) -> None:
    assert avsloerer(sted.sak, tekst) == treff


@pytest.mark.parametrize("felt", ["omfang", "begrunnelse"])
def test_navn_i_teksten_avvises(sted: Sted, naa: datetime, felt: str) -> None:
    with pytest.raises(RoeperPersonen, match="Skriv uten navn") as avslag:
        sted.spoer(naa, **{felt: "Amina ønsker Jonas."})
    assert avslag.value.felt == felt
    assert not Forespoersel.objects.exists()


@pytest.mark.parametrize(
    ("foedt", "hvem"),
    [
        (date(2020, 1, 1), "Et barn"),
        (date(2013, 11, 23), "En ungdom"),
        (date(2013, 11, 24), "Et barn"),
        (date(2008, 11, 23), "En voksen"),
    ],
)
def test_forslag_til_omfang(sted: Sted, naa: datetime, foedt: date, hvem: str) -> None:
    sted.sak.person.foedselsdato = foedt
    HenvendelseFabrikk(sak=sted.sak, person=sted.sak.person, tjenester=["helse", "ppt", "nav"])
    forslag = forslag_til_omfang(sted.sak, naa.date())
    assert forslag.startswith(f"{hvem} som får hjelp fra tre tjenester: helse og omsorg, PPT og NAV.")
    assert not avsloerer(sted.sak, forslag)


def test_trekk_lukker_fristen_og_aapner_for_nytt_spoersmaal(sted: Sted, naa: datetime) -> None:
    forespoersel = trekk_forespoersel(forespoersel=sted.spoer(naa), av=sted.tok, naa=naa)
    assert forespoersel.tilstand == "trukket"
    assert Frist.objects.get(objekt_id=forespoersel.pk).lukket_hvordan == "trukket"
    sted.spoer(naa, foreslaatt=sted.trine)
    with pytest.raises(KanIkkeTrekkes):
        trekk_forespoersel(forespoersel=forespoersel, av=sted.tok, naa=naa)


def test_et_ja_som_er_brukt_kan_ikke_trekkes(sted: Sted, naa: datetime) -> None:
    oppnevning = sted.oppnevn(naa)
    with pytest.raises(KanIkkeTrekkes):
        trekk_forespoersel(forespoersel=oppnevning.forespoersel, av=sted.tok, naa=naa)


@pytest.mark.parametrize(
    ("tekst", "treff"),
    [
        ("Meldt av Solveig i tjenesten", "Solveig"),
        ("Meldt av helsesykepleier", ""),
        ("Helsesykepleier er med", ""),
        ("Mor er med", ""),
        ("Familien Abdi har ringt", "Abdi"),
        ("Faduma har ringt", "Faduma"),
        ("Ring 98 76 54 32", "98 76 54 32"),
        ("Ring +4798765432", "+4798765432"),
        ("Ring 987 65 432.", "987 65 432"),
        ("Bor i Granlia 7", "granlia 7"),
        ("Bor i granlia", "granlia"),
        ("Bor i Prøveveien 1", "prøveveien 1"),
        ("Jonas Berg kjenner familien", ""),
        ("Trine Aasen er med", "Trine"),
        ("Møter 12.00 og 14.30, 3 ganger i 2027", ""),
    ],
)
def test_familien_og_den_som_spurte_nevnes_ikke(sted: Sted, tekst: str, treff: str) -> None:
    """Who asked, those in the case, telephones and addresses tell as much as a name (N1)."""
    HenvendelseFabrikk(sak=sted.sak, person=sted.sak.person, avsender_navn="Helsesykepleier Solveig Moe")
    mor = KontaktFabrikk(navn="Faduma Abdi", postadresse="Prøveveien 1, 0001 Fjordvik")
    DeltakelseFabrikk(sak=sted.sak, konto=None, kontakt=mor, rolle="representant", egenskap="forelder")
    for konto in (sted.jonas, sted.trine):
        DeltakelseFabrikk(sak=sted.sak, konto=konto)
    sted.sak.person.adresse = "Granlia 7, 0001 Fjordvik"
    assert avsloerer(sted.sak, tekst, om=sted.jonas) == treff


@pytest.mark.parametrize("fornavn", ["Ufødt", "Barn", "Baby", "Bo", ""])
def test_plassholdere_og_korte_navn_er_vanlige_ord(sted: Sted, fornavn: str) -> None:
    sted.sak.person.fornavn = fornavn
    assert not avsloerer(sted.sak, "Et ufødt barn, en baby, som skal bo hjemme. Bo nær.")
