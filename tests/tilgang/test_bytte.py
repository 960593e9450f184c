"""Every key in every address and form is changed for another's, and refused (N1, ASVS 8.2.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.fabrikker import KontoFabrikk
from tests.tilgang.conftest import rulles_tilbake
from tests.tilgang.skjemaleser import Skjema, feilet, skjemaer
from tests.tilgang.spoerring import spoer
from tests.tilgang.tabell import AKTOERER, Adresse, adresser, slipper_inn
from tests.tilgang.verden import ANNEN, EGEN, Verden
from tok.kjerne.models import Konto
from tok.sak.models import Sak

MED_SKJEMA = [a for a in adresser() if hasattr(a.klasse, "skjema") and "post" in a.klasse.http_method_names]
MED_FLERE_NOEKLER = [adresse for adresse in adresser() if adresse.rute.count("<") > 1]
# A field that is looked at only when another is answered so.
TILVALG = {"koordinator:svar": {"svar": ["annen"]}}
# Forms that offer keys of nobody's: units and courses of the whole municipality, and the key of the form itself.
FRITT = {"Enhet", "Kurs", "Sjekkpunkt"}


def _som(adresse: Adresse) -> list[str]:
    return [navn for navn, aktoer in AKTOERER.items() if slipper_inn(adresse, aktoer, EGEN)]


def _tabell(noekkel: str) -> type[Model] | None:
    """The table a key stands in; None for the key of a form that is not saved yet."""
    modeller = [m for m in apps.get_models() if m._meta.pk.get_internal_type() == "UUIDField"]
    return next((modell for modell in modeller if modell._base_manager.filter(pk=noekkel).exists()), None)


def _en_annens(modell: Any, verden: Verden) -> UUID | None:
    """The key of a row of the same table in the other case, or of an account that has nothing to do here."""
    if modell is Konto:
        noekkel: UUID = KontoFabrikk().pk
        return noekkel
    sak: Sak = verden.rom[ANNEN].sak
    if modell is Sak:
        return sak.pk
    sti = getattr(modell, "SAK_STI", None)
    return modell._base_manager.filter(**{sti: sak}).values_list("pk", flat=True).first() if sti else None


def _bytt_i(skjema: Skjema, klient: Client, url: str, verden: Verden) -> tuple[list[str], int]:
    feil, byttet = [], 0
    for felt, noekler in skjema.tilbud.items():
        modell = _tabell(min(noekler))
        if modell is None or modell.__name__ in FRITT:
            continue
        annens = _en_annens(modell, verden)
        assert annens is not None, (
            f"{url}: the field {felt} offers keys of {modell.__name__}: make one in the other case"
        )
        for ekte in sorted(noekler)[:1]:
            svar = _send(klient, url, skjema.med(felt, ekte))
            if svar.status_code == 422 and feilet(svar.content, felt):
                feil.append(f"{felt}: its own offer {modell.__name__} is refused, so the test proves nothing")
        svar = _send(klient, url, skjema.med(felt, str(annens)))
        if not (svar.status_code == 404 or (svar.status_code == 422 and feilet(svar.content, felt))):
            feil.append(f"{felt}: {modell.__name__} of another is taken ({svar.status_code})")
        byttet += 1
    return feil, byttet


def _send(klient: Client, url: str, data: dict[str, list[str]]) -> Any:
    with rulles_tilbake():
        return klient.post(url, data)


@pytest.mark.parametrize("adresse", MED_SKJEMA, ids=lambda adresse: adresse.navn)
def test_en_annens_noekkel_i_et_felt_avvises(
    verden: Verden, klienter: dict[str, Client], adresse: Adresse, tall: Callable[[str], None]
) -> None:
    alle_feil, antall = [], 0
    for navn in _som(adresse)[:2]:
        url = adresse.url(verden, EGEN)
        with rulles_tilbake():
            side = klienter[navn].get(url)
            funnet = skjemaer(side.content, url) if side.status_code == 200 else []
            for skjema in funnet:
                skjema.data |= TILVALG.get(adresse.navn, {})
                feil, byttet = _bytt_i(skjema, klienter[navn], url, verden)
                alle_feil += [f"{adresse.navn} as {navn}: {en}" for en in feil]
                antall += byttet
    assert not alle_feil, "\n".join(alle_feil)
    if antall:
        tall(f"keys changed for another's in the form of {adresse.navn}: {antall}, all refused")


@pytest.mark.parametrize("adresse", MED_FLERE_NOEKLER, ids=lambda adresse: adresse.navn)
def test_noekler_fra_to_saker_hoerer_ikke_sammen(verden: Verden, klienter: dict[str, Client], adresse: Adresse) -> None:
    """The first key opens the case, and the second must be of the same case."""
    egne, andres = adresse.noekler(verden, EGEN), adresse.noekler(verden, ANNEN)
    for navn in list(egne)[1:]:
        if egne[navn] == andres[navn]:
            continue  # of the whole municipality
        url = reverse(adresse.navn, kwargs={**egne, navn: andres[navn]})
        for aktoer in _som(adresse)[:2]:
            for metode in ("GET", "POST"):
                svar = spoer(klienter[aktoer], metode, url)
                assert svar.status in (404, 405), f"{metode} {url} as {aktoer}: {svar.status}"
