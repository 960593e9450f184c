"""Questions of hot pages put together once for each process: the ORM writes the SQL, later askings only fill it in.

Putting a question together in the ORM costs more than asking it (ytelse.md: the cost is in Python). What is kept is
the text of the question, never an answer and never who may see what: the access of the asker is a part of the question.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.query import ModelIterable

Verdi = UUID | date | datetime | str
Plass = tuple[str, int]  # the argument's name, and which of its values
HOEYST = 500  # shapes kept for one question
BARE_NAAR_BEDT_OM = 2**31  # times a statement is seen before psycopg prepares it unasked


class Mengde(tuple[UUID, ...]):
    """Keys for an IN, where order and repetition mean nothing: filled up, so that a question has few shapes."""

    def __new__(cls, noekler: Iterable[UUID]) -> Mengde:
        alle = tuple(noekler)
        antall = 1 << (len(alle) - 1).bit_length() if alle else 0
        return super().__new__(cls, alle + alle[-1:] * (antall - len(alle)))


class _Markoer(psycopg.RawCursor[Any]):
    """Lets PostgreSQL keep the plan too: planning such a question takes longer than answering it.

    It takes the text as it is, with $1 for a value: psycopg would read a long one anew each time to find its places.
    """

    def execute(self, query: Any, params: Any = None, **valg: Any) -> _Markoer:
        return super().execute(query, params, **{**valg, "prepare": True})


class KanIkkeForberedes(Exception):
    """The question computes with an argument instead of passing it on; give it the computed value as an argument."""


@dataclass(frozen=True)
class _Form:
    """One finished text, and which argument each of its parameters is."""

    sql: str
    plasser: tuple[Plass, ...]
    spoerring: QuerySet[Any, Any]
    kompilator: Any
    omformere: dict[int, Any]


# Marks of the three sets: the second is another day of the month and week, the third another year and month.
FLYTT = (timedelta(), timedelta(days=1), timedelta(days=200 * 365 + 200))


def _merke(navn: str, nr: int, plass: int, verdi: Any, serie: int) -> Any:
    """A value nobody uses, one for each argument, of the argument's own type."""
    tall = 4 * (256 * plass + nr)
    if isinstance(verdi, UUID):
        return UUID(int=(0xF0F0 + serie) << 112 | tall)
    if isinstance(verdi, datetime):
        return datetime(1501, 1, 1, tzinfo=UTC) + timedelta(minutes=tall + serie) + FLYTT[serie]
    if isinstance(verdi, date):
        return date(1401, 1, 1) + timedelta(days=tall) + FLYTT[serie]
    return f"{serie}\N{REPLACEMENT CHARACTER}{navn}{tall}"


class _Ferdig:
    """Gives Django's own maker of objects the rows of a question that was asked by us."""

    def __init__(self, form: _Form, rader: list[tuple[Any, ...]]) -> None:
        self.select = form.kompilator.select
        self.klass_info = form.kompilator.klass_info
        self.annotation_col_map = form.kompilator.annotation_col_map
        self._form, self._rader = form, rader

    def execute_sql(self, **_valg: Any) -> list[tuple[Any, ...]]:
        return self._rader

    def results_iter(self, rader: list[tuple[Any, ...]]) -> Iterable[Sequence[Any]]:
        form = self._form
        return form.kompilator.apply_converters(rader, form.omformere) if form.omformere else rader

    def objekter(self) -> list[Any]:
        spoerring: Any = self._form.spoerring
        som: Any = SimpleNamespace(
            db=connection.alias,
            query=SimpleNamespace(get_compiler=lambda using: self),
            model=spoerring.model,
            _known_related_objects={},
        )
        return list(ModelIterable(som))


class Forberedt:
    """A question made by `bygg`, which takes keyword arguments and returns a queryset: of tuples, or of objects.

    Keys, dates, moments, texts and sequences of these are filled in at each asking. Anything else (a boolean, None, a
    number) belongs to the shape of the question. `bygg` may pass its arguments on, and neither compute with them nor
    choose by them: what it computes would be frozen, so three sets of marks are compared, and the question is refused.
    PostgreSQL plans it without knowing the values: the best way must not depend on them.
    """

    def __init__(self, bygg: Callable[..., QuerySet[Any, Any]]) -> None:
        self._bygg = bygg
        self._former: dict[tuple[Any, ...], _Form | None] = {}
        self._laas = threading.Lock()

    def rader(self, **argumenter: Any) -> list[tuple[Any, ...]]:
        """Ask, and return the rows as the database gives them; for `values_list` without JSON.

        Raises:
            KanIkkeForberedes: at the first asking of a shape, when the question computes with an argument.
        """
        form = self._form(argumenter)
        return self._spoer(form, argumenter) if form else []

    def objekter(self, **argumenter: Any) -> list[Any]:
        """Ask, and return model objects, with those of `select_related`. Raises as `rader`."""
        form = self._form(argumenter)
        return _Ferdig(form, self._spoer(form, argumenter)).objekter() if form else []

    def _form(self, argumenter: dict[str, Any]) -> _Form | None:
        nokkel = tuple(_slag(navn, verdi) for navn, verdi in argumenter.items())
        if nokkel not in self._former:
            with self._laas:
                if len(self._former) >= HOEYST:
                    self._former.clear()
                self._former[nokkel] = self._lag(argumenter)
        return self._former.get(nokkel)

    def _spoer(self, form: _Form, argumenter: dict[str, Any]) -> list[tuple[Any, ...]]:
        verdier = {navn: verdi if _er_liste(verdi) else (verdi,) for navn, verdi in argumenter.items()}
        parametre = [verdier[navn][nr] for navn, nr in form.plasser]
        connection.ensure_connection()
        forbindelse: Any = connection.connection
        if forbindelse.prepare_threshold is None:  # Django's «never»
            forbindelse.prepare_threshold, forbindelse.prepared_max = BARE_NAAR_BEDT_OM, HOEYST
        markoer: Any = _Markoer(forbindelse)
        with connection._prepare_cursor(markoer) as cursor:  # type: ignore[attr-defined]
            cursor.execute(form.sql, parametre)
            return cursor.fetchall()

    def _lag(self, argumenter: dict[str, Any]) -> _Form | None:
        try:
            sett = [self._sett(argumenter, serie) for serie in range(len(FLYTT))]
            spoerring = sett[0][0]
            kompilatorer = [qs.query.get_compiler(connection=connection) for qs, _plass_til in sett]
            laget = [kompilator.as_sql() for kompilator in kompilatorer]
        except EmptyResultSet:
            return None
        sql, foerste = laget[0]
        alle_plasser = [
            tuple(_finn(plass_til, verdi) for verdi in parametre)
            for (_sql, parametre), (_qs, plass_til) in zip(laget, sett, strict=True)
        ]
        plasser = alle_plasser[0]
        for andre_sql, andre in laget[1:]:
            like = zip(plasser, foerste, andre, strict=False)
            if sql != andre_sql or any(plass is None and en != to for plass, en, to in like):
                raise KanIkkeForberedes(self._bygg.__qualname__)
        if any(andre != plasser for andre in alle_plasser[1:]):
            raise KanIkkeForberedes(self._bygg.__qualname__)
        with connection.cursor() as cursor:
            faste: list[str | None] = [
                None if plass else str(cursor.mogrify("%s", [fast]))
                for plass, fast in zip(plasser, foerste, strict=True)
            ]
        nummer = itertools.count(1)
        ferdig = sql % tuple(f"${next(nummer)}" if fast is None else fast for fast in faste)
        omformere = kompilatorer[0].get_converters([uttrykk for uttrykk, *_ in kompilatorer[0].select])
        return _Form(ferdig, tuple(plass for plass in plasser if plass), spoerring, kompilatorer[0], omformere)

    def _sett(self, argumenter: dict[str, Any], serie: int) -> tuple[QuerySet[Any, Any], dict[Any, Plass]]:
        merket: dict[str, Any] = {}
        plass_til: dict[Any, Plass] = {}
        for plass, (navn, verdi) in enumerate(argumenter.items()):
            if not _er_liste(verdi) and not isinstance(verdi, Verdi):
                merket[navn] = verdi
                continue
            verdier = verdi if _er_liste(verdi) else (verdi,)
            merker = [_merke(navn, nr, plass, en, serie) for nr, en in enumerate(verdier)]
            plass_til |= {merke: (navn, nr) for nr, merke in enumerate(merker)}
            merket[navn] = tuple(merker) if _er_liste(verdi) else merker[0]
        return self._bygg(**merket), plass_til


def _er_liste(verdi: Any) -> bool:
    return isinstance(verdi, (tuple, list))


def _slag(navn: str, verdi: Any) -> tuple[str, Any]:
    """What of an argument belongs to the shape."""
    if _er_liste(verdi):
        return navn, len(verdi)
    return navn, type(verdi) if isinstance(verdi, Verdi) else (verdi,)


def _finn(plass_til: dict[Any, Plass], verdi: Any) -> Plass | None:
    try:
        return plass_til.get(verdi)
    except TypeError:  # a list is no argument's mark
        return None


@cache
def _innsetting(modell: type[Model]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    felt = tuple(ett for ett in modell._meta.local_concrete_fields if not ett.primary_key)
    navn = connection.ops.quote_name
    kolonner = ", ".join(navn(str(ett.column)) for ett in felt)
    verdier = ", ".join("%s" for _ett in felt)
    return f"INSERT INTO {navn(modell._meta.db_table)} ({kolonner}) VALUES ({verdier})", felt  # noqa: S608 -- names of our own


def sett_inn(rad: Model) -> None:
    """Insert the row by a text put together once, for logs: no signals, and its key is not read back."""
    sql, felt = _innsetting(type(rad))
    with connection.cursor() as cursor:
        cursor.execute(sql, [ett.get_db_prep_save(getattr(rad, ett.attname), connection) for ett in felt])
