"""Who stands for the person: ground, end, account, and what the page says of it (L12, L14, B7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.fabrikker import (
    I_DAG,
    DeltakelseFabrikk,
    KontaktFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    RepresentasjonFabrikk,
    SakFabrikk,
    koordinator_i,
    samtykke_for,
    slipp_inn,
    tok_ansatt,
    vern,
)
from tests.sak.test_samtykke import fil, pdf
from tok.kjerne.models import Konto, Varsel
from tok.sak.handlinger import (
    avslutt_deltakelse,
    avslutt_grunnlag,
    koble_konto,
    registrer_grunnlag,
    registrer_representant,
)
from tok.sak.handlinger.deltakere import DeltarAllerede
from tok.sak.handlinger.representasjon import (
    AlleredeSlutt,
    HarKonto,
    KanIkkeRepresentere,
    KontaktenErVernet,
    KontoenErEnAnnens,
    ManglerDokument,
    ManglerGrunnlag,
    ManglerMandat,
)
from tok.sak.models import Deltakelse, Frist, Representasjon, Sak
from tok.sak.opplysninger import Grunnlag, UtenKonto
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist
from tok.sak.tilgang.representanter import i_saken, omraader

pytestmark = pytest.mark.django_db

VERGE = UtenKonto("Vera Verge", "", "12 34 51 00", "", "Prøveveien 2, 0001 Fjordvik")
FAR = UtenKonto("Per Far", "", "12 34 51 01", "", "Bortegata 3, 0001 Fjordvik")
TOMT = Grunnlag(mandat="", vurdert_av="", fra_dato=I_DAG, tom_dato=None)
MANDAT = replace(TOMT, mandat="Økonomi", tom_dato=date(2027, 1, 31))


def sak_med(aar: int) -> Sak:
    return SakFabrikk(person=PersonFabrikk(foedselsdato=I_DAG.replace(year=I_DAG.year - aar)))


def registrer(sak: Sak, naa: datetime, **endret: Any) -> Deltakelse:
    felt: dict[str, Any] = {"hvem": VERGE, "egenskap": "verge", "grunnlag": MANDAT, "skannet": fil()}
    return registrer_representant(sak=sak, av=koordinator_i(sak), naa=naa, **felt | endret)


def test_verge_registreres_med_mandat_dokument_og_varsel_foer_det_slutter(naa: datetime) -> None:
    verge = registrer(sak_med(30), naa)
    grunnlag = Representasjon.objects.get()
    assert (grunnlag.deltakelse, grunnlag.mandat, grunnlag.til_dato) == (verge, "Økonomi", date(2027, 2, 1))
    frist = Frist.objects.get(regel="mandat_utloeper")
    assert (frist.objekt_id, frist.forfall, frist.mottaker) == (verge.pk, date(2027, 2, 1), "koordinator")
    assert frist.neste_paaminnelse == date(2026, 12, 31)  # 30 days before is a Saturday after a holiday


# age, capacity, document, assessment, expected refusal
TABELL = [
    (11, "forelder", False, "", None),
    (17, "forelder", False, "", None),
    (17, "forelder", False, "Overlege Prøve", None),
    (18, "forelder", False, "", KanIkkeRepresentere),
    (11, "verge", False, "", ManglerDokument),
    (11, "barnevern", True, "", None),
    (18, "barnevern", True, "", KanIkkeRepresentere),
    (15, "fullmektig", True, "", KanIkkeRepresentere),
    (16, "fullmektig", True, "", None),
    (16, "fullmektig", False, "", ManglerDokument),
    (17, "paaroerende", False, "", KanIkkeRepresentere),
    (18, "paaroerende", False, "", None),
]


@pytest.mark.parametrize(("aar", "egenskap", "med_fil", "vurdert", "avslag"), TABELL)
def test_hvem_som_kan_staa_for_personen(
    aar: int, egenskap: str, med_fil: bool, vurdert: str, avslag: type[Exception] | None, naa: datetime
) -> None:
    sak = sak_med(aar)
    felt = {
        "egenskap": egenskap,
        "skannet": fil() if med_fil else None,
        "grunnlag": replace(MANDAT, vurdert_av=vurdert),
    }
    if avslag is None:
        assert registrer(sak, naa, **felt).egenskap == egenskap
        assert Representasjon.objects.count() == bool(med_fil or vurdert)
    else:
        with pytest.raises(avslag):
            registrer(sak, naa, **felt)
        assert not Deltakelse.objects.filter(rolle="representant").exists()


def test_et_dokument_sier_hva_det_gjelder(naa: datetime) -> None:
    with pytest.raises(ManglerMandat):
        registrer(sak_med(30), naa, grunnlag=TOMT)
    verge = DeltakelseFabrikk(rolle="representant", egenskap="verge")
    with pytest.raises(ManglerGrunnlag):
        registrer_grunnlag(deltakelse=verge, grunnlag=MANDAT, skannet=None, av=koordinator_i(verge.sak), naa=naa)


def test_barneverntjenesten_gaar_ut_naar_personen_fyller_18(naa: datetime) -> None:
    barnevern = registrer(sak_med(11), naa, egenskap="barnevern")
    assert barnevern.til_dato == I_DAG.replace(year=I_DAG.year + 7)


def test_foreldre_fra_hverandre_og_den_ene_gaar_ut(naa: datetime) -> None:
    """Two households, each with its own address or account; one ends and the other stands."""
    sak, mor = sak_med(9), KontoFabrikk(navn="Mette Mor")
    hos_mor = registrer(sak, naa, hvem=mor, egenskap="forelder", grunnlag=TOMT, skannet=None)
    hos_far = registrer_representant(
        sak=sak, hvem=FAR, egenskap="forelder", grunnlag=TOMT, skannet=None, av=tok_ansatt(sak), naa=naa
    )
    assert hos_far.kontakt is not None
    assert (hos_mor.konto, hos_far.kontakt.postadresse) == (mor, FAR.postadresse)
    avslutt_deltakelse(deltakelse=hos_far, av=tok_ansatt(sak), naa=naa)
    assert [rad.deltakelse for rad in i_saken(sak, I_DAG)] == [hos_mor]
    assert Rett.SE_SAK.har(mor, i_dag=I_DAG)


def test_mandatet_slutter_av_seg_selv_og_med_en_gang(naa: datetime) -> None:
    verge = DeltakelseFabrikk(rolle="representant", egenskap="verge")
    grunnlag = RepresentasjonFabrikk(deltakelse=verge, til_dato=I_DAG + timedelta(days=1))
    assert Rett.SE_SAK.har(verge.konto, i_dag=I_DAG)
    assert not Rett.SE_SAK.har(verge.konto, i_dag=I_DAG + timedelta(days=1))
    av = koordinator_i(verge.sak)
    avslutt_grunnlag(representasjon=grunnlag, av=av, naa=naa)
    assert not Rett.SE_SAK.har(verge.konto, i_dag=I_DAG)
    with pytest.raises(AlleredeSlutt):
        avslutt_grunnlag(representasjon=grunnlag, av=av, naa=naa)


def test_fristen_foelger_det_siste_grunnlaget(naa: datetime) -> None:
    """A later mandate moves the warning; one without an end, or the representative's own end, closes it."""
    verge = registrer(sak_med(30), naa)
    av = tok_ansatt(verge.sak)

    def nytt(tom: date | None) -> Representasjon:
        grunnlag = replace(MANDAT, tom_dato=tom)
        return registrer_grunnlag(deltakelse=verge, grunnlag=grunnlag, skannet=fil(), av=av, naa=naa)

    nytt(date(2027, 6, 30))
    assert Frist.objects.get().forfall == date(2027, 7, 1)
    uten_slutt = nytt(None)
    assert Frist.objects.get().lukket_hvordan == "nytt grunnlag uten sluttdato"
    avslutt_grunnlag(representasjon=uten_slutt, av=av, naa=naa)
    assert Frist.objects.aapne().get().forfall == date(2027, 7, 1)
    avslutt_deltakelse(deltakelse=verge, av=av, naa=naa)
    assert not Frist.objects.aapne().exists()


def test_den_som_har_faatt_brev_faar_konto(naa: datetime) -> None:
    """The consent that names the mother goes on naming her, and she hears that something waits."""
    mor = DeltakelseFabrikk(rolle="representant", egenskap="forelder", konto=None, kontakt=KontaktFabrikk())
    samtykke = samtykke_for(mor.sak, mor)
    konto = KontoFabrikk()
    koble_konto(deltakelse=mor, konto=konto, av=koordinator_i(mor.sak), naa=naa)
    assert samtykke.deltakere.get().konto == konto
    assert Rett.SE_SAK.har(konto, i_dag=I_DAG)
    varsel = Varsel.objects.get(mottaker=konto)
    assert mor.sak.person.etternavn not in varsel.emne + varsel.tekst
    with pytest.raises(HarKonto):
        koble_konto(deltakelse=mor, konto=KontoFabrikk(), av=koordinator_i_saken(mor.sak), naa=naa)


def koordinator_i_saken(sak: Sak) -> Konto:
    konto = Deltakelse.objects.koordinatorer().get(sak=sak).konto
    assert konto is not None
    return konto


def test_feil_konto_kobles_ikke(naa: datetime) -> None:
    """One who is in already, one who is another person, and one whose protection would fall off."""
    sak = sak_med(13)
    av = koordinator_i(sak)
    mor = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder", konto=None, kontakt=KontaktFabrikk())
    selv = DeltakelseFabrikk(sak=sak, rolle="person", konto=None)
    with pytest.raises(DeltarAllerede):
        koble_konto(deltakelse=mor, konto=av, av=av, naa=naa)
    en_annen = DeltakelseFabrikk(rolle="person")
    with pytest.raises(KontoenErEnAnnens):
        koble_konto(deltakelse=selv, konto=en_annen.konto, av=av, naa=naa)
    vern(mor.kontakt)
    tok = tok_ansatt(sak)
    with pytest.raises(Avvist):
        koble_konto(deltakelse=mor, konto=KontoFabrikk(), av=tok, naa=naa)
    slipp_inn(sak.person, av)
    with pytest.raises(KontaktenErVernet):
        koble_konto(deltakelse=mor, konto=KontoFabrikk(), av=av, naa=naa)


@pytest.mark.parametrize("rolle", ["fast", "representant", "person"])
def test_bare_de_som_leder_saken_og_kontoret_registrerer(rolle: str, naa: datetime) -> None:
    egenskap = "forelder" if rolle == "representant" else ""
    deltar = DeltakelseFabrikk(rolle=rolle, egenskap=egenskap)
    with pytest.raises(Avvist):
        registrer_representant(
            sak=deltar.sak, hvem=VERGE, egenskap="verge", grunnlag=MANDAT, skannet=fil(), av=deltar.konto, naa=naa
        )


def _side(konto: Konto, settings: Any) -> Client:
    settings.TOK_KREV_TOTP = False
    klient = Client()
    klient.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    return klient


def test_sida_sier_det_doera_sier(settings: Any) -> None:
    """For each representative what they see, or why nothing; and the queries do not grow with them."""
    sak = sak_med(16)
    far = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder")
    mor = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap="forelder")
    RepresentasjonFabrikk(deltakelse=mor, fil=None, mandat="", vurdert_av="Overlege Prøve")
    rader = {rad.deltakelse.pk: rad for rad in i_saken(sak, I_DAG)}
    assert rader[mor.pk].ser_alt
    assert not rader[far.pk].ser
    assert "vurdering" in rader[far.pk].hvorfor_ikke
    for rett in (rett for rett in Rett if rett.omraade and "representant" in rett.roller):
        for deltar in (far, mor):
            assert rett.har(deltar.konto, i_dag=I_DAG) is (rett.omraade in omraader(sak, I_DAG).get(deltar.pk, ()))
    side = _side(tok_ansatt(sak), settings).get(reverse("sak:representanter", args=[sak.pk])).content.decode()
    assert "Ingenting." in side
    assert "Alt i saken som ikke er skjult" in side


def test_spoerringene_vokser_ikke(settings: Any, django_assert_max_num_queries: Any) -> None:
    sak = sak_med(12)
    klient, url = _side(tok_ansatt(sak), settings), reverse("sak:representanter", args=[sak.pk])

    def fire_til() -> None:
        for egenskap in ("verge", "verge", "forelder", "forelder"):
            deltar = DeltakelseFabrikk(sak=sak, rolle="representant", egenskap=egenskap)
            RepresentasjonFabrikk(deltakelse=deltar)

    fire_til()
    klient.get(url)
    with django_assert_max_num_queries(60) as faa:
        klient.get(url)
    fire_til()
    with django_assert_max_num_queries(len(faa.captured_queries)):
        klient.get(url)


def test_dokumentet_kan_hentes_og_skjemaene_virker(settings: Any) -> None:
    """Register by the form, with the refusal at its field, then fetch what was uploaded."""
    sak = sak_med(30)
    klient = _side(tok_ansatt(sak), settings)
    ny = reverse("sak:representant_ny", args=[sak.pk])
    data = {
        "egenskap": "verge",
        "hvordan": "uten",
        "navn": VERGE.navn,
        "postadresse": VERGE.postadresse,
        **{f"fra_dato_{nr}": verdi for nr, verdi in enumerate((1, 11, 2026))},
    }
    svar = klient.post(ny, data)
    assert svar.status_code == 422
    assert "Legg ved dokumentet." in svar.content.decode()
    svar = klient.post(ny, data | {"mandat": "Økonomi", "skannet": SimpleUploadedFile("attest.pdf", pdf())})
    assert svar.status_code == 302
    grunnlag = Representasjon.objects.get()
    assert klient.get(reverse("sak:grunnlag", args=[grunnlag.pk])).content[:5] == b"%PDF-"
    assert klient.post(reverse("sak:grunnlag_avslutt", args=[grunnlag.pk])).status_code == 302
    assert not Representasjon.objects.gjeldende(I_DAG).exists() or grunnlag.fra_dato > I_DAG
