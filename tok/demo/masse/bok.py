"""The pages of one made case: its rows, its traces, its deadlines, and who takes part on which day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from tok.demo.masse.brev import Brevskap
from tok.demo.masse.familier import Familie, ny_id
from tok.demo.masse.kalenderark import Kalenderark
from tok.demo.masse.stab import Stab
from tok.kjerne.fristregning import Fristregel, forfall, fyller_aar
from tok.kjerne.kalender import forrige_arbeidsdag
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.kjerne.models import Dokument, Konto
from tok.sak import paaminnelser
from tok.sak.models import (
    Avkryssing,
    Deltakelse,
    Enhet,
    Frist,
    Hendelse,
    Innsyn,
    Kontakt,
    Omraade,
    Person,
    Sak,
    Saksdokument,
    Samtykke,
    Samtykkeregel,
    Sjekkpunkt,
)
from tok.sak.tilgang import Rett

Rad = TypeVar("Rad", bound=Model)
EN_DAG = timedelta(days=1)


@dataclass(frozen=True)
class Verden:
    """What all cases are made from."""

    naa: datetime
    i_dag: date
    froe: int
    stab: Stab
    brev: Brevskap
    kalender: Kalenderark
    regler: list[Samtykkeregel]
    punkter: dict[str, list[Sjekkpunkt]]
    skannet: bytes
    skannet_sha256: str


class Bok:
    """The rows so far, and who is in the case on which day."""

    def __init__(self, verden: Verden, sak: Sak, familie: Familie, tilfeldig: random.Random) -> None:
        self.verden, self.sak, self.familie, self.tilfeldig = verden, sak, familie, tilfeldig
        self.person: Person = sak.person
        self.rader: list[Model] = []
        self.deltakelser: list[Deltakelse] = []
        self.samtykker: list[tuple[Samtykke, frozenset[UUID]]] = []
        self._aapne: dict[tuple[str, UUID], Frist] = {}

    # Time and chance

    def dag(self, dato: date) -> date:
        """The last working day at or before a date, never in the future."""
        return forrige_arbeidsdag(min(dato, self.verden.i_dag))

    def da(self, dag: date, klokka: str = "10:00") -> datetime:
        """A moment that has been."""
        return min(datetime.combine(dag, time.fromisoformat(klokka), tzinfo=OSLO), self.verden.naa)

    def mellom(self, fra: int, til: int) -> timedelta:
        """So many days, both ends with."""
        return timedelta(days=self.tilfeldig.randint(fra, til))

    def ny_id(self) -> UUID:
        return ny_id(self.tilfeldig)

    def legg(self, rad: Rad) -> Rad:
        """Keep a row."""
        self.rader.append(rad)
        return rad

    def tidligst(self) -> date:
        """The day the case was opened."""
        return self.sak.aapnet_dato

    # Traces

    def hendelse(self, handling: str, objekt: Any, av: Konto, naa: datetime, **data: Any) -> None:
        """One line of the diary."""
        uten_sak = handling == "sak.registrer_henvendelse"
        self.legg(
            Hendelse(
                sak=None if uten_sak else self.sak,
                tid=naa,
                konto=av,
                konto_navn=av.navn,
                handling=handling,
                objekt_type=type(objekt).__name__,
                objekt_id=objekt.pk,
                data=data,
            )
        )

    def innsyn(self, konto: Konto, enhet: Enhet, naa: datetime, *, rolle: str, grunnlag: Deltakelse | None) -> None:
        """One line of the reading log: the case page was shown."""
        self.legg(
            Innsyn(
                tid=naa,
                konto=konto,
                konto_navn=konto.navn,
                rolle=rolle,
                enhet=enhet.navn,
                arbeidsgiver=self.verden.brev.kommune.navn,
                person_id=self.person.pk,
                sak=self.sak,
                objekt_type="Sak",
                objekt_id=self.sak.pk,
                kategori=Omraade.SAK,
                handling=Innsyn.Handling.LES,
                grunnlag_type="deltakelse" if grunnlag else "ansettelse",
                grunnlag_id=grunnlag.pk if grunnlag else None,
                formaal=Rett.SE_SAK.tekst,
                formaal_kode=Innsyn.Formaal.OPPFOELGING if grunnlag else Innsyn.Formaal.SAKSBEHANDLING,
                rett=Rett.SE_SAK.name,
                innlogging="passord",
                forespoersel_id=self.ny_id(),
                er_beskyttet=self.person.er_skjermet,
            )
        )

    # Deadlines: the arithmetic is the rules' own

    def sett_frist(self, regel: Fristregel, objekt_id: UUID, utgangspunkt: date, konto: Konto | None = None) -> Frist:
        """Open a deadline."""
        frist = Frist(
            id=self.ny_id(),
            sak=self.sak,
            regel=regel.kode,
            objekt_id=objekt_id,
            utgangspunkt=utgangspunkt,
            forfall=forfall(regel, utgangspunkt),
            mottaker=regel.mottaker,
            mottaker_konto=konto,
        )
        self._aapne[regel.kode, objekt_id] = frist
        return self.legg(frist)

    def lukk_frist(self, regel: Fristregel, objekt_id: UUID, hvordan: str, naa: datetime) -> Frist | None:
        """Close the open one."""
        frist = self._aapne.pop((regel.kode, objekt_id), None)
        if frist is not None:
            frist.lukket_tid, frist.lukket_hvordan = naa, hvordan
            frist.ble_for_sen = lokal_dato(naa) > frist.forfall
        return frist

    def lukk_alle(self, hvordan: str, naa: datetime) -> None:
        """Close what is open when the case is closed."""
        for frist in self._aapne.values():
            frist.lukket_tid, frist.lukket_hvordan = naa, hvordan
            frist.ble_for_sen = lokal_dato(naa) > frist.forfall
        self._aapne.clear()

    def ferdig(self) -> list[Model]:
        """All rows; the sweep has been past, so that loading them sends no old reminder."""
        for frist in self._aapne.values():
            frist.neste_paaminnelse = paaminnelser.neste(frist, self.verden.i_dag)
        return self.rader

    # Who takes part

    def deltar(self, dag: date) -> list[Deltakelse]:
        """Who takes part on a day."""
        return [d for d in self.deltakelser if d.fra_dato <= dag and (d.til_dato is None or d.til_dato > dag)]

    def koordinator(self, dag: date) -> Deltakelse | None:
        """Who coordinates on a day."""
        return next((d for d in self.deltar(dag) if d.rolle == Deltakelse.Rolle.KOORDINATOR), None)

    def legg_til(self, deltakelse: Deltakelse, av: Konto, naa: datetime) -> None:
        """A participant, added by the coordinator."""
        self.deltakelser.append(self.legg(deltakelse))
        rolle = str(Deltakelse.Rolle(deltakelse.rolle).label)
        self.hendelse("sak.legg_til_deltaker", deltakelse, av, naa, rolle=rolle, navn=deltakelse.navn)

    def uten_konto(self, navn: str, rolle: str, dag: date, **felt: Any) -> Deltakelse:
        """A participant who gets letters: a parent, a doctor, a support person."""
        virksomhet = felt.pop("virksomhet", "")
        hjem = "" if virksomhet or self.person.er_skjermet else self.familie.adresse
        kontakt = Kontakt(
            id=self.ny_id(), navn=navn, virksomhet=virksomhet, telefon=self.familie.telefon, postadresse=hjem
        )
        egenskap = felt.get("egenskap", "")
        slutt = fyller_aar(self.person.foedselsdato, 18) if egenskap == Deltakelse.Egenskap.FORELDER else None
        deltakelse = Deltakelse(
            id=self.ny_id(), sak=self.sak, rolle=rolle, kontakt=kontakt, fra_dato=dag, til_dato=slutt, **felt
        )
        self.legg(kontakt)
        return deltakelse

    def arkiver(self, dokument: Dokument, type_: str, naa: datetime) -> Dokument:
        """File a frozen document in the case."""
        dokument.id = self.ny_id()
        self.legg(dokument)
        self.legg(
            Saksdokument(
                id=self.ny_id(),
                sak=self.sak,
                dokument=dokument,
                type=type_,
                tittel=dokument.tittel,
                dato=lokal_dato(naa),
            )
        )
        return dokument

    def kryss_av(self, liste: str, antall: int, av: Konto, naa: datetime) -> None:
        """Tick the first points of a checklist."""
        punkter: Sequence[Sjekkpunkt] = self.verden.punkter[liste]
        for punkt in punkter[:antall]:
            rad = self.legg(Avkryssing(id=self.ny_id(), sak=self.sak, punkt=punkt, av=av, tid=naa))
            self.hendelse("sak.kryss_av", rad, av, naa, punkt=punkt.tekst)
