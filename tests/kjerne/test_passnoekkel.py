"""Passkeys: they count as two factors, tell a stranger nothing, and the last one stays (ASVS 6.3, 6.5; ADR 0014)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.fabrikker import KontoFabrikk
from tests.kjerne.noekkel import BEGYNN, Programnoekkel
from tests.kjerne.test_innlogging import AKTIVER, PASSORD, kode, logg_inn
from tok.kjerne.innlogging import NIVAAER
from tok.kjerne.models import Konto, Sikkerhetslogg, Varsel

pytestmark = pytest.mark.django_db
LEGG_TIL = "/konto/2fa/webauthn/add/"
BEKREFT = "/konto/2fa/authenticate/"
MIN_SIDE = "/min-side/"


@pytest.fixture(autouse=True)
def _oppsett(settings: Settings) -> Any:
    settings.ROOT_URLCONF = "tests.kjerne.test_innlogging"
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
def noekkel(konto: Konto) -> Programnoekkel:
    noekkel = Programnoekkel(konto)
    noekkel.legg_inn()
    noekkel.teller += 1
    return noekkel


def fjern(noekkel: Programnoekkel) -> str:
    return f"/konto/2fa/webauthn/keys/{Authenticator.objects.get(user=noekkel.konto, type='webauthn').pk}/remove/"


def test_a_passkey_alone_is_two_factors_and_the_log_says_which(client: Client, noekkel: Programnoekkel) -> None:
    utenfor = client.session.session_key
    assert noekkel.logg_inn(client).status_code == 302
    assert client.get(MIN_SIDE).content == b"passnoekkel"
    assert client.session.session_key != utenfor
    assert "passnoekkel" in NIVAAER.values()


def test_with_a_passkey_the_password_alone_opens_nothing(client: Client, noekkel: Programnoekkel) -> None:
    assert logg_inn(client, noekkel.konto).headers["Location"].startswith(BEKREFT)
    assert SESSION_KEY not in client.session
    assert client.get("/").headers["Location"].startswith("/konto/login/")
    side = client.get(BEKREFT)
    assert (side.context["har_kodeapp"], side.context["har_passnoekkel"]) == (False, True)
    utfordring = side.context["js_data"]["request_options"]["publicKey"]["challenge"]
    client.post(BEKREFT, {"credential": json.dumps(noekkel.svar(utfordring))})
    assert client.get(MIN_SIDE).content == b"passnoekkel"


def test_a_session_from_before_the_passkey_is_ended(client: Client, noekkel: Programnoekkel) -> None:
    """Also where it could get itself a factor: the pages about the account ask for two like all others."""
    for sti in ("/", "/konto/2fa/", "/konto/oekter/", AKTIVER, LEGG_TIL, fjern(noekkel), "/konto/reauthenticate/"):
        client.force_login(noekkel.konto, "tok.kjerne.innlogging.Innlogging")
        assert (sti, client.get(sti).headers["Location"]) == (sti, f"/konto/login/?next={sti}")
        assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "feil",
    [{"kjente_eieren": False}, {"nettsted": "evil.example"}, {"opphav": "https://evil.example"}, {"teller": 1}],
    ids=["the owner was not verified", "another site", "another origin", "a copy of the key"],
)
def test_a_wrong_answer_logs_nobody_in(client: Client, noekkel: Programnoekkel, feil: dict[str, Any]) -> None:
    for navn, verdi in feil.items():
        setattr(noekkel, navn, verdi)
    svar = noekkel.logg_inn(client)
    assert svar.headers["Location"] == "/konto/login/"
    assert SESSION_KEY not in client.session
    assert "Passnøkkelen ble ikke godtatt" in client.get("/konto/login/").content.decode()
    assert Sikkerhetslogg.objects.filter(konto_id=noekkel.konto.pk).exists() is ("teller" in feil)


def test_keys_that_do_not_count_are_taken_each_time(client: Client, konto: Konto) -> None:
    """Synced passkeys answer 0 always; those that count go up."""
    noekkel = Programnoekkel(konto, teller=0)
    noekkel.legg_inn()
    for _gang in range(2):
        noekkel.logg_inn(client)
        assert SESSION_KEY in client.session
        client.post("/konto/logout/")


@pytest.mark.parametrize("endring", [{"pk": "11111111-1111-4111-8111-111111111111"}, {"pk": "ikke-en-noekkel"}])
def test_an_unknown_owner_and_an_unknown_key_get_the_same_answer(
    client: Client, noekkel: Programnoekkel, konto: Konto, endring: dict[str, str]
) -> None:
    """And the question tells of nobody: it names no key (ASVS 6.3.8)."""
    spoersmaal = client.get(BEGYNN, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    assert not spoersmaal.get("allowCredentials")
    assert spoersmaal["userVerification"] == "required"
    fremmed = Programnoekkel(Konto(**endring))
    ukjent_noekkel = Programnoekkel(konto, id=b"en annen noekkel--")
    svar = [fremmed.logg_inn(Client()), ukjent_noekkel.logg_inn(Client())]
    assert [(s.status_code, s.headers["Location"]) for s in svar] == [(302, "/konto/login/")] * 2


@pytest.mark.parametrize(
    "raatt",
    [
        *("", "x", "null", "1", "[]", "{}", '{"response": {}}', "[" * 15_000, '"' + "a" * 30_000 + '"'),
        '{"id":"YQ","rawId":99999999999,"type":"public-key","response":{}}',
        '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ",'
        '"signature":"YQ","userHandle":99999999999}}',
        '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"YQ","authenticatorData":"YQ",'
        '"signature":"YQ","userHandle":"YQ"}}',
    ],
)
def test_what_no_key_would_answer_is_refused_and_nothing_more(client: Client, konto: Konto, raatt: str) -> None:
    """Two of these would otherwise have the server ask for 100 GB."""
    client.get(BEGYNN, headers={"Accept": "application/json"})
    assert client.post(BEGYNN, {"credential": raatt}).headers["Location"] == "/konto/login/"
    logg_inn(client, konto)
    client.get(LEGG_TIL)
    assert client.post(LEGG_TIL, {"name": "x", "credential": raatt}).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_closed_account_gets_no_further_by_passkey(client: Client, noekkel: Programnoekkel) -> None:
    noekkel.konto.is_active = False
    noekkel.konto.save()
    noekkel.logg_inn(client)
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    ("neste", "til"),
    [("/hjelp/", "/hjelp/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:alert(1)", "/")],
)
def test_the_way_on_stays_on_this_site(client: Client, noekkel: Programnoekkel, neste: str, til: str) -> None:
    """Right or refused, the next page is one of ours (ASVS 3.7.2)."""
    assert noekkel.logg_inn(client, neste).headers["Location"] == til
    noekkel.kjente_eieren = False
    videre = "?next=%2Fhjelp%2F" if til == neste else ""
    assert noekkel.logg_inn(Client(), neste).headers["Location"] == f"/konto/login/{videre}"


def test_there_is_a_limit_to_tries_and_to_questions(client: Client, settings: Settings) -> None:
    settings.MFA_RATE_LIMITS = {"webauthn_login": "2/m/ip", "webauthn_begin": "2/m/ip"}
    forsoek = [client.post(BEGYNN, {"credential": "{}"}).status_code for _gang in range(3)]
    spoersmaal = [client.get(BEGYNN, headers={"Accept": "application/json"}).status_code for _gang in range(3)]
    assert (forsoek, spoersmaal) == ([302, 302, 429], [200, 200, 429])
    assert "Vent litt" in client.post(BEGYNN, {"credential": "{}"}).content.decode()


def test_the_first_factor_may_be_a_passkey(client: Client, konto: Konto) -> None:
    """Made by one who just gave the password; the session then has two factors, and a new key (ASVS 7.2.4)."""
    logg_inn(client, konto)
    foer = client.session.session_key
    valg = client.get(LEGG_TIL).context["js_data"]["creation_options"]["publicKey"]
    assert valg["authenticatorSelection"]["residentKey"] == "required"
    assert valg["authenticatorSelection"]["userVerification"] == "required"
    assert valg["rp"]["id"] == "localhost"
    svar = Programnoekkel(konto).registrering(valg["challenge"])
    client.post(LEGG_TIL, {"name": "Min nøkkel", "credential": json.dumps(svar)})
    assert client.get(MIN_SIDE).content == b"passnoekkel"
    assert client.session.session_key != foer
    assert Varsel.objects.get(mottaker=konto).emne == "Ny passnøkkel"
    assert "Min nøkkel" not in Varsel.objects.get(mottaker=konto).tekst


def test_a_key_that_does_not_ask_for_its_owner_is_not_taken(client: Client, konto: Konto) -> None:
    logg_inn(client, konto)
    utfordring = client.get(LEGG_TIL).context["js_data"]["creation_options"]["publicKey"]["challenge"]
    svar = Programnoekkel(konto, kjente_eieren=False).registrering(utfordring)
    client.post(LEGG_TIL, {"name": "", "credential": json.dumps(svar)})
    assert not Authenticator.objects.exists()


def test_the_last_second_factor_stays(client: Client, noekkel: Programnoekkel) -> None:
    """A passkey goes when there is a code app too; then the app is the last."""
    noekkel.logg_inn(client)
    client.post("/konto/reauthenticate/", {"password": PASSORD})
    assert client.post(fjern(noekkel)).status_code == 409
    TOTP.activate(noekkel.konto, generate_totp_secret())
    assert client.post(fjern(noekkel)).status_code == 302
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert client.post("/konto/2fa/totp/deactivate/").status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()
    assert Varsel.objects.filter(mottaker=noekkel.konto, emne="En passnøkkel er fjernet").exists()


def test_a_key_is_not_taken_away_without_saying_who_one_is(client: Client, noekkel: Programnoekkel) -> None:
    noekkel.logg_inn(client)
    for sti in (LEGG_TIL, fjern(noekkel), AKTIVER):
        assert client.post(sti).headers["Location"].startswith("/konto/reauthenticate/")


def test_a_new_code_app_takes_the_place_of_the_old(client: Client, noekkel: Programnoekkel) -> None:
    """There is no moment without one, and the old one stays until the new one is proved."""
    gammel = TOTP.activate(noekkel.konto, generate_totp_secret()).instance
    noekkel.logg_inn(client)
    client.post("/konto/reauthenticate/", {"password": PASSORD})
    side = client.get(AKTIVER)
    assert side.context["bytter"]
    client.post(AKTIVER, {"code": "000000"})
    assert Authenticator.objects.filter(pk=gammel.pk).exists()
    client.post(AKTIVER, {"code": kode(client.get(AKTIVER).context["form"].secret)})
    [ny] = Authenticator.objects.filter(user=noekkel.konto, type="totp")
    assert ny.pk != gammel.pk
