"""Accounts are made and closed by one who sees no case; nobody raises the own account (N13, N14, ASVS 6.4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from tests.fabrikker import (
    NAA,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    EnhetFabrikk,
    KontoFabrikk,
    SakFabrikk,
    ansatt,
    vern,
)
from tok.kjerne.models import Konto, Oekt, Sikkerhetslogg, Varsel
from tok.sak.dagbok import setning
from tok.sak.handlinger import ansett, endre_ansettelse, gjenaapne_konto, lag_konto, steng_konto
from tok.sak.handlinger.kontoer import (
    AlleredeAapen,
    AlleredeStengt,
    EgenKonto,
    FeilPeriode,
    FinnesAllerede,
    HarLeder,
    HarStillingen,
    IkkeIKontoret,
)
from tok.sak.models import Ansettelse, Enhet, Hendelse, Innsyn, Nivaa
from tok.sak.opplysninger import Kontoopplysninger, NyAnsettelse
from tok.sak.sporringer import kontoer as sporringer
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db
I_DAG = NAA.date()
I_MORGEN = I_DAG + timedelta(days=1)
Rolle = Ansettelse.Rolle
LISTE, NY = "/kontoer/", "/kontoer/ny/"


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


@pytest.fixture
def ansvarlig() -> Konto:
    return ansatt("systemansvarlig", navn="Pål Systad")


@pytest.fixture
def hos(client: Client, ansvarlig: Konto) -> Client:
    client.force_login(ansvarlig)
    return client


def hvem(epost: str = "ny@fjordvik.example") -> Kontoopplysninger:
    return Kontoopplysninger(navn="Ny Nyhagen", epost=epost, telefon="", tittel="lærer")


def arbeid(enhet: Enhet | None = None, rolle: str = Rolle.ANSATT, **felt: Any) -> NyAnsettelse:
    verdier = {"er_fast": True, "fra_dato": I_DAG, "til_dato": None} | felt
    return NyAnsettelse(enhet or EnhetFabrikk(), rolle, **verdier)


def skjema(skole: Enhet, **felt: str) -> dict[str, str]:
    """What the browser sends for a teacher who begins today."""
    dato = {"fra_dato_0": str(I_DAG.day), "fra_dato_1": str(I_DAG.month), "fra_dato_2": str(I_DAG.year)}
    hvem = {"navn": "Ny Nyhagen", "epost": "Ny@fjordvik.example", "telefon": "", "tittel": "lærer", "gjelder": "ansatt"}
    return {**hvem, "enhet": str(skole.pk), "rolle": "ansatt", "er_fast": "ja", **dato, **felt}


def test_en_ansatt_faar_konto_og_lenke_uten_navn(ansvarlig: Konto, client: Client) -> None:
    """The link chooses the password; the e-mail names nobody and the diary tells no more than that it was made."""
    konto = lag_konto(opplysninger=hvem("Ny@Fjordvik.example"), ansettelse=arbeid(), av=ansvarlig, naa=NAA)
    assert konto.epost == "ny@fjordvik.example"
    assert not konto.has_usable_password()
    assert EmailAddress.objects.get(user=konto).email == konto.epost
    varsel = Varsel.objects.get(mottaker=konto)
    assert not re.search("Nyhagen|Systad|lærer", varsel.emne + varsel.tekst)
    lenker = re.findall(r"https?://[^/\s]+(/\S*)", varsel.tekst)
    assert len(lenker) == 2
    side = client.get(lenker[0], follow=True)
    assert not side.context.get("token_fail")
    client.post(side.redirect_chain[-1][0], {"password1": "riktig hest batteri", "password2": "riktig hest batteri"})
    konto.refresh_from_db()
    assert konto.check_password("riktig hest batteri")
    assert setning(Hendelse.objects.get(objekt_id=konto.pk)) == "Pål Systad laget en konto."


def test_familien_faar_konto_uten_stilling_og_ser_ingenting(ansvarlig: Konto) -> None:
    konto = lag_konto(opplysninger=hvem(), ansettelse=None, av=ansvarlig, naa=NAA)
    assert not konto.ansettelser.exists()
    assert not [rett for rett in Rett if rett.har(konto, i_dag=I_DAG)]


def test_samme_epost_igjen_lager_ingenting(ansvarlig: Konto) -> None:
    lag_konto(opplysninger=hvem(), ansettelse=None, av=ansvarlig, naa=NAA)
    foer = Konto.objects.count(), Varsel.objects.count(), EmailAddress.objects.count()
    with pytest.raises(FinnesAllerede):
        lag_konto(opplysninger=hvem("NY@fjordvik.example"), ansettelse=arbeid(), av=ansvarlig, naa=NAA)
    assert (Konto.objects.count(), Varsel.objects.count(), EmailAddress.objects.count()) == foer


@pytest.mark.parametrize("rolle", ["tok", "leder", "personvernombud", "ansatt"])
def test_ingen_andre_forvalter_kontoer(rolle: str) -> None:
    av, konto = ansatt(rolle), KontoFabrikk()
    felles: dict[str, Any] = {"av": av, "naa": NAA}
    forsoek: list[Any] = [
        lambda: lag_konto(opplysninger=hvem(), ansettelse=None, **felles),
        lambda: ansett(konto=konto, ansettelse=arbeid(), **felles),
        lambda: endre_ansettelse(ansettelse=AnsettelseFabrikk(), ny=arbeid(), **felles),
        lambda: steng_konto(konto=konto, **felles),
        lambda: gjenaapne_konto(konto=KontoFabrikk(is_active=False), **felles),
    ]
    for ett in forsoek:
        with pytest.raises(Avvist):
            ett()


@pytest.mark.parametrize("rolle", list(Rolle))
def test_ingen_gir_seg_selv_noe_eller_stenger_seg_selv(rolle: str, ansvarlig: Konto) -> None:
    """Nor lengthens what one has; another must, and each attempt stands in the security log."""
    eget = ansvarlig.ansettelser.get()
    felles: dict[str, Any] = {"av": ansvarlig, "naa": NAA}
    with pytest.raises(EgenKonto):
        ansett(konto=ansvarlig, ansettelse=arbeid(EnhetFabrikk(er_kontor=True), rolle), **felles)
    with pytest.raises(EgenKonto):
        endre_ansettelse(ansettelse=eget, ny=arbeid(eget.enhet, til_dato=I_MORGEN), **felles)
    with pytest.raises(EgenKonto):
        steng_konto(konto=ansvarlig, **felles)
    assert list(ansvarlig.ansettelser.all()) == [eget]
    assert Sikkerhetslogg.objects.filter(konto_id=ansvarlig.pk, rett="FORVALTE_KONTOER").count() == 3
    steng_konto(konto=ansvarlig, av=ansatt("systemansvarlig"), naa=NAA)
    with pytest.raises(EgenKonto):
        gjenaapne_konto(konto=ansvarlig, **felles)


def test_en_leder_om_gangen_i_enheten(ansvarlig: Konto) -> None:
    enhet = EnhetFabrikk()
    gammel = ansatt("leder", enhet).ansettelser.get()
    felles: dict[str, Any] = {"av": ansvarlig, "naa": NAA}
    with pytest.raises(HarLeder):
        ansett(konto=KontoFabrikk(), ansettelse=arbeid(enhet, Rolle.LEDER), **felles)
    endre_ansettelse(ansettelse=gammel, ny=arbeid(enhet, fra_dato=gammel.fra_dato, til_dato=I_MORGEN), **felles)
    ny = ansett(konto=KontoFabrikk(), ansettelse=arbeid(enhet, Rolle.LEDER, fra_dato=I_MORGEN), **felles)
    with pytest.raises(HarLeder):
        endre_ansettelse(ansettelse=gammel, ny=arbeid(enhet, fra_dato=gammel.fra_dato), **felles)
    assert Ansettelse.objects.gjeldende(I_MORGEN).som(Rolle.LEDER).get(enhet=enhet) == ny


def test_stillingen_finnes_er_i_kontoret_og_slutter_etter_at_den_begynte(ansvarlig: Konto) -> None:
    konto, enhet = KontoFabrikk(), EnhetFabrikk()
    felles: dict[str, Any] = {"konto": konto, "av": ansvarlig, "naa": NAA}
    ansett(ansettelse=arbeid(enhet), **felles)
    with pytest.raises(HarStillingen):
        ansett(ansettelse=arbeid(enhet), **felles)
    with pytest.raises(IkkeIKontoret):
        ansett(ansettelse=arbeid(enhet, Rolle.TOK), **felles)
    with pytest.raises(FeilPeriode):
        ansett(ansettelse=arbeid(til_dato=I_DAG), **felles)
    assert konto.ansettelser.count() == 1


def test_stengt_konto_nektes_ved_neste_side_og_kan_aapnes_igjen(ansvarlig: Konto, client: Client) -> None:
    konto = ansatt("tok", EnhetFabrikk(er_kontor=True))
    client.force_login(konto)
    assert client.get("/saker/").status_code == 200
    assert Oekt.objects.filter(konto=konto).exists()
    steng_konto(konto=konto, av=ansvarlig, naa=NAA)
    assert not Oekt.objects.filter(konto=konto).exists()
    assert client.get("/saker/").headers["Location"].startswith("/konto/login/")
    with pytest.raises(AlleredeStengt):
        steng_konto(konto=konto, av=ansvarlig, naa=NAA)
    gjenaapne_konto(konto=konto, av=ansvarlig, naa=NAA)
    with pytest.raises(AlleredeAapen):
        gjenaapne_konto(konto=konto, av=ansvarlig, naa=NAA)
    assert client.get("/saker/").headers["Location"].startswith("/konto/login/")
    client.force_login(Konto.objects.get(pk=konto.pk))
    assert client.get("/saker/").status_code == 200


def test_slutt_i_stillingen_stenger_ved_neste_side(ansvarlig: Konto, client: Client) -> None:
    konto = ansatt("tok", EnhetFabrikk(er_kontor=True))
    client.force_login(konto)
    rad = konto.ansettelser.get()
    ny = arbeid(rad.enhet, Rolle.TOK, fra_dato=rad.fra_dato, til_dato=I_DAG)
    endre_ansettelse(ansettelse=rad, ny=ny, av=ansvarlig, naa=NAA)
    assert client.get("/saker/").status_code == 404


def test_kontoene_er_foerste_side(hos: Client) -> None:
    svar = hos.get("/", follow=True)
    assert svar.redirect_chain == [(LISTE, 302)]
    assert f'href="{LISTE}"' in svar.content.decode()
    assert "Min dag" not in svar.content.decode()


def test_systemets_egen_konto_er_ingen_konto_her(hos: Client, ansvarlig: Konto) -> None:
    with pytest.raises(Konto.DoesNotExist):
        steng_konto(konto=Konto.system(), av=ansvarlig, naa=NAA)
    assert hos.get(reverse("sak:konto", args=[Konto.system().pk])).status_code == 404
    assert Konto.system().navn not in hos.get(LISTE).content.decode()


def test_ny_konto_ses_over_og_to_trykk_lager_en(hos: Client) -> None:
    enhet = EnhetFabrikk(navn="Solbakken skole")
    svar = hos.post(NY, skjema(enhet))
    html = svar.content.decode()
    assert svar.status_code == 200
    assert "Solbakken skole" in html
    assert '<input type="hidden" name="fra_dato_0" value="23"' in html
    assert html.count('type="hidden" name="siste_dag_') == 3
    assert not Konto.objects.filter(navn="Ny Nyhagen").exists()
    assert 'value="Ny Nyhagen"' in hos.post(NY, skjema(enhet, steg="endre")).content.decode()
    svar = hos.post(NY, skjema(enhet, steg="lag"))
    konto = Konto.objects.get(navn="Ny Nyhagen")
    assert svar.headers["Location"] == reverse("sak:konto", args=[konto.pk])
    igjen = hos.post(NY, skjema(enhet, steg="lag"))
    assert igjen.status_code == 422
    assert igjen.context["skjema"].errors == {"epost": ["Det finnes allerede en konto med denne e-posten."]}
    assert konto.ansettelser.count() == Varsel.objects.filter(mottaker=konto).count() == 1


def test_familien_spoerres_ikke_om_stilling(hos: Client) -> None:
    enhet = EnhetFabrikk()
    assert "Første dag" not in hos.post(NY, skjema(enhet, gjelder="familie")).content.decode()
    hos.post(NY, skjema(enhet, gjelder="familie", fra_dato_0="tull", steg="lag"))
    assert not Konto.objects.get(navn="Ny Nyhagen").ansettelser.exists()
    svar = hos.post(NY, skjema(enhet, epost="b@fjordvik.example", enhet="", rolle=""))
    assert set(svar.context["skjema"].errors) == {"enhet", "rolle"}


def test_leder_nummer_to_nektes_ved_feltet(hos: Client) -> None:
    enhet = EnhetFabrikk()
    ansatt("leder", enhet)
    svar = hos.post(NY, skjema(enhet, rolle="leder", steg="lag"))
    assert list(svar.context["skjema"].errors) == ["rolle"]
    assert not Konto.objects.filter(navn="Ny Nyhagen").exists()
    assert not Varsel.objects.exists()


def test_egen_konto_kan_ses_og_ikke_endres(hos: Client, ansvarlig: Konto) -> None:
    side = reverse("sak:konto", args=[ansvarlig.pk])
    html = hos.get(side).content.decode()
    assert "Dette er din egen konto" in html
    assert "Steng kontoen" not in html
    svar = hos.post(reverse("sak:konto_steng", args=[ansvarlig.pk]))
    assert svar.status_code == 422
    assert "Be en annen systemansvarlig om det." in svar.content.decode()


def test_lista_blar_uten_navn_i_adressen_og_spoer_like_lite(
    hos: Client, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sporringer, "VIST", 3)
    enhet = EnhetFabrikk()
    for nr in range(7):
        ansatt(enhet=enhet, navn=f"Lik {nr // 3}")
    sett, url = [], LISTE
    while url:
        foer = Innsyn.objects.count()
        with django_assert_max_num_queries(14):
            svar = hos.get(url)
        assert Innsyn.objects.count() == foer + 1
        assert "Lik" not in url
        sett += [rad.pk for rad in svar.context["rader"]]
        url = svar.context["neste_url"]
    assert len(sett) == len(set(sett)) == Konto.objects.filter(er_system=False).count()
    assert hos.get(f"{LISTE}?etter=tull").status_code == 200


def test_soek_ved_post_paa_navn_og_epost(hos: Client) -> None:
    konto = KontoFabrikk(navn="Ida Solli", epost="ida.solli@fjordvik.example")
    KontoFabrikk(navn="Per Dahl")
    for tekst in ("solli", "IDA.solli@", konto.epost.upper()):
        assert hos.post(LISTE, {"q": tekst}).context["rader"] == [konto]
    assert hos.post(LISTE, {"q": ""}).status_code == 422
    assert Innsyn.objects.filter(rett="FORVALTE_KONTOER", antall=1).count() == 3


@pytest.mark.parametrize("paa", ["person", "konto"])
def test_en_familie_med_vern_staar_ikke_i_noen_liste(paa: str, hos: Client) -> None:
    """A name among the accounts tells where somebody lives; the whole e-mail address finds it."""
    sak = SakFabrikk()
    mor = KontoFabrikk(navn="Kanari Mor", epost="kanari@fjordvik.example")
    DeltakelseFabrikk(sak=sak, konto=mor, rolle="representant", egenskap="forelder")
    vern(sak.person if paa == "person" else mor, Nivaa.STRENGT)
    assert "Kanari" not in hos.get(LISTE).content.decode()
    assert not hos.post(LISTE, {"q": "Kanari"}).context["rader"]
    assert hos.post(LISTE, {"q": mor.epost}).context["rader"] == [mor]


def test_kontoens_side_sier_ingenting_om_saker(hos: Client) -> None:
    konto = ansatt()
    sak = SakFabrikk(nummer="2026/0999")
    DeltakelseFabrikk(sak=sak, konto=konto, rolle="fast")
    html = hos.get(reverse("sak:konto", args=[konto.pk])).content.decode()
    assert konto.epost in html
    assert not [ord_ for ord_ in ("2026/0999", sak.person.etternavn, str(sak.pk)) if ord_ in html]
