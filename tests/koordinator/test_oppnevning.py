"""Appointing, changing and ending: never two responsible on one date, no end without a word (R30, R100, L3, L4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from koordinator.handlinger import avslaa, avslutt_oppnevning, bytt_koordinator, oppnevn
from koordinator.handlinger.oppnevning import AlleredeOppnevnt, HarSluttet, LederHarIkkeSagtJa
from koordinator.handlinger.periode import AnnenErKoordinator, FeilPeriode, IkkeBarn, ManglerSluttgrunn
from koordinator.models import Oppnevning
from tests.fabrikker import DeltakelseFabrikk, SakFabrikk, tok_ansatt
from tests.koordinator.conftest import Sted
from tok.kjerne import pdf
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Varsel
from tok.sak.dagbok import setning
from tok.sak.models import Ansettelse, Deltakelse, Hendelse, Sak, Saksdokument
from tok.sak.tilgang import Avslag
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db
EN_DAG = timedelta(days=1)


def test_oppnevnes(sted: Sted, naa: datetime) -> None:
    oppnevning = sted.oppnevn(naa)
    deltakelse = oppnevning.deltakelse
    assert (deltakelse.konto, deltakelse.rolle, deltakelse.til_dato) == (sted.jonas, "koordinator", None)
    assert oppnevning.timer == Decimal("2.5")
    assert {varsel.mottaker for varsel in Varsel.objects.filter(noekkel__contains="oppnevnt")} == {
        sted.jonas,
        sted.leder,
    }
    assert setning(Hendelse.objects.get(handling="koordinator.oppnevn")) == (
        "Kari Østby oppnevnte Jonas Berg som koordinator fra 23. november 2026."
    )


def test_brevet_ligger_i_saken_uten_navn_paa_personen(sted: Sted, naa: datetime) -> None:
    oppnevning = sted.oppnevn(naa)
    brev = Saksdokument.objects.get(sak=sted.sak, type="oppnevning").dokument
    assert brev == oppnevning.brev
    assert "Amina" not in str(brev.innhold)
    assert brev.innhold["timer"] == "Om lag 2,5 timer i måneden"
    assert brev.innhold["hjemmel"]
    assert pdf.render("oppnevningsbrev", brev.innhold, tittel=brev.tittel).startswith(b"%PDF")


def test_bare_eget_kontor(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.godkjent(naa)
    for utenfor in (tok_ansatt(), sted.leder, sted.jonas):
        with pytest.raises(Avvist):
            oppnevn(forespoersel=forespoersel, fra_dato=naa.date(), av=utenfor, naa=naa)


def test_krever_ja(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.spoer(naa)
    with pytest.raises(LederHarIkkeSagtJa):
        sted.oppnevn(naa, forespoersel=forespoersel)
    avslaa(forespoersel=forespoersel, grunn="tid", av=sted.leder, naa=naa)
    with pytest.raises(LederHarIkkeSagtJa):
        sted.oppnevn(naa, forespoersel=forespoersel)


def test_ett_ja_er_en_oppnevning(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.oppnevn(naa).forespoersel
    with pytest.raises(AlleredeOppnevnt):
        sted.oppnevn(naa, forespoersel=forespoersel)


def test_den_godkjente_har_sluttet(sted: Sted, naa: datetime, senere: datetime) -> None:
    forespoersel = sted.godkjent(naa)
    with som_system("test data"):
        Ansettelse.objects.filter(konto=sted.jonas).update(til_dato=naa.date())
    with pytest.raises(HarSluttet):
        sted.oppnevn(senere, forespoersel=forespoersel)


def test_to_samtidig_avvises_med_hvem_og_naar(sted: Sted, naa: datetime) -> None:
    sted.oppnevn(naa, til_dato=naa.date() + timedelta(days=30), slutt_grunn="Vikariat.")
    forespoersel = sted.godkjent(naa, foreslaatt=sted.trine)
    with pytest.raises(AnnenErKoordinator) as avslag:
        sted.oppnevn(naa, forespoersel=forespoersel)
    assert avslag.value.melding == (
        "Jonas Berg er koordinator fra 23. november 2026 til og med 22. desember 2026. Velg en dato etter det."
    )
    sted.oppnevn(naa, forespoersel=forespoersel, fra_dato=naa.date() + timedelta(days=30))


def test_databasen_sier_ogsaa_nei(sted: Sted, naa: datetime) -> None:
    sted.oppnevn(naa)
    with pytest.raises(IntegrityError, match="en_koordinator_per_sak_og_dato"):
        DeltakelseFabrikk(sak=sted.sak, konto=sted.trine, rolle="koordinator", fra_dato=naa.date() + timedelta(days=9))


@pytest.mark.parametrize(
    ("fra", "til", "felt"),
    [(-1, None, "fra_dato"), (400, None, "fra_dato"), (5, 5, "siste_dag"), (5, 2, "siste_dag")],
)
def test_datoer_i_orden(sted: Sted, naa: datetime, fra: int, til: int | None, felt: str) -> None:
    til_dato = None if til is None else naa.date() + til * EN_DAG
    with pytest.raises(FeilPeriode) as avslag:
        sted.oppnevn(naa, fra_dato=naa.date() + fra * EN_DAG, til_dato=til_dato, slutt_grunn="x")
    assert avslag.value.felt == felt


def test_sluttdato_krever_grunn(sted: Sted, naa: datetime) -> None:
    with pytest.raises(ManglerSluttgrunn):
        sted.oppnevn(naa, til_dato=naa.date() + timedelta(days=30))


@pytest.mark.parametrize(
    ("foedt", "slutter"), [(date(2011, 3, 12), date(2029, 3, 12)), (date(2012, 2, 29), date(2030, 3, 1))]
)
def test_barnekoordinator_slutter_ved_18(sted: Sted, naa: datetime, foedt: date, slutter: date) -> None:
    _sett_foedt(sted, foedt)
    oppnevning = sted.oppnevn(naa, type_=Oppnevning.Type.BARNEKOORDINATOR)
    assert oppnevning.deltakelse.til_dato == slutter
    assert oppnevning.slutt_grunn == "Personen fyller 18 år."


def test_barnekoordinator_varer_ikke_lenger(sted: Sted, naa: datetime) -> None:
    with pytest.raises(FeilPeriode, match=r"12\. mars 2029"):
        sted.oppnevn(naa, type_="barnekoordinator", til_dato=date(2029, 3, 13), slutt_grunn="x")


@pytest.mark.parametrize(("foedt", "gaar"), [(date(2008, 11, 23), False), (date(2008, 11, 24), True)])
def test_barnekoordinator_er_for_barn(sted: Sted, naa: datetime, foedt: date, gaar: bool) -> None:
    _sett_foedt(sted, foedt)
    if gaar:
        assert sted.oppnevn(naa, type_="barnekoordinator").deltakelse.til_dato == date(2026, 11, 24)
    else:
        with pytest.raises(IkkeBarn):
            sted.oppnevn(naa, type_="barnekoordinator")


def test_bytte_uten_en_dag_imellom(sted: Sted, naa: datetime) -> None:
    gammel = sted.oppnevn(naa)
    forespoersel = sted.godkjent(naa, foreslaatt=sted.trine)
    bytte = naa.date() + timedelta(days=10)
    ny = bytt_koordinator(oppnevning=gammel, forespoersel=forespoersel, fra_dato=bytte, av=sted.tok, naa=naa)
    gammel.refresh_from_db()
    gammel.deltakelse.refresh_from_db()
    assert gammel.deltakelse.til_dato == bytte == ny.deltakelse.fra_dato
    assert gammel.slutt_grunn == "Ny koordinator er oppnevnt."
    assert "etter Jonas Berg" in setning(Hendelse.objects.get(handling="koordinator.bytt_koordinator"))


def test_bytte_som_feiler_endrer_ingenting(sted: Sted, naa: datetime) -> None:
    gammel = sted.oppnevn(naa)
    forespoersel = sted.spoer(naa, foreslaatt=sted.trine)
    with pytest.raises(LederHarIkkeSagtJa):
        bytt_koordinator(oppnevning=gammel, forespoersel=forespoersel, fra_dato=naa.date(), av=sted.tok, naa=naa)
    assert Deltakelse.objects.get(oppnevning=gammel).til_dato is None


def test_forespoersel_fra_annen_sak_kan_ikke_brukes_til_bytte(sted: Sted, naa: datetime) -> None:
    gammel = sted.oppnevn(naa)
    annen = Sted(
        SakFabrikk(kontor=sted.sak.kontor, nummer="2026/0999"), sted.tok, sted.skole, sted.leder, sted.jonas, sted.trine
    )
    with pytest.raises(LederHarIkkeSagtJa):
        bytt_koordinator(oppnevning=gammel, forespoersel=annen.godkjent(naa), fra_dato=naa.date(), av=sted.tok, naa=naa)


def test_avslutt_krever_grunn_og_dato_i_orden(sted: Sted, naa: datetime) -> None:
    oppnevning = sted.oppnevn(naa)
    ord_: dict[str, Any] = {"oppnevning": oppnevning, "av": sted.tok, "naa": naa}
    with pytest.raises(ManglerSluttgrunn):
        avslutt_oppnevning(**ord_, slutt_dato=naa.date() + EN_DAG, slutt_grunn="  ")
    with pytest.raises(FeilPeriode):
        avslutt_oppnevning(**ord_, slutt_dato=naa.date() - EN_DAG, slutt_grunn="Flytter.")
    avslutt_oppnevning(**ord_, slutt_dato=naa.date() + EN_DAG, slutt_grunn="Flytter.")
    oppnevning.refresh_from_db()
    assert (oppnevning.slutt_grunn, oppnevning.siste_dag) == ("Flytter.", naa.date())
    with pytest.raises(FeilPeriode, match="slutter allerede"):
        avslutt_oppnevning(**ord_, slutt_dato=naa.date() + 5 * EN_DAG, slutt_grunn="Senere.")


def test_koordinator_som_begynner_senere_faar_dato_i_meldingen(sted: Sted, naa: datetime) -> None:
    sted.oppnevn(naa, fra_dato=date(2026, 12, 1))
    varsel = Varsel.objects.get(mottaker=sted.jonas)
    assert "fra 1. desember 2026" in varsel.tekst
    assert varsel.gjelder_id is None


SKRITT = st.lists(
    st.tuples(st.sampled_from(["oppnevn", "bytt", "avslutt"]), st.integers(0, 40), st.integers(0, 30)),
    min_size=2,
    max_size=6,
)


@settings(max_examples=12)
@given(skritt=SKRITT)
def test_aldri_to_ansvarlige_paa_en_dato(sted: Sted, naa: datetime, skritt: list[tuple[str, int, int]]) -> None:
    """Whatever is tried, in any order, each date has at most one coordinator (L3)."""
    sak = SakFabrikk(kontor=sted.sak.kontor, nummer=f"P{Sak.objects.count():08}")
    proeve = Sted(sak, sted.tok, sted.skole, sted.leder, sted.jonas, sted.trine)
    for hva, fra, lengde in skritt:
        _proev(proeve, hva, naa.date() + fra * EN_DAG, lengde, naa)
    perioder = [(d.fra_dato, d.til_dato or date.max) for d in Deltakelse.objects.koordinatorer().filter(sak=sak)]
    for dag in (naa.date() + n * EN_DAG for n in range(80)):
        assert sum(fra <= dag < til for fra, til in perioder) <= 1


def _proev(sted: Sted, hva: str, fra: date, lengde: int, naa: datetime) -> None:
    siste = Oppnevning.objects.filter(sak=sted.sak).order_by("-deltakelse__fra_dato").first()
    til = fra + lengde * EN_DAG if lengde else None
    try:
        if hva == "avslutt" and siste is not None:
            avslutt_oppnevning(oppnevning=siste, slutt_dato=fra, slutt_grunn="Slutter.", av=sted.tok, naa=naa)
            return
        ja = sted.sak.forespoersler.kan_brukes().first() or sted.godkjent(naa)
        if hva == "bytt" and siste is not None:
            bytt_koordinator(
                oppnevning=siste, forespoersel=ja, fra_dato=fra, til_dato=til, slutt_grunn="x", av=sted.tok, naa=naa
            )
        else:
            oppnevn(forespoersel=ja, fra_dato=fra, til_dato=til, slutt_grunn="x", av=sted.tok, naa=naa)
    except Avslag:
        return


def _sett_foedt(sted: Sted, foedt: date) -> None:
    with som_system("test data"):
        sted.sak.person.foedselsdato = foedt
        sted.sak.person.save()
