"""Every channel by which something of a case can reach anybody: each is crawled, and names itself (N11, N19).

A channel yields texts; `forbudt` is what none of them may hold. A new kind of answer has no reader and fails; a new
address is crawled by itself, since the addresses come from the URL configuration.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from re import Pattern
from typing import Any
from uuid import uuid4

from django.core import mail
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from ansvarsgruppe import sporringer
from ansvarsgruppe.dokumenter import referat as referatet
from ansvarsgruppe.handlinger.innkalling import send_innkalling
from ansvarsgruppe.models import Innkalling, Moete, Oppmoete, Referat
from tests.fabrikker import NAA
from tests.sak.test_henvendelse import GODT
from tests.tilgang.conftest import innlogget, rulles_tilbake
from tests.tilgang.kanarier import FINNES, MORS_EPOST, NUMMER, STEDER, Kanarisak, hoder, pdf_tekst, som_tekst
from tests.tilgang.tabell import Adresse, adresser
from tests.tilgang.verden import ANNEN, EGEN
from tok.kjerne.dokumenter import hent_pdf
from tok.kjerne.historikk import som_system
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Dokument, Varsel
from tok.kjerne.utboks import send_neste
from tok.oversikt.eksport import Format
from tok.oversikt.sporringer import mindag, mine, nestesteg
from tok.sak.models import Deltakelse
from tok.sak.varseltilgang import kan_se

UTENFOR = ("tok_utenfor", "tok_annet")  # who may search and make the yearly files, and may not know of the case
SPOER_ETTER_RADER = ("tok_utenfor", "representant", "")  # who try every address with a key
SENDER = ("tok_utenfor", "representant")  # who send every form
FEIL = {400, 403, 404, 405}
VED_NAVN = {
    "oversikt:min_dag": "Min dag og kontorets tall",
    "oversikt:register": "registeret",
    "sak:henvendelser": "henvendelsene",
    "sak:post": "post som ikke kom fram",
    "sak:person": "personopplysninger",
    "sak:logg": "hvem som har sett",
    "sak:dokumenter": "dokumenttitler",
    "koordinator:koordinatorer": "koordinatorer og belastning",
    "koordinator:foresporsler": "lederens forespørsler",
    "ansvarsgruppe:mine_moeter": "møter på tvers",
}
VED_SLAG = {
    "text/html": "andre sider",
    "text/plain": "ren tekst",
    "text/csv": "register som CSV",
    "text/calendar": "kalenderfiler hentet",
    "application/json": "JSON",
    "application/pdf": "filer hentet",
    "image/png": "filer hentet",
    "image/jpeg": "filer hentet",
    "tom": "adresser det sendes videre til",
}


@dataclass
class Funn:
    """What was looked through, by channel, and what was found there that must not be."""

    antall: dict[str, int] = field(default_factory=dict)
    lekkasjer: list[str] = field(default_factory=list)

    def se(self, kanal: str, hvor: str, tekst: str, forbudt: Pattern[str]) -> None:
        """Look one text through."""
        self.antall[kanal] = self.antall.get(kanal, 0) + 1
        if treff := forbudt.search(tekst):
            rundt = " ".join(tekst[max(treff.start() - 60, 0) : treff.end() + 30].split())
            self.lekkasjer.append(f"{kanal}, {hvor}: …{rundt}…")

    def se_svar(self, kanal: str, hvor: str, svar: HttpResponseBase, forbudt: Pattern[str], skrevet: str = "") -> str:
        """Look an answer through with its headers; what the asker typed is no leak."""
        slag, tekst = som_tekst(svar)
        self.se(kanal or VED_SLAG[slag], hvor, tekst.replace(escape(skrevet), "") if skrevet else tekst, forbudt)
        self.se("hoder, filnavn og informasjonskapsler", hvor, hoder(svar), forbudt)
        return tekst


Kanal = Callable[[Kanarisak, Funn], None]


def alle_sider(
    kanari: Kanarisak, side: str, som: str, metode: str, *, rader: bool = True
) -> Iterator[tuple[Adresse, Any]]:
    """Every address with a right as one account, or as nobody, with or without those of a row; all rolled back."""
    klient = innlogget(kanari.verden.kontoer[som]) if som else Client()
    for adresse in adresser():
        if adresse.har_objekt and not rader:
            continue
        url = adresse.url(kanari.verden, side)
        with rulles_tilbake():
            yield adresse, klient.get(url) if metode == "GET" else klient.post(url)


def _kanal(adresse: Adresse, metode: str, svar: Any) -> str:
    if svar.status_code in FEIL:
        return "feilsider"
    if metode == "POST" and svar.status_code == 422:
        return "skjemaer med feil"
    if adresse.navn == "oversikt:eksport" and metode == "POST":
        return ""
    return VED_NAVN.get(adresse.navn, "") if svar.get("Content-Type", "").startswith("text/html") else ""


def sidene(kanari: Kanarisak, funn: Funn, *, alle: bool) -> None:
    """Every address as those who may not know; a page that needs no key leads to the case in no way either.

    Whom a row is closed to is asked of everybody by the permission table; here some ask for rows. With `alle` everybody
    asks for the pages that need no key, and every form is sent.
    """
    sakens = str(kanari.sak.pk)
    for som in (*kanari.ute, "") if alle else ("tok_utenfor",):
        for metode in ("GET", "POST") if som in SENDER else ("GET",):
            rader = som in SPOER_ETTER_RADER and (alle or metode == "GET")
            for adresse, svar in alle_sider(kanari, EGEN, som, metode, rader=rader):
                hvor = f"{metode} {adresse.navn} som {som or 'ingen'}"
                kanal = _kanal(adresse, metode, svar)
                tekst = funn.se_svar(kanal, hvor, svar, FINNES)
                if not adresse.har_objekt and sakens in tekst:
                    funn.lekkasjer.append(f"{hvor}: lenker til saken")
    for adresse, svar in alle_sider(kanari, ANNEN, "tok_annet", "GET") if alle else ():
        funn.se_svar(_kanal(adresse, "GET", svar), f"{adresse.navn} i den andre saken", svar, FINNES)


def uten_innlogging(kanari: Kanarisak, funn: Funn) -> None:
    """What answers programs: the health pages, and a page that was asked for as JSON after the session had ended."""
    for sti in ("/livez", "/readyz"):
        funn.se_svar("", sti, Client().get(sti), FINNES)
    kladd = reverse("sak:notatkladd", args=[kanari.sak.pk])
    funn.se_svar("", kladd, Client().post(kladd, headers={"accept": "application/json"}), FINNES)


def ut_av_huset(kanari: Kanarisak, funn: Funn) -> None:
    """What those who may know take with them: files and calendars never tell a place, whoever they belong to."""
    for som in ("koordinator", "person"):
        for adresse, svar in alle_sider(kanari, EGEN, som, "GET"):
            if not svar.get("Content-Type", "").startswith("text/html"):
                funn.se_svar("", f"{adresse.navn} som {som}", svar, STEDER)


def soeket(kanari: Kanarisak, funn: Funn) -> None:
    """By name, by case number, by identity number, by sender and by who coordinates."""
    ordene = {
        "søk på navn": ("Kanaria", "Kanariusdatter", "kana"),
        "søk på saksnummer": ("2020/egen", "2020/"),
        "søk på fødselsnummer": (NUMMER, "179120 00095"),
        "søk på avsender og forelder": ("Kanarisender", "Kanarimor"),
        "søk på koordinator": (kanari.rom.koordinator.navn,),
    }
    for som in UTENFOR:
        klient = innlogget(kanari.verden.kontoer[som])
        for kanal, spoersmaal in ordene.items():
            for q in spoersmaal:
                svar = klient.post(reverse("oversikt:soek"), {"q": q})
                tekst = funn.se_svar(kanal, f"som {som}", svar, FINNES, skrevet=q)
                if str(kanari.sak.pk) in tekst + svar.get("Location", ""):
                    funn.lekkasjer.append(f"{kanal} som {som}: fant saken")


def filtrene(kanari: Kanarisak, funn: Funn) -> None:
    """The register by every filter, and each pile of Min dag alone."""
    valg = [{"tilstand": "alle"}, {"mangler": "koordinator"}, {"mangler": "referat"}, {"mangler": "gjennomgang"}]
    valg.append({"koordinator": str(kanari.rom.koordinator.pk)})
    for som in ("tok_utenfor", "fast", "representant"):
        klient = innlogget(kanari.ute[som])
        for anker in (*mindag.ANKERE, *nestesteg.ANKERE, *mine.ANKERE):
            svar = klient.get(reverse("oversikt:min_dag"), {"bunke": anker})
            funn.se_svar("én bunke av Min dag", f"{anker} som {som}", svar, FINNES)
        for ett in valg if som in UTENFOR else []:
            svar = klient.get(reverse("oversikt:register"), ett)
            funn.se_svar("registerets filtre", f"{ett} som {som}", svar, FINNES)


def registerfilene(kanari: Kanarisak, funn: Funn) -> None:
    """The yearly register by the page for all who may make it, and by the command, as cells and as text."""
    kanaler = {Format.CSV: "register som CSV", Format.XLSX: "register som XLSX, celler og egenskaper"}
    for som in (*UTENFOR, "tok"):
        klient = innlogget(kanari.verden.kontoer[som])
        for format_, kanal in kanaler.items():
            with rulles_tilbake():
                valgt = {"aar": NAA.year, "formaal": "Årsmelding til rådet", "format": format_.value}
                svar = klient.post(reverse("oversikt:eksport"), valgt)
                assert svar.status_code == 200
                funn.se_svar(kanal, f"som {som}", svar, STEDER if som == "tok" else FINNES)


def kommandoen(kanari: Kanarisak, funn: Funn, mappe: Path) -> None:
    """What the one who operates the system can write to a file."""
    with rulles_tilbake():
        ut = mappe / f"{uuid4()}.csv"
        call_command("registereksport", "--aar", str(NAA.year), "--ut", str(ut), "--formaal", "Rapport til staten")
        funn.se("registerkommandoen", "CSV", ut.read_text("utf-8-sig"), FINNES)


def registreringen(kanari: Kanarisak, funn: Funn) -> None:
    """Somebody who takes a new request about a person we know: by number, by name, by something like it."""
    foedt = {"foedselsdato_0": "4", "foedselsdato_1": "5", "foedselsdato_2": "2014"}
    tilfeller = (
        {"nummer": NUMMER, "foedselsdato_0": "17", "foedselsdato_1": "11", "foedselsdato_2": "2020"},
        {"fornavn": "Kanaria", "etternavn": "Kanariusdatter", **foedt},
        {"fornavn": "Kanarja", "etternavn": "Kanariusdatter", **foedt},
    )
    for som in UTENFOR:
        klient = innlogget(kanari.verden.kontoer[som])
        for tilfelle in tilfeller:
            with rulles_tilbake():
                svar = klient.post(reverse("sak:henvendelse_ny"), GODT | tilfelle | {"skjema_id": str(uuid4())})
                funn.se_svar("kjent person ved registrering", f"som {som}", svar, FINNES)
                if svar.status_code != 302:
                    funn.lekkasjer.append(f"registrering som {som}: det ble spurt om en kjent person")


def innkallingen(kanari: Kanarisak, funn: Funn) -> None:
    """The coordinator calls everybody in: messages, calendars, letters, and the post as it leaves."""
    with rulles_tilbake():
        moete = Moete.objects.get(pk=kanari.rom.rader["Moete.planlagt"].pk)
        alle = [deltakelse.pk for deltakelse in sporringer.kan_innkalles(moete, lokal_dato(NAA))]
        sett = sporringer.avtrykk(moete, sporringer.punkttekster(moete))
        send_innkalling(moete=moete, til=alle, sett=sett, av=kanari.rom.koordinator, naa=NAA)
        for rad in Innkalling.objects.filter(moete=moete):
            kalender = rad.kalender.replace("\r\n ", "").replace(MORS_EPOST, "")  # the attendee's own
            funn.se("kalenderfiler sendt", str(rad.deltakelse_id), kalender, FINNES)
        for varsel in Varsel.objects.exclude(pk=kanari.rom.rader["Varsel"].pk):
            tekst = " ".join([varsel.noekkel, varsel.emne, varsel.tekst, varsel.kalender.replace("\r\n ", "")])
            funn.se("e-post i utboksen", varsel.emne, tekst, FINNES)
        for nr, brev in enumerate(Dokument.objects.filter(noekkel__startswith=f"innkalling:{moete.pk}")):
            konvolutt = brev.innhold.pop("mottaker")["adresse"]  # the receiver's own
            funn.se("brev, innholdet", brev.tittel, json.dumps(brev.innhold, ensure_ascii=False), STEDER)
            tekst = pdf_tekst(hent_pdf(brev, naa=NAA)) if nr == 0 else ""
            for linje in konvolutt:
                tekst = tekst.replace(linje, "", 1)
            funn.se("brev, PDF-en", brev.tittel, tekst, STEDER)
        mail.outbox.clear()
        send_neste(naa=NAA, kan_se=lambda varsel: kan_se(varsel, naa=NAA))
        for post in mail.outbox:
            funn.se("e-post slik den går ut", ", ".join(post.to), post.message().as_string(), FINNES)


def referatene(kanari: Kanarisak, funn: Funn) -> None:
    """The minutes as they are frozen, and as a PDF."""
    with rulles_tilbake(), som_system("test data"):
        referat = Referat.objects.select_related("moete__gruppe__sak__person", "referent").get(
            pk=kanari.rom.rader["Referat.utkast"].pk
        )
        for deltakelse in Deltakelse.objects.gjeldende(NAA.date()).filter(sak=kanari.sak):
            Oppmoete.objects.create(referat=referat, deltakelse=deltakelse, status="til_stede")
        innhold = referatet.innhold(referat, [], er_barn=True, naa=NAA)
        funn.se("referat, innholdet", "referat", json.dumps(innhold, ensure_ascii=False), STEDER)
        dokument = referatet.bestill(referat, innhold, naa=NAA)
        funn.se("referat, PDF-en", "referat", pdf_tekst(hent_pdf(dokument, naa=NAA)), STEDER)


class Loggsamler(logging.Handler):
    """Everything any part of the program logs, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.linjer: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.linjer.append(f"{record.getMessage()} {record.exc_text or ''}")
