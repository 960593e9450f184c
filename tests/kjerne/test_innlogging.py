"""Log-in: closed sign-up, TOTP for all, mail by the outbox, answers that tell a stranger nothing (ASVS 6, 7.2.4)."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as dj_settings
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from pytest_django import Settings

from tests.fabrikker import KontoFabrikk
from tok.kjerne import forespoersel, utboks
from tok.kjerne.innlogging import Innlogging, har_andre_faktor
from tok.kjerne.models import Konto, Varsel

pytestmark = pytest.mark.django_db
PASSORD = "riktig hest batteri stift"
NYTT = "enda en lang setning å huske"
INNLOGGING = "/konto/login/"
AKTIVER = "/konto/2fa/totp/activate/"


def min_side(request: HttpRequest) -> HttpResponse:
    """A page that tells how the request was logged in."""
    return HttpResponse(forespoersel.gjeldende().innlogging)


urlpatterns = [path("min-side/", min_side), path("", include("tok.urls"))]


@pytest.fixture(autouse=True)
def _oppsett(settings: Settings) -> Any:
    settings.ROOT_URLCONF = __name__
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def konto() -> Konto:
    konto: Konto = KontoFabrikk()
    konto.set_password(PASSORD)
    konto.save()
    return konto


@pytest.fixture
def noekkel(konto: Konto) -> str:
    hemmelighet = generate_totp_secret()
    TOTP.activate(konto, hemmelighet)
    return hemmelighet


def kode(noekkel: str) -> str:
    return format_hotp_value(hotp_value(noekkel, next(yield_hotp_counters_from_time())))


def logg_inn(client: Client, konto: Konto, passord: str = PASSORD) -> Any:
    return client.post(INNLOGGING, {"login": konto.epost, "password": passord})


def test_without_totp_only_the_activation_page_is_reached(client: Client, konto: Konto) -> None:
    logg_inn(client, konto)
    assert SESSION_KEY in client.session
    for sti in ("/min-side/", "/konto/password/change/", "/konto/2fa/", "/konto/2fa/recovery-codes/"):
        svar = client.get(sti)
        assert (sti, svar.status_code, svar.headers.get("Location")) == (sti, 302, AKTIVER)
    assert client.post("/min-side/").headers["Location"] == AKTIVER
    assert client.get(AKTIVER).status_code == 200
    assert client.get("/hjelp/").status_code == 200


def test_who_logged_in_long_ago_is_asked_for_the_password_before_activation(client: Client, konto: Konto) -> None:
    logg_inn(client, konto)
    oekt = client.session
    oekt["account_authentication_methods"][-1]["at"] -= 301
    oekt.save()
    assert client.get(AKTIVER).headers["Location"].startswith("/konto/reauthenticate/")
    assert client.get("/konto/reauthenticate/").status_code == 200


def test_activation_opens_the_door(client: Client, konto: Konto) -> None:
    logg_inn(client, konto)
    hemmelighet = client.get(AKTIVER).context["form"].secret
    svar = client.post(AKTIVER, {"code": kode(hemmelighet)})
    assert svar.status_code == 302
    assert Authenticator.objects.filter(user=konto, type="totp").exists()
    assert client.get("/min-side/").status_code == 200


def aktiver(client: Client) -> Any:
    hemmelighet = client.get(AKTIVER).context["form"].secret
    return client.post(AKTIVER, {"code": kode(hemmelighet)})


def test_the_session_that_activates_sees_its_recovery_codes_and_counts_as_totp(client: Client, konto: Konto) -> None:
    logg_inn(client, konto)
    svar = aktiver(client)
    assert client.get(svar.headers["Location"]).context["unused_codes"]
    assert client.get("/min-side/").content == b"totp"


def test_a_session_from_before_the_activation_is_ended(client: Client, konto: Konto) -> None:
    """Who had the password alone, in another browser, does not come in when the owner activates TOTP."""
    eldre = Client()
    logg_inn(eldre, konto)
    logg_inn(client, konto)
    aktiver(client)
    assert eldre.get("/min-side/").headers["Location"] == f"{INNLOGGING}?next=/min-side/"
    assert SESSION_KEY not in eldre.session
    assert client.get("/min-side/").content == b"totp"


@pytest.mark.parametrize(
    "sti", ["/", "/konto/2fa/", "/konto/2fa/recovery-codes/", "/konto/2fa/totp/deactivate/", "/konto/reauthenticate/"]
)
def test_an_older_session_opens_nothing(client: Client, konto: Konto, noekkel: str, sti: str) -> None:
    client.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    assert client.get(sti).headers["Location"].startswith(f"{INNLOGGING}?next=")
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("metode", ["get", "post"])
def test_an_older_session_is_told_in_the_way_it_asked(client: Client, konto: Konto, noekkel: str, metode: str) -> None:
    client.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    oekt = client.session.session_key
    svar = getattr(client, metode)(
        "/min-side/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/saker/?etter=1"}
    )
    assert (svar.status_code, svar.headers["HX-Redirect"]) == (401, f"{INNLOGGING}?next=%2Fsaker%2F")
    assert svar.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not client.session.exists(oekt or "")
    client.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    svar = getattr(client, metode)("/min-side/", headers={"X-Autolagring": "1"})
    assert (svar.status_code, svar.json()) == (401, {"innlogging": INNLOGGING})


def test_an_older_session_gets_its_text_back_and_may_log_out(client: Client, konto: Konto, noekkel: str) -> None:
    client.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    svar = client.post("/min-side/", {"behov": "Trenger hjelp"})
    assert svar.status_code == 401
    assert "Trenger hjelp" in svar.content.decode()
    client.force_login(konto, "tok.kjerne.innlogging.Innlogging")
    svar = client.post("/konto/logout/")
    assert (svar.status_code, svar.headers["Clear-Site-Data"]) == (302, '"cache", "storage"')
    assert SESSION_KEY not in client.session


def test_account_and_second_factor_are_read_together(konto: Konto) -> None:
    """Each request reads both anew: a closed account is nobody, and a new factor counts at once."""
    bakdel = Innlogging()
    lest = bakdel.get_user(konto.pk)
    assert lest == konto
    assert not har_andre_faktor(lest)
    Authenticator.objects.create(user=konto, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not har_andre_faktor(bakdel.get_user(konto.pk))
    Authenticator.objects.create(user=konto, type=Authenticator.Type.TOTP, data={})
    assert har_andre_faktor(bakdel.get_user(konto.pk))
    assert har_andre_faktor(konto)
    Konto.objects.filter(pk=konto.pk).update(is_active=False)
    assert bakdel.get_user(konto.pk) is None
    assert bakdel.get_user(uuid4()) is None


@override_settings(TOK_KREV_TOTP=False)
def test_only_log_out_clears_the_browser(client: Client, konto: Konto) -> None:
    logg_inn(client, konto)
    assert "Clear-Site-Data" not in client.get("/min-side/").headers
    assert "Clear-Site-Data" not in client.get("/konto/logout/").headers


@pytest.mark.parametrize("hode", ["HX-Request", "X-Autolagring"])
def test_a_page_asked_for_by_script_without_a_session_says_401(client: Client, hode: str) -> None:
    """Never a log-in page swapped into a fragment."""
    svar = client.get("/", headers={hode: "true"})
    assert (svar.status_code, "Location" in svar.headers) == (401, False)


def test_with_totp_the_password_alone_opens_nothing(client: Client, konto: Konto, noekkel: str) -> None:
    svar = logg_inn(client, konto)
    assert svar.headers["Location"].startswith("/konto/2fa/authenticate/")
    assert SESSION_KEY not in client.session
    assert client.post("/konto/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert SESSION_KEY not in client.session
    client.post("/konto/2fa/authenticate/", {"code": kode(noekkel)})
    assert client.get("/min-side/").content == b"totp"


def test_a_recovery_code_is_a_second_factor_once(client: Client, konto: Konto, noekkel: str) -> None:
    reserve = RecoveryCodes.activate(konto).get_unused_codes()[0]
    for innlogging in (b"reservekode", b"ingen"):
        logg_inn(client, konto)
        client.post("/konto/2fa/authenticate/", {"code": reserve})
        assert client.get("/min-side/").content == innlogging
        client.post("/konto/logout/")


@override_settings(TOK_KREV_TOTP=False)
def test_the_demo_asks_for_no_totp_and_the_log_says_so(client: Client, konto: Konto) -> None:
    assert client.get("/min-side/").content == b"ingen"
    logg_inn(client, konto)
    assert client.get("/min-side/").content == b"passord"
    assert forespoersel.gjeldende().innlogging == "system"


def test_a_code_is_used_once(client: Client, konto: Konto, noekkel: str) -> None:
    engang = kode(noekkel)
    logg_inn(client, konto)
    client.post("/konto/2fa/authenticate/", {"code": engang})
    annen = Client()
    logg_inn(annen, konto)
    annen.post("/konto/2fa/authenticate/", {"code": engang})
    assert SESSION_KEY not in annen.session


@override_settings(TOK_KREV_TOTP=False)
def test_the_session_key_is_new_at_log_in(client: Client, konto: Konto) -> None:
    oekt = client.session
    oekt["foer"] = True
    oekt.save()
    client.cookies[dj_settings.SESSION_COOKIE_NAME] = oekt.session_key or ""
    logg_inn(client, konto)
    assert client.session.session_key != oekt.session_key


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(client: Client, konto: Konto) -> None:
    svar = [logg_inn(client, konto, "feil passord her"), logg_inn(client, Konto(epost="ukjent@fjordvik.example"))]
    feil = [dict(s.context["form"].errors) for s in svar]
    assert feil[0] == feil[1]
    assert feil[0]


def test_a_closed_account_gets_no_further(client: Client, konto: Konto) -> None:
    konto.is_active = False
    konto.save()
    logg_inn(client, konto)
    assert SESSION_KEY not in client.session


def test_the_sixth_wrong_password_is_stopped(client: Client, konto: Konto) -> None:
    for _gang in range(5):
        logg_inn(client, konto, "feil passord her")
    logg_inn(client, konto)
    assert SESSION_KEY not in client.session


def test_nobody_signs_up_on_their_own(client: Client) -> None:
    svar = client.post("/konto/signup/", {"email": "ny@fjordvik.example", "password1": PASSORD, "password2": PASSORD})
    assert svar.status_code == 200
    assert not Konto.objects.filter(epost="ny@fjordvik.example").exists()


def be_om_nytt_passord(client: Client, epost: str) -> Any:
    return client.post("/konto/password/reset/", {"email": epost})


def nytt_passord(client: Client, lenke: str) -> None:
    side = client.get(lenke, follow=True)
    client.post(side.redirect_chain[-1][0], {"password1": NYTT, "password2": NYTT})


def test_a_new_password_goes_by_the_outbox_and_does_not_pass_by_totp(
    client: Client, konto: Konto, noekkel: str
) -> None:
    be_om_nytt_passord(client, konto.epost)
    assert not mail.outbox
    varsel = Varsel.objects.get(mottaker=konto)
    assert varsel.emne == "Lag nytt passord"
    assert konto.navn not in varsel.tekst
    assert konto.epost not in varsel.tekst
    lenke = re.search(r"http://testserver(\S+)", varsel.tekst)
    assert lenke is not None
    nytt_passord(client, lenke[1])
    assert SESSION_KEY not in client.session
    konto.refresh_from_db()
    assert konto.check_password(NYTT)
    logg_inn(client, konto, NYTT)
    assert SESSION_KEY not in client.session
    client.post("/konto/2fa/authenticate/", {"code": kode(noekkel)})
    assert SESSION_KEY in client.session
    # the key works once, and the owner is told
    igjen = client.get(lenke[1], follow=True)
    assert igjen.context.get("token_fail")
    assert Varsel.objects.filter(mottaker=konto, emne="Passordet er endret").exists()


def test_the_key_leaves_the_outbox_with_the_message(client: Client, konto: Konto) -> None:
    be_om_nytt_passord(client, konto.epost)
    varsel = Varsel.objects.get(mottaker=konto)
    assert utboks.send_neste(naa=varsel.lagt_tid, kan_se=lambda _v: True) == 1
    varsel.refresh_from_db()
    assert varsel.tekst == ""
    assert "password/reset/key" in mail.outbox[0].body


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client, konto: Konto) -> None:
    kjent = be_om_nytt_passord(client, konto.epost)
    ukjent = be_om_nytt_passord(client, "ukjent@fjordvik.example")
    assert (kjent.status_code, kjent.headers["Location"]) == (ukjent.status_code, ukjent.headers["Location"])
    assert Varsel.objects.count() == 1


def test_the_systems_own_account_gets_no_key(client: Client) -> None:
    be_om_nytt_passord(client, Konto.system().epost)
    assert not Varsel.objects.exists()
