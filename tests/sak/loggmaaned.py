"""A believable month of the reading log for 40 accounts, with twenty misuse patterns planted in it (N9).

Everything comes from one seed. The office reads widely, coordinators and teachers their own cases, some in the
evening; nobody is told apart from the planted ones by anything but what they do.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.fabrikker import AnsettelseFabrikk, EnhetFabrikk, KontoFabrikk, PersonFabrikk, SakFabrikk, ansatt
from tok.kjerne.historikk import som_system
from tok.kjerne.kalender import er_fridag
from tok.kjerne.klokke import OSLO
from tok.kjerne.models import Konto
from tok.sak.models import Habilitet, Innsyn, Loggfunn, Sak

FROE = 2026
FOERSTE = date(2026, 8, 31)  # a Monday: eight weeks that say what is usual, and the month after them
MAANEDEN = [date(2026, 10, 26) + timedelta(weeks=nr) for nr in range(4)]
NAA = datetime(2026, 11, 23, 4, 0, tzinfo=OSLO)
# Family names as they are spread in Norway: some have many, most have few.
VANLIGE = ("Hansen", "Johansen", "Olsen", "Larsen", "Andersen", "Pedersen", "Nilsen", "Kristiansen")
GARDER = ("Berg", "Dal", "Fjell", "Haug", "Lie", "Moe", "Sol", "Vik")
ENDELSER = ("heim", "land", "li", "nes", "rud", "set", "stad", "vold", "vik", "aas")
ETTERNAVN = VANLIGE + tuple(gard + endelse for gard in GARDER for endelse in ENDELSER)
Regel = Loggfunn.Regel


@dataclass
class Plantet:
    """One pattern: who did what, and the rows it is made of."""

    regel: Loggfunn.Regel
    konto: Konto
    rader: list[Innsyn] = field(default_factory=list)


@dataclass
class Maaned:
    """The month: the rows in order of time, and what was planted."""

    rader: list[Innsyn]
    plantet: list[Plantet]

    @property
    def plantede_ider(self) -> set[int]:
        return {rad.pk for ett in self.plantet for rad in ett.rader}


class Lager:
    """Makes the month, row by row."""

    def __init__(self, saker: int = 200) -> None:
        self.tilfeldig = random.Random(FROE)
        self.rader: list[Innsyn] = []
        self.plantet: list[Plantet] = []
        self.kontor = EnhetFabrikk(navn="Koordineringskontoret", er_kontor=True)
        self.enheter = [EnhetFabrikk(navn=f"Enhet {nr} i loggen") for nr in range(6)]
        for enhet in (self.kontor, *self.enheter):
            ansatt("leder", enhet)
        self.tok = [self._konto("tok", self.kontor) for _nr in range(6)]
        self.andre = [self._konto("ansatt", enhet) for enhet in self.enheter for _nr in range(6)][:34]
        self.saker = [self._sak(nr) for nr in range(saker)]
        self.mine = {konto.pk: self.tilfeldig.sample(self.saker, 4) for konto in self.andre}

    def navn(self) -> str:
        vekter = [8.0 if navn in VANLIGE else 1.0 for navn in ETTERNAVN]
        return self.tilfeldig.choices(ETTERNAVN, vekter)[0]

    def _konto(self, rolle: str, enhet: Any) -> Konto:
        konto = KontoFabrikk(navn=f"Ansatt {self.navn()}")
        AnsettelseFabrikk(konto=konto, enhet=enhet, rolle=rolle)
        return konto

    def _sak(self, nr: int, **felt: Any) -> Sak:
        adresse = f"{self.navn()}vegen {self.tilfeldig.randint(1, 90)}, 0001 Fjordvik"
        person = PersonFabrikk(etternavn=self.navn(), adresse=adresse, **felt)
        sak: Sak = SakFabrikk(person=person, kontor=self.kontor, saksbehandler=self.tok[nr % len(self.tok)])
        return sak

    def les(self, konto: Konto, sak: Sak, tid: datetime, **felt: Any) -> Innsyn:
        """One row as the door writes it."""
        er_tok = konto in self.tok
        rad = Innsyn(
            **{
                "tid": tid,
                "konto": konto,
                "konto_navn": konto.navn,
                "rolle": "tok" if er_tok else "koordinator",
                "enhet": self.kontor.navn if er_tok else "",
                "person_id": sak.person_id,
                "sak": sak,
                "objekt_type": "Sak",
                "handling": "les",
                "grunnlag_type": "ansettelse" if er_tok else "deltakelse",
                "forespoersel_id": UUID(int=self.tilfeldig.getrandbits(128)),
                **felt,
            }
        )
        self.rader.append(rad)
        return rad

    def dagene(self) -> Iterator[date]:
        dag = FOERSTE
        while dag < MAANEDEN[-1] + timedelta(weeks=1):
            yield dag
            dag += timedelta(days=1)

    def klokka(self, dag: date, fra: int = 8, til: int = 16) -> datetime:
        return datetime.combine(
            dag, time(self.tilfeldig.randrange(fra, til), self.tilfeldig.randrange(60)), tzinfo=OSLO
        )

    def vanlig_drift(self) -> None:
        """Office hours for the office; the others now and then, and now and then in the evening or on a Sunday."""
        for dag in self.dagene():
            fri = er_fridag(dag)
            for konto in [] if fri else self.tok:
                egne = [sak for sak in self.saker if sak.saksbehandler_id == konto.pk]
                for sak in self.tilfeldig.sample(egne, 6) + self.tilfeldig.sample(
                    self.saker, self.tilfeldig.randint(1, 4)
                ):
                    for _nr in range(self.tilfeldig.randint(1, 4)):
                        sent = self.tilfeldig.random() < 0.004
                        self.les(konto, sak, self.klokka(dag, 20, 23) if sent else self.klokka(dag))
            for konto in self.andre:
                if self.tilfeldig.random() < (0.05 if fri else 0.6):
                    for sak in self.tilfeldig.sample(self.mine[konto.pk], self.tilfeldig.randint(1, 3)):
                        kveld = self.tilfeldig.random() < 0.05
                        self.les(konto, sak, self.klokka(dag, 20, 23) if kveld else self.klokka(dag, 7, 18))

    def plant(self, regel: Loggfunn.Regel, konto: Konto, saker: Iterable[Sak], uke: int, **felt: Any) -> None:
        """Lookups of these cases on the Wednesday of a week; nights by `time_`."""
        natt = felt.pop("natt", False)
        dag = MAANEDEN[uke] + timedelta(days=felt.pop("dag", 2))
        ett = Plantet(regel, konto)
        for sak in saker:
            for _nr in range(felt.get("ganger", 3)):
                tid = self.klokka(dag, 22, 24) if natt else self.klokka(dag, 9, 15)
                ett.rader.append(self.les(konto, sak, tid, **{k: v for k, v in felt.items() if k != "ganger"}))
        self.plantet.append(ett)

    def andres_sak(self, konto: Konto, **felt: Any) -> Sak:
        """A case on another's desk, in a name that nobody here has."""
        annen = next(en for en in self.tok if en != konto)
        felt = {"etternavn": f"Unik{len(self.plantet)}", "adresse": f"Avsides {10 * len(self.plantet) + 1}", **felt}
        person = PersonFabrikk(**felt)
        sak: Sak = SakFabrikk(person=person, kontor=self.kontor, saksbehandler=annen)
        return sak

    def tjue_moenstre(self) -> None:
        """Three of each kind but one, which has two."""
        tok = self.tok
        for nr in range(3):
            navnet = tok[nr].navn.rpartition(" ")[2]
            self.plant(Regel.EGET_NAVN, tok[nr], [self.andres_sak(tok[nr], etternavn=f"Moe-{navnet}")], nr)
            hjem = self.andres_sak(tok[nr], adresse=f"Nabogata {20 * nr + 10}, 0001 Fjordvik")
            self._er(tok[nr], hjem, Habilitet.Relasjon.SELV)
            nabo = self.andres_sak(tok[nr], adresse=f"Nabogata {20 * nr + 12} B, 0001 Fjordvik")
            self.plant(Regel.NABO, tok[nr], [nabo], nr + 1)
            kollegas = self.andres_sak(tok[nr + 1])
            self._er(self.andre[nr], kollegas, Habilitet.Relasjon.SELV)
            self.plant(Regel.KOLLEGA, tok[nr + 1], [kollegas], nr)
            self.plant(Regel.MANGE, tok[nr + 2], self.tilfeldig.sample(self.saker, 45), nr + 1, ganger=1)
            self.plant(Regel.UTENFOR_ARBEIDSTID, tok[nr], [self.andres_sak(tok[nr])], nr, natt=True)
            unntak = {"grunnlag_type": "unntakstilgang", "rolle": "unntak", "handling": "unntak"}
            self.plant(Regel.UNNTAK, tok[nr], [self.andres_sak(tok[nr])], nr + 1, **unntak)
        for nr in range(2):
            self.plant(Regel.VERNET, tok[nr + 3], [self.andres_sak(tok[nr + 3])], nr + 2, er_beskyttet=True)

    def _er(self, konto: Konto, sak: Sak, relasjon: str) -> None:
        with som_system("test data"):
            Habilitet.objects.create(
                konto=konto, person=sak.person, relasjon=relasjon, kilde="merket", satt_av=self.tok[0], satt_tid=NAA
            )


def lag_maaned() -> Maaned:
    """Write the month, in order of time as the log itself."""
    lager = Lager()
    lager.vanlig_drift()
    lager.tjue_moenstre()
    lager.rader.sort(key=lambda rad: (rad.tid, rad.forespoersel_id))
    Innsyn.objects.bulk_create(lager.rader, batch_size=2000)
    return Maaned(lager.rader, lager.plantet)
