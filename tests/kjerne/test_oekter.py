"""Own sessions: listed as their owner knows them, ended by the owner or by a changed log-in (ASVS 7.4, 7.5.2)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.fabrikker import NAA, KontoFabrikk
from tests.kjerne.test_innlogging import AKTIVER, NYTT, PASSORD, be_om_nytt_passord, kode, nytt_passord
from tok.kjerne import oekter, tasks
from tok.kjerne.models import Konto, Oekt, Sikkerhetslogg, Varsel

pytestmark = pytest.mark.django_db
LISTE = "/konto/oekter/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def _oppsett(settings: Settings) -> Any:
    settings.TOK_KREV_TOTP = False
    cache.clear()
    yield
    cache.clear()


def ny_konto() -> Konto:
    konto: Konto = KontoFabrikk()
    konto.set_password(PASSORD)
    konto.save()
    return konto


@pytest.fixture
def konto() -> Konto:
    return ny_konto()


def inne(konto: Konto, brukeragent: str = FIREFOX) -> Client:
    """A browser that is logged in by the form, and has just given the password once more."""
    klient = Client(headers={"user-agent": brukeragent})
    klient.post("/konto/login/", {"login": konto.epost, "password": PASSORD})
    klient.post("/konto/reauthenticate/", {"password": PASSORD})
    assert SESSION_KEY in klient.session
    return klient


def er_inne(klient: Client) -> bool:
    return klient.get(LISTE).status_code == 200


@pytest.mark.parametrize(
    ("brukeragent", "navn"),
    [
        (FIREFOX, "Firefox på Windows"),
        (IPHONE, "Safari på iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge på Windows"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome på Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1", "Safari på Mac"),
        ("curl/8.0", "Ukjent nettleser"),
        ("", "Ukjent nettleser"),
        ("Firefox" * 1000, "Firefox"),
    ],
)
def test_a_browser_is_told_in_few_words(brukeragent: str, navn: str) -> None:
    assert oekter.enhet(brukeragent) == navn
    assert len(oekter.enhet(brukeragent)) <= Oekt._meta.get_field("enhet").max_length  # type: ignore[operator]


def test_the_list_shows_own_sessions_and_no_key_or_address(konto: Konto) -> None:
    pc, telefon, fremmed = inne(konto), inne(konto, IPHONE), inne(ny_konto())
    side = pc.get(LISTE)
    tekst = side.content.decode()
    assert side.context["denne"].session_key == pc.session.session_key
    assert [oekt.session_key for oekt in side.context["andre"]] == [telefon.session.session_key]
    assert "Safari på iPhone" in tekst
    assert not any(str(klient.session.session_key) in tekst for klient in (pc, telefon, fremmed))
    assert "127.0.0.1" not in tekst
    assert not any("ip" in felt.name for felt in Oekt._meta.get_fields())


def test_one_is_ended_and_its_next_page_is_the_log_in_page(konto: Konto) -> None:
    pc, telefon = inne(konto), inne(konto, IPHONE)
    merke = pc.get(LISTE).context["andre"][0].merke
    pc.post(reverse("kjerne:avslutt_oekt", args=[merke]))
    assert telefon.get(LISTE).headers["Location"] == "/konto/login/?next=/konto/oekter/"
    assert er_inne(pc)


def test_all_others_are_ended_and_this_one_stays(konto: Konto) -> None:
    pc, andre = inne(konto), [inne(konto, IPHONE), inne(konto)]
    pc.post(reverse("kjerne:avslutt_andre"))
    assert [er_inne(klient) for klient in [pc, *andre]] == [True, False, False]


def test_nobody_ends_anothers_session(konto: Konto) -> None:
    pc, fremmed = inne(konto), inne(ny_konto())
    merke = pc.get(LISTE).context["denne"].merke
    fremmed.post(reverse("kjerne:avslutt_oekt", args=[merke]))
    fremmed.post(reverse("kjerne:avslutt_oekt", args=[uuid4()]))
    fremmed.post(reverse("kjerne:avslutt_andre"))
    assert er_inne(pc)


def test_ending_asks_who_it_is_and_a_bookmark_of_the_button_leads_to_the_list(konto: Konto) -> None:
    """ASVS 7.5.2: after one factor more, and the button that was pressed is then carried out."""
    pc, telefon = inne(konto), inne(konto, IPHONE)
    oekt = pc.session
    for innlogging in oekt["account_authentication_methods"]:
        innlogging["at"] -= 301
    oekt.save()
    avslutt = reverse("kjerne:avslutt_andre")
    assert pc.get(avslutt).headers["Location"] == LISTE
    svar = pc.post(avslutt)
    assert svar.headers["Location"].startswith("/konto/reauthenticate/")
    assert er_inne(telefon)
    pc.post(svar.headers["Location"], {"password": PASSORD})
    assert not er_inne(telefon)


@pytest.mark.parametrize("metode", ["get", "post"])
def test_the_pages_ask_for_log_in(client: Client, metode: str) -> None:
    for sti in (LISTE, reverse("kjerne:avslutt_andre"), reverse("kjerne:avslutt_oekt", args=[uuid4()])):
        assert getattr(client, metode)(sti).headers["Location"].startswith("/konto/login/")


def test_a_changed_password_ends_the_others_at_once(konto: Konto) -> None:
    """ASVS 7.4.3: also the rows are gone, not only refused."""
    pc, telefon = inne(konto), inne(konto, IPHONE)
    pc.post("/konto/password/change/", {"oldpassword": PASSORD, "password1": NYTT, "password2": NYTT})
    assert Oekt.objects.filter(konto=konto).count() == 1
    assert (er_inne(pc), er_inne(telefon)) == (True, False)
    assert Sikkerhetslogg.objects.filter(konto_id=konto.pk).count() == 1


def test_a_password_made_anew_by_mail_ends_them_all(konto: Konto) -> None:
    """ASVS 7.4.3: whoever was in by the old one is out."""
    pc = inne(konto)
    be_om_nytt_passord(Client(), konto.epost)
    lenke = re.search(r"http://testserver(\S+)", Varsel.objects.get(mottaker=konto).tekst)
    assert lenke is not None
    nytt_passord(Client(), lenke[1])
    assert not Oekt.objects.filter(konto=konto).exists()
    assert not er_inne(pc)


@pytest.mark.parametrize("foerst", [False, True])
def test_a_new_code_app_ends_the_others_at_once(
    konto: Konto, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, *, foerst: bool
) -> None:
    """The first one, and one that takes the place of another (ASVS 7.4.3)."""
    pc, telefon = inne(konto), inne(konto, IPHONE)
    if not foerst:
        TOTP.activate(konto, generate_totp_secret())
    hemmelighet = pc.get(AKTIVER).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        pc.post(AKTIVER, {"code": kode(hemmelighet)})
    assert (er_inne(pc), er_inne(telefon)) == (True, False)
    # and taking it away does too
    ny = inne_uten_kode(konto)
    pc.post("/konto/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=konto, type="totp").exists()
    assert (er_inne(pc), er_inne(ny)) == (True, False)


def inne_uten_kode(konto: Konto) -> Client:
    klient = Client()
    klient.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    assert er_inne(klient)
    return klient


def test_a_closed_account_is_out_at_once_and_stays_out(konto: Konto) -> None:
    """ASVS 7.4.2: opened again, the old session does not come to life."""
    pc = inne(konto)
    Konto.objects.filter(pk=konto.pk).update(is_active=False)
    assert not er_inne(pc)
    Konto.objects.filter(pk=konto.pk).update(is_active=True)
    assert not er_inne(pc)
    assert not Oekt.objects.filter(konto=konto).exists()


def test_most_pages_write_nothing_of_the_session(konto: Konto) -> None:
    """Once a minute is enough for the list; the 15 idle minutes go from there (ASVS 7.3.1)."""

    def skriver(klient: Client) -> bool:
        with CaptureQueriesContext(connection) as sporringer:
            klient.get("/hjelp/")
        return any(str(s["sql"]).startswith(("UPDATE", "INSERT")) for s in sporringer)

    with time_machine.travel(NAA, tick=False) as klokka:
        pc = inne(konto)
        assert not skriver(pc)
        klokka.shift(timedelta(seconds=59))
        assert not skriver(pc)
        klokka.shift(timedelta(seconds=1))
        assert skriver(pc)
        assert Oekt.objects.get(konto=konto).sett_tid == NAA + timedelta(minutes=1)
        klokka.shift(timedelta(minutes=14, seconds=59))
        assert er_inne(pc)
        klokka.shift(timedelta(minutes=15))
        assert not er_inne(pc)


def test_sessions_that_have_run_out_are_removed_at_night(konto: Konto) -> None:
    with time_machine.travel(NAA, tick=False) as klokka:
        inne(konto)
        Client().get("/konto/2fa/webauthn/login/", headers={"Accept": "application/json"})
        assert Oekt.objects.count() == 2
        tasks.rydd_oekter()
        assert Oekt.objects.count() == 2
        klokka.shift(timedelta(days=1))
        tasks.rydd_oekter()
        assert not Oekt.objects.exists()
