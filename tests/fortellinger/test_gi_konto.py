"""A new teacher gets an account, chooses a password, and loses the account again (docs/fortellinger)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import expect

from tests.fabrikker import EnhetFabrikk, ansatt
from tests.fortellinger.haandgrep import knapp, lenke, velg
from tests.fortellinger.nettleser import MOBIL, PASSORD, Nettleser, axe, gi_innlogging, logg_inn
from tests.fortellinger.post import Epostsluk, tekst
from tok.kjerne.models import Konto


def test_gi_konto(
    nettleser: Nettleser, epostsluk: Epostsluk, send_post: Callable[[datetime], None], naa: datetime
) -> None:
    """From the form to the first log-in, and out at the next page when the account is closed."""
    skole = EnhetFabrikk(navn="Solbakken skole")
    ansatt("leder", skole, navn="Marit Hagen")
    paal = gi_innlogging(ansatt("systemansvarlig", navn="Pål Systad", epost="paal@fjordvik.example"))
    hos_paal = nettleser.ny_side(paal, skjerm=MOBIL)
    expect(hos_paal.get_by_role("heading", level=1)).to_have_text("Kontoer")
    axe(hos_paal)
    lenke(hos_paal, "Ny konto")
    axe(hos_paal)
    hos_paal.get_by_label("Navn").fill("Nora Lien")
    hos_paal.get_by_label("E-post").fill("Nora@fjordvik.example")
    hos_paal.get_by_label("En ansatt, med stilling i en enhet").check()
    velg(hos_paal, "enhet", "Solbakken skole")
    hos_paal.get_by_label("Leder", exact=True).check()
    knapp(hos_paal, "Se over kontoen")
    expect(hos_paal.locator("main")).to_contain_text("Solbakken skole")
    axe(hos_paal)

    # The school has a leader; nothing that was typed is lost.
    knapp(hos_paal, "Lag kontoen")
    expect(hos_paal.get_by_text("Enheten har allerede en leder").first).to_be_visible()
    expect(hos_paal.get_by_label("Navn")).to_have_value("Nora Lien")
    axe(hos_paal)
    hos_paal.get_by_label("Ansatt", exact=True).check()
    knapp(hos_paal, "Se over kontoen")
    knapp(hos_paal, "Lag kontoen")
    expect(hos_paal.get_by_role("heading", level=1)).to_have_text("Nora Lien")
    axe(hos_paal)

    # The e-mail holds a link and no name; the link chooses the password.
    send_post(naa.replace(minute=40))
    [brev] = epostsluk.meldinger(til="nora@fjordvik.example")
    assert not re.search("Nora|Lien|Pål|Solbakken", tekst(brev) + str(brev["Subject"]))
    hos_nora = nettleser.ny_side()
    hos_nora.goto(re.findall(r"https?://\S+/key/\S+", tekst(brev))[0])
    for felt in hos_nora.locator("main input[type=password]").all():
        felt.fill(PASSORD)
    knapp(hos_nora, re.compile("passord"))
    nora = gi_innlogging(Konto.objects.get(epost="nora@fjordvik.example"))
    logg_inn(hos_nora, nora)
    expect(hos_nora.get_by_role("link", name="Min dag").first).to_be_visible()

    # She leaves: the account is closed, and her next page is the log-in page.
    lenke(hos_paal, "Steng kontoen")
    axe(hos_paal)
    knapp(hos_paal, "Steng kontoen")
    expect(hos_paal.get_by_text("Stengt", exact=True)).to_be_visible()
    hos_nora.goto("/")
    expect(hos_nora.get_by_role("heading", name="Logg inn")).to_be_visible()

    # His own account he may look at, and no more.
    hos_paal.goto("/kontoer/")
    lenke(hos_paal, "Pål Systad")
    expect(hos_paal.get_by_text("Dette er din egen konto")).to_be_visible()
    expect(hos_paal.get_by_role("link", name="Steng kontoen")).to_have_count(0)
    axe(hos_paal)
