"""A passkey from beginning to end in a real browser, and a session ended from another (docs/fortellinger)."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.fabrikker import EnhetFabrikk, ansatt
from tests.fortellinger.nettleser import MOBIL, PASSORD, PC, Nettleser, axe, gi_innlogging
from tok.kjerne.models import Konto, Varsel


class Noekkelholder:
    """Chromium's own pretence of a fingerprint reader, by its developer protocol."""

    def __init__(self, side: Page) -> None:
        self.cdp = side.context.new_cdp_session(side)
        self.cdp.send("WebAuthn.enable")
        valg = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id: str = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": valg})["authenticatorId"]

    def noekler(self) -> list[dict[str, Any]]:
        """What is kept in it."""
        svar = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        noekler: list[dict[str, Any]] = svar["credentials"]
        return noekler

    def kjenner_eieren(self, kjenner: bool) -> None:
        """Whether the finger is the right one from here on."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": kjenner})


def inger() -> Konto:
    return gi_innlogging(ansatt("tok", EnhetFabrikk(er_kontor=True), navn="Inger Vik"))


def lag_passnoekkel(side: Page, navn: str) -> None:
    """From Min dag, by the name at the top."""
    side.locator(".konto-lenke").click()
    expect(side.get_by_role("heading", name="Innlogging og sikkerhet")).to_be_visible()
    side.get_by_role("link", name="Lag passnøkkel").click()
    side.get_by_label("Passord", exact=True).fill(PASSORD)
    side.get_by_role("button", name="Bekreft").click()
    side.get_by_label("Navn på passnøkkelen").fill(navn)
    axe(side)
    side.locator("main").get_by_role("button", name="Lag passnøkkel").click()
    expect(side.get_by_role("heading", name="Reservekoder")).to_be_visible()
    side.get_by_role("link", name="Ferdig").click()
    expect(side.get_by_text("Du har 1 passnøkkel")).to_be_visible()


def test_a_passkey_is_made_and_logs_in_alone(nettleser: Nettleser) -> None:
    """One press instead of password and code; who is not its owner gets nowhere (ASVS 6.3.3, 6.3.7)."""
    konto = inger()
    side = nettleser.ny_side(konto)
    holder = Noekkelholder(side)
    lag_passnoekkel(side, "Kontor-PC")
    [noekkel] = holder.noekler()
    assert noekkel["isResidentCredential"]
    assert noekkel["rpId"] == "localhost"
    axe(side)
    assert Varsel.objects.get(mottaker=konto, emne="Ny passnøkkel").tekst.count("Kontor-PC") == 0

    side.get_by_role("button", name="Logg ut").click()
    side.goto("/konto/login/?next=/hjelp/")
    axe(side)
    med_noekkel = side.get_by_role("button", name="Bruk passnøkkel")
    holder.kjenner_eieren(False)
    med_noekkel.click()
    expect(side.get_by_role("alert")).to_contain_text("Det ble ikke fullført")
    side.goto("/")
    expect(side.get_by_role("heading", name="Logg inn")).to_be_visible()

    holder.kjenner_eieren(True)
    med_noekkel.click()
    expect(side.get_by_role("link", name=re.compile("Min dag"))).to_be_visible()
    side.wait_for_url(lambda url: "/konto/" not in url)

    # the code app may go now that there is another; the passkey may not
    side.goto("/konto/2fa/")
    side.get_by_role("link", name="Slå av kodeappen").click()
    side.get_by_role("link", name="Bruk passnøkkel").click()
    side.get_by_role("button", name="Bruk passnøkkel").click()
    side.get_by_role("button", name="Slå av kodeappen").click()
    expect(side.get_by_text("Kodeappen er slått av.")).to_be_visible()
    assert not Authenticator.objects.filter(user=konto, type=Authenticator.Type.TOTP).exists()
    side.get_by_role("link", name="Se passnøklene").click()
    side.get_by_role("link", name="Fjern Kontor-PC").click()
    expect(side.get_by_role("heading", name="Passnøkkelen kan ikke fjernes ennå")).to_be_visible()
    side.set_viewport_size(MOBIL)
    axe(side)
    side.set_viewport_size(PC)

    # and after the password it is the second factor
    side.get_by_role("button", name="Logg ut").click()
    side.goto("/konto/login/")
    side.get_by_label("E-post").fill(konto.epost)
    side.get_by_label("Passord", exact=True).fill(PASSORD)
    side.get_by_role("button", name="Logg inn", exact=True).click()
    expect(side.get_by_role("heading", name="Bekreft at det er deg")).to_be_visible()
    axe(side)
    side.get_by_role("button", name="Bruk passnøkkel").click()
    expect(side.get_by_role("link", name=re.compile("Min dag"))).to_be_visible()


def test_a_session_is_ended_from_another(nettleser: Nettleser) -> None:
    """The lost telephone: its next page is the log-in page (ASVS 7.5.2)."""
    konto = inger()
    pc = nettleser.ny_side(konto)
    telefon = nettleser.ny_side(
        konto,
        skjerm=MOBIL,
        user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1",
    )
    pc.goto("/konto/oekter/")
    expect(pc.get_by_role("heading", name="Safari på iPhone")).to_be_visible()
    expect(pc.get_by_text("Denne enheten")).to_have_count(1)
    axe(pc)
    pc.get_by_role("button", name="Logg ut der").click()
    pc.get_by_label("Passord", exact=True).fill(PASSORD)
    pc.get_by_role("button", name="Bekreft").click()
    expect(pc.get_by_text("Du er logget ut på den enheten.")).to_be_visible()
    expect(pc.get_by_text("Du er ikke logget inn noe annet sted.")).to_be_visible()
    telefon.goto("/")
    expect(telefon.get_by_role("heading", name="Logg inn")).to_be_visible()
    pc.goto("/")
    expect(pc.get_by_role("button", name="Logg ut")).to_be_visible()
