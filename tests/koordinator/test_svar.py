"""The leader answers once, and only for own staff (R111–R113)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from koordinator.handlinger import avslaa, godkjenn, godkjenn_annen, trekk_forespoersel
from koordinator.handlinger.svar import AlleredeBesvart, IkkeEgenAnsatt, ManglerForklaring, SammeAnsatt
from koordinator.models import Forespoersel
from koordinator.sporringer import foresporsler_til
from tests.fabrikker import AnsettelseFabrikk, EnhetFabrikk, ansatt
from tests.koordinator.conftest import Sted
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Sikkerhetslogg, Varsel
from tok.sak import varseltilgang
from tok.sak.models import Ansettelse, Frist, Hendelse
from tok.sak.tilgang import Rett
from tok.sak.tilgang.innsyn import Avvist

pytestmark = pytest.mark.django_db
TO_OG_EN_HALV = Decimal("2.5")


def test_ja(sted: Sted, naa: datetime) -> None:
    svar = godkjenn(
        forespoersel=sted.spoer(naa), timer=TO_OG_EN_HALV, melding="Best på onsdager.", av=sted.leder, naa=naa
    )
    svar.refresh_from_db()
    assert (svar.tilstand, svar.godkjent_konto, svar.timer) == ("godkjent", sted.jonas, TO_OG_EN_HALV)
    assert Frist.objects.get(objekt_id=svar.pk).lukket_hvordan == "besvart"
    assert Varsel.objects.filter(mottaker=sted.tok).count() == 1
    assert Hendelse.objects.filter(sak=sted.sak, handling="koordinator.godkjenn").count() == 1


def test_en_annen(sted: Sted, naa: datetime) -> None:
    svar = godkjenn_annen(
        forespoersel=sted.spoer(naa), annen=sted.trine, timer=Decimal(2), melding="Bedre tid.", av=sted.leder, naa=naa
    )
    assert svar.godkjent_konto == sted.trine


def test_en_annen_maa_vaere_egen_ansatt(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.spoer(naa)
    for utenfor, avslag in (
        (ansatt("ansatt", EnhetFabrikk()), IkkeEgenAnsatt),
        (sted.leder, IkkeEgenAnsatt),
        (sted.jonas, SammeAnsatt),
    ):
        with pytest.raises(avslag):
            godkjenn_annen(
                forespoersel=forespoersel, annen=utenfor, timer=Decimal(2), melding="x", av=sted.leder, naa=naa
            )
    forespoersel.refresh_from_db()
    assert forespoersel.tilstand == "sendt"


def test_en_annen_krever_hvorfor(sted: Sted, naa: datetime) -> None:
    with pytest.raises(ManglerForklaring):
        godkjenn_annen(
            forespoersel=sted.spoer(naa), annen=sted.trine, timer=Decimal(2), melding=" ", av=sted.leder, naa=naa
        )


def test_nei(sted: Sted, naa: datetime) -> None:
    svar = avslaa(forespoersel=sted.spoer(naa), grunn="tid", av=sted.leder, naa=naa)
    assert (svar.tilstand, svar.avslagsgrunn) == ("avslaatt", "tid")
    assert "tid" not in str(Hendelse.objects.get(handling="koordinator.avslaa").data)


def test_annen_grunn_krever_ord(sted: Sted, naa: datetime) -> None:
    with pytest.raises(ManglerForklaring):
        avslaa(forespoersel=sted.spoer(naa), grunn="annen", av=sted.leder, naa=naa)


def test_to_ganger(sted: Sted, naa: datetime, senere: datetime) -> None:
    forespoersel = sted.godkjent(naa)
    with pytest.raises(AlleredeBesvart) as avslag:
        avslaa(forespoersel=forespoersel, grunn="tid", av=sted.leder, naa=senere)
    assert avslag.value.melding == (
        "Du har allerede svart, 23. november 2026 kl. 08.30. Du godkjente Jonas Berg med 2,5 timer i måneden."
    )
    forespoersel.refresh_from_db()
    assert forespoersel.tilstand == "godkjent"


def test_svar_paa_trukket(sted: Sted, naa: datetime) -> None:
    forespoersel = trekk_forespoersel(forespoersel=sted.spoer(naa), av=sted.tok, naa=naa)
    with pytest.raises(AlleredeBesvart, match="trukket forespørselen tilbake"):
        godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=sted.leder, naa=naa)


def test_andre_svarer_ikke_for_lederen(sted: Sted, naa: datetime) -> None:
    forespoersel = sted.spoer(naa)
    annen_leder = ansatt("leder", EnhetFabrikk())
    for utenfor in (annen_leder, sted.tok, sted.jonas):
        with pytest.raises(Avvist):
            godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=utenfor, naa=naa)
    assert Forespoersel.objects.get().tilstand == "sendt"
    assert Sikkerhetslogg.objects.filter(rett="SVARE_SOM_LEDER").count() == 3


def test_en_leder_som_har_flyttet_svarer_ikke(sted: Sted, naa: datetime, senere: datetime) -> None:
    """Leader of another unit now: the old unit's question is closed, also to look at (N1, N2)."""
    forespoersel = sted.spoer(naa)
    with som_system("test data"):
        Ansettelse.objects.filter(konto=sted.leder).update(til_dato=senere.date())
    AnsettelseFabrikk(konto=sted.leder, enhet=EnhetFabrikk(), rolle="leder", fra_dato=senere.date())
    with pytest.raises(Avvist):
        godkjenn(forespoersel=forespoersel, timer=Decimal(2), av=sted.leder, naa=senere)
    assert not Rett.SVARE_SOM_LEDER.synlige(sted.leder, Forespoersel.objects.all(), i_dag=senere.date())
    assert foresporsler_til(sted.leder, senere.date()) == []
    varsel = Varsel.objects.get(mottaker=sted.leder)
    assert varseltilgang.kan_se(varsel, naa=naa)
    assert not varseltilgang.kan_se(varsel, naa=senere)
