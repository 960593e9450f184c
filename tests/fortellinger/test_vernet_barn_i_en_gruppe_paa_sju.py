"""A protected child in a group of seven, in browsers (docs/fortellinger/vernet_barn_i_en_gruppe_paa_sju.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import time_machine
from playwright.sync_api import expect

from tests.ansvarsgruppe.moeterom import NAA, Rom, innkalt, lag_rom, planlegg, send, sett_opp
from tests.fabrikker import DeltakelseFabrikk, KontoFabrikk, ansatt, tok_ansatt
from tests.fortellinger.haandgrep import knapp, lenke
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.fortellinger.post import Epostsluk, kalender, tekst
from tok.kjerne.klokke import naa as klokka
from tok.kjerne.models import Konto
from tok.sak.models import Nivaa, Sak, Vern, Vernoppgave

STED = "Fjordvik skole, rom 2"


def _rommet() -> tuple[Rom, Konto, Konto]:
    """Seven take part: coordinator, teacher, specialist, nurse, a father with an account, mother and doctor by post."""
    rom = lag_rom()
    kollega = tok_ansatt(rom.sak, navn="Erik Nes", epost="erik@fjordvik.example")
    far = KontoFabrikk(navn="Far Prøve", epost="far@hjemme.example")
    DeltakelseFabrikk(sak=rom.sak, konto=ansatt(navn="Hilde Helsesykepleier"), rolle="fast")
    DeltakelseFabrikk(sak=rom.sak, konto=far, rolle="representant", egenskap="forelder")
    for konto in (rom.tok, kollega, rom.koordinator, rom.laerer, far):
        gi_innlogging(konto)
    return rom, kollega, far


def test_vernet_barn_i_en_gruppe_paa_sju(
    nettleser: Nettleser,
    epostsluk: Epostsluk,
    send_post: Callable[[datetime], None],
    reise: time_machine.Traveller,
) -> None:
    reise.move_to(NAA)
    rom, kollega, far = _rommet()
    innkalt(rom)  # before anybody knew: the place went out in calendars, and to the mother in a letter
    sti = f"/saker/{rom.sak.pk}/"
    laerer, faren = nettleser.ny_side(rom.laerer), nettleser.ny_side(far)
    for side in (laerer, faren):
        side.goto(sti)
        expect(side.get_by_role("heading", level=1)).to_contain_text("Kanarifornavn")

    _kari_setter(nettleser, rom, sti)

    # the same log-ins, the next request: gone, and looking like a page that never was
    for side in (laerer, faren):
        svar = side.goto(sti)
        assert svar is not None
        assert svar.status == 404
        assert not {"Kanarifornavn", "Kanarietternavn", rom.sak.nummer} & set(re.findall(r"[\w/]+", side.content()))

    send_post(klokka())
    [melding] = epostsluk.meldinger(til=kollega.epost)
    assert "Kanari" not in str(melding)
    _erik_bekrefter(nettleser, kollega, tekst(melding))
    _det_som_er_ute(nettleser, rom, sti)
    _neste_innkalling_er_uten_sted(rom, epostsluk, send_post)


def _kari_setter(nettleser: Nettleser, rom: Rom, sti: str) -> None:
    side = nettleser.ny_side(rom.tok)
    side.goto(sti)
    side.get_by_role("link", name="Vern", exact=True).click()
    axe(side)
    lenke(side, "Sett vern")
    axe(side)
    expect(side.get_by_role("checkbox", name=re.compile("Tone Koordinator"))).to_be_checked()
    for navn in ("Kanarilaerer", "Far Prøve", "Hilde"):
        expect(side.get_by_role("checkbox", name=re.compile(navn))).not_to_be_checked()
    side.get_by_role("radio", name="Strengt fortrolig adresse").check()
    side.locator("[name=grunn]").fill("Meldt av politiet")
    knapp(side, "Se over vernet")
    expect(side.locator("[name=bekreftes_av]")).to_have_attribute("aria-invalid", "true")
    side.locator("[name=bekreftes_av]").select_option(label="Erik Nes")
    knapp(side, "Se over vernet")
    axe(side)
    expect(side.get_by_role("region", name=re.compile("Mister saken"))).to_contain_text("Far Prøve")
    assert not Vern.objects.exists()
    knapp(side, "Sett vernet nå")
    expect(side.locator("main")).to_contain_text("Venter på Erik Nes. Vernet gjelder likevel.")
    axe(side)
    side.set_viewport_size(MOBIL)
    assert side.evaluate("document.documentElement.scrollWidth") <= MOBIL["width"]


def _erik_bekrefter(nettleser: Nettleser, kollega: Konto, melding: str) -> None:
    """The second person, in a browser of their own, from the link in a mail that says nothing."""
    funnet = re.search(r"https?://[^/]+(/\S+)", melding)
    assert funnet is not None
    side = nettleser.ny_side(kollega)
    expect(side.locator("main")).to_contain_text("Et vern venter på at en kollega bekrefter")
    side.goto(funnet[1])
    axe(side)
    side.set_viewport_size(MOBIL)
    knapp(side, "Bekreft vernet")
    expect(side.get_by_role("heading", level=1)).to_have_text("Vernet er bekreftet")


def _det_som_er_ute(nettleser: Nettleser, rom: Rom, sti: str) -> None:
    """The coordinator kept the case, and sees what must be called back: the letter, and the places in calendars."""
    side = nettleser.ny_side(rom.koordinator)
    side.goto(f"{sti}vern/")
    expect(side.locator("main")).to_contain_text("Kanarimor")
    lenke(side, "Noter hva som er gjort")
    axe(side)
    side.get_by_role("checkbox", name=re.compile("Kanarimor")).check()
    side.locator("[name=hvordan]").fill("Ringte. Leverte brevet tilbake på kontoret.")
    knapp(side, "Lagre")
    gjort = Vernoppgave.objects.get(mottaker="Kanarimor", slag="tilbakekalle", gjort_tid__isnull=False)
    assert gjort.gjort_av == rom.koordinator
    axe(side)


def _neste_innkalling_er_uten_sted(rom: Rom, epostsluk: Epostsluk, send_post: Callable[[datetime], None]) -> None:
    """The next invitation has no place, and no letter goes to a home."""
    rom.sak = Sak.objects.select_related("person").get(pk=rom.sak.pk)
    assert rom.sak.vernenivaa == Nivaa.STRENGT
    naa = klokka()
    foer = len(epostsluk.meldinger(til=rom.koordinator.epost))
    moete = planlegg(rom, naa, start_tid=datetime.fromisoformat("2026-12-17T13:00:00+01:00"), sted=STED)
    sett_opp(rom, moete, naa=naa)
    send(rom, moete, naa=naa)
    send_post(klokka())
    nye = epostsluk.meldinger(til=rom.koordinator.epost)[foer:]
    filer = [kalender(melding) for melding in nye if "BEGIN:VCALENDAR" in str(melding) or melding.is_multipart()]
    assert filer
    assert all(STED not in str(fil) for fil in filer)
    assert STED not in "".join(str(melding) for melding in nye)
