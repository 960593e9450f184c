"""Who works in the municipality: the demo's own, and as many more as the number of cases asks for."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Model

from koordinator.models import Gjennomfoering, Kurs
from tok.demo.kommune import ANSATTE, DOMENE, KONTOR, Fjordvik, ansattes_start, ascii_navn
from tok.demo.masse.familier import lykke, ny_id
from tok.demo.masse.navn import NORSK, TITLER
from tok.kjerne.fristregning import legg_til_maaneder
from tok.kjerne.historikk import som_system
from tok.kjerne.models import Konto
from tok.sak.models import Ansettelse, Enhet

SAKER_HVER = 25  # open cases per coordinator
OPPNEVNT = 0.85  # of all cases have a coordinator
I_ENHETEN = 10  # coordinators under one leader
SAKER_PER_SAKSBEHANDLER = 400

# In the showcases these have just the cases the start page tells of.
SKAANES = frozenset({"jonas", "siri", "berit"})
STEDER = ("Nordbygda", "Sørbygda", "Indre Fjordvik", "Ytre Fjordvik", "Fjella", "Sundet", "Elvestrand", "Lia", "Neset",
          "Bergsida", "Myra", "Vågen")  # fmt: skip
SLAG = (
    ("skole", Enhet.Sektor.OPPVEKST), ("helsestasjon", Enhet.Sektor.HELSE), ("hjemmetjeneste", Enhet.Sektor.HELSE),
    ("PPT", Enhet.Sektor.PPT), ("barnehage", Enhet.Sektor.OPPVEKST), ("rehabilitering", Enhet.Sektor.HELSE),
    ("barnevern", Enhet.Sektor.BARNEVERN),
)  # fmt: skip


@dataclass(frozen=True)
class Kollega:
    """An employee who can take part in a case."""

    konto: Konto
    enhet: Enhet


@dataclass(frozen=True)
class Koordinator(Kollega):
    """One who can be appointed, under the leader who answers; `spoerres` says whether an answer may be waited for."""

    leder: Konto
    kurs_dato: date | None
    spoerres: bool = True

    def har_kurs(self, dag: date) -> bool:
        """Whether the course was taken by that day."""
        return self.kurs_dato is not None and self.kurs_dato <= dag


@dataclass(frozen=True)
class Stab:
    """Everybody the cases are dealt out to."""

    kontor: Enhet
    legesenter: Enhet
    tok: tuple[Konto, ...]
    koordinatorer: tuple[Koordinator, ...]
    kolleger: dict[str, tuple[Kollega, ...]]


def demoens(fjordvik: Fjordvik, i_dag: date, *, skaan: bool) -> Stab:
    """The demo's own staff; `skaan` keeps the roles of the start page to the cases it tells of."""
    ledere = {enhet: noekkel for noekkel, en in ANSATTE.items() if en.rolle == "leder" for enhet in en.enheter}
    kurs = dict(Gjennomfoering.objects.filter(dato__lte=i_dag).values_list("konto", "dato"))
    koordinatorer: list[Koordinator] = []
    kolleger: dict[str, list[Kollega]] = {}
    for noekkel, en in ANSATTE.items():
        if en.rolle != "ansatt" or (skaan and noekkel in SKAANES):
            continue
        konto, enhet = fjordvik.kontoer[noekkel], fjordvik.enhet_til(noekkel)
        kolleger.setdefault(enhet.sektor, []).append(Kollega(konto, enhet))
        leder = ledere.get(en.enheter[0])
        if leder and en.koordinerer:
            svarer = not (skaan and leder == "turid")
            koordinatorer.append(Koordinator(konto, enhet, fjordvik.kontoer[leder], kurs.get(konto.pk), svarer))
    return Stab(
        kontor=fjordvik.enheter[KONTOR],
        legesenter=fjordvik.enheter["legesenter"],
        tok=tuple(fjordvik.kontoer[noekkel] for noekkel, en in ANSATTE.items() if en.rolle == "tok"),
        koordinatorer=tuple(koordinatorer),
        kolleger={sektor: tuple(folk) for sektor, folk in kolleger.items()},
    )


def utvid(stab: Stab, antall: int, froe: int, i_dag: date) -> Stab:
    """Employ so many more that each coordinator has about 25 open cases, and save them."""
    mangler = math.ceil(antall * OPPNEVNT / SAKER_HVER) - len(stab.koordinatorer)
    flere_tok = antall // SAKER_PER_SAKSBEHANDLER + 1 - len(stab.tok)
    nye = _Ansettelser(froe, i_dag, stab.tok[0].password)
    koordinatorer = list(stab.koordinatorer)
    kolleger = {sektor: list(folk) for sektor, folk in stab.kolleger.items()}
    for nr in range(max(0, math.ceil(mangler / I_ENHETEN))):
        enhet = nye.enhet(nr)
        leder = nye.ansatt(enhet, Ansettelse.Rolle.LEDER, "avdelingsleder")
        for plass in range(min(I_ENHETEN, mangler - nr * I_ENHETEN)):
            konto = nye.ansatt(enhet, Ansettelse.Rolle.ANSATT, TITLER[enhet.sektor][plass % len(TITLER[enhet.sektor])])
            kurs = None if plass == 7 else nye.kurs(konto, maaneder=3 + (nr + 5 * plass) % 22)
            koordinatorer.append(Koordinator(konto, enhet, leder, kurs))
            kolleger.setdefault(enhet.sektor, []).append(Kollega(konto, enhet))
    tok = [nye.ansatt(stab.kontor, Ansettelse.Rolle.TOK, "rådgiver") for _nr in range(max(0, flere_tok))]
    nye.lagre()
    return Stab(
        kontor=stab.kontor,
        legesenter=stab.legesenter,
        tok=(*stab.tok, *tok),
        koordinatorer=tuple(koordinatorer),
        kolleger={sektor: tuple(folk) for sektor, folk in kolleger.items()},
    )


class _Ansettelser:
    """The rows of the new staff."""

    def __init__(self, froe: int, i_dag: date, passord: str) -> None:
        self.tilfeldig = lykke(froe, "stab")
        self.i_dag, self.passord = i_dag, passord
        self.innkurs = Kurs.objects.get(kreves_foer_foerste_moete=True)
        self.rader: dict[type[Model], list[Model]] = {}
        self.antall = 0

    def _ny(self, rad: Model) -> None:
        self.rader.setdefault(type(rad), []).append(rad)

    def _id(self) -> UUID:
        return ny_id(self.tilfeldig)

    def enhet(self, nr: int) -> Enhet:
        slag, sektor = SLAG[nr % len(SLAG)]
        runde, sted = divmod(nr, len(STEDER))
        navn = f"{STEDER[sted]} {slag}" + (f" {runde // len(SLAG) + 1}" if runde >= len(SLAG) else "")
        enhet = Enhet(id=self._id(), navn=navn, sektor=sektor, telefon=f"12 34 {40 + nr // 100} {nr % 100:02}")
        self._ny(enhet)
        return enhet

    def ansatt(self, enhet: Enhet, rolle: str, tittel: str) -> Konto:
        self.antall += 1
        fornavn = self.tilfeldig.choice((NORSK.kvinner, NORSK.menn)[self.antall % 2])
        navn = f"{fornavn} {self.tilfeldig.choice(NORSK.etternavn)}"
        konto = Konto(
            id=self._id(),
            navn=navn,
            epost=f"{ascii_navn(navn)}.{self.antall}@{DOMENE}",
            tittel=tittel,
            telefon=f"12 35 {self.antall // 100:02} {self.antall % 100:02}",
            password=self.passord,
        )
        self._ny(konto)
        self._ny(EmailAddress(user=konto, email=konto.epost, verified=True, primary=True))
        start = ansattes_start(self.i_dag)
        self._ny(Ansettelse(id=self._id(), konto=konto, enhet=enhet, rolle=rolle, fra_dato=start))
        return konto

    def kurs(self, konto: Konto, *, maaneder: int) -> date:
        dato = legg_til_maaneder(self.i_dag, -maaneder)
        self._ny(Gjennomfoering(id=self._id(), kurs=self.innkurs, konto=konto, dato=dato))
        return dato

    def lagre(self) -> None:
        with som_system("demodata"):
            for modell, rader in self._i_rekkefoelge():
                modell._default_manager.bulk_create(rader, batch_size=1000)

    def _i_rekkefoelge(self) -> Iterable[tuple[type[Model], list[Model]]]:
        for modell in (Enhet, Konto, EmailAddress, Ansettelse, Gjennomfoering):
            if modell in self.rader:
                yield modell, self.rader[modell]
