"""Makes and loads many cases: from number and seed to rows, a batch at a time."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, connections
from django.db.models import Model

from tok.demo.masse import tekster
from tok.demo.masse.bok import Verden
from tok.demo.masse.brev import Brevskap
from tok.demo.masse.familier import familie, lag_person, lykke, ny_id, plass
from tok.demo.masse.kalenderark import Kalenderark
from tok.demo.masse.laster import last
from tok.demo.masse.livsloep import Livsloep
from tok.demo.masse.stab import Stab
from tok.demo.masse.veier import aapnet
from tok.demo.skannet import skannet_skjema
from tok.kjerne.historikk import som_system
from tok.kjerne.kalender import forrige_arbeidsdag
from tok.kjerne.klokke import OSLO, lokal_dato
from tok.sak.models import Hendelse, Henvendelse, Saksnummer, Sjekkpunkt
from tok.sak.samtykkekrav import gjeldende_regler

BUNKE = 100  # cases in one transaction
DELES_FRA = 500  # cases; fewer are made before the processes have begun
UTEN_SAK_HVER = 12  # for so many cases there is a request that is none


@dataclass(frozen=True)
class Plan:
    """One case to make."""

    nummer: int
    aapnet: date
    saksnummer: str


def verden(stab: Stab, naa: datetime, froe: int) -> Verden:
    """What all cases are made from, read once."""
    i_dag, skannet = lokal_dato(naa), skannet_skjema()
    punkter: dict[str, list[Sjekkpunkt]] = {}
    for punkt in Sjekkpunkt.objects.select_related("sjekkliste").order_by("nr"):
        punkter.setdefault(punkt.sjekkliste.kode, []).append(punkt)
    return Verden(
        naa=naa,
        i_dag=i_dag,
        froe=froe,
        stab=stab,
        brev=Brevskap(),
        kalender=Kalenderark(),
        regler=gjeldende_regler(i_dag),
        punkter=punkter,
        skannet=skannet,
        skannet_sha256=hashlib.sha256(skannet).hexdigest(),
    )


def datoer(antall: int, i_dag: date) -> list[date]:
    """The day each case is opened, the oldest first."""
    return [forrige_arbeidsdag(aapnet(nummer, antall, i_dag)) for nummer in range(antall)]


class Nummerering:
    """Gives the cases numbers by the year they were opened, in turn with cases that are made in another way."""

    def __init__(self, antall: int, i_dag: date) -> None:
        self._venter = deque(enumerate(datoer(antall, i_dag)))
        self.planer: list[Plan] = []

    def til(self, dato: date) -> list[Plan]:
        """Number all that were opened on a date or before, and return every case that has a number now."""
        siste = Counter({rad.aar: rad.siste for rad in Saksnummer.objects.all()})
        while self._venter and self._venter[0][1] <= dato:
            nummer, aapnet_dato = self._venter.popleft()
            siste[aapnet_dato.year] += 1
            self.planer.append(Plan(nummer, aapnet_dato, f"{aapnet_dato.year}/{siste[aapnet_dato.year]:04d}"))
        with som_system("demodata"):
            for aar, tall in siste.items():
                Saksnummer.objects.update_or_create(aar=aar, defaults={"siste": tall})
        return self.planer


def sakens_rader(verden: Verden, plan: Plan) -> list[Model]:
    """One case as unsaved rows."""
    return Livsloep(verden, plan.nummer, plan.aapnet, plan.saksnummer).spill().ferdig()


def henvendelsens_rader(verden: Verden, nummer: int, plass_i_koe: int) -> Iterator[Model]:
    """A request that is no case: one in three waits, the others were closed with a reason."""
    fam_nr, barn_nr, antall = plass(nummer)
    fam = familie(verden.froe, fam_nr, antall)
    tilfeldig = lykke(verden.froe, "henvendelse", nummer)
    person = lag_person(verden.froe, nummer, fam, barn_nr, verden.i_dag, "")
    er_ny = plass_i_koe % 3 == 0
    dager = tilfeldig.randrange(1, 9) if er_ny else tilfeldig.randrange(20, 700)
    dag = forrige_arbeidsdag(verden.i_dag - timedelta(days=dager))
    av = verden.stab.tok[nummer % len(verden.stab.tok)]
    naa = datetime(dag.year, dag.month, dag.day, 9, 40, tzinfo=OSLO)
    voksen = (dag - person.foedselsdato).days >= 18 * 365.25
    behov = tilfeldig.choice(tekster.VOKSNE if voksen else tekster.BARN)
    henvendelse = Henvendelse(
        id=ny_id(tilfeldig),
        kontor=verden.stab.kontor,
        person=person,
        mottatt_dato=dag,
        kanal=tilfeldig.choice(Henvendelse.Kanal.values),
        avsender_navn=person.navn if voksen else fam.kaller,
        avsender_rolle=Henvendelse.Avsender.SELV if voksen else Henvendelse.Avsender.FORESATT,
        avsender_telefon=fam.telefon,
        er_enig=voksen,
        ja_sagt_av="selv" if voksen else "",
        ja_sagt_dato=dag if voksen else None,
        tjenester=list(behov.tjenester),
        behov=behov.behov,
        oensker_koordinator=True,
        registrert_av=av,
        skjema_id=ny_id(tilfeldig),
    )
    yield person
    yield henvendelse
    yield _hendelse(henvendelse, "sak.registrer_henvendelse", naa)
    if not er_ny:
        slutt = naa + timedelta(days=tilfeldig.randrange(1, 12))
        henvendelse.tilstand = Henvendelse.Tilstand.AVSLUTTET
        henvendelse.utfall_dato = lokal_dato(slutt)
        henvendelse.utfall_grunn = tilfeldig.choice(tekster.UTEN_SAK)
        yield _hendelse(henvendelse, "sak.avslutt_henvendelse", slutt)


def _hendelse(henvendelse: Henvendelse, handling: str, naa: datetime) -> Hendelse:
    av = henvendelse.registrert_av
    return Hendelse(
        tid=naa,
        konto=av,
        konto_navn=av.navn,
        handling=handling,
        objekt_type="Henvendelse",
        objekt_id=henvendelse.pk,
    )


def lag_og_last(verden: Verden, planer: Sequence[Plan]) -> int:
    """Make and load the cases, and the requests that became none; the number of rows.

    Many cases are shared between as many processes as there are cores; the rows are the same.
    """
    bunker = [planer[start : start + BUNKE] for start in range(0, len(planer), BUNKE)]
    koe = [(len(planer) + nr, nr) for nr in range(len(planer) // UTEN_SAK_HVER)]
    rest = last(rad for nummer, nr in koe for rad in henvendelsens_rader(verden, nummer, nr))
    if len(planer) < DELES_FRA or connection.in_atomic_block:
        return rest + sum(_bunke(verden, bunke) for bunke in bunker)
    connection.close()  # each process opens its own
    arbeider = _Arbeider(verden)
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), arbeider.begynn) as pool:
        return rest + sum(pool.imap_unordered(arbeider, bunker))


def _bunke(verden: Verden, planer: Sequence[Plan]) -> int:
    return last(rad for plan in planer for rad in sakens_rader(verden, plan))


class _Arbeider:
    """What one process does with a batch; `verden` comes along by fork and is never sent."""

    verden: Verden | None = None

    def __init__(self, verden: Verden) -> None:
        type(self).verden = verden

    def begynn(self) -> None:
        """A connection of one's own."""
        connections.close_all()

    def __call__(self, planer: Sequence[Plan]) -> int:
        if self.verden is None:
            raise RuntimeError("a process that is not forked knows nothing")
        return _bunke(self.verden, planer)


def oppdater_statistikk() -> None:
    """Let the planner see what is there; outside a transaction."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("ANALYZE")
