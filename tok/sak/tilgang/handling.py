"""`@krever`: a verb that changes the case, with right, actor, diary and transaction in one place."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.db import models, transaction

from tok.kjerne.historikk import Aktoer, kontekst
from tok.kjerne.klokke import lokal_dato
from tok.kjerne.models import Konto
from tok.sak import diktafon
from tok.sak.models import Hendelse
from tok.sak.tilgang.doer import Rett
from tok.sak.tilgang.innsyn import Avvist, sak_til

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrEllerLoefte

P = ParamSpec("P")
R = TypeVar("R")

_register: dict[str, Rett] = {}


class Avslag(Exception):
    """An anticipated refusal, said in plain words to the user. `felt` names the form field it belongs to.

    `avvist` is given where the refusal is also a line in the security log, as that of a closed row is.
    """

    melding: StrEllerLoefte = ""
    felt: str | None = None

    def __init__(self, melding: StrEllerLoefte = "", *, felt: str | None = None, avvist: Avvist | None = None) -> None:
        self.melding = str(melding or self.melding)
        self.felt = felt or self.felt
        self.avvist = avvist
        super().__init__(self.melding)


def handlinger() -> dict[str, Rett]:
    """Every handling in the house by its name `<app>.<verb>`, with the right it asks for."""
    return dict(_register)


def _navn(funksjon: Callable[..., Any]) -> str:
    return f"{funksjon.__module__.split('.handlinger')[0].rsplit('.', 1)[-1]}.{funksjon.__name__}"


def krever(rett: Rett) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a handling.

    It is called with keywords only: the object first (None or an unsaved row for something new), then `av` and `naa`.
    Opens a durable transaction, demands the right, names actor and handling in the history, writes one `Hendelse`
    and rolls everything back when the function raises. A refused attempt is written to the security log.

    Raises:
        Avvist: a 404, when the account lacks the right.
    """

    def dekorator(funksjon: Callable[P, R]) -> Callable[P, R]:
        navn = _navn(funksjon)
        objektnavn = next(iter(inspect.signature(funksjon).parameters))
        _register[navn] = rett

        @functools.wraps(funksjon)
        def handling(*args: P.args, **kwargs: P.kwargs) -> R:
            av = cast(Konto, kwargs["av"])
            naa = cast(datetime, kwargs["naa"])
            objekt = cast("models.Model | None", kwargs.get(objektnavn))
            objekt = objekt if isinstance(objekt, models.Model) else None
            try:
                with transaction.atomic(durable=True):
                    if not rett.krev(av, objekt, i_dag=lokal_dato(naa)):
                        raise Avvist(av, rett.name, type(objekt).__name__, str(getattr(objekt, "pk", "")), naa)
                    with kontekst(Aktoer(av.pk, av.navn, navn)), diktafon.opptak() as notat:
                        resultat = funksjon(*args, **kwargs)
                        _skriv_hendelse(
                            navn, av, naa, resultat if isinstance(resultat, models.Model) else objekt, notat
                        )
            except Avvist as avvist:
                avvist.loggfoer()
                raise
            except Avslag as avslag:
                if avslag.avvist is not None:
                    avslag.avvist.loggfoer()
                raise
            return resultat

        return handling

    return dekorator


def _skriv_hendelse(navn: str, av: Konto, naa: datetime, rad: models.Model | None, notat: diktafon.Notat) -> None:
    if rad is None:
        raise TypeError(f"{navn}: a handling must have or return the row it changes")
    sak = notat.sak or sak_til(rad) or getattr(rad, "sak", None)
    Hendelse.objects.create(
        sak=sak,
        tid=naa,
        konto=av,
        konto_navn=av.navn,
        handling=navn,
        objekt_type=type(rad).__name__,
        objekt_id=rad.pk,
        data=notat.data,
    )
