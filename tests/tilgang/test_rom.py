"""The permission table where protection or a relation has taken something away: every object's address once more.

`test_tabell` asks in the own and the other case, `test_slutt` where something has ended; here are the protected case
and the one with a conflict of interest (N11, N12). They only take away: so those are asked whom the table lets in, and
a few whom it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client

from tests.fabrikker import NAA, AnsettelseFabrikk, slipp_inn, vern
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.spoerring import feil_ved_lukket, spoer
from tests.tilgang.tabell import AKTOERER, METODER, SMALERE, Adresse, adresser, slipper_inn
from tests.tilgang.verden import EGEN, Verden
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Habilitet, Nivaa, Person, Vern
from tok.sak.tilgang import Omfang

UTENFOR = {"ansatt", "tok_annet", "systemansvarlig"}
FAMILIEN = {"person", "representant", "stoetteperson", "stoetteperson_innkalt"}
PAA_KONTORET = {"tok"}
I_GRUPPA = ("tok", "koordinator", "ved_behov_innkalt")


@dataclass(frozen=True)
class Rom:
    """What happens to the own case, and the accounts that keep what the table gives them.

    A leader answers for a protected person without a name or a place, but not for one's own family.
    """

    hendelse: Callable[[Verden], object]
    beholder: frozenset[str]
    stenger_egne: bool = False


def _vernet(nivaa: Nivaa, slipper_inn: Iterable[str] = ()) -> Callable[[Verden], Vern]:
    def hendelse(verden: Verden) -> Vern:
        return vern(verden.rom[EGEN].sak.person, nivaa, *(verden.kontoer[navn] for navn in slipper_inn))

    return hendelse


def _en_annen_er_vernet(verden: Verden) -> None:
    """Somebody else in the group is protected: the whole group is (L20)."""
    representant = verden.rom[EGEN].rader["representant"]
    vern(representant.kontakt, Nivaa.STRENGT)  # type: ignore[attr-defined]
    slipp_inn(verden.rom[EGEN].sak.person, verden.kontoer["tok"])


def _i_slekt(verden: Verden) -> None:
    person = verden.rom[EGEN].sak.person
    with som_system("test data"):
        for konto in Konto.objects.filter(pk__in=[k.pk for k in verden.kontoer.values()]):
            Habilitet.objects.create(
                konto=konto, person=person, relasjon="partner", kilde="merket", satt_av=konto, satt_tid=NAA
            )


def _ansatt_i_kommunen(verden: Verden) -> None:
    """The person gets work in the municipality: shielded from colleagues, not from those at work in the case (L28)."""
    AnsettelseFabrikk(konto=verden.kontoer["person"])


# An exception opens neither protected level, though the account has a place in the group (N10).
ROM = {
    "strengt fortrolig, tre og unntaket i gruppa": Rom(
        _vernet(Nivaa.STRENGT, (*I_GRUPPA, "unntak")), frozenset({"person", *I_GRUPPA})
    ),
    "fortrolig, bare unntaket i gruppa": Rom(_vernet(Nivaa.FORTROLIG, ("unntak",)), frozenset({"person"})),
    "skjermet, ansatt i kommunen": Rom(_ansatt_i_kommunen, frozenset(AKTOERER) - PAA_KONTORET),
    "en annen i gruppa er vernet": Rom(_en_annen_er_vernet, frozenset({"person", "tok"})),
    "alle er i slekt": Rom(_i_slekt, frozenset(FAMILIEN), stenger_egne=True),
}


@pytest.fixture(scope="module", params=list(ROM))
def rom(request: pytest.FixtureRequest, verden: Verden, klienter: dict[str, Client]) -> Iterator[Rom]:
    """The accounts are logged in before it, for all that happens in it is rolled back."""
    with rulles_tilbake():
        rommet = ROM[request.param]
        rommet.hendelse(verden)
        yield rommet


def _om_saken(adresse: Adresse) -> bool:
    egen = adresse.rett.omfang is Omfang.EGEN and hasattr(getattr(adresse.klasse, "modell", None), "SAK_STI")
    return adresse.har_objekt and (adresse.rett.omfang is Omfang.SAK or egen)


OM_SAKEN = [adresse for adresse in adresser() if _om_saken(adresse)]


def test_rommet_er_det_det_heter(rom: Rom, verden: Verden) -> None:
    """The level of the case, and the conflicts, are there: otherwise the table below would prove nothing."""
    person = Person.objects.get(pk=verden.rom[EGEN].sak.person_id)
    vernet = verden.rom[EGEN].sak.__class__.objects.filter(person=person, vernenivaa__gt=0).exists()
    assert vernet or Habilitet.objects.filter(person=person, relasjon="partner").count() == len(AKTOERER)


@pytest.mark.parametrize("adresse", OM_SAKEN, ids=lambda adresse: adresse.navn)
def test_bare_de_som_beholder_noe_slipper_inn(
    rom: Rom, verden: Verden, klienter: dict[str, Client], adresse: Adresse
) -> None:
    feil = []
    uroert = adresse.rett.omfang is Omfang.EGEN and not rom.stenger_egne
    spurt = {navn for navn, aktoer in AKTOERER.items() if slipper_inn(adresse, aktoer, EGEN)}
    for metode in METODER:
        for navn in sorted(spurt | UTENFOR):
            svar = spoer(klienter[navn], metode, adresse.url(verden, EGEN))
            if svar.status == 405:
                break
            skal_inn = navn in spurt and (uroert or navn in rom.beholder)
            mangler = [] if svar.slapp_inn else feil_ved_lukket(adresse, svar)
            if skal_inn != svar.slapp_inn and not (skal_inn and adresse.navn in SMALERE):
                mangler.append(f"should be let in: {skal_inn}; was: {svar.slapp_inn} ({svar.status})")
            feil += [f"{metode} {adresse.navn} as {navn}: {en}" for en in mangler]
    assert not feil, "\n".join(feil)
