"""The privacy officer's Friday: what the weekly control found, and who looked into it (docs/fortellinger)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

import time_machine
from playwright.sync_api import expect

from tests.fabrikker import EnhetFabrikk, PersonFabrikk, SakFabrikk, ansatt
from tests.fortellinger.haandgrep import knapp, lenke
from tests.fortellinger.nettleser import MOBIL, Nettleser, axe, gi_innlogging
from tests.fortellinger.post import Epostsluk
from tok.kjerne import forsegling
from tok.kjerne.klokke import OSLO
from tok.sak.tasks import kontroller_logg

ONSDAG_KVELD = datetime(2026, 11, 25, 21, 40, tzinfo=OSLO)
NATT_TIL_MANDAG = datetime(2026, 11, 30, 3, 5, tzinfo=OSLO)
VURDER = re.compile("^Vurder ")
FREDAG = datetime(2026, 12, 4, 9, 0, tzinfo=OSLO)


def test_personvernombudets_fredag(
    nettleser: Nettleser,
    reise: time_machine.Traveller,
    epostsluk: Epostsluk,
    send_post: Callable[[datetime], None],
) -> None:
    """A namesake late on a Wednesday; the control on Monday night; the leader's words; and the officer is seen too."""
    kontor = EnhetFabrikk(navn="Koordineringskontoret", er_kontor=True)
    marit = gi_innlogging(ansatt("leder", kontor, navn="Marit Hagen", epost="marit@fjordvik.example"))
    kari = gi_innlogging(ansatt("tok", kontor, navn="Kari Østby", epost="kari@fjordvik.example"))
    liv = gi_innlogging(ansatt("personvernombud", navn="Liv Strand", epost="liv@fjordvik.example"))
    person = PersonFabrikk(fornavn="Aksel", etternavn="Østby", foedselsdato=date(2014, 5, 4))
    sak = SakFabrikk(person=person, kontor=kontor, nummer="2026/0042", saksbehandler=ansatt("tok", kontor))

    reise.move_to(ONSDAG_KVELD)
    hos_kari = nettleser.ny_side(kari)
    for _gang in range(2):
        hos_kari.goto(f"/saker/{sak.pk}/")
        expect(hos_kari.get_by_role("heading", level=1)).to_contain_text("Aksel")

    reise.move_to(NATT_TIL_MANDAG)
    forsegling.forsegl(naa=NATT_TIL_MANDAG)
    kontroller_logg()

    # The leader is told that something waits; the e-mail says nothing of whom.
    reise.move_to(FREDAG)
    send_post(FREDAG)
    [brev] = epostsluk.meldinger(til=marit.epost)
    assert not [ord_ for ord_ in ("Østby", "Aksel", "2026/0042") if ord_ in str(brev)]

    # The officer's first page is the week that was controlled.
    hos_liv = nettleser.ny_side(liv)
    expect(hos_liv.get_by_role("heading", level=1)).to_contain_text("Loggkontroll uke 48")
    expect(hos_liv.get_by_text("Loggen er hel")).to_be_visible()
    expect(hos_liv.get_by_role("link", name="Se funnet")).to_have_count(2)
    expect(hos_liv.get_by_text("sak 2026/0042").first).to_be_visible()
    expect(hos_liv.locator("main")).not_to_contain_text("Aksel")
    axe(hos_liv)

    # The leader reads on the telephone that and when, never whom, and closes the first with her own words.
    hos_marit = nettleser.ny_side(marit, skjerm=MOBIL)
    hos_marit.goto("/logg/funn/")
    expect(hos_marit.get_by_role("link", name=VURDER)).to_have_count(2)
    axe(hos_marit)
    lenke(hos_marit, "Vurder Kari Østby: samme etternavn")
    expect(hos_marit.locator("main")).to_contain_text("25. november 2026 kl. 21.40")
    expect(hos_marit.locator("main")).not_to_contain_text("2026/0042")
    axe(hos_marit)
    hos_marit.get_by_label("Hva fant du ut?").fill("Kari er ikke i slekt. Hun tok imot en telefon fra skolen.")
    knapp(hos_marit, "Lukk funnet")
    expect(hos_marit.get_by_role("link", name=VURDER)).to_have_count(1)

    hos_liv.reload()
    expect(hos_liv.get_by_text("vurdert av Marit Hagen 4. desember 2026")).to_be_visible()
    lenke(hos_liv, "Se funnet om Kari Østby: samme etternavn")
    expect(hos_liv.get_by_text("Hun tok imot en telefon fra skolen.")).to_be_visible()
    axe(hos_liv)

    # Who else looked at the case? The search is logged, in the case's own log too.
    hos_liv.goto("/loggkontroll/")
    lenke(hos_liv, "Søk i loggen")
    hos_liv.get_by_label("Hvem, eller hvilken sak?").fill("2026/0042")
    knapp(hos_liv, "Søk")
    expect(hos_liv.get_by_role("cell", name="Kari Østby").first).to_be_visible()
    axe(hos_liv)
    hos_kari = nettleser.ny_side(kari)
    hos_kari.goto(f"/saker/{sak.pk}/logg/")
    expect(hos_kari.get_by_role("cell", name="Liv Strand")).to_be_visible()
    hos_kari.goto("/logg/")
    expect(hos_kari.get_by_role("link", name="2026/0042").first).to_be_visible()
    axe(hos_kari)
