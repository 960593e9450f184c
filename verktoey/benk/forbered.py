"""Run over one of our databases: log in whom the pages are asked as, and say which pages to ask for, as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import django

LEDER = 20  # cases of the coordinator whose pages are asked for: many, and as many at all sizes


def _oekt(konto: Any, bakdel: str) -> tuple[Any, str]:
    """A session of the account in the settings' own store, and its cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.http import HttpRequest

    forespoersel = HttpRequest()
    forespoersel.session = import_module(settings.SESSION_ENGINE).SessionStore()
    forespoersel.session[SESSION_KEY] = str(konto.pk)
    forespoersel.session[BACKEND_SESSION_KEY] = bakdel
    forespoersel.session[HASH_SESSION_KEY] = konto.get_session_auth_hash()
    forespoersel.session.create()
    return forespoersel, f"{settings.SESSION_COOKIE_NAME}={forespoersel.session.session_key}"


def _innlogget(konto: Any) -> str:
    """A session that was opened with TOTP, as operation requires."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=konto, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    forespoersel, kapsel = _oekt(konto, "tok.kjerne.innlogging.Innlogging")
    record_authentication(forespoersel, konto, method="password")
    record_authentication(forespoersel, konto, method="mfa", type="totp")
    forespoersel.session.save()
    return kapsel


def _vanligst(navn: Iterable[str]) -> str:
    return Counter(navn).most_common(1)[0][0]


def sider() -> dict[str, Any]:
    """The accounts' cookies, the case, the deep page's mark and the words to look for."""
    from django.db.models import Count, Q

    from tok.kjerne import klokke
    from tok.kjerne.models import Konto
    from tok.oversikt.sporringer.register import Merke
    from tok.sak.models import Ansettelse, Deltakelse, Person, Sak

    naa = klokke.naa()
    kontor = Sak.objects.values("kontor").annotate(n=Count("pk")).order_by("-n").values_list("kontor", flat=True)[0]
    ansatt = Ansettelse.objects.gjeldende(naa.date()).som("tok").filter(enhet=kontor).order_by("konto__epost").first()
    ledet = Deltakelse.objects.gjeldende(naa.date()).koordinatorer().filter(sak__tilstand="aapen")
    leder_saken = dict(ledet.values_list("sak", "konto"))
    antall_ledet = Counter(leder_saken.values())
    moeter = Count("gruppe__moeter", filter=Q(gruppe__moeter__tilstand="innkalt"), distinct=True)
    fylte = Sak.objects.aapne().filter(kontor=kontor, gruppe__isnull=False, pk__in=leder_saken)
    former = fylte.annotate(moeter=moeter, kryss=Count("avkryssinger", distinct=True)).values_list(
        "pk", "moeter", "kryss"
    )

    def ulikhet(form: tuple[Any, int, int]) -> tuple[int, int, int, str]:
        """The same shape at all sizes: one meeting called for, all points ticked, a coordinator with LEDER cases."""
        sak, innkalt, kryss = form
        return abs(innkalt - 1), -kryss, abs(antall_ledet[leder_saken[sak]] - LEDER), str(sak)

    sak = min(former, key=ulikhet, default=(None,))[0]
    if ansatt is None or sak is None:
        raise SystemExit("The loaded cases hold no office worker, or no coordinator of a case with a group.")
    register = Sak.objects.aapne().filter(kontor=kontor).order_by("-aapnet_dato", "-pk")
    midt = register.values_list("aapnet_dato", "pk")[register.count() // 2]
    personer = list(Person.objects.filter(saker__isnull=False).values_list("fornavn", "etternavn"))
    fornavn = _vanligst(fornavn for fornavn, _etternavn in personer if fornavn)
    return {
        "saker": Sak.objects.count(),
        "rader": sum(modell.objects.count() for modell in (Sak, Deltakelse, Person)),
        "tok": _innlogget(ansatt.konto),
        "koordinator": _innlogget(Konto.objects.get(pk=leder_saken[sak])),
        "sak": str(sak),
        "kontor": str(kontor),
        "merke": str(Merke(*midt)),
        "vanlig": fornavn,
        "to_bokstaver": fornavn[:2].lower(),
        "hele_navnet": " ".join(next(par for par in personer if par[0])),
    }


def gulvets_oekt() -> dict[str, Any]:
    """The floor's cookie."""
    from django.contrib.auth.models import User

    bruker, _ny = User.objects.get_or_create(username="benk")
    return {"gulv": _oekt(bruker, "django.contrib.auth.backends.ModelBackend")[1]}


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    print(json.dumps(sider() if settings.ROOT_URLCONF == "tok.urls" else gulvets_oekt()))
