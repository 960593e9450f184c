"""Who is let in where: every address × method × account × own and other case, asked for real (N1, N3, N4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.fabrikker import NAA, DeltakelseFabrikk, samtykke_for
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.spoerring import feil_ved_lesing, feil_ved_lukket, spoer
from tests.tilgang.tabell import (
    AKTOERER,
    SIDER,
    SMALERE,
    Adresse,
    adresser,
    celler,
    les_forventet,
    linje,
    slipper_inn,
    uten_rett,
)
from tests.tilgang.verden import EGEN, Verden
from tok.kjerne.models import Varsel
from tok.sak.varseltilgang import kan_se

# Pages without a right: allauth's own, closed or about the account itself, and those marked @aapen.
AAPNE = {
    "kjerne:hjelp",
    "kjerne:personvern",
    "kjerne:tilgjengelighet",
    "kjerne:spraak",
    "kjerne:profilfarge",
    # about the account itself: any log-in with two factors
    "kjerne:oekter",
    "kjerne:avslutt_oekt",
    "kjerne:avslutt_andre",
}


@pytest.mark.parametrize(("metode", "adresse"), list(celler()), ids=lambda verdi: getattr(verdi, "navn", verdi))
def test_just_those_come_in_whom_the_right_names(
    verden: Verden, klienter: dict[str, Client], metode: str, adresse: Adresse
) -> None:
    """The reviewed file, the line of the right and the real answer say the same."""
    sider = SIDER if adresse.har_objekt else (EGEN,)
    slapp_inn: dict[str, list[str]] = {side: [] for side in sider}
    feil = []
    for side in sider:
        url = adresse.url(verden, side)
        for navn, klient in klienter.items():
            svar = spoer(klient, metode, url)
            if svar.status == 405:  # the same for every account
                break
            if svar.slapp_inn:
                slapp_inn[side].append(navn)
                mangler = feil_ved_lesing(adresse, navn, svar) if metode == "GET" and svar.status == 200 else []
            else:
                mangler = feil_ved_lukket(adresse, svar)
            skal_inn = slipper_inn(adresse, AKTOERER[navn], side)
            if skal_inn != svar.slapp_inn and not (skal_inn and adresse.navn in SMALERE):
                mangler.append(f"{adresse.rett.name} says {skal_inn}, the page says {svar.slapp_inn} ({svar.status})")
            feil += [f"{metode} {adresse.navn} as {navn} in {side}: {en}" for en in mangler]
    assert not feil, "\n".join(feil)
    er = linje(adresse, metode, slapp_inn)
    assert les_forventet().get((metode, adresse.navn)) == er, (
        f"{metode} {adresse.navn} has another expectation, or none. If the line below is what the office wants, put it"
        f" in tests/tilgang/forventet.txt, sorted as the others, and have it reviewed:\n{er}"
    )


@pytest.mark.parametrize("adresse", adresser(), ids=lambda adresse: adresse.navn)
def test_nobody_comes_in_without_logging_in(verden: Verden, adresse: Adresse) -> None:
    for metode in ("GET", "POST"):
        svar = spoer(Client(), metode, adresse.url(verden, EGEN))
        assert not svar.slapp_inn, f"{metode} {adresse.navn} is open to all: derive the page from tok.sak.sider"
        assert not svar.innsyn


def test_the_reviewed_file_names_every_address_and_none_that_is_gone(tall: Callable[[str], None]) -> None:
    finnes = {(metode, adresse.navn) for metode, adresse in celler()}
    borte = sorted(set(les_forventet()) - finnes)
    assert not borte, f"take these lines out of tests/tilgang/forventet.txt: {borte}"
    assert set(les_forventet()) == finnes
    antall = sum(len(SIDER) if adresse.har_objekt else 1 for _metode, adresse in celler()) * len(AKTOERER)
    tall(f"permission table: {len(adresser())} addresses, {len(AKTOERER)} accounts, {antall} cells")


def test_addresses_without_a_right_are_known() -> None:
    """Ours are listed one by one; allauth's stand under `konto/` and are about the account itself."""
    ukjente = [navn for navn in uten_rett() if navn not in AAPNE and not navn.startswith(("account_", "mfa_", "demo:"))]
    assert not ukjente, f"{ukjente}: set `rett` on the page, or list it in AAPNE with the reason it is open to all"


def test_a_closed_row_and_a_missing_one_look_the_same(verden: Verden, klienter: dict[str, Client]) -> None:
    """So that nobody learns that a case exists by trying keys (arkitektur.md §4)."""

    def side(pk: UUID) -> tuple[int, str]:
        svar = klienter["ansatt"].get(reverse("oversikt:sak", args=[pk]))
        return svar.status_code, re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", svar.content.decode())

    assert side(verden.rom[EGEN].sak.pk) == side(uuid4())


def test_the_office_reads_minutes_only_where_the_person_said_yes_to_that(
    verden: Verden, klienter: dict[str, Client]
) -> None:
    """The consent opens, and its end closes, at the next request (L13, L19)."""
    rom = verden.rom[EGEN]
    url = reverse("ansvarsgruppe:referat", args=[rom.rader["Referat"].pk])
    assert spoer(klienter["tok"], "GET", url).status == 404
    with rulles_tilbake():
        samtykke_for(rom.sak, formaal=["referat", "tok"])
        assert spoer(klienter["tok"], "GET", url).status == 200
        assert spoer(klienter["tok_annet"], "GET", url).status == 404


@pytest.mark.parametrize(("navn", "skal"), [("stoetteperson_innkalt", True), ("stoetteperson", False)])
def test_who_is_called_to_a_meeting_gets_the_message_and_can_open_it(
    verden: Verden, klienter: dict[str, Client], navn: str, skal: bool
) -> None:
    """Also a support person, who sees nothing else of the case (R62, N2)."""
    rom = verden.rom[EGEN]
    moete = rom.rader["Moete"]
    varsel = Varsel(mottaker=verden.kontoer[navn], gjelder_type="Moete", gjelder_id=moete.pk)
    assert kan_se(varsel, naa=NAA) is skal
    url = reverse("ansvarsgruppe:moete", args=[moete.pk])
    assert spoer(klienter[navn], "GET", url).status == (200 if skal else 404)
    assert spoer(klienter[navn], "GET", reverse("oversikt:min_dag")).status == 200
    assert spoer(klienter[navn], "GET", reverse("oversikt:sak", args=[rom.sak.pk])).status == 404


def test_access_ends_on_the_day_the_period_ends(verden: Verden, klienter: dict[str, Client]) -> None:
    """`til_dato` is the first day it no longer holds (ADR 0003)."""
    rom = verden.rom[EGEN]
    url = reverse("oversikt:sak", args=[rom.sak.pk])
    with rulles_tilbake():
        DeltakelseFabrikk(sak=rom.sak, konto=verden.kontoer["ansatt"], rolle="fast", til_dato="2026-11-24")
        assert spoer(klienter["ansatt"], "GET", url).status == 200
    with rulles_tilbake():
        DeltakelseFabrikk(sak=rom.sak, konto=verden.kontoer["ansatt"], rolle="fast", til_dato="2026-11-23")
        assert spoer(klienter["ansatt"], "GET", url).status == 404
