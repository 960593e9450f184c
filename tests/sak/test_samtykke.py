"""Who may sign, for how long, and that withdrawal acts at once (B7, L13, L14); the database agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from PIL import Image

from tests.fabrikker import DeltakelseFabrikk, PersonFabrikk, SakFabrikk, SamtykkeFabrikk, koordinator_i, tok_ansatt
from tok.kjerne import filer
from tok.kjerne.filer import Filfelt, finn_type
from tok.kjerne.historikk import som_system
from tok.sak.forms import SamtykkeSkjema
from tok.sak.handlinger import lag_samtykkeskjema, registrer_muntlig_ja, registrer_samtykke, trekk_samtykke
from tok.sak.handlinger.samtykke import (
    AlleredeTrukket,
    AlleredeUnderskrevet,
    KanIkkeSkriveUnder,
    Mangler,
    VarerForLenge,
)
from tok.sak.models import Deltakelse, Sak, Samtykke, Samtykkedeltaker
from tok.sak.opplysninger import Underskrift
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db

I_DAG = date(2026, 11, 23)
UNDERSKRIFT = Underskrift(
    formaal=["gruppe", "referat"],
    underskrevet_av="Silje Fjellvik",
    underskrevet_av_2="",
    egenskap="forelder",
    underskrevet_dato=I_DAG,
    gyldig_fra=I_DAG,
    gyldig_tom=date(2027, 11, 22),
    omfatter_ikke="",
    barnets_syn="",
    vurdert_av="",
)


def pdf() -> bytes:
    ut = BytesIO()
    with pikepdf.new() as dokument:
        dokument.add_blank_page()
        dokument.save(ut)
    return ut.getvalue()


def bilde(slag: str) -> bytes:
    ut = BytesIO()
    Image.new("RGB", (8, 8)).save(ut, slag)
    return ut.getvalue()


def fil(innhold: bytes | None = None, navn: str = "skjema.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(navn, pdf() if innhold is None else innhold)


def sak_med(foedt: date) -> Sak:
    return SakFabrikk(person=PersonFabrikk(foedselsdato=foedt))


def registrer(sak: Sak, naa: datetime, *deltakelser: Deltakelse, **endret: Any) -> Samtykke:
    return registrer_samtykke(
        sak=sak,
        underskrift=replace(UNDERSKRIFT, **endret),
        deltakelser=deltakelser,
        skannet=fil(),
        av=koordinator_i(sak),
        naa=naa,
    )


# born, capacity, child's view, assessed by, expected refusal (B7)
TABELL = [
    (date(2022, 1, 1), "forelder", "", "", None),
    (date(2019, 11, 24), "forelder", "", "", None),
    (date(2019, 11, 23), "forelder", "", "", Mangler),
    (date(2019, 11, 23), "forelder", "Vil gjerne", "", None),
    (date(2012, 1, 1), "forelder", "Vil gjerne", "", None),
    (date(2012, 1, 1), "selv", "Vil gjerne", "", KanIkkeSkriveUnder),
    (date(2010, 11, 24), "forelder", "Vil gjerne", "", VarerForLenge),
    (date(2010, 11, 23), "selv", "", "", None),
    (date(2010, 11, 23), "forelder", "", "", Mangler),
    (date(2010, 11, 23), "forelder", "", "Lege Prøve", None),
    (date(2008, 11, 23), "forelder", "", "Lege Prøve", KanIkkeSkriveUnder),
    (date(2008, 11, 23), "selv", "", "", None),
    (date(1980, 1, 1), "verge", "", "", None),
    (date(1980, 1, 1), "paaroerende", "", "", Mangler),
    (date(1980, 1, 1), "paaroerende", "", "Lege Prøve", None),
    (date(1980, 1, 1), "barnevern", "", "", KanIkkeSkriveUnder),
    (date(2027, 3, 1), "forelder", "", "", None),
]


@pytest.mark.parametrize(("foedt", "egenskap", "syn", "vurdert", "avslag"), TABELL)
def test_hvem_som_kan_skrive_under(
    foedt: date, egenskap: str, syn: str, vurdert: str, avslag: type[Exception] | None, naa: datetime
) -> None:
    sak = sak_med(foedt)
    if avslag is None:
        assert registrer(sak, naa, egenskap=egenskap, barnets_syn=syn, vurdert_av=vurdert).pk
    else:
        with pytest.raises(avslag):
            registrer(sak, naa, egenskap=egenskap, barnets_syn=syn, vurdert_av=vurdert)
        assert Samtykke.objects.count() == 0


@pytest.mark.parametrize(("foedt", "egenskap", "syn", "vurdert", "avslag"), TABELL)
def test_databasen_sier_det_samme(
    foedt: date, egenskap: str, syn: str, vurdert: str, avslag: type[Exception] | None
) -> None:
    felt = {
        "sak": sak_med(foedt),
        "egenskap": egenskap,
        "barnets_syn": syn,
        "vurdert_av": vurdert,
        "underskrevet_dato": I_DAG,
        "gyldig_fra": I_DAG,
        "gyldig_tom": date(2027, 11, 22),
    }
    if avslag is None:
        SamtykkeFabrikk(**felt)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            SamtykkeFabrikk(**felt)


def test_foedt_29_februar_fyller_16_foerste_mars(naa: datetime) -> None:
    felt = {"underskrevet_dato": date(2026, 12, 1), "gyldig_fra": date(2026, 12, 1), "barnets_syn": "Ja"}
    sak = sak_med(date(2012, 2, 29))
    SamtykkeFabrikk(sak=sak, gyldig_tom=date(2028, 2, 28), **felt)
    with pytest.raises(IntegrityError), transaction.atomic():
        SamtykkeFabrikk(sak=sak, gyldig_tom=date(2028, 2, 29), **felt)


def test_samtykke_aapner_og_trukket_stenger(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    samtykke = registrer(fast.sak, naa, fast, barnets_syn="Vil gjerne")
    assert Rett.LESE_REFERAT.synlige(fast.konto, Sak.objects.all(), i_dag=I_DAG).exists()
    av = tok_ansatt(fast.sak)
    trekk_samtykke(samtykke=samtykke, trukket_av="Silje", av=av, naa=naa)
    assert not Rett.LESE_REFERAT.synlige(fast.konto, Sak.objects.all(), i_dag=I_DAG).exists()
    with pytest.raises(AlleredeTrukket):
        trekk_samtykke(samtykke=samtykke, trukket_av="Silje", av=av, naa=naa)


def test_fast_deltaker_kan_ikke_registrere(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    with pytest.raises(Avvist):
        registrer_samtykke(sak=fast.sak, underskrift=UNDERSKRIFT, deltakelser=[], skannet=fil(), av=fast.konto, naa=naa)


def test_fila_ligger_kryptert_og_kan_leses(naa: datetime) -> None:
    samtykke = registrer(sak_med(date(2022, 1, 1)), naa)
    assert samtykke.fil is not None
    assert b"%PDF" not in bytes(samtykke.fil.innhold)
    assert filer.les(samtykke.fil)[:5] == b"%PDF-"


def test_skjema_paa_papir_har_de_som_er_med_naa(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    av = koordinator_i(fast.sak)
    dokument = lag_samtykkeskjema(
        sak=fast.sak, gyldig_fra=I_DAG, gyldig_tom=date(2027, 11, 22), av=av, naa=naa
    ).dokument
    assert {rad["navn"] for rad in dokument.innhold["deltakere"]} == {fast.konto.navn, av.navn}


@pytest.mark.parametrize(
    ("innhold", "type_"),
    [
        (pdf(), "application/pdf"),
        (bilde("PNG"), "image/png"),
        (bilde("JPEG"), "image/jpeg"),
        (bilde("GIF"), None),
        (b"%PDF-1.7 but not really", None),
        (b"MZ\x90\x00", None),
        (b"<svg onload=alert(1)>", None),
        (b"", None),
    ],
)
def test_en_fil_er_det_den_er(innhold: bytes, type_: str | None) -> None:
    assert finn_type(innhold) == type_


@pytest.mark.parametrize(
    ("opplastet", "melding"),
    [
        (fil(b"hei", "skjema.pdf"), "PDF eller et bilde"),
        (fil(b"0" * (10 * 1024 * 1024 + 1), "stor.pdf"), "høyst 10 MB"),
    ],
)
def test_daarlig_fil_faar_klar_beskjed(opplastet: SimpleUploadedFile, melding: str) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match=melding):
        Filfelt().clean(opplastet)


@pytest.mark.parametrize(
    ("endret", "felt"),
    [
        ({"underskrevet_dato_2": "2027"}, "underskrevet_dato"),
        ({"gyldig_fra_2": "2025"}, "gyldig_fra"),
        ({"gyldig_tom_2": "2025"}, "gyldig_tom"),
        ({"formaal": []}, "formaal"),
        ({"egenskap": "nabo"}, "egenskap"),
    ],
)
def test_skjemaet_sier_fra_ved_feltet(endret: dict[str, Any], felt: str) -> None:
    data = {
        "formaal": ["gruppe"],
        "egenskap": "forelder",
        "underskrevet_av": "Silje",
        **{
            f"{navn}_{i}": v for navn in ("underskrevet_dato", "gyldig_fra") for i, v in enumerate(("23", "11", "2026"))
        },
        **{f"gyldig_tom_{i}": v for i, v in enumerate(("22", "11", "2027"))},
    } | endret
    skjema = SamtykkeSkjema(data, {"skannet": fil()}, deltakere=Deltakelse.objects.none(), i_dag=I_DAG)
    assert felt in skjema.errors


MUNTLIG: dict[str, Any] = {"navn": "Silje Fjellvik", "egenskap": "forelder", "sagt_dato": I_DAG, "vurdert_av": ""}


def test_muntlig_ja_gjelder_til_skjemaet_er_underskrevet(naa: datetime) -> None:
    sak = sak_med(date(2014, 5, 4))
    av = koordinator_i(sak)
    muntlig = registrer_muntlig_ja(sak=sak, **MUNTLIG, av=av, naa=naa)
    assert list(Samtykke.objects.gyldige(I_DAG, "gruppe")) == [muntlig]
    papir = registrer_samtykke(
        sak=sak,
        underskrift=replace(UNDERSKRIFT, barnets_syn="Ja"),
        deltakelser=[],
        skannet=fil(),
        av=av,
        naa=naa,
    )
    assert list(Samtykke.objects.gyldige(I_DAG, "gruppe")) == [papir]
    trekk_samtykke(samtykke=papir, trukket_av="Silje", av=av, naa=naa)
    assert not Samtykke.objects.gyldige(I_DAG, "gruppe").exists()
    with pytest.raises(AlleredeUnderskrevet):
        registrer_muntlig_ja(sak=sak, **MUNTLIG, av=av, naa=naa)


def test_muntlig_ja_foelger_de_samme_aldrene(naa: datetime) -> None:
    sak = sak_med(date(2009, 1, 1))
    with pytest.raises(Mangler):
        registrer_muntlig_ja(sak=sak, **MUNTLIG, av=koordinator_i(sak), naa=naa)


@pytest.mark.parametrize(
    "endring", [{"vurdert_av": "En annen"}, {"barnets_syn": ""}, {"omfatter_ikke": "alt"}, {"underskrevet_av_2": "B"}]
)
def test_et_samtykke_endres_aldri(endring: dict[str, str], naa: datetime) -> None:
    samtykke = registrer(sak_med(date(2014, 5, 4)), naa, barnets_syn="Ja")
    with pytest.raises(DatabaseError), som_system("try"):
        Samtykke.objects.filter(pk=samtykke.pk).update(**endring)


def test_et_trukket_samtykke_kommer_ikke_tilbake(naa: datetime) -> None:
    sak = sak_med(date(2014, 5, 4))
    samtykke = registrer(sak, naa, barnets_syn="Ja")
    trekk_samtykke(samtykke=samtykke, trukket_av="Silje", av=tok_ansatt(sak), naa=naa)
    with pytest.raises(DatabaseError), som_system("try"):
        Samtykke.objects.filter(pk=samtykke.pk).update(trukket_tid=None, trukket_registrert_av=None)


def test_omfanget_er_i_samme_sak_og_fast(naa: datetime) -> None:
    fast = DeltakelseFabrikk()
    samtykke = registrer(fast.sak, naa, fast, barnets_syn="Ja")
    with pytest.raises(IntegrityError), som_system("try"):
        Samtykkedeltaker.objects.create(samtykke=samtykke, deltakelse=DeltakelseFabrikk())
    with pytest.raises(DatabaseError), som_system("try"):
        Samtykkedeltaker.objects.filter(samtykke=samtykke).delete()
