"""One Chromium for the run; each story's pages fail it on script errors, refused content and broken resources."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    ViewportSize,
    sync_playwright,
)

from tok.kjerne.models import Konto
from verktoey.prosess import ROOT

PASSORD = "riktig hest batteri stift"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PC: ViewportSize = {"width": 1280, "height": 900}
MOBIL: ViewportSize = {"width": 390, "height": 844}
VENT = 10_000  # milliseconds before a page that does not answer fails the story
# A page that refuses what was typed answers 4xx; pictures, scripts and styles never may.
SIDENS_EGNE = {"document", "fetch", "xhr"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium (TOK_CHROMIUM says where else), without its sandbox only as root.

    Raises:
        RuntimeError: when the driver does not start; on a minimal machine libatomic1 is missing (stack.md §5).
    """
    program = os.environ.get("TOK_CHROMIUM") or shutil.which("chromium")
    foer = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright runs an event loop in the test's own thread, and Django would refuse that thread its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        try:
            driver = sync_playwright().start()
            flagg = ["--no-sandbox"] if os.geteuid() == 0 else []
            nettleser = driver.chromium.launch(executable_path=program, args=flagg)
        except Error as feil:
            raise RuntimeError("Nettleseren startet ikke. Mangler chromium eller libatomic1?") from feil
        yield nettleser
        nettleser.close()
        driver.stop()
    finally:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
        if foer is not None:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = foer


class Nettleser:
    """Opens pages for one story, each account in a context of its own, and remembers what went wrong in them."""

    def __init__(self, browser: Browser, adresse: str) -> None:
        self.browser = browser
        self.adresse = adresse
        self.feil: list[str] = []
        self._kontekster: list[BrowserContext] = []

    def ny_side(self, konto: Konto | None = None, *, skjerm: ViewportSize = PC, **mer: Any) -> Page:
        """Open an empty page in a new context; with an account, logged in and standing on Min dag.

        `mer` goes to the context, as `java_script_enabled=False`.
        """
        kontekst = self.browser.new_context(
            base_url=self.adresse,
            viewport=skjerm,
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            **mer,
        )
        kontekst.set_default_timeout(VENT)
        self._kontekster.append(kontekst)
        side = kontekst.new_page()
        side.on("console", self._konsoll)
        side.on("pageerror", lambda feil: self.feil.append(f"script: {feil}"))
        side.on("response", self._svar)
        if konto is not None:
            logg_inn(side, konto)
        return side

    def _konsoll(self, melding: ConsoleMessage) -> None:
        # Refused content (Content-Security-Policy) is told here too; what did not load is told by its response.
        if melding.type == "error" and not melding.text.startswith("Failed to load resource"):
            self.feil.append(f"console: {melding.text} ({melding.location.get('url', '')})")

    def _svar(self, svar: Response) -> None:
        grense = 500 if svar.request.resource_type in SIDENS_EGNE else 400
        if svar.status >= grense and not svar.url.endswith("/favicon.ico"):
            self.feil.append(f"{svar.status} {svar.request.method} {svar.url}")

    def lukk(self) -> None:
        """Close all, and fail when a page complained."""
        for kontekst in self._kontekster:
            kontekst.close()
        assert not self.feil, "the browser complained:\n" + "\n".join(self.feil)


def gi_innlogging(konto: Konto, *, totp: bool = True) -> Konto:
    """Give an account the stories' password, and a code app."""
    konto.set_password(PASSORD)
    konto.save(update_fields=["password"])
    if totp and not Authenticator.objects.filter(user=konto, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(konto, generate_totp_secret())
    return konto


def kode(konto: Konto) -> str | None:
    """What the account's code app shows now; None without one."""
    app = Authenticator.objects.filter(user=konto, type=Authenticator.Type.TOTP).first()
    if app is None:
        return None
    hemmelighet = get_adapter().decrypt(app.data["secret"])
    return str(format_hotp_value(hotp_value(hemmelighet, next(yield_hotp_counters_from_time()))))


def logg_inn(side: Page, konto: Konto, passord: str = PASSORD) -> None:
    """Log in by the forms people use, with the code when the account has an app."""
    if not konto.has_usable_password():
        gi_innlogging(konto)
    cache.clear()  # a code is taken once, and a story logs in more often than each half minute
    side.goto("/konto/login/")
    side.get_by_label("E-post").fill(konto.epost)
    side.get_by_label("Passord", exact=True).fill(passord)
    side.get_by_role("button", name="Logg inn").click()
    engangskode = kode(konto)
    if engangskode is not None:
        side.locator("input[name=code]").fill(engangskode)
        side.get_by_role("button", name="Logg inn").click()
    side.wait_for_url(lambda url: "/konto/" not in url)


def axe(side: Page) -> None:
    """Assert that axe finds nothing on the page as it stands (WCAG 2.2 AA and its good practice)."""
    side.evaluate(f"() => {{ {AXE.read_text()} }}")
    funn = side.evaluate("async () => (await axe.run(document)).violations")
    linjer = [
        f"{regel['id']} ({regel['impact']}): {regel['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}: {node['html'][:200]}" for node in regel["nodes"])
        for regel in funn
    ]
    assert not funn, f"axe on {side.url}:\n" + "\n".join(linjer)
