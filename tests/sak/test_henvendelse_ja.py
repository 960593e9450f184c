"""The oral yes: by whom, assessed by whom, and noted when it comes (L7, B7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.fabrikker import NAA, HenvendelseFabrikk, PersonFabrikk, koordinator_i, tok_ansatt
from tests.sak.test_henvendelse import EMMA, FELT, registrer, skjema
from tok.kjerne.tilstand import UlovligSteg
from tok.sak.handlinger import bli_sak, registrer_ja
from tok.sak.handlinger.henvendelse import FeilJasier, HarSagtJa, ManglerNavn, ManglerVurdering
from tok.sak.models import Hendelse, Henvendelse, Samtykke
from tok.sak.opplysninger import Ja

pytestmark = pytest.mark.django_db

JA = Ja("forelder", "Silje Fjellvik", date(2026, 11, 22), "")
SEKSTEN = replace(EMMA, foedselsdato=date(2010, 1, 1))
UTEN_JA = {"er_enig": False, "ja_sagt_av": "", "ja_sagt_navn": "", "ja_sagt_dato": None}


@pytest.fixture(autouse=True)
def paa_dagen(settings: Settings) -> Iterator[None]:
    settings.TOK_KREV_TOTP = False
    with time_machine.travel(NAA, tick=False):
        yield


def test_den_som_sa_ja_er_ikke_den_som_ringte(naa: datetime) -> None:
    av = tok_ansatt()
    felt = replace(FELT, avsender_navn="Per Kollega", avsender_rolle="tjeneste")
    sak = bli_sak(henvendelse=registrer(av, naa, felt=felt), av=av, naa=naa)
    assert Samtykke.objects.get(sak=sak).underskrevet_av == "Silje Fjellvik"


def test_samtykket_sier_at_det_er_muntlig(client: Client, naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk()
    av = tok_ansatt(kontor=henvendelse.kontor)
    sak = bli_sak(henvendelse=henvendelse, av=av, naa=naa)
    client.force_login(av)
    side = client.get(reverse("sak:samtykker", args=[sak.pk])).content.decode()
    assert "Muntlig ja sagt av" in side
    assert "Underskrevet av" not in side


def test_navnet_trengs_naar_en_annen_sa_ja(naa: datetime) -> None:
    assert "ja_sagt_navn" in skjema(er_enig="on", ja_sagt_av="forelder").errors
    assert skjema(er_enig="on", ja_sagt_av="selv").is_valid()
    with pytest.raises(ManglerNavn):
        registrer(tok_ansatt(), naa, felt=replace(FELT, ja_sagt_navn=""))


def test_vurderingen_er_aldri_saksbehandlerens_av_seg_selv(naa: datetime) -> None:
    av = tok_ansatt()
    with pytest.raises(ManglerVurdering):
        registrer(av, naa, person=SEKSTEN)
    henvendelse = registrer(av, naa, person=SEKSTEN, felt=replace(FELT, vurdert_av="Fastlege Prøve"))
    sak = bli_sak(henvendelse=henvendelse, av=av, naa=naa)
    assert Samtykke.objects.get(sak=sak).vurdert_av == "Fastlege Prøve"


def test_ufoedt_omtales_ikke_som_null_aar(naa: datetime) -> None:
    ufoedt = replace(EMMA, fornavn="", foedselsdato=date(2027, 2, 1), er_termin=True)
    with pytest.raises(FeilJasier, match="Barnet er ikke født"):
        registrer(tok_ansatt(), naa, person=ufoedt, felt=replace(FELT, ja_sagt_av="selv"))
    assert registrer(tok_ansatt(), naa, person=ufoedt).person.navn == "Barn Fjellvik (termin 1. februar 2027)"


def test_ja_kan_komme_etter_henvendelsen(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk(**UTEN_JA)
    av = tok_ansatt(kontor=henvendelse.kontor)
    henvendelse = registrer_ja(henvendelse=henvendelse, ja=JA, av=av, naa=naa)
    assert Hendelse.objects.get().handling == "sak.registrer_ja"
    with pytest.raises(HarSagtJa):
        registrer_ja(henvendelse=henvendelse, ja=JA, av=av, naa=naa)
    sak = bli_sak(henvendelse=henvendelse, av=av, naa=naa)
    muntlig = Samtykke.objects.get(sak=sak)
    assert (muntlig.underskrevet_av, muntlig.gyldig_fra) == ("Silje Fjellvik", date(2026, 11, 22))
    with pytest.raises(UlovligSteg):
        registrer_ja(henvendelse=henvendelse, ja=JA, av=av, naa=naa)


@pytest.mark.parametrize(
    ("ja", "avslag"),
    [(replace(JA, sagt_av="selv"), FeilJasier), (replace(JA, navn=""), ManglerNavn)],
)
def test_ikke_hvem_som_helst_kan_si_ja_senere(ja: Ja, avslag: Any, naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk(**UTEN_JA)
    with pytest.raises(avslag):
        registrer_ja(henvendelse=henvendelse, ja=ja, av=tok_ansatt(kontor=henvendelse.kontor), naa=naa)


def test_siden_advarer_uten_ja_og_knappen_registrerer_det(client: Client) -> None:
    henvendelse = HenvendelseFabrikk(kanal="kollega", person=PersonFabrikk(telefon="abc"), **UTEN_JA)
    client.force_login(tok_ansatt(kontor=henvendelse.kontor))
    url, ja = reverse("sak:henvendelse", args=[henvendelse.pk]), reverse("sak:henvendelse_ja", args=[henvendelse.pk])
    side = client.get(url).content.decode()
    assert "Ingen har sagt ja til registrering ennå." in side
    assert "fra en kollega" in side
    data = {"ja_sagt_av": "forelder", "ja_sagt_dato_0": "22", "ja_sagt_dato_1": "11", "ja_sagt_dato_2": "2026"}
    assert client.post(ja, data).status_code == 422
    assert client.post(ja, data | {"ja_sagt_dato_0": "24", "ja_sagt_navn": "Silje"}).status_code == 422
    assert client.post(ja, data | {"ja_sagt_navn": "Silje Fjellvik"})["Location"] == url
    side = client.get(url).content.decode()
    assert "Ja, sagt av Silje Fjellvik, forelder med foreldreansvar, 22. november 2026" in side
    assert "Ingen har sagt ja" not in side
    assert Henvendelse.objects.get().er_enig


def test_lista_sier_naar_den_kom(client: Client) -> None:
    henvendelse = HenvendelseFabrikk(kanal="kollega")
    client.force_login(tok_ansatt(kontor=henvendelse.kontor))
    side = client.get(reverse("sak:henvendelser")).content.decode()
    assert "Kom for 3 dager siden" in side
    assert "Henvendelse fra en kollega" in side
    assert "dager over" not in side


def test_eksemplet_er_en_dato_som_kan_skrives() -> None:
    assert skjema().fields["mottatt_dato"].help_text == "For eksempel 3 11 2026"


def test_saken_viser_henvendelsen_for_kontoret(client: Client, naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk(behov="Trenger én å ringe til.", avsender_telefon="12 34 51 70")
    av = tok_ansatt(kontor=henvendelse.kontor)
    sak = bli_sak(henvendelse=henvendelse, av=av, naa=naa)
    client.force_login(av)
    side = client.get(reverse("oversikt:sak", args=[sak.pk])).content.decode()
    for tekst in (
        "Trenger én å ringe til.",
        "Helsesykepleier Prøve",
        "PPT",
        reverse("sak:henvendelse", args=[henvendelse.pk]),
    ):
        assert tekst in side


def test_henvendelsen_vises_ikke_for_andre_i_saken(client: Client, naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk(behov="Trenger én å ringe til.")
    sak = bli_sak(henvendelse=henvendelse, av=tok_ansatt(kontor=henvendelse.kontor), naa=naa)
    client.force_login(koordinator_i(sak))
    assert "Trenger én å ringe til." not in client.get(reverse("oversikt:sak", args=[sak.pk])).content.decode()
