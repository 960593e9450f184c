"""What the database keeps of what waits for the office is what one finds by looking, whatever has been changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from koordinator.models import Forespoersel, Oppnevning
from tests.fabrikker import I_DAG, NAA, AnsettelseFabrikk, DeltakelseFabrikk, EnhetFabrikk, KontoFabrikk, SakFabrikk
from tests.oversikt.rader import flytt, frist, gruppe, lukk
from tests.oversikt.utledet import ventende
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument
from tok.oversikt.models import Ventende
from tok.sak.models import Ansettelse, Deltakelse, Frist, Sak

pytestmark = pytest.mark.django_db

EN_DAG = timedelta(days=1)
DAGER = [I_DAG + EN_DAG * n for n in (0, 1, 3, 6, 20, 400)]
TABELL = "SELECT sak_id, kontor_id, hva, objekt_id, hvem_id, siden, fra_dato, til_dato FROM {} ORDER BY 1, 3, 4, 6, 7"


class Verden:
    """Two cases of one office, a unit with a leader, and what may happen to them."""

    def __init__(self) -> None:
        self.saker: list[Sak] = [SakFabrikk(oensker_koordinator=True, oensker_gruppe=bool(nr)) for nr in range(2)]
        self.enhet = EnhetFabrikk()
        self.leder = KontoFabrikk()
        AnsettelseFabrikk(konto=self.leder, enhet=self.enhet, rolle="leder")

    def oensker(self, sak: Sak, dag: date, ja: bool) -> None:
        flytt(sak, oensker_koordinator=False, oensker_gruppe=ja)

    def apner_eller_lukker(self, sak: Sak, dag: date, ja: bool) -> None:
        slutt: dict[str, Any] = {"tilstand": "aapen", "avsluttet_dato": None, "avsluttet_grunn": ""}
        flytt(sak, **(slutt if ja else {"tilstand": "avsluttet", "avsluttet_dato": dag, "avsluttet_grunn": "x"}))

    def koordinator(self, sak: Sak, dag: date, ja: bool) -> None:
        DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=dag, til_dato=None if ja else dag + 5 * EN_DAG)

    def koordinator_slutter(self, sak: Sak, dag: date, ja: bool) -> None:
        Deltakelse.objects.filter(sak=sak, rolle="koordinator", fra_dato__lte=dag).update(til_dato=dag)

    def spoer(self, sak: Sak, dag: date, ja: bool) -> None:
        Forespoersel.objects.create(
            sak=sak, foreslaatt=KontoFabrikk(), leder=self.leder, enhet=self.enhet, omfang="x", anslag_timer=2,
            sendt_av=self.leder, sendt_tid=NAA - EN_DAG * 30,
        )  # fmt: skip

    def svar(self, sak: Sak, dag: date, ja: bool) -> None:
        felt = {"godkjent_konto": KontoFabrikk(), "timer": 2} if ja else {"avslagsgrunn": "tid"}
        tilstand = "godkjent" if ja else "avslaatt"
        Forespoersel.objects.filter(sak=sak, tilstand="sendt").update(tilstand=tilstand, svart_tid=NAA, **felt)

    def trekk(self, sak: Sak, dag: date, ja: bool) -> None:
        Forespoersel.objects.filter(sak=sak, tilstand__in=["sendt", "godkjent"]).update(tilstand="trukket")

    def oppnevn(self, sak: Sak, dag: date, ja: bool) -> None:
        for svar in Forespoersel.objects.filter(sak=sak).kan_brukes():
            brev = Dokument.objects.create(
                noekkel=str(uuid4()), mal="x", tittel="x", innhold={}, bestilt_tid=NAA, neste_forsoek_tid=NAA
            )
            deltakelse = DeltakelseFabrikk(sak=sak, rolle="koordinator", fra_dato=dag)
            Oppnevning.objects.create(
                sak=sak, deltakelse=deltakelse, forespoersel=svar, timer=2, brev=brev, oppnevnt_av=self.leder,
                oppnevnt_dato=dag,
            )  # fmt: skip

    def leder_slutter(self, sak: Sak, dag: date, ja: bool) -> None:
        flytt(Ansettelse.objects.filter(konto=self.leder).latest("fra_dato"), til_dato=None if ja else dag)

    def leder_kommer_tilbake(self, sak: Sak, dag: date, ja: bool) -> None:
        AnsettelseFabrikk(konto=self.leder, enhet=self.enhet, rolle="leder", fra_dato=dag)

    def gruppe(self, sak: Sak, dag: date, ja: bool) -> None:
        gruppe(sak)

    def frist(self, sak: Sak, dag: date, ja: bool) -> None:
        frist(sak, dag)

    def fristen_flyttes_eller_lukkes(self, sak: Sak, dag: date, ja: bool) -> None:
        for rad in Frist.objects.aapne().filter(sak=sak):
            flytt(rad, forfall=dag) if ja else lukk(rad, NAA)

    def nytt_kontor(self, sak: Sak, dag: date, ja: bool) -> None:
        flytt(sak, kontor=EnhetFabrikk(er_kontor=True))


HENDELSER: list[Callable[..., None]] = [verdi for navn, verdi in vars(Verden).items() if not navn.startswith("_")]
FORLOEP = st.lists(
    st.tuples(st.sampled_from(HENDELSER), st.integers(0, 1), st.integers(-20, 12), st.booleans()), max_size=9
)


def kjoer(verden: Verden, forloep: Any) -> None:
    """What the database refuses, such as two coordinators on one day, has not happened."""
    for hendelse, hvilken, dager, ja in forloep:
        verden.saker[hvilken].refresh_from_db()
        try:
            with transaction.atomic(), som_system("test data"):
                hendelse(verden, verden.saker[hvilken], I_DAG + dager * EN_DAG, ja)
        except IntegrityError:
            continue


def kopiert(navn: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(TABELL.format(navn))
        return cursor.fetchall()


def stemmer() -> None:
    """The rows are those that are derived anew, and on any day those one finds the slow way."""
    assert kopiert("oversikt_ventende") == kopiert("oversikt_utled((SELECT array_agg(id) FROM sak_sak))")
    for dag in DAGER:
        om_en_uke = ~Q(hva=Ventende.Hva.FRIST) | Q(siden__range=(dag, dag + 7 * EN_DAG))
        rader = Ventende.objects.gjeldende(dag).filter(om_en_uke)
        assert set(rader.values_list("hva", "objekt_id", "siden")) == ventende(dag), dag


@settings(max_examples=10)
@given(FORLOEP)
def test_det_som_er_tatt_vare_paa_er_det_man_finner_ved_aa_lete(forloep: Any) -> None:
    with transaction.atomic():
        kjoer(Verden(), forloep)
        stemmer()
        transaction.set_rollback(True)


V = Verden
ETT_LOEP: list[tuple[Callable[..., None], int, bool]] = [  # what happens, on which day from today, and which way
    (V.oensker, 0, False),
    (V.oensker, 0, True),
    (V.frist, 3, True),
    (V.spoer, 0, True),
    (V.leder_slutter, -1, False),
    (V.leder_kommer_tilbake, 4, True),
    (V.svar, 0, True),
    (V.oppnevn, 2, True),
    (V.fristen_flyttes_eller_lukkes, 6, True),
    (V.koordinator_slutter, 5, True),
    (V.koordinator, 6, False),
    (V.gruppe, 0, True),
    (V.spoer, 0, True),
    (V.svar, 0, False),
    (V.nytt_kontor, 0, True),
    (V.spoer, 0, True),
    (V.trekk, 0, True),
    (V.fristen_flyttes_eller_lukkes, 0, False),
    (V.apner_eller_lukker, 0, False),
    (V.apner_eller_lukker, 0, True),
]


def test_ett_helt_loep_steg_for_steg() -> None:
    """Each step changes what waits, so that a change nobody hears of is found out."""
    verden = Verden()
    stemmer()
    for hendelse, dager, ja in ETT_LOEP:
        foer = kopiert("oversikt_ventende")
        kjoer(verden, [(hendelse, 1, dager, ja)])
        assert kopiert("oversikt_ventende") != foer, hendelse
        stemmer()


def test_en_sak_som_blir_borte_tar_med_seg_det_som_ventet() -> None:
    sak = SakFabrikk(oensker_koordinator=True)
    assert Ventende.objects.filter(sak=sak).exists()
    with som_system("test data"):
        Sak.objects.filter(pk=sak.pk).delete()
    assert not Ventende.objects.filter(sak=sak.pk).exists()


def test_endringer_som_ikke_har_noe_aa_si_lar_radene_staa() -> None:
    """A reminder moves no row: the sweep changes hundreds of deadlines at once."""
    rad = frist(SakFabrikk(), I_DAG)
    foer = list(Ventende.objects.values_list("id", flat=True))
    flytt(rad, neste_paaminnelse=I_DAG)
    flytt(rad.sak, avsluttet_grunn="")
    assert list(Ventende.objects.values_list("id", flat=True)) == foer
