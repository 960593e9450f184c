"""Marked words in every field of a protected case, and readers that turn whatever leaves the house into text (N11).

A canary is looked for as text in everything; what is allowed where is said by the test.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.http import HttpResponseBase
from pypdf import PdfReader

from ansvarsgruppe.models import Moete, Referat, Sakslistepunkt
from tests.fabrikker import NAA, DeltakelseFabrikk, EnhetFabrikk, KontaktFabrikk, ansatt, samtykke_for, slipp_inn, vern
from tests.oversikt.arkleser import egenskaper, les_bok
from tests.tilgang.verden import EGEN, Rom, Verden
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Dokument, Konto, Varsel
from tok.sak import utkast
from tok.sak.models import Deltakelse, Henvendelse, Nivaa, Notat, Person, Sak, Saksdokument, Tiltak
from tok.sak.views.notat import UTKAST

NUMMER = "17912000095"
TELEFONER = ("99887761", "99887762", "99887763")
STED, SKOLE, BARNEHAGE = "Kanariplassen 1", "Kanariskolen", "Kanaribarnehagen"
MORS_EPOST = "kanari@hjemme.example"
ADRESSE, MORS_ADRESSE = "Kanariveien 3, 7580 Fjordvik", "Kanaribakken 9, 7580 Fjordvik"
# What tells of the case at all: for those who may not know that it is there. Units are named in lists for everybody.
FINNES = re.compile(r"kanari(?!skolen)|9988 ?77|99 88 77|2020/egen|17912000095|179120 ?00095", re.IGNORECASE)
# What tells where somebody is or how to reach them: in nothing that leaves the house, whoever gets it.
STEDER = re.compile(r"kanari(plassen|skolen|barnehagen|veien|bakken)|9988 ?77|99 88 77", re.IGNORECASE)


@dataclass
class Kanarisak:
    """The protected case and who stands where to it."""

    verden: Verden
    rom: Rom
    mor: Deltakelse
    inne: dict[str, Konto]  # named in the protection
    ute: dict[str, Konto]  # everybody else but the person

    @property
    def sak(self) -> Sak:
        return self.rom.sak


def plant(verden: Verden) -> Kanarisak:
    """Put a canary in every free field of the own case."""
    rom = verden.rom[EGEN]
    sak = rom.sak
    with som_system("test data"):
        _personen(sak.person)
        mor = DeltakelseFabrikk(
            sak=sak,
            konto=None,
            rolle="representant",
            egenskap="forelder",
            kontakt=KontaktFabrikk(navn="Kanarimor", telefon=TELEFONER[1], postadresse=MORS_ADRESSE, epost=MORS_EPOST),
        )
        DeltakelseFabrikk(
            sak=sak, konto=None, rolle="fast", kontakt=KontaktFabrikk(navn="Kanarivakt", virksomhet=BARNEHAGE)
        )
        skole = EnhetFabrikk(navn=SKOLE)
        Deltakelse.objects.filter(sak=sak, rolle="koordinator").update(enhet=skole, bidrag="Kanaribidrag")
        samtykke_for(sak, underskrevet_av="Kanariunderskrift", barnets_syn="Kanarisyn")
        Tiltak.objects.filter(sak=sak).update(tekst="Kanaritiltak")
        Notat.objects.create(
            sak=sak,
            tekst="Kanarinotat",
            skrevet_av=rom.koordinator,
            skrevet_av_navn=rom.koordinator.navn,
            skrevet_tid=NAA,
            skjema_id=uuid4(),
        )
        Henvendelse.objects.filter(pk=rom.rader["Henvendelse"].pk).update(
            person=sak.person,
            avsender_navn="Kanarisender",
            avsender_telefon=TELEFONER[2],
            behov=f"Kanaribehov ved {SKOLE}",
        )
        _moetene(rom)
        _posten(rom)
    kollega = ansatt("tok", sak.kontor, navn="Kollega Utenfor")
    Authenticator.objects.create(user=kollega, type=Authenticator.Type.TOTP, data={"secret": ""})
    verden.kontoer["tok_utenfor"] = kollega
    inne = {navn: verden.kontoer[navn] for navn in ("tok", "koordinator")}
    ute = {navn: konto for navn, konto in verden.kontoer.items() if navn not in {*inne, "person"}}
    return Kanarisak(verden, rom, mor, inne, ute)


def _personen(person: Person) -> None:
    person.fornavn, person.etternavn = "Kanaria", "Kanariusdatter"
    person.adresse, person.telefon = ADRESSE, TELEFONER[0]
    person.sett_nummer(NUMMER)
    person.save()


def _moetene(rom: Rom) -> None:
    Moete.objects.filter(gruppe__sak=rom.sak).update(sted=STED, videolenke="https://video.example/kanarirom")
    Sakslistepunkt.objects.create(moete_id=rom.rader["Moete.planlagt"].pk, nr=1, tekst="Kanaripunkt")
    Referat.objects.filter(pk=rom.rader["Referat.utkast"].pk).update(
        naa_situasjon="Kanarisituasjon", personens_stemme="Kanaristemme", neste_sted=STED
    )
    utkast.lagre(
        konto=rom.koordinator,
        objekt_type=UTKAST,
        objekt_id=rom.sak.pk,
        innhold={"tekst": "Kanariutkast", "skjul": False},
        base_versjon=0,
        naa=NAA,
        fane="a" * 12,
    )


def _posten(rom: Rom) -> None:
    """A letter and a message of the case that did not come through."""
    mottaker = rom.koordinator
    Varsel.objects.filter(pk=rom.rader["Varsel"].pk).update(
        mottaker=mottaker, gjelder_type="Moete", gjelder_id=rom.rader["Moete"].pk
    )
    dokument = Dokument.objects.create(
        noekkel=f"kanari:{uuid4()}",
        mal="innkalling",
        tittel="Kanaribrev",
        innhold={},
        tilstand=Dokument.Tilstand.FEILET,
        bestilt_tid=NAA,
        neste_forsoek_tid=NAA,
    )
    Saksdokument.objects.create(sak=rom.sak, dokument=dokument, type="innkalling", tittel="Kanaribrev", dato=NAA.date())


def vern_saken(kanari: Kanarisak, hvordan: str) -> None:
    """The three ways a case comes to be protected."""
    hvem = kanari.mor.kontakt if hvordan == "mor" else kanari.sak.person
    vern(hvem, Nivaa.FORTROLIG if hvordan == "fortrolig" else Nivaa.STRENGT)
    slipp_inn(kanari.sak.person, *kanari.inne.values())
    kanari.sak.refresh_from_db()
    kanari.mor.refresh_from_db()


def kropp(svar: HttpResponseBase) -> bytes:
    """All bytes of an answer, streamed ones too."""
    biter: Any = svar.streaming_content if svar.streaming else [svar.content]  # type: ignore[attr-defined]
    return b"".join(biter)


def hoder(svar: HttpResponseBase) -> str:
    """Every header and cookie of the answer: address, file name, length of life."""
    kaker = "\n".join(f"{navn}={kake.value}" for navn, kake in svar.cookies.items())
    return "\n".join([*(f"{navn}: {verdi}" for navn, verdi in svar.items()), kaker])


def _ark(data: bytes) -> Iterator[str]:
    for navn, ark in les_bok(data).items():
        yield navn
        yield from (str(verdi) for rad in ark.rader() for verdi in rad.values())
        yield from map(str, ark.hode)
    yield egenskaper(data)


def pdf_tekst(data: bytes) -> str:
    """The words of a PDF and what it says of itself."""
    leser = PdfReader(io.BytesIO(data))
    return " ".join([*(" ".join(side.extract_text().split()) for side in leser.pages), str(leser.metadata)])


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LESERE: dict[str, Callable[[bytes], str]] = {
    "text/html": lambda data: data.decode(),
    "text/plain": lambda data: data.decode(),
    "text/csv": lambda data: data.decode("utf-8-sig"),
    "text/calendar": lambda data: re.sub(r"\r?\n[ \t]", "", data.decode()),
    "application/json": lambda data: data.decode(),
    "application/pdf": lambda data: data.decode("latin-1"),  # the world's are stubs; real ones are read by pdf_tekst
    XLSX: lambda data: "\n".join(_ark(data)),
    "image/png": lambda data: data.decode("latin-1"),
    "image/jpeg": lambda data: data.decode("latin-1"),
}


def som_tekst(svar: HttpResponseBase) -> tuple[str, str]:
    """The kind of the answer and its text. A kind nobody has a reader for is a new channel, and fails the test."""
    slag = str(svar.get("Content-Type", "")).partition(";")[0]
    data = kropp(svar)
    if not data:
        return "tom", ""
    assert slag in LESERE, f"{slag} is a new channel: give it a reader in tests/tilgang/kanarier.py"
    return slag, LESERE[slag](data)
