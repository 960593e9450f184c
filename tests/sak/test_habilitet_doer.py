"""Rule by rule: which relation closes which way in, and what PostgreSQL derives by itself (N12, L28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ansvarsgruppe.models import Innkalling, Moete
from tests.ansvarsgruppe.referat_rom import lag_rom
from tests.fabrikker import (
    NAA,
    AnsettelseFabrikk,
    DeltakelseFabrikk,
    HenvendelseFabrikk,
    KontoFabrikk,
    PersonFabrikk,
    SakFabrikk,
    ansatt,
    slipp_inn,
    tok_ansatt,
)
from tests.sak.unntaksrom import aapen_for
from tests.tilgang.conftest import rulles_tilbake
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Habilitet, Henvendelse, Nivaa, Person, Sak
from tok.sak.tilgang import Rett
from tok.sak.tilgang.kilder import roller_i_sak

pytestmark = pytest.mark.django_db

BARN, VOKSEN = date(2018, 5, 4), date(1990, 5, 4)
RELASJONER = Habilitet.Relasjon.values
HJELPER = ["tok", "koordinator", "vara", "medkoordinator", "fast", "unntak"]
EGNE = {"person": VOKSEN, "representant": BARN}


def relasjon(konto: Konto, person: Person, slag: str, **felt: object) -> Habilitet:
    with som_system("test data"):
        return Habilitet.objects.create(
            konto=konto, person=person, relasjon=slag, kilde="merket", satt_av=KontoFabrikk(), satt_tid=NAA, **felt
        )


def inn(sak: Sak, rolle: str) -> Konto:
    """An account with just this way in."""
    if rolle == "tok":
        return tok_ansatt(sak)
    if rolle == "unntak":
        return aapen_for(sak)
    konto: Konto = KontoFabrikk() if rolle in EGNE else ansatt()
    DeltakelseFabrikk(sak=sak, konto=konto, rolle=rolle, egenskap="forelder" if rolle == "representant" else "")
    return konto


def ser(konto: Konto, sak: Sak, naa: datetime, rett: Rett = Rett.SE_SAK) -> bool:
    return rett.synlige(konto, Sak.objects.all(), i_dag=naa.date()).filter(pk=sak.pk).exists()


@pytest.mark.parametrize("rolle", HJELPER)
@pytest.mark.parametrize("slag", RELASJONER)
def test_en_relasjon_lukker_saken_for_den_som_hjelper(slag: str, rolle: str, naa: datetime) -> None:
    """At once, whatever the role; and nothing of it is left in menus and buttons either."""
    sak = SakFabrikk()
    konto = inn(sak, rolle)
    assert ser(konto, sak, naa)
    rad = relasjon(konto, sak.person, slag)
    assert not ser(konto, sak, naa)
    assert not roller_i_sak(konto, sak, naa.date())
    with som_system("lifted"):
        rad.opphevet_av, rad.opphevet_tid, rad.slutt_grunn = KontoFabrikk(), naa, "Feil person"
        rad.save()
    assert ser(konto, sak, naa)


@pytest.mark.parametrize("rolle", EGNE)
@pytest.mark.parametrize("slag", RELASJONER)
def test_personen_og_familien_beholder_sitt_eget(slag: str, rolle: str, naa: datetime) -> None:
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=EGNE[rolle]))
    konto = inn(sak, rolle)
    if not Habilitet.objects.filter(konto=konto, relasjon=slag).exists():  # what the role itself has given
        relasjon(konto, sak.person, slag)
    assert ser(konto, sak, naa)


@pytest.mark.parametrize("rolle", ["koordinator", "vara", "medkoordinator", "fast", "ved_behov"])
def test_basen_gir_ikke_en_inhabil_en_rolle(rolle: str) -> None:
    """Also where a handling has forgotten to ask."""
    sak, konto = SakFabrikk(), ansatt()
    relasjon(konto, sak.person, "annen")
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        DeltakelseFabrikk(sak=sak, konto=konto, rolle=rolle)
    for privat in ("representant", "stoetteperson"):
        DeltakelseFabrikk(sak=sak, konto=konto, rolle=privat, egenskap="fullmektig" if privat == "representant" else "")


def test_en_henvendelse_er_lukket_for_den_som_er_i_familie(naa: datetime) -> None:
    henvendelse = HenvendelseFabrikk()
    tok = tok_ansatt(kontor=henvendelse.kontor)
    aapne = Rett.SE_HENVENDELSE.synlige(tok, Henvendelse.objects.all(), i_dag=naa.date())
    assert aapne.exists()
    relasjon(tok, henvendelse.person, "forelder")
    assert not aapne.all().exists()


# What follows from who is registered as whose parent, said once more in Python.
Rader = set[tuple[int, int, str]]


def utledet(selv: Rader, foreldre: Rader) -> Rader:
    """`selv` and `foreldre` hold (account, person, …); the three relations that follow."""
    soesken = {
        (k, b, "soesken")
        for k, p, _s in selv
        for f, a, _f in foreldre
        if a == p
        for f2, b, _g in foreldre
        if f2 == f and b != p
    }
    barn = {(k, q, "barn") for k, p, _s in selv for f, a, _f in foreldre if a == p for k2, q, _t in selv if k2 == f}
    felles = {
        (f, p, "felles_barn")
        for k, p, _s in selv
        for f2, a, _f in foreldre
        if f2 == k
        for f, b, _g in foreldre
        if b == a and f != k
    }
    return soesken | barn | felles


PAR = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6)


@given(selv=PAR, foreldre=PAR, data=st.data())
def test_det_basen_utleder_er_det_python_utleder(
    selv: set[tuple[int, int]], foreldre: set[tuple[int, int]], data: st.DataObject
) -> None:
    """Whatever order the roles are registered in, the same conflicts stand in the end."""
    rader = [(k, p, "person") for k, p in sorted(selv)] + [(k, p, "representant") for k, p in sorted(foreldre)]
    rader = data.draw(st.permutations(rader))
    with rulles_tilbake():
        kontoer, saker = [KontoFabrikk() for _nr in range(4)], [SakFabrikk() for _nr in range(4)]
        for k, p, rolle in rader:
            egenskap = "forelder" if rolle == "representant" else ""
            DeltakelseFabrikk(sak=saker[p], konto=kontoer[k], rolle=rolle, egenskap=egenskap)
        nr = {konto.pk: n for n, konto in enumerate(kontoer)} | {sak.person_id: n for n, sak in enumerate(saker)}
        i_basen = {(nr[k], nr[p], slag) for k, p, slag in Habilitet.objects.values_list("konto", "person", "relasjon")}
    som_selv = {(k, p, "selv") for k, p in selv}
    som_forelder = {(k, p, "forelder") for k, p in foreldre}
    assert i_basen == som_selv | som_forelder | utledet(som_selv, som_forelder)


def test_den_ansatte_er_personen_selv_i_hvilken_rekkefoelge_det_enn_blir_kjent(naa: datetime) -> None:
    """The three things that make a shielded person: an account, its work, and that it is the person's (L28)."""

    def personen(sak: Sak, konto: Konto) -> None:
        DeltakelseFabrikk(sak=sak, konto=konto, rolle="person")

    def arbeidet(sak: Sak, konto: Konto) -> None:
        AnsettelseFabrikk(konto=konto)

    steg: tuple[Callable[[Sak, Konto], None], ...] = (personen, arbeidet)
    for rekkefoelge in permutations(steg):
        sak, konto = SakFabrikk(), KontoFabrikk()
        for ett in rekkefoelge:
            assert Person.objects.get(pk=sak.person_id).vernenivaa == Nivaa.INGEN
            ett(sak, konto)
        sak.refresh_from_db()
        assert (sak.vernenivaa, sak.person.vernenivaa) == (Nivaa.SKJERMET, Nivaa.SKJERMET)


def test_personen_blir_ansatt_og_kollegene_mister_saken_men_arbeidet_gaar_videre(naa: datetime) -> None:
    """Shielded at the next request: closed to the office, open to those who have a role in the case (L28)."""
    sak = SakFabrikk(person=PersonFabrikk(foedselsdato=VOKSEN))
    roller = {rolle: inn(sak, rolle) for rolle in ("koordinator", "fast", "person")}
    kollega, saksbehandler = tok_ansatt(sak), sak.saksbehandler
    AnsettelseFabrikk(konto=saksbehandler, enhet=sak.kontor, rolle="tok")
    henvendelse = HenvendelseFabrikk(kontor=sak.kontor, person=sak.person, registrert_av=(tok_imot := tok_ansatt(sak)))
    henvendelser = Henvendelse.objects.filter(pk=henvendelse.pk)
    alle = [*roller.values(), kollega, saksbehandler, tok_imot]
    assert all(ser(konto, sak, naa) for konto in alle)
    AnsettelseFabrikk(konto=roller["person"])
    for konto in (*roller.values(), saksbehandler):
        assert ser(konto, sak, naa), konto
    for konto in (kollega, tok_imot):
        assert not ser(konto, sak, naa), konto
    ser_den = {
        k for k in (kollega, saksbehandler, tok_imot) if Rett.SE_HENVENDELSE.synlige(k, henvendelser, i_dag=naa.date())
    }
    assert ser_den == {saksbehandler, tok_imot}
    slipp_inn(sak.person, kollega)
    assert ser(kollega, sak, naa)


@pytest.mark.parametrize(("rolle", "ser_moetet"), [("ved_behov", False), ("stoetteperson", True)])
def test_en_som_er_kalt_inn_og_er_i_familie(rolle: str, ser_moetet: bool, naa: datetime) -> None:
    """Whom the person brings along may well be family; a professional may not."""
    rom = lag_rom()
    konto = KontoFabrikk()
    deltakelse = DeltakelseFabrikk(sak=rom.sak, konto=konto, rolle=rolle)
    with som_system("test data"):
        Innkalling.objects.create(moete=rom.moete, deltakelse=deltakelse, kanal="konto", sendt_tid=NAA)
    moeter = Moete.objects.filter(pk=rom.moete.pk)
    assert Rett.SE_MOETE.synlige(konto, moeter, i_dag=naa.date()).exists()
    relasjon(ansatt(), rom.sak.person, "selv")  # shields the person: a call is reason enough
    assert Sak.objects.get(pk=rom.sak.pk).vernenivaa == Nivaa.SKJERMET
    assert Rett.SE_MOETE.synlige(konto, moeter, i_dag=naa.date()).exists()
    relasjon(konto, rom.sak.person, "soesken")
    assert Rett.SE_MOETE.synlige(konto, moeter, i_dag=naa.date()).exists() is ser_moetet


def test_saksbehandleren_beholder_ikke_en_sak_med_beskyttet_adresse(naa: datetime) -> None:
    """The exception is for shielding alone; a protected address names its readers one by one (N11)."""
    sak = SakFabrikk(person=PersonFabrikk(adressebeskyttelse="fortrolig"))
    AnsettelseFabrikk(konto=sak.saksbehandler, enhet=sak.kontor, rolle="tok")
    assert not ser(sak.saksbehandler, sak, naa)
    assert not ser(inn(sak, "koordinator"), sak, naa)
