"""The level that PostgreSQL keeps is the one that follows from the rows, whatever is done in whatever order (N11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fabrikker import NAA, DeltakelseFabrikk, KontaktFabrikk, KontoFabrikk, PersonFabrikk, SakFabrikk
from tests.tilgang.conftest import rulles_tilbake
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Deltakelse, Habilitet, Kontakt, Nivaa, Person, Sak, Vern

pytestmark = pytest.mark.django_db

NIVAAER = (Nivaa.FORTROLIG, Nivaa.STRENGT)
# (what, which of the two or three, which case, which level): small numbers that are read round the world's rows
STEG = st.tuples(
    st.sampled_from(("vern", "opphev", "med", "ut", "selv", "ikke selv")),
    st.integers(0, 5),
    st.integers(0, 1),
    st.sampled_from(NIVAAER),
)


@dataclass
class Verden:
    """Two cases, two contacts and two accounts, and what the levels should be, kept in Python alone."""

    saker: list[Sak]
    kan_vernes: list[Person | Kontakt | Konto]
    to: tuple[Konto, Konto]
    vern: dict[int, dict[int, Vern]] = field(default_factory=dict)
    med: set[tuple[int, int]] = field(default_factory=set)
    selv: dict[tuple[int, int], Habilitet] = field(default_factory=dict)

    def ventet(self, sak: int) -> int:
        """The strictest of the case's person and of everybody who takes part or has done so, as account or person."""
        hvem = {sak} | {nr for nr, i_sak in self.med if i_sak == sak}
        hvem |= {person for konto, person in self.selv if konto in hvem}
        return max((nivaa for nr in hvem for nivaa in self.vern.get(nr, {})), default=Nivaa.INGEN)

    def gjoer(self, hva: str, nr: int, sak: int, nivaa: int) -> None:
        """One step; one that has no meaning just now does nothing."""
        if hva == "vern" and nivaa not in self.vern.setdefault(nr, {}):
            self.vern[nr][nivaa] = self._vern(nr, nivaa)
        elif hva == "opphev" and nivaa in self.vern.get(nr, {}):
            rad = self.vern[nr].pop(nivaa)
            rad.slutt_foreslaatt_av, rad.slutt_foreslaatt_tid, rad.slutt_grunn = self.to[0], NAA, "over"
            rad.opphevet_av, rad.opphevet_tid = self.to[1], NAA
            rad.save()
        elif hva == "med" and nr > 1 and (nr, sak) not in self.med:
            hvem = self.kan_vernes[nr]
            felt = {"konto": hvem} if isinstance(hvem, Konto) else {"konto": None, "kontakt": hvem}
            DeltakelseFabrikk(sak=self.saker[sak], rolle="stoetteperson", **felt)
            self.med.add((nr, sak))
        elif hva == "ut":
            Deltakelse.objects.filter(sak=self.saker[sak]).update(til_dato=NAA.date())
        elif hva == "selv" and nr > 3 and (nr, sak) not in self.selv:
            self.selv[nr, sak] = er_selv(self.kan_vernes[nr], self.saker[sak].person, satt_av=self.to[0])
        elif hva == "ikke selv" and (nr, sak) in self.selv:
            mangel = self.selv.pop((nr, sak))
            mangel.opphevet_av, mangel.opphevet_tid, mangel.slutt_grunn = self.to[1], NAA, "feil konto"
            mangel.save()

    def _vern(self, nr: int, nivaa: int) -> Vern:
        felt = {str(self.kan_vernes[nr]._meta.model_name): self.kan_vernes[nr]}
        return Vern.objects.create(
            **felt, nivaa=nivaa, grunn="x", satt_av=self.to[0], satt_tid=NAA, bekreftes_av=self.to[1]
        )


def er_selv(konto: Any, person: Person, satt_av: Konto) -> Habilitet:
    """Say that the account is the person's own."""
    return Habilitet.objects.create(
        konto=konto, person=person, relasjon="selv", kilde="merket", satt_av=satt_av, satt_tid=NAA
    )


def lag() -> Verden:
    personer = [PersonFabrikk(), PersonFabrikk()]
    saker = [SakFabrikk(person=person) for person in personer]
    andre = [KontaktFabrikk(), KontaktFabrikk(), KontoFabrikk(), KontoFabrikk()]
    return Verden(saker, [*personer, *andre], (KontoFabrikk(), KontoFabrikk()))


@settings(max_examples=60)
@given(steg=st.lists(STEG, max_size=14))
def test_sakens_nivaa_er_alltid_det_som_foelger_av_radene(steg: list[tuple[str, int, int, int]]) -> None:
    with rulles_tilbake(), som_system("property"):
        verden = lag()
        for ett in steg:
            verden.gjoer(*ett)
            naa = {sak.pk: sak.vernenivaa for sak in Sak.objects.all()}
            assert [naa[sak.pk] for sak in verden.saker] == [verden.ventet(0), verden.ventet(1)], ett


def test_ingen_skriver_nivaaet_for_haand() -> None:
    sak = SakFabrikk()
    with som_system("by hand"):
        Sak.objects.filter(pk=sak.pk).update(vernenivaa=Nivaa.STRENGT)
    sak.refresh_from_db()
    assert sak.vernenivaa == Nivaa.INGEN
