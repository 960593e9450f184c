"""The outbox: rows before post, one message per key, one sending per message (P1, P2, N19; ASVS 1.3.11)."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from tok.kjerne import utboks
from tok.kjerne.epost import UgyldigHode, bygg, er_mottatt, meldings_id
from tok.kjerne.models import Varsel
from verktoey.demo import ledig_port

pytestmark = pytest.mark.django_db
Tilstand = Varsel.Tilstand


def legg_i(noekkel: str, naa: datetime, **felt: Any) -> Varsel:
    argumenter: dict[str, Any] = {
        "mottaker": None,
        "epost": "ansatt@fjordvik.example",
        "emne": "Noe venter på deg",
        "tekst": "Logg inn: https://tok.example/",
    }
    return utboks.legg_i(noekkel=noekkel, naa=naa, **argumenter | felt)


def send(naa: datetime, **felt: Any) -> int:
    return utboks.send_neste(naa=naa, kan_se=lambda varsel: True, **felt)


@pytest.fixture
def mottakslogg(tmp_path: Path, settings: Settings) -> Path:
    settings.TOK_MOTTAKSLOGG = tmp_path / "mottatt.log"
    return tmp_path / "mottatt.log"


def test_the_same_key_gives_one_row(naa: datetime) -> None:
    foerste = legg_i("saksliste_sendt:1:2", naa)
    igjen = legg_i("saksliste_sendt:1:2", naa, emne="Et annet emne")
    assert igjen.pk == foerste.pk
    assert igjen.emne == "Noe venter på deg"
    assert Varsel.objects.count() == 1


def test_the_message_id_follows_the_key_and_the_site(naa: datetime, settings: Settings) -> None:
    settings.TOK_NETTADRESSE = "https://tok.example:8443"
    assert legg_i("a", naa).meldings_id == meldings_id("a")
    assert meldings_id("a") != meldings_id("b")
    assert meldings_id("a").endswith("@tok.example>")


def test_a_row_goes_when_its_transaction_goes(naa: datetime) -> None:
    with transaction.atomic():
        legg_i("a", naa)
        transaction.set_rollback(True)
    assert not Varsel.objects.exists()


@pytest.mark.parametrize(
    "felt",
    [
        {"epost": ""},
        {"epost": "uten-alfakroell"},
        {"epost": "a@fjordvik.example, b@fjordvik.example"},
        {"epost": "Ola <a@fjordvik.example>"},
        {"epost": "a@fjordvik.example\nBcc: b@annet.example"},
        {"emne": ""},
        {"emne": " "},
        {"emne": "Hei\r\nBcc: b@annet.example"},
    ],
)
def test_broken_headers_are_refused(naa: datetime, felt: dict[str, str]) -> None:
    with pytest.raises(UgyldigHode):
        legg_i("a", naa, **felt)
    assert not Varsel.objects.exists()


def test_what_waits_is_sent_once(naa: datetime) -> None:
    for nummer in range(3):
        legg_i(f"n:{nummer}", naa)
    assert send(naa) == 3
    assert send(naa + timedelta(hours=1)) == 0
    assert len(mail.outbox) == 3
    varsel = Varsel.objects.first()
    assert varsel is not None
    assert (varsel.tilstand, varsel.sendt_tid is not None, varsel.laast_av) == (Tilstand.SENDT, True, None)


def test_no_more_than_asked_for_and_the_oldest_first(naa: datetime) -> None:
    legg_i("ny", naa)
    legg_i("gammel", naa - timedelta(minutes=5))
    assert send(naa, antall=1) == 1
    assert Varsel.objects.get(tilstand=Tilstand.SENDT).noekkel == "gammel"


def test_an_idle_round_is_one_question(naa: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert send(naa) == 0


def test_the_message_is_plain_text_with_a_fixed_id_and_says_it_is_automatic(naa: datetime) -> None:
    melding = bygg(legg_i("a", naa)).message()
    assert melding["Message-ID"] == meldings_id("a")
    assert melding["Auto-Submitted"] == "auto-generated"
    assert melding["From"] == "no-reply@test.example"
    assert melding.get_content_type() == "text/plain"


@pytest.mark.parametrize("metode", ["REQUEST", "CANCEL"])
def test_an_invitation_stands_as_calendar_part_and_as_file(naa: datetime, metode: str) -> None:
    ics = f"BEGIN:VCALENDAR\r\nMETHOD:{metode}\r\nSUMMARY:Møte\r\nEND:VCALENDAR\r\n"
    varsel = legg_i("a", naa, kalender=ics)
    melding = email.message_from_bytes(bygg(varsel).message().as_bytes())
    deler = {del_.get_content_type(): del_ for del_ in melding.walk()}
    kalendere = [del_ for del_ in melding.walk() if del_.get_content_type() == "text/calendar"]
    assert "text/plain" in deler
    assert [del_.get_param("method") for del_ in kalendere] == [metode, None]
    assert [del_.get_filename() for del_ in kalendere] == [None, "innkalling.ics"]
    for del_ in kalendere:
        innhold = del_.get_payload(decode=True)
        assert isinstance(innhold, bytes)
        assert "SUMMARY:Møte" in innhold.decode()


def test_who_may_no_longer_see_it_gets_nothing(naa: datetime) -> None:
    varsel = legg_i("a", naa)
    assert utboks.send_neste(naa=naa, kan_se=lambda _varsel: False) == 0
    varsel.refresh_from_db()
    assert varsel.tilstand == Tilstand.STANSET
    assert not mail.outbox


def test_a_question_that_fails_holds_up_nobody_else(naa: datetime) -> None:
    legg_i("a", naa - timedelta(minutes=1))
    legg_i("b", naa)

    def kan_se(varsel: Varsel) -> bool:
        return varsel.noekkel == "b" or bool(1 / 0)

    assert utboks.send_neste(naa=naa, kan_se=kan_se) == 1
    assert Varsel.objects.get(noekkel="a").feil == "ZeroDivisionError"


def test_a_key_to_an_account_does_not_stay_behind(naa: datetime) -> None:
    varsel = legg_i("a", naa, gjelder_type=utboks.INNLOGGING, tekst="https://tok.example/nytt-passord/hemmelig/")
    send(naa)
    varsel.refresh_from_db()
    assert varsel.tekst == ""
    assert "hemmelig" in mail.outbox[0].body


def test_nor_does_it_when_nobody_knows_whether_it_went(naa: datetime, settings: Settings) -> None:
    settings.TOK_MOTTAKSLOGG = None
    varsel = legg_i("a", naa, gjelder_type=utboks.INNLOGGING, tekst="https://tok.example/nytt-passord/hemmelig/")
    utboks.ta_leie(naa, uuid4())  # and the worker is killed
    send(naa + utboks.leietid())
    varsel.refresh_from_db()
    assert (varsel.tilstand, varsel.tekst) == (Tilstand.I_TVIL, "")


@pytest.mark.parametrize(
    ("mottatt", "tilstand", "sendt"),
    [(True, Tilstand.SENDT, 0), (False, Tilstand.SENDT, 1), (None, Tilstand.I_TVIL, 0)],
)
def test_a_message_whose_worker_died_is_asked_about(
    naa: datetime,
    mottakslogg: Path,
    settings: Settings,
    mottatt: bool | None,
    tilstand: str,
    sendt: int,
) -> None:
    varsel = legg_i("a", naa)
    utboks.ta_leie(naa, uuid4())  # and the worker is killed
    if mottatt:
        mottakslogg.write_text(f"<annen@tok.example>\n{varsel.meldings_id}\n")
    if mottatt is None:
        settings.TOK_MOTTAKSLOGG = None
    assert send(naa + utboks.leietid() - timedelta(seconds=1)) == 0
    send(naa + utboks.leietid())
    varsel.refresh_from_db()
    assert (varsel.tilstand, len(mail.outbox)) == (tilstand, sendt)


def test_the_lease_outlasts_the_longest_task(settings: Settings) -> None:
    assert utboks.leietid() > timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)


def test_a_worker_that_lost_its_lease_may_not_write(naa: datetime, mottakslogg: Path) -> None:
    varsel = legg_i("a", naa)

    def taper_leien(v: Varsel) -> bool:
        Varsel.objects.filter(pk=v.pk).update(laast_av=uuid4())
        return False

    utboks.send_neste(naa=naa, kan_se=taper_leien)
    varsel.refresh_from_db()
    assert varsel.tilstand == Tilstand.SENDES


def test_a_message_that_kills_its_worker_each_time_is_given_up(naa: datetime, mottakslogg: Path) -> None:
    varsel = legg_i("a", naa)
    for _gang in range(utboks.STOERSTE_FORSOEK):
        assert utboks.ta_leie(naa, uuid4()) is not None
        naa += utboks.leietid()
    send(naa)
    varsel.refresh_from_db()
    assert varsel.tilstand == Tilstand.OPPGITT


@pytest.mark.parametrize(("mappe", "fil", "svar"), [(True, True, True), (True, False, False), (False, False, None)])
def test_the_log_is_asked_where_there_is_one(
    tmp_path: Path, settings: Settings, mappe: bool, fil: bool, svar: bool | None
) -> None:
    settings.TOK_MOTTAKSLOGG = (tmp_path if mappe else tmp_path / "finnes-ikke") / "mottatt.log"
    if fil:
        settings.TOK_MOTTAKSLOGG.write_text("<a@tok.example>\n")
    assert er_mottatt("<a@tok.example>") is svar
    if fil:
        assert er_mottatt("<b@tok.example>") is False


class Tjener:
    """A mail server on loopback that answers as it is told."""

    def __init__(self) -> None:
        self.svar = "250 OK"
        self.brudd = False
        self.mottatt: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.svar.startswith("250"):
            self.mottatt.append(str(email.message_from_bytes(envelope.content)["Message-ID"]))
        if self.brudd:
            server.transport.abort()  # taken, but the answer never comes
        return self.svar


@pytest.fixture
def tjener(settings: Settings) -> Any:
    tjener = Tjener()
    styring = Controller(tjener, hostname="127.0.0.1", port=ledig_port())
    styring.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = styring.port
    yield tjener
    styring.stop()


def test_a_refusal_is_tried_again_ever_more_seldom_and_then_given_up(naa: datetime, tjener: Tjener) -> None:
    tjener.svar = "451 Try again: ansatt@fjordvik.example"
    varsel = legg_i("a", naa)
    ventet = []
    for _gang in range(utboks.STOERSTE_FORSOEK - 1):
        assert send(naa) == 0
        varsel.refresh_from_db()
        assert varsel.tilstand == Tilstand.KLAR
        assert varsel.feil == "SMTPDataError 451"
        ventet.append(round((varsel.neste_forsoek_tid - naa).total_seconds() / 60))
        naa = varsel.neste_forsoek_tid
    send(naa)
    varsel.refresh_from_db()
    assert ventet == [1, 5, 15, 60, 240, 720, 720]
    assert varsel.tilstand == Tilstand.OPPGITT


def test_a_mail_server_that_is_away_costs_no_attempt(naa: datetime, tjener: Tjener, settings: Settings) -> None:
    riktig, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    varsel = legg_i("a", naa)
    for _gang in range(20):
        assert send(naa) == 0
        naa += timedelta(seconds=30)
    varsel.refresh_from_db()
    assert (varsel.tilstand, varsel.forsoek) == (Tilstand.KLAR, 0)
    settings.EMAIL_PORT = riktig
    assert send(naa) == 1


@pytest.mark.parametrize(("i_loggen", "tilstand"), [(True, Tilstand.SENDT), (False, Tilstand.KLAR)])
def test_a_connection_broken_after_the_message_is_asked_about(
    naa: datetime, tjener: Tjener, mottakslogg: Path, i_loggen: bool, tilstand: str
) -> None:
    tjener.brudd = True
    varsel = legg_i("a", naa)
    if i_loggen:
        mottakslogg.write_text(f"{varsel.meldings_id}\n")
    send(naa)
    varsel.refresh_from_db()
    assert varsel.tilstand == tilstand


def test_many_go_over_one_connection(naa: datetime, tjener: Tjener) -> None:
    for nummer in range(5):
        legg_i(f"n:{nummer}", naa)
    assert send(naa) == 5
    assert sorted(tjener.mottatt) == sorted(meldings_id(f"n:{nummer}") for nummer in range(5))
